import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { LedgerItem } from '../../../src/record/index.ts'
import { APPROVAL } from '../../../src/record/families/approval.ts'
import { digestOf } from '../../verify/release.ts'
import { person } from '../deciders.ts'
import { COMMIT_SUBJECT, foldedProvenance, foldedRecord } from '../folded.ts'
import { shippedRegistry } from '../registry.ts'
import {
  PRODUCTION,
  STAGED,
  STAGING,
  promotion,
  BUILT,
  TRACKED,
  ATTESTED,
  testResult,
  TESTED,
  approval,
  APPROVED,
  deployment,
  DEPLOYED,
  SMOKED,
  WHOLE,
  view,
  without,
  codesOf,
  ALL,
} from '../whole-release.ts'

describe('Provenance on the ladder', () => {
  const signed = (items: readonly LedgerItem[]) =>
    view(items, promotion('artifact-signed-or-attested')).facts['completed']

  it('carries all five claims by itself', () => {
    const poor = foldedProvenance({ index: 0, sha256: BUILT.sha256 })
    const items = WHOLE.map((item) => (item === BUILT ? poor : item))
    expect(signed(WHOLE)).toContain('artifact-signed-or-attested')
    expect(signed(items)).not.toContain('artifact-signed-or-attested')
    expect(signed(without(BUILT))).not.toContain('artifact-signed-or-attested')
  })

  it('is spoken against by one of another commit', () => {
    const other = foldedProvenance({ index: 30, commit: '0'.repeat(40) })
    expect(signed([...WHOLE, other])).not.toContain('artifact-signed-or-attested')
  })
})

describe('Tests on the ladder', () => {
  const tested = (items: readonly LedgerItem[]) =>
    (view(items).facts['completed'] as readonly string[]).includes('candidate-tested')

  it('may be of the commit that the set was built from', () => {
    const ofCommit = testResult(3, 'PASSED', { about: COMMIT_SUBJECT })
    expect(tested([...without(TESTED), ofCommit])).toBe(true)
    expect(tested(without(TESTED))).toBe(false)
  })

  it('are counted by the last result of each question', () => {
    const evidence = 'evidence.repo.ci_monorepo_validation'
    const red = testResult(30, 'FAILED', { evidence, about: COMMIT_SUBJECT })
    const green = testResult(31, 'PASSED', { evidence, about: COMMIT_SUBJECT })
    expect(tested([...WHOLE, red])).toBe(false)
    expect(tested([...WHOLE, red, green])).toBe(true)
  })
})

describe('Deployments on the ladder', () => {
  it('are looked at in each environment', () => {
    const drift = deployment(30, {
      environment: 'staging-elsewhere',
      observedSet: digestOf('another set'),
    })
    const found = view([...WHOLE, drift], promotion('production-deployed'))
    expect(found.facts['completed']).not.toContain('production-deployed')
    expect(found.check.outcome).toBe('rejected')
  })

  it('come after the approval of the rollout', () => {
    const late = approval('rollout', 12)
    const found = view([...without(APPROVED), late], promotion('production-deployed'))
    expect(found).toMatchObject({
      status: 'out-of-order',
      facts: { outOfOrder: ['production-deployed'], position: 'production-approved' },
    })
  })

  it('come after the approval of somebody who may give it', () => {
    const own = foldedRecord(APPROVAL, APPROVED.members as object, {
      index: 8,
      signer: person('deployer'),
    })
    const late = approval('rollout', 12)
    const found = view([...without(APPROVED), own, late], promotion('production-deployed'))
    expect(found.facts['outOfOrder']).toEqual(['production-deployed'])
    const twin = foldedRecord(APPROVAL, APPROVED.members as object, {
      index: 8,
      signer: person('bob'),
    })
    const good = view([...without(APPROVED), twin, late], promotion('production-deployed'))
    expect(good.facts['outOfOrder']).toEqual([])
  })

  it('are out of order where people do not approve the rollout any more', () => {
    const { expires: _, ...no } = {
      ...(APPROVED.members as object),
      expires: '',
      decision: 'reject',
    }
    const rejected = foldedRecord(APPROVAL, no, { index: 30, signer: person('bob') })
    const found = view([...WHOLE, rejected])
    expect(found.facts['gaps']).toEqual(['production-approved'])
    expect(found.facts['outOfOrder']).toEqual(['production-deployed', 'post-deploy-verified'])
  })
})

