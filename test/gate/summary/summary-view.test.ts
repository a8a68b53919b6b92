// What a verifier said of a release, as evidence of a gate: the last word of one verifier about one resource under one policy counts.

import { describe, expect, it } from 'vitest'
import { findOvertaking, summaryOf, viewSummary } from '../../../src/gate/summary/summary-view.ts'
import type { FoldedMaterial } from '../../../src/record/index.ts'
import { PREDICATE_TYPES } from '../../../src/statement/index.ts'
import { foldedProvenance } from '../../record/folded.ts'
import { SUMMARY_PREDICATE } from '../judged-view.ts'

const FAILED = { verificationResult: 'FAILED', verifiedLevels: ['FAILED'] }

function word(index: number, changes: object = {}): FoldedMaterial {
  const predicate = { ...SUMMARY_PREDICATE, ...changes }
  const { sha256: _, ...rest } = foldedProvenance({ index }) as FoldedMaterial
  const { provenance: __, ...material } = rest
  return {
    ...material,
    sha256: String(index),
    name: 'vsa',
    predicateType: PREDICATE_TYPES.vsa,
    predicate,
  }
}

/** Which later words take the place of a failure. */
function overtaking(...later: readonly FoldedMaterial[]): string | undefined {
  const failure = word(1, FAILED)
  return findOvertaking(failure, [word(0), failure, ...later])?.sha256
}

describe('a verification summary in a ledger', () => {
  it('is evidence by what it says', () => {
    const passed = summaryOf(word(0))
    expect(passed && viewSummary(passed)).toMatchObject({
      status: 'passed',
      outcome: 'accepted',
      facts: {
        verifier: 'https://verifier.example/v1',
        resourceUri: 'https://dl.example/web',
        policy: 'urn:example:policy',
        levels: ['SLSA_BUILD_LEVEL_2'],
        timeVerified: '2026-04-10T12:00:00Z',
      },
    })
    const failed = summaryOf(word(0, { ...FAILED, timeVerified: null }))
    expect(failed && viewSummary(failed)).toMatchObject({
      status: 'failed',
      outcome: 'rejected',
      reason: { code: 'gate/summary-failed' },
    })
    expect(summaryOf(foldedProvenance() as FoldedMaterial)).toBeUndefined()
    const { predicate: _, ...bare } = word(0)
    expect(summaryOf(bare)).toBeUndefined()
  })

  it('that failed is made up for by a later one that passed', () => {
    expect(overtaking(word(2))).toBe('2')
    expect(overtaking(word(2), word(3))).toBe('3')
    expect(overtaking(word(2, { timeVerified: '2026-04-10T12:00:01Z' }))).toBe('2')
    expect(overtaking(word(2, { timeVerified: null }))).toBe('2')
    expect(findOvertaking(word(1), [word(2)])).toBeUndefined()
  })

  it.each([
    ['no later one', []],
    ['one that failed again', [word(2, FAILED)]],
    ['one of an earlier verification', [word(2, { timeVerified: '2026-04-10T11:59:59Z' })]],
    ['another verifier', [word(2, { verifier: { id: 'urn:other' } })]],
    ['another resource', [word(2, { resourceUri: 'urn:other' })]],
    ['another policy', [word(2, { policy: { uri: 'urn:other' } })]],
  ])('that failed is not made up for by %s', (_, later) => {
    expect(overtaking(...later)).toBeUndefined()
  })

  it('is read once, however many failed', () => {
    const said = Array.from({ length: 40 }, (_, index) =>
      word(index, index % 2 === 0 ? FAILED : {}),
    )
    let read = 0
    const counted = said.map((one) =>
      Object.defineProperty({ ...one }, 'predicate', {
        get: () => {
          read += 1
          return one.predicate
        },
      }),
    )
    const last = counted.map((one) => findOvertaking(one, counted)?.sha256)
    expect(new Set(last)).toEqual(new Set(['39', undefined]))
    expect(read).toBe(2 * said.length)
  })
})
