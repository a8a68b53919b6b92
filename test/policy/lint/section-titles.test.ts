// Lint of what the sections of a playbook and the stages of a readiness are called: a title there is no requirement, and claims no state.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../../.ci/checkout.ts'
import {
  declaredTextsOf,
  lintPolicies,
  parsePolicies,
  type PolicyFile,
} from '../../../src/policy/index.ts'
import { registryOf } from '../shipped.ts'

const PLAYBOOK = 'production-readiness/playbook.yaml'
const READINESS = 'deployment-readiness/readiness.yaml'

/** What lint says of a shipped policy in which one text is another one. */
function lintWith(name: string, from: string, to: string): readonly (readonly string[])[] {
  const text = textOf(name)
  expect(text).toContain(from)
  return lintPolicies(registryOf([fileOf(name, text.replace(from, to))])).map(
    ({ code, message, at = '' }) => [code, message.split(': ').at(-1) ?? '', at],
  )
}

function textOf(name: string): string {
  return readFileSync(join(ROOT, 'policies', name), 'utf8')
}

function fileOf(name: string, text: string): PolicyFile {
  return { name, bytes: Buffer.from(text) }
}

const CLAIM = 'Expected text that claims no state, found "is approved"'

describe('lint of sections', () => {
  it.each([
    ['a control', PLAYBOOK, 'The job of the runtime canary'],
    ['a sequence', PLAYBOOK, 'The local validation of agent-skills'],
    ['an attachment', PLAYBOOK, 'The lineage of the release'],
    ['a trigger', PLAYBOOK, 'The runtime canary fails'],
    ['what is open', PLAYBOOK, 'No incident is open'],
    ['an exception', PLAYBOOK, 'The rules of the release branch, as GitHub enforces them'],
    ['a decision', PLAYBOOK, 'Whose decision the promotion is'],
    ['a stage', READINESS, 'The path goes live, and its results go on to hold'],
  ])('finds a claim in the title of %s', (_, name, title) => {
    expect(lintWith(name, title, 'The release is approved')).toEqual([
      ['policy/claim-word', CLAIM, expect.stringMatching(/^[a-z-]+\/[a-z]+\.yaml, line \d+/)],
    ])
    expect(lintWith(name, title, 'Whether the release is approved')).toEqual([])
  })

  it('finds one in what to do first', () => {
    const [action = ''] = /(?<=actions:\n\s+- ).*/.exec(textOf(PLAYBOOK)) ?? []
    expect(lintWith(PLAYBOOK, action, 'The release is approved')).toMatchObject([
      ['policy/claim-word', CLAIM, expect.any(String)],
    ])
  })

  it('finds none in what a requirement of them asks for', () => {
    const asked = 'An administrator followed the runbook in the settings, and signed what was there'
    expect(lintWith(PLAYBOOK, asked, 'The release is approved')).toEqual([])
    const part = 'By the platform owner'
    expect(lintWith(READINESS, part, 'The release is approved')).toEqual([])
  })

  it('knows every text, also where sections are left out', () => {
    for (const name of [PLAYBOOK, READINESS]) {
      const text = textOf(name)
      const [policy] = registryOf([fileOf(name, text)]).policies.values()
      if (policy === undefined) throw new Error('There is one')
      const known = declaredTextsOf(policy).map((placed) => placed.text as string)
      const titles = Array.from(
        JSON.stringify(policy).matchAll(/"title":"(?<title>[^"]+)"/g),
        ({ groups }) => groups?.['title'] ?? '',
      )
      expect(titles.length).toBeGreaterThan(20)
      expect(titles.filter((title) => !known.includes(title))).toEqual([])
    }
    const short = textOf(PLAYBOOK)
      .replace(/^sequences:\n(?:.*\n)*?(?=exception:|decision:)/m, '')
      .replace(/^sequenceRoles: .*\n/m, '')
    expect(parsePolicies([fileOf(PLAYBOOK, short)]).ok).toBe(true)
    expect(short).not.toContain('incidents:')
    expect(lintPolicies(registryOf([fileOf(PLAYBOOK, short)]))).toEqual([])
  })
})