describe('A smoke on the ladder', () => {
  it('is of a deployment that came after the records of its candidate', () => {
    const isOf = (family: string) => (item: LedgerItem) =>
      item.kind === 'record' && item.family === family
    const reached = (items: readonly LedgerItem[]) =>
      (view(items).facts['completed'] as readonly string[]).includes('post-deploy-verified')
    const fewer = WHOLE.filter((item) => !isOf('authority')(item))
    expect(fewer.length).toBeLessThan(WHOLE.length)
    expect(reached(WHOLE)).toBe(true)
    expect(reached(fewer)).toBe(false)
    expect(reached(WHOLE.filter((item) => !isOf('smoke')(item)))).toBe(false)
  })
})

/** The ladder of production, where a person enters the deployment too. */
const MANUAL = shippedRegistry((text, name) =>
  name.includes('promotion/render-staging')
    ? text
        .replace('  - post-deploy-verified', '  - production-deployed\n  - post-deploy-verified')
        .replace(
          /manualStages:[^]*?approvalRef/,
          'manualStages: [production-deployed]\napprovalRef',
        )
    : text,
)

describe('A manual stage', () => {
  const byPerson = promotion('artifact-signed-or-attested', {
    index: 41,
    phase: 'pre-deploy-candidate',
    signer: person('alice'),
  })
  const early = [BUILT, TRACKED, ATTESTED]

  it('is ready, and awaits a person, where its evidence is all there is', () => {
    const record = promotion('artifact-signed-or-attested')
    const found = view(early, record)
    expect(found).toMatchObject({
      status: 'ready-awaiting-person',
      check: { outcome: 'missing' },
      facts: { position: 'artifact-verified', awaitingPerson: ['artifact-signed-or-attested'] },
    })
    expect(codesOf(found)).toContain('record/awaiting-person')
    expect(view([...early, byPerson], record).status).toBe('stage-reached')
  })

  it('is entered by no word alone: the evidence has to be there', () => {
    const found = view([TRACKED, ATTESTED, byPerson], byPerson)
    expect(found.status).toBe('stage-open')
  })

  it('is not entered by automation, nor by the word of a person about another stage', () => {
    const record = promotion('artifact-signed-or-attested')
    const other = promotion('candidate-tested', {
      index: 41,
      phase: 'pre-deploy-candidate',
      signer: person('alice'),
    })
    expect(view([...early, other], record).status).toBe('ready-awaiting-person')
  })

  it('of a deployment is entered by the person who found it deployed', () => {
    const manual = { registry: MANUAL }
    const items = without(DEPLOYED, SMOKED)
    const record = promotion('production-deployed', { registry: MANUAL })
    expect(view([...items, DEPLOYED], record, manual).status).toBe('ready-awaiting-person')
    const observed = deployment(10, {}, { signer: person('operator') })
    expect(view([...items, observed], record, manual).status).toBe('stage-reached')
  })

  it('that is an approval is entered by that approval alone', () => {
    const word = promotion('production-approved', {
      index: 41,
      phase: 'pre-deploy-candidate',
      signer: person('alice'),
    })
    const items = without(APPROVED, DEPLOYED, SMOKED)
    expect(view([...items, word], promotion('production-approved')).status).toBe('stage-open')
    expect(view([...items, APPROVED], promotion('production-approved')).status).toBe(
      'stage-reached',
    )
  })
})

it.each([
  ['production', WHOLE, PRODUCTION],
  ['staging', STAGED, STAGING],
])('Leaving out evidence never takes a release up the ladder of %s', (_, whole, registry) => {
  const parts = fc
    .subarray([...whole])
    .chain((most) => fc.tuple(fc.constant(most), fc.subarray(most)))
  const factsOf = (items: readonly LedgerItem[]) =>
    view(items, promotion(undefined, { registry }), { registry }).facts
  fc.assert(
    fc.property(parts, ([most, least]) => {
      const [more, less] = [factsOf(most), factsOf(least)]
      expect(more['completed']).toEqual(
        expect.arrayContaining([...(less['completed'] as string[])]),
      )
      const heights = [less, more].map(({ position }) => ALL.indexOf(String(position)))
      expect(heights[0]).toBeLessThanOrEqual(heights[1] ?? -1)
    }),
  )
})
