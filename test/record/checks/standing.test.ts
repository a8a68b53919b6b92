// Whose word makes good what another one found: everybody's can make it worse.

import { describe, expect, it } from 'vitest'
import { failedChecks } from '../../../src/core/index.ts'
import { describeStanding } from '../../../src/record/signer/standing.ts'
import { CERTIFICATION } from '../../../src/record/families/certification.ts'
import { DEPLOYMENT } from '../../../src/record/families/deployment.ts'
import { INCIDENT } from '../../../src/record/families/incident.ts'
import { REVIEW } from '../../../src/record/families/review.ts'
import { TEST_RESULT } from '../../../src/record/families/test-result.ts'
import { findOvertaking } from '../../../src/record/release/deciding.ts'
import type { TrustedSigner } from '../../../src/verify/index.ts'
import { digestOf } from '../../verify/release.ts'
import { candidateRecords } from '../candidate.ts'
import { foldedProvenance, foldedRecord, keySigner, viewAmong } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { shippedRegistry } from '../registry.ts'

type Kind = 'person' | 'automation'

function signer(principal: string, kind: Kind | undefined, ...roles: readonly string[]) {
  return { ...keySigner(principal, roles), ...(kind !== undefined && { kind }) }
}

/** In a role that is for one type. */
function specific(by: TrustedSigner, predicateType: string): TrustedSigner {
  return { ...by, roles: by.roles.map((role) => ({ ...role, predicateTypes: [predicateType] })) }
}

const OLGA = signer('olga', 'person', 'operator')
const OMAR = signer('omar', 'person', 'operator', 'builder')
const ROBOT = signer('robot', 'automation', 'operator')
const BUILDER = signer('builder', 'automation', 'builder')
const BEA = signer('bea', 'person', 'builder')
const SARA = specific(signer('sara', 'person', 'reviewer'), REVIEW.predicateType)

describe('The standing of a word', () => {
  it('is told by the kind and the roles', () => {
    expect(describeStanding({ signer: OMAR })).toBe('a person in the role "operator" and "builder"')
    expect(describeStanding({ signer: BUILDER })).toBe('somebody in the role "builder"')
    expect(describeStanding({ signer: { ...BEA, roles: [] } })).toBe(
      'a person in a role that is for such decisions',
    )
  })
})

describe('A failed test', () => {
  const { members } = goldenRecord(TEST_RESULT)
  const { passedTests, ...rest } = members as { readonly passedTests: readonly string[] }
  const failure = foldedRecord(
    TEST_RESULT,
    { ...rest, result: 'FAILED', warnedTests: [], failedTests: passedTests },
    { index: 1, signer: OLGA },
  )
  const later = (by: TrustedSigner) => {
    const success = foldedRecord(TEST_RESULT, members, { index: 2, signer: by })
    const { status, check } = viewAmong(TEST_RESULT, success, [failure, success])
    return [status, failedChecks(check).map(({ code }) => code)]
  }

  it('is made good by somebody in the role of who saw it, and by nobody else', () => {
    expect(later(OMAR)).not.toContain('failed-later')
    expect(later(BUILDER)).toEqual(['failed-later', expect.arrayContaining(['record/standing'])])
    expect(later(ROBOT)[0]).toBe('failed-later')
  })
})

