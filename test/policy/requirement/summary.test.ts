// Verification summaries before requirements: nothing of them counts but what is expected of a verifier, about a resource.

import { describe, expect, it } from 'vitest'
import { failedChecks, type JsonObject } from '../../../src/core/index.ts'
import type { Evidence } from '../../../src/policy/index.ts'
import { draft, refusalsOf } from './documents.ts'
import { DAY, find, NOW, outcomeOf, piece, without } from './evidence.ts'

const TYPE = 'https://slsa.dev/verification_summary/v1'
const VERIFIER = 'https://verifier.example/v1'
const RESOURCE = 'https://dl.example/web'
const EXPECTED = { verifier: VERIFIER, resourceUri: RESOURCE, levels: ['SLSA_BUILD_LEVEL_2'] }
const DIGEST = 'a'.repeat(64)

function summary(changes: JsonObject = {}, around: Partial<Evidence> = {}): Evidence {
  const predicate = {
    verifier: { id: VERIFIER },
    timeVerified: new Date(NOW - DAY).toISOString(),
    resourceUri: RESOURCE,
    policy: { uri: 'urn:example:policy', digest: { sha256: DIGEST } },
    verificationResult: 'PASSED',
    verifiedLevels: ['SLSA_BUILD_LEVEL_3'],
    ...changes,
  }
  return piece(0, { family: 'summary', predicateType: TYPE, predicate, ...around })
}

const asking = (more: object = {}) => ({
  select: { family: 'summary', summary: { ...EXPECTED, ...more } },
})

function codesOf(members: object, ...evidence: readonly Evidence[]): readonly unknown[] {
  const codes = failedChecks(find(members, evidence).check).map(({ code }) => code)
  return codes.filter((code) => code?.startsWith('verify/'))
}

describe('a requirement of a verification summary', () => {
  it('is accepted with one that says what is expected', () => {
    expect(find(asking(), [summary()])).toMatchObject({
      outcome: 'accepted',
      check: {
        expected: `one accepted: summary about the set, in which "${VERIFIER}" says "SLSA_BUILD_LEVEL_2" of "${RESOURCE}"`,
      },
    })
    const all = { policyUri: 'urn:example:policy', policySha256: DIGEST, within: '7d' }
    expect(outcomeOf(asking(all), summary())).toBe('accepted')
    expect(outcomeOf(asking(all), without(summary(), 'signedAt'))).toBe('accepted')
    expect(find(asking(all), []).check.expected).toContain('verified no longer than 7d ago')
    const byType = { select: { predicateType: TYPE, summary: EXPECTED } }
    expect(outcomeOf(byType, summary())).toBe('accepted')
  })

  it.each<[string, JsonObject]>([
    ['another resource', { resourceUri: `${RESOURCE}/` }],
    ['another verifier', { verifier: { id: 'https://verifier.example/v2' } }],
    ['something that is no summary', { verifier: VERIFIER }],
  ])('looks at none of %s', (_, changes) => {
    expect(find(asking(), [summary(changes)])).toMatchObject({ outcome: 'missing', selected: [] })
  })

  it.each<[string, JsonObject, object, string]>([
    ['a lower level', { verifiedLevels: ['SLSA_BUILD_LEVEL_1'] }, {}, 'verify/verified-level'],
    ['no level', { verifiedLevels: ['SLSA_BUILD_LEVEL_UNEVALUATED'] }, {}, 'verify/verified-level'],
    ['another policy', {}, { policyUri: 'urn:example:other' }, 'verify/summary-policy'],
    ['another version', {}, { policySha256: 'b'.repeat(64) }, 'verify/summary-policy'],
    ['no time', { timeVerified: null }, { within: '7d' }, 'verify/summary-undated'],
    ['an old time', {}, { within: '12h' }, 'verify/summary-stale'],
    [
      'a time after its signature',
      { timeVerified: new Date(NOW).toISOString() },
      { within: '7d' },
      'verify/summary-time',
    ],
    [
      'a time to come, however old it may be',
      { timeVerified: new Date(NOW + DAY).toISOString() },
      {},
      'verify/summary-time',
    ],
    [
      'a failure',
      { verificationResult: 'FAILED', verifiedLevels: ['FAILED'] },
      { levels: ['urn:a'] },
      'verify/verification-result',
    ],
  ])('is not accepted with one of %s', (_, changes, more, code) => {
    expect(codesOf(asking(more), summary(changes))).toContain(code)
    expect(outcomeOf(asking(more), summary(changes))).not.toBe('accepted')
  })

  it('takes nothing from a summary that nothing is expected of', () => {
    const svr = piece(1, {
      family: 'summary',
      predicateType: 'https://in-toto.io/attestation/svr/v0.2',
    })
    expect(outcomeOf({ select: { family: 'summary' } }, summary())).toBe('missing')
    expect(outcomeOf({ select: { family: 'summary' } }, svr)).toBe('accepted')
    expect(outcomeOf(asking(), svr)).toBe('missing')
    const text = summary({}, { predicate: 'text' })
    expect(outcomeOf(asking(), text)).toBe('missing')
  })

  it('is expected of a summary alone, with levels that can be reached', () => {
    const expected = 'policy/member Expected what a verification summary has to say'
    expect(refusalsOf(draft({ select: { predicateType: TYPE } }))).toEqual([
      expect.stringContaining(expected),
    ])
    expect(refusalsOf(draft({ select: { family: 'smoke', summary: EXPECTED } }))).toEqual([
      expect.stringContaining(expected),
    ])
    expect(refusalsOf(draft(asking()))).toBe('accepted')
    for (const level of ['FAILED', 'SLSA_BUILD_LEVEL_UNEVALUATED', 'SLSA_BUILD_LEVEL_9']) {
      expect(refusalsOf(draft(asking({ levels: [level] })))).toEqual([
        expect.stringContaining('policy/member Expected a level such as'),
      ])
    }
    expect(refusalsOf(draft(asking({ levels: [] })))).not.toBe('accepted')
    expect(refusalsOf(draft(asking({ verifier: 'somebody' })))).not.toBe('accepted')
  })
})
