// The summary of a gate: of which release, from what, and with which levels; never better than what was judged.

import { describe, expect, it } from 'vitest'
import { buildSummary, judgeGate } from '../../../src/gate/index.ts'
import type { Outcome } from '../../../src/core/index.ts'
import type { Evidence } from '../../../src/policy/index.ts'
import { COMMIT, DEPLOY_EVIDENCE, indexOf, NOW, piece } from '../evidence.ts'
import { DIGEST, REGISTRY, SUBJECT } from '../result/results.ts'
import { STAGING } from '../states.ts'

interface Asked {
  readonly evidence?: readonly Evidence[]
  readonly subject?: Parameters<typeof judgeGate>[0]['subject']
  readonly ledger?: Outcome
  readonly head?: { readonly size: number; readonly root: Uint8Array }
}

const gate = REGISTRY.of('gate').get(STAGING)!

function summarise({
  evidence = DEPLOY_EVIDENCE,
  subject = SUBJECT,
  ledger: outcome = 'accepted',
  head,
}: Asked = {}) {
  const index = indexOf(...evidence)
  const asked = { gate, registry: REGISTRY, subject, evidence: index, now: NOW }
  return buildSummary({
    finding: judgeGate({ ...asked, isStrict: false }),
    evidence: index,
    ledger: { outcome, ...(head !== undefined && { head }) },
    registry: REGISTRY,
    at: NOW,
    verifier: { id: 'https://verifier.example/v1', version: { assay: '0.1.0' } },
    resourceUri: 'https://dl.example/web',
  })
}

function predicateOf(asked?: Asked) {
  const summary = summarise(asked)
  if (!summary.ok) throw new Error(JSON.stringify(summary.problems))
  return summary.value.predicate
}

function refusalOf(asked: Asked): string | undefined {
  const summary = summarise(asked)
  return summary.ok ? undefined : summary.problems[0].code
}

const provenance = (facts: Evidence['computed']['facts'], outcome: Outcome = 'accepted') =>
  piece({
    family: 'provenance',
    computed: {
      ...{ status: 'externally-attested', outcome, facts },
      reason: { name: 'provenance', outcome, message: 'Provenance' },
    },
  })
const levelsOf = (...more: readonly Evidence[]) =>
  predicateOf({ evidence: [...DEPLOY_EVIDENCE, ...more] })['verifiedLevels']

describe('the summary of a gate', () => {
  it('is about the set, under the policy, as of the time that was judged', () => {
    const summary = summarise()
    expect(summary).toMatchObject({
      ok: true,
      value: {
        subjects: [{ name: SUBJECT.release.id, digest: { sha256: DIGEST, dirHash: DIGEST } }],
        predicateType: 'https://slsa.dev/verification_summary/v1',
        predicate: {
          verifier: { id: 'https://verifier.example/v1', version: { assay: '0.1.0' } },
          timeVerified: '2026-04-10T12:00:00Z',
          resourceUri: 'https://dl.example/web',
          policy: { uri: `urn:assay:policy:${STAGING}`, digest: { sha256: gate.digest } },
          verificationResult: 'PASSED',
          slsaVersion: '1.2',
        },
      },
    })
    expect(predicateOf()).not.toHaveProperty('urn:assay:ledger-head')
    const head = { size: 7, root: new Uint8Array([1, 2]) }
    expect(predicateOf({ head })['urn:assay:ledger-head']).toEqual({ size: 7, root: 'AQI=' })
  })

  it('names every piece about the set and its commit once, and nothing about another', () => {
    const other = piece({ family: 'review', commit: 'cd'.repeat(20) })
    const unasked = piece({ family: 'certification' })
    const evidence = [...DEPLOY_EVIDENCE, unasked, other]
    const inputs = predicateOf({ evidence })['inputAttestations']
    const expected = [...DEPLOY_EVIDENCE, unasked].map(({ sha256 }) => sha256).toSorted()
    expect(inputs).toEqual(
      expected.map((sha256) => ({
        name: `records/${sha256.slice(0, 2)}/${sha256}.sigstore.json`,
        digest: { sha256 },
      })),
    )
  })

  it('says the highest level that accepted provenance shows, and none without', () => {
    const gateLevel = 'urn:assay:gate:go'
    expect(levelsOf()).toEqual(['SLSA_BUILD_LEVEL_UNEVALUATED', gateLevel])
    expect(levelsOf(provenance({}))).toEqual(['SLSA_BUILD_LEVEL_UNEVALUATED', gateLevel])
    const both = [provenance({ buildLevel: 2 }), provenance({ buildLevel: 1 })]
    expect(levelsOf(...both)).toEqual(['SLSA_BUILD_LEVEL_2', gateLevel])
    const refused = provenance({ buildLevel: 3 }, 'rejected')
    expect(levelsOf(refused, provenance({ buildLevel: 1 }))).toEqual([
      'SLSA_BUILD_LEVEL_1',
      gateLevel,
    ])
  })

  it('failed where the gate is no-go or the ledger is not whole, and reached no level then', () => {
    const failed = { verificationResult: 'FAILED', verifiedLevels: ['FAILED'] }
    expect(predicateOf({ evidence: DEPLOY_EVIDENCE.slice(1) })).toMatchObject(failed)
    expect(predicateOf({ ledger: 'rejected' })).toMatchObject(failed)
  })

  it('is none without a release whose artifacts are known, nor where nothing could be judged', () => {
    const { digest: _, ...release } = SUBJECT.release
    expect(refusalOf({ subject: { commit: COMMIT, against: [] } })).toBe('gate/summary-subject')
    expect(refusalOf({ subject: { release, commit: COMMIT, against: [] } })).toBe(
      'gate/summary-subject',
    )
    expect(refusalOf({ ledger: 'error' })).toBe('gate/summary-unjudged')
  })
})
