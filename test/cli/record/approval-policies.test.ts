// What `assay record approval` says where the policies that an approver sees are not there, and what is lacking otherwise.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, expect, it } from 'vitest'
import { ROOT } from '../../../.ci/checkout.ts'
import {
  createRecordWorld,
  type Document,
  FIRST,
  type RecordWorld,
  SIGNED,
} from './record-world.ts'

let world: RecordWorld

/** A folder with a policy that needs no gate. */
const ALONE = ['--policies', 'policies/deployment-readiness']
const SAID = ['--scope', 'rollout', '--decision', 'approve', '--reason', 'x', '--expires', '14d']
const FROM = ['--from', 'seen.json', '--mode', 'manual-rollout-workflow-with-human-approval']
const GATE = ['--gate', 'gate.web', '--approval-record', 'release_approval.web']

beforeAll(async () => {
  world = await createRecordWorld()
  const seen = { policies: [{ id: 'gate.web', sha256: 'a'.repeat(64) }] }
  world.write('seen.json', JSON.stringify(seen))
  world.write('other/readme.txt', '')
})

async function ask(...more: readonly string[]): Promise<Document & { readonly exitCode: number }> {
  const stage = ['--stage', 'staging']
  const line = ['record', 'approval', ...FIRST, ...GATE, ...stage, ...SAID, ...SIGNED, ...more]
  const { exitCode, document } = await world.ask(line)
  return { ...document, exitCode }
}

it('An approval of no policies is told which members are missing, and where they come from', async () => {
  expect(await ask(...ALONE)).toMatchObject({
    exitCode: 2,
    problems: [
      {
        code: 'cli/record-policy',
        message: 'Expected a gate for the target of the release among the policies, found none',
        at: '--policies',
        hint: expect.stringContaining('"policies" and "mode"') as string,
      },
    ],
  })
})

it('An approval without any policies is told so too', async () => {
  const [key, trust, ledger] = ['../alice.key.pem', '../trust.json', '../ledger']
  const signed = ['--key', key, '--trust', trust, '--ledger', ledger, '--format', 'json']
  const set = FIRST.map((word) => (word === 'dist' ? '../dist' : word))
  const line = ['record', 'approval', ...set, ...GATE, '--stage', 'staging', ...SAID, ...signed]
  const { exitCode, document } = await world.inside('other').ask(line)
  expect(exitCode).toBe(2)
  expect(document.problems).toMatchObject([
    {
      code: 'cli/record-policy',
      message: 'Expected the policies that the approver sees, found none',
      at: '--policies',
      hint: expect.stringContaining('--policies DIR') as string,
    },
  ])
})

it('An approval of policies that a document names is recorded, and tells what else it takes', async () => {
  const { exitCode, view } = await ask(...ALONE, ...FROM)
  expect(exitCode).toBe(1)
  expect(view).toMatchObject({ status: 'not-judged' })
  const hints = (view.check.checks ?? []).flatMap(({ code, hint }) => (hint ? [[code, hint]] : []))
  expect(hints).toEqual([
    [
      'record/policy-unknown',
      'The folder of policies has none of the kind approval: put one there',
    ],
    [
      'record/provenance-missing',
      'assay attest provenance signs what built it, and assay ledger append puts that into the ledger',
    ],
  ])
})

it('The page that the hint names is there, and has such a folder', () => {
  const page = readFileSync(join(ROOT, 'docs/policy-approvals.md'), 'utf8')
  expect(page).toContain('kind: gate')
})