describe('Drift', () => {
  const { members } = goldenRecord(DEPLOYMENT)
  const seen = (by: TrustedSigner, index: number, changes: object = {}) =>
    foldedRecord(
      DEPLOYMENT,
      { ...members, observedBy: { method: 'files' }, ...changes },
      { index, phase: 'post-deploy-smoke-verified', signer: by },
    )
  const at = (hour: number) => ({ observedAt: `2026-04-10T${hour}:00:00Z` })
  const drift = seen(OLGA, 21, { ...at(14), observedSet: digestOf('another set') })
  const judge = (...records: readonly ReturnType<typeof seen>[]) => {
    const found = [drift, ...records].toSorted((a, b) => a.index - b.index)
    const items = [...candidateRecords(), ...found]
    const viewed = found.map((record) => ({
      record: { ...record, isAdopted: false, isSuperseded: false },
      view: viewAmong(DEPLOYMENT, record, items, { registry: shippedRegistry() }),
    }))
    return viewed.map((one) =>
      findOvertaking(one, viewed, DEPLOYMENT as never) === undefined
        ? one.view.status
        : 'made good',
    )
  }

  it('is made good by a person in the role of the person who found it', () => {
    expect(judge(seen(OMAR, 22, at(15)))).toEqual(['made good', 'deployed-as-intended'])
    expect(judge(seen(OMAR, 22, at(14)))).toEqual(['made good', 'deployed-as-intended'])
  })

  it.each([
    ['by a builder', BUILDER],
    ['by a person in another role', BEA],
    ['by automation in the same role', ROBOT],
  ])('is not made good %s, nor is what was seen before', (_, by) => {
    expect(judge(seen(OLGA, 20, at(13)), seen(by, 22, at(15)))).toEqual([
      'drift-later',
      'drift',
      'drift-later',
    ])
  })

  it('is not made good by what was seen before it, whenever that is said', () => {
    expect(judge(seen(OLGA, 22, at(13)))).toEqual(['drift', 'drift-later'])
  })
})

describe('A failed certification', () => {
  const { members } = goldenRecord(CERTIFICATION)
  const { results } = members as { readonly results: readonly { readonly name: string }[] }
  const failure = foldedRecord(
    CERTIFICATION,
    { ...members, results: results.map(({ name }) => ({ name, result: 'failed' })) },
    { index: 1, signer: { ...OLGA, roles: [] } },
  )
  const later = (by: TrustedSigner) => {
    const success = foldedRecord(CERTIFICATION, members, { index: 2, signer: by })
    const { check } = viewAmong(CERTIFICATION, success, [failure, success])
    return failedChecks(check).map(({ code }) => code)
  }

  it('of somebody in no role for it is made good in such a role alone', () => {
    const certifier = specific(signer('cora', 'person', 'certifier'), CERTIFICATION.predicateType)
    expect(later(certifier)).not.toContain('record/standing')
    expect(later(BEA)).toContain('record/standing')
    expect(later({ ...certifier, kind: 'automation' })).toContain('record/standing')
  })
})

describe('An open finding', () => {
  const { members } = goldenRecord(REVIEW)
  const { tree } = (members as { readonly scope: { readonly tree: string } }).scope
  const FINDING = {
    ...{ id: 'F-9', severity: 'high', trustCritical: true, title: 'Anybody can sign' },
    resolved: false,
  }
  const review = (by: TrustedSigner, index: number, finding: object) =>
    foldedRecord(
      REVIEW,
      { ...members, findings: [{ ...FINDING, ...finding }] },
      {
        index,
        signer: by,
      },
    )
  const RESOLVED = { resolved: true, resolution: 'It was looked at' }
  const answeredBy = (by: TrustedSigner, finder: TrustedSigner) => {
    const answer = review(by, 6, RESOLVED)
    const items = [
      foldedProvenance({ claims: { sourceTree: tree } }),
      review(finder, 5, {}),
      answer,
    ]
    return viewAmong(REVIEW, answer, items).status
  }

  it('is resolved by a reviewer, and not by who builds', () => {
    expect(answeredBy(SARA, SARA)).toBe('reviewed')
    expect(answeredBy(BUILDER, SARA)).toBe('finding-open')
    expect(answeredBy(BEA, SARA)).toBe('finding-open')
    expect(answeredBy(SARA, BEA)).toBe('reviewed')
  })

  it('of somebody who is no reviewer is resolved by a reviewer, and by nobody who is none either', () => {
    // As they are verified, where the trust document has a role for reviews: heard for what they say against the release.
    const heard = (by: TrustedSigner) => ({ ...by, roles: [] })
    for (const finder of [heard(OLGA), heard(BUILDER)]) {
      expect(answeredBy(SARA, finder)).toBe('reviewed')
      for (const by of [BEA, BUILDER, ROBOT, finder]) {
        expect(answeredBy(heard(by), finder)).toBe('finding-open')
      }
    }
    expect(answeredBy(heard(SARA), SARA)).toBe('finding-open')
  })
})

