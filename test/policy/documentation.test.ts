// docs/policy.md: what it shows is a policy, and what it lists is what there is.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import * as z from 'zod'
import { ROOT } from '../../.ci/checkout.ts'
import { DOCUMENT_MEMBERS } from '../../src/policy/evaluation/piece/evidence-document.ts'
import {
  KIND_SCHEMAS,
  lintPolicies,
  parsePolicies,
  POLICY_KINDS,
  requirementsOf,
} from '../../src/policy/index.ts'
import { withParts } from '../../src/policy/requirement/placed-requirement.ts'
import { readCodeBlocks } from '../docs/code-blocks.ts'

const PAGE = 'docs/policy.md'

const BLOCKS = readCodeBlocks(PAGE, 'yaml')

function read(block = '') {
  return parsePolicies([{ name: 'a.yaml', bytes: Buffer.from(block) }])
}

it('docs/policy.md shows a policy that only lacks its gate', () => {
  expect(BLOCKS).toHaveLength(2)
  expect(read(BLOCKS[0])).toMatchObject({ problems: [{ code: 'policy/reference-dangling' }] })
})

it('docs/policy.md shows requirements that are a folder of their own, and in which lint finds nothing', () => {
  const registry = read(BLOCKS[1])
  if (!registry.ok) throw new Error(JSON.stringify(registry.problems))
  expect(lintPolicies(registry.value)).toEqual([])
  const forms = [...registry.value.policies.values()].flatMap(requirementsOf).flatMap(withParts)
  expect(forms.map(({ requirement: { id } }) => id)).toContain('incident')
})

it('docs/policy.md names each test of a condition, and each member of a requirement and of its document', () => {
  const text = readFileSync(join(ROOT, PAGE), 'utf8')
  const { $defs = {} } = z.toJSONSchema(KIND_SCHEMAS.requirements, { io: 'input' })
  const members = ['requirement', 'selection', 'condition'].flatMap((name) =>
    Object.keys($defs[name]?.properties ?? {}),
  )
  expect(members.length).toBeGreaterThan(30)
  const words = [...members, ...DOCUMENT_MEMBERS]
  const isNamed = (word: string) => new RegExp(`\`(?:${word}\\b|[a-z]+: \\{${word})`).test(text)
  expect(words.filter((word) => !isNamed(word))).toEqual([])
})

it('docs/policy.md lists every kind with the beginning of its ids', () => {
  const text = readFileSync(join(ROOT, PAGE), 'utf8')
  const listed = text.matchAll(/^\| `(?<kind>[a-z-]+)` \| `(?<prefix>[a-z_]+)\.` \|/gm)
  expect(Array.from(listed, ({ groups }) => [groups?.['kind'], groups?.['prefix']])).toEqual(
    Object.entries(POLICY_KINDS),
  )
})
