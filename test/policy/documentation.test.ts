// docs/policy.md: what it shows is a policy, and what it lists is what there is.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import { parsePolicies, POLICY_KINDS } from '../../src/policy/index.ts'
import { readCodeBlocks } from '../docs/code-blocks.ts'

const PAGE = 'docs/policy.md'

it('docs/policy.md shows a policy that only lacks its gate', () => {
  const blocks = readCodeBlocks(PAGE, 'yaml')
  expect(blocks).toHaveLength(1)
  for (const block of blocks) {
    expect(parsePolicies([{ name: 'a.yaml', bytes: Buffer.from(block) }])).toMatchObject({
      problems: [{ code: 'policy/reference-dangling' }],
    })
  }
})

it('docs/policy.md lists every kind with the beginning of its ids', () => {
  const text = readFileSync(join(ROOT, PAGE), 'utf8')
  const listed = text.matchAll(/^\| `(?<kind>[a-z-]+)` \| `(?<prefix>[a-z_]+)\.` \|/gm)
  expect(Array.from(listed, ({ groups }) => [groups?.['kind'], groups?.['prefix']])).toEqual(
    Object.entries(POLICY_KINDS),
  )
})