describe('An open incident', () => {
  const { members } = goldenRecord(INCIDENT)
  const { incident, trigger, openedAt, passingRerun } = members as Record<string, string>
  const told = (by: TrustedSigner, index: number, more: object = {}) =>
    foldedRecord(INCIDENT, { incident, trigger, openedAt, ...more }, { index, signer: by })
  const rerun = foldedRecord(
    TEST_RESULT,
    {
      configuration: [{ digest: { sha256: digestOf('config') } }],
      result: 'PASSED',
      passedTests: [(members as { readonly firstFailingControl: string }).firstFailingControl],
    },
    { index: 5, signer: BUILDER, ...(passingRerun !== undefined && { sha256: passingRerun }) },
  )
  const closedBy = (by: TrustedSigner, ...before: readonly ReturnType<typeof told>[]) => {
    const closing = told(by, 9, members)
    const view = viewAmong(INCIDENT, closing, [...before, rerun, closing])
    return [view.status, ...failedChecks(view.check).flatMap(({ code }) => code ?? [])]
  }

  it('is closed by who may answer whoever opened it', () => {
    expect(closedBy(OMAR, told(OLGA, 1))).toEqual(['closed'])
    expect(closedBy(BUILDER, told(BUILDER, 1))).toEqual(['closed'])
  })

  it.each([
    ['who builds', BUILDER],
    ['a person in another role', BEA],
    ['automation in the same role', ROBOT],
  ])('stays open for %s', (_, by) => {
    expect(closedBy(by, told(OLGA, 1))).toEqual(['open', 'record/standing'])
  })

  it('is closed by who may answer everybody who told of it, and not only the first', () => {
    const open = ['open', 'record/standing']
    expect(closedBy(BEA, told(BEA, 1), told(OLGA, 2))).toEqual(open)
    expect(closedBy(OLGA, told(BEA, 1), told(OLGA, 2))).toEqual(open)
    expect(closedBy(OMAR, told(BEA, 1), told(OLGA, 2))).toEqual(['closed'])
    expect(closedBy(BUILDER, told(BUILDER, 1), told(OLGA, 2))).toEqual(open)
    expect(closedBy(OLGA, told(ROBOT, 1), told(BUILDER, 2))).toEqual(open)
    expect(closedBy(OLGA, told(ROBOT, 1), told(OLGA, 2))).toEqual(['closed'])
  })

  it('is closed by several, each of whom answers some of those who told of it', () => {
    const both = [told(BEA, 1), told(OLGA, 2)]
    expect(closedBy(OLGA, ...both, told(BEA, 7, members))).toEqual(['closed'])
    expect(closedBy(BEA, ...both, told(OLGA, 7, members))).toEqual(['closed'])
    expect(closedBy(BEA, ...both, told(BEA, 7, members))).toEqual(['open', 'record/standing'])
    // Nobody asks who only said that it is over.
    expect(closedBy(OLGA, told(OLGA, 1), told(BEA, 7, members))).toEqual(['closed'])
    // One that closes nothing answers nobody, and who tells more after it is asked as well.
    const { cause: _, ...half } = members as { readonly cause: string }
    expect(closedBy(OLGA, ...both, told(BEA, 7, half))).toEqual(['open', 'record/standing'])
    const unproven = { ...members, passingRerun: digestOf('a re-run that nobody has') }
    expect(closedBy(OLGA, ...both, told(BEA, 7, unproven))).toEqual(['open', 'record/standing'])
    const again = [...both, told(BEA, 6, members), told(BEA, 7)]
    expect(closedBy(OLGA, ...again)).toEqual(['open', 'record/standing'])
  })

  it('stays closed where somebody else says once more that it is over', () => {
    expect(closedBy(BEA, told(OLGA, 1), told(OLGA, 7, members))).toEqual(['closed'])
    const [status] = closedBy(BEA, told(OLGA, 1), told(OLGA, 7, members), told(BUILDER, 8))
    expect(status).toBe('open')
  })
})
