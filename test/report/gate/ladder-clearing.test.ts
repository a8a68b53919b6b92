// What clears a ladder with a gap: the evidence of the stage that is open, and not the record that says where the release stands.

import { expect, it } from 'vitest'
import type { Check } from '../../../src/core/index.ts'
import type { EvidenceRequirement, UnfitPiece } from '../../../src/policy/index.ts'
import { clearingWords } from '../../../src/report/gate/clearing-words.ts'

const RELEASE = { id: 'staging__web__v1.2.0__4711-1', target: 'web', channel: 'staging' } as const

function clearingOf(family: 'promotion' | 'deployment' | 'approval', ...checks: readonly Check[]) {
  const view: Check = { name: 'view', outcome: 'rejected', message: 'It is not', checks }
  const signer = { name: 'ci', kind: 'automation' } as const
  const unfit: UnfitPiece[] = [
    { sha256: 'a'.repeat(64), index: 7, kind: family, signer, reasons: [view] },
  ]
  const requirement = { id: 'one', title: 'One', select: { family } } as EvidenceRequirement
  const blocker = {
    id: 'policy.mine#one',
    outcome: 'rejected',
    subject: { release: RELEASE },
  } as const
  const subject = { ...blocker.subject, against: [] }
  return clearingWords({ by: 'evidence', requirement, lack: 'fit', unfit }, { ...blocker, subject })
}

function outOfOrder(stage: string, expected: string): Check {
  const code = 'record/stage-order'
  return { name: stage, outcome: 'rejected', message: stage, code, expected, found: stage }
}

function open(stage: string, ...checks: readonly Check[]): Check {
  const parts = checks.length > 0 ? { checks } : {}
  return { name: stage, outcome: 'missing', message: stage, code: 'record/stage-open', ...parts }
}

it('asks for what the open stages ask for, the first of them first', () => {
  const { words, commands } = clearingOf(
    'promotion',
    outOfOrder('post-deploy-verified', 'first canary-approved, production-approved'),
    outOfOrder('candidate-tested', 'first artifact-signed-or-attested'),
  )
  expect(words).toMatch(
    /^the record \(promotion\) that is there, after what the open stages .* first "artifact-signed-or-attested"/,
  )
  const about = expect.stringContaining(RELEASE.id)
  expect(commands.map((line) => line.split(' --')[0])).toEqual([
    'assay attest provenance',
    'assay ledger append statement.sigstore.json',
    'assay record promotion',
    'assay record adoption propose PACK',
    'assay record approval',
    'assay record approval',
  ])
  expect(commands[2]).toEqual(about)
  expect(commands[2]).toContain(' --enters artifact-signed-or-attested ')
  expect(commands.slice(4).map((line) => / --scope (\w+) /.exec(line)?.[1])).toEqual([
    'canary',
    'rollout',
  ])
  expect(commands.join()).not.toContain('--enters post-deploy-verified')
})

it('asks for the evidence of a stage that is open itself, and for the records before a deployment', () => {
  const before: Check = {
    ...{ name: 'tracking-before', outcome: 'missing', code: 'record/missing' },
    message: 'There is no tracking record of the candidate',
  }
  const deployed = clearingOf('deployment', before)
  expect(deployed.words).toMatch(/, after records of the candidate: tracking$/)
  expect(deployed.commands.map((line) => line.split(' --')[0])).toEqual([
    'assay record tracking',
    'assay record adoption propose PACK',
    'assay record deployment',
  ])
  expect(deployed.commands[0]).toContain('--phase pre-deploy-candidate')
  const climbed = clearingOf('promotion', open('production-deployed', before))
  expect(climbed.words).toMatch(
    / that is there, after records of the candidate: tracking, after what the open stages/,
  )
  expect(climbed.commands.at(0)).toContain('assay record tracking')
  expect(climbed.commands.at(-2)).toMatch(
    /--phase post-deploy-smoke-verified --enters production-d/,
  )
})

it('asks for a person where everything else is there, and for what itself is lacking above it', () => {
  const code = 'record/awaiting-person'
  const awaiting: Check = { name: 'canary-approved', outcome: 'missing', message: 'x', code }
  expect(clearingOf('promotion', awaiting).commands).toEqual([
    expect.stringContaining('assay record approval'),
  ])
  const approval = clearingOf('approval', outOfOrder('canary-approved', 'first build-complete'))
  expect(approval.words).toMatch(/^a record \(approval\) as it is expected, after what the open/)
  expect(approval.commands.at(-1)).toContain('assay record approval')
})
