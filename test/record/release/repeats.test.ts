// The same act of signing in several bundles.

import { describe, expect, it } from 'vitest'
import { LINKAGE } from '../../../src/record/families/linkage.ts'
import { failedChecks } from '../../../src/core/index.ts'
import {
  bundlesOf,
  foldRelease,
  judgeRelease,
  type LedgerItem,
  verifyRecord,
} from '../../../src/record/index.ts'
import { encodeStatement } from '../../../src/statement/index.ts'
import { freshKey } from '../../verify/keys.ts'
import { NOW } from '../../verify/question.ts'
import { signedBundle } from '../../verify/release.ts'
import { trusting } from '../../verify/sigstore/trust.ts'
import { contextOf, foldedProvenance, foldedRecord } from '../folded.ts'
import {
  fileOf,
  judge,
  RELEASE,
  REPORTED_AT,
  REVISION,
  SET_DIGEST,
  statementOf,
  TRACKING_MEMBERS,
} from '../signed.ts'

function itemOf(file: Uint8Array, index: number): LedgerItem {
  const { record } = judge(file)
  if (record === undefined) throw new Error('Expected a record')
  return { ...record, index }
}

function fold(
  items: readonly LedgerItem[],
  adopted?: readonly string[],
  commitItems: readonly LedgerItem[] = [],
) {
  return foldRelease({
    id: RELEASE.artifactSetId,
    items,
    commitItems: () => commitItems,
    ...(adopted !== undefined && { adopted: new Set(adopted) }),
  })
}

describe('A bundle that is written anew (A-84)', () => {
  const again = (file: Uint8Array, index: number) =>
    itemOf(Buffer.from(JSON.stringify(JSON.parse(Buffer.from(file).toString()), null, 1)), index)
  const tests = (result: string, list: string, reportedAt = REPORTED_AT) => {
    const members = { result, configuration: [{ digest: { sha256: SET_DIGEST } }], [list]: ['a'] }
    const header = { release: RELEASE, reportedAt }
    return fileOf(statementOf('test-result', members, { header }))
  }
  const passed = tests('PASSED', 'passedTests')
  const failed = tests('FAILED', 'failedTests')

  it('is not said after what stands between the two', () => {
    const items = [itemOf(passed, 0), itemOf(failed, 1), again(passed, 2)]
    expect(new Set(items.map(({ sha256 }) => sha256)).size).toBe(3)
    expect(fold(items).evidence.records.map(({ index }) => index)).toEqual([0, 1])
  })

  it('makes up for nothing, as the same words said again do', () => {
    const outcomes = (last: LedgerItem) => {
      const items = [itemOf(passed, 0), itemOf(failed, 1), last]
      const { records } = judgeRelease({
        ...{ id: RELEASE.artifactSetId, items, commitItems: () => [], registry: undefined },
        ...{
          now: NOW,
          releaseOf: () => undefined,
          scope: 'run',
          refused: 0,
          refusedOfCommit: () => 0,
        },
      })
      return records.map(({ view, overtakenBy }) =>
        overtakenBy === undefined ? failedChecks(view.check).map(({ code }) => code) : 'overtaken',
      )
    }
    const later = tests('PASSED', 'passedTests', '2026-04-10T12:05:00Z')
    expect(outcomes(again(passed, 2))).toEqual([['record/later-failure'], ['record/check-failed']])
    expect(outcomes(itemOf(later, 2))).toEqual([[], 'overtaken', []])
  })

  it('is no second signature of the same words either', () => {
    const key = freshKey('P-256', 'sha256')
    const document = trusting({ key: key.publicKey })
    const payload = encodeStatement(statementOf('tracking', TRACKING_MEMBERS))
    const items = [0, 1].map((index): LedgerItem => {
      const file = Buffer.from(JSON.stringify(signedBundle(payload, { key })))
      const { record } = verifyRecord(file, { trust: document, now: NOW })
      if (record === undefined) throw new Error('Expected a record')
      return { ...record, index }
    })
    expect(new Set(items.map(({ sha256 }) => sha256)).size).toBe(2)
    expect(fold(items).evidence.records.map(({ index }) => index)).toEqual([0])
  })

  it('is the word of a live workflow where one of the bundles shows that, with the time of the first bundle', () => {
    const live = (index: number): LedgerItem => ({
      ...again(passed, index),
      origin: 'live-workflow',
    })
    const plain = (index: number) => itemOf(passed, index)
    for (const items of [
      [plain(0), live(1)],
      [live(0), plain(1)],
    ]) {
      expect(fold(items).evidence.records).toMatchObject([
        { index: 0, sha256: items[0]?.sha256, origin: 'live-workflow' },
      ])
    }
    const seen = (item: LedgerItem, at: number): LedgerItem => ({
      ...item,
      judged: { ...item.judged, at, source: 'log', vouched: [{ at, source: 'log' }] as never },
    })
    expect(
      fold([seen(plain(0), 2), seen(again(passed, 1), 1), plain(2)]).evidence.records,
    ).toMatchObject([{ index: 0, judged: { at: 2, source: 'log' } }])
    expect(
      fold([plain(0), seen(plain(1), 1), seen(again(passed, 2), 2)]).evidence.records,
    ).toMatchObject([{ index: 0, judged: { source: 'clock', vouched: [] } }])
  })

  const linkage = (sha256: string, index: number) =>
    foldedRecord(
      LINKAGE,
      { records: [sha256] },
      { index, policy: 'release_evidence_linkage.render_staging_rollout.bundle_phase_consistency' },
    )

  it('is named by each of its bundles, and stands where the first one does', () => {
    const items = [again(passed, 0), itemOf(failed, 1), itemOf(passed, 2)] as const
    const [copy, other, original] = items
    for (const naming of [original, copy]) {
      const { evidence } = fold([...items, linkage(naming.sha256, 3)])
      expect(evidence.records.map(({ sha256, index }) => [sha256, index]).slice(0, 2)).toEqual([
        [copy.sha256, 0],
        [other.sha256, 1],
      ])
      expect(evidence.records.map(bundlesOf)[0]).toEqual([copy.sha256, original.sha256])
      const linked = evidence.records.at(-1)
      const view = linked && LINKAGE.view(linked, contextOf([...items, linkage(naming.sha256, 3)]))
      expect(view && failedChecks(view.check).map(({ name }) => name)).not.toContain('records')
    }
  })

  it('is adopted by the digest of either, whatever else is named', () => {
    const file = fileOf(statementOf('tracking', TRACKING_MEMBERS))
    const items = [again(file, 0), itemOf(file, 1)] as const
    const [copy, original] = items
    const adopted = (sha256: string) =>
      fold([...items, linkage(copy.sha256, 2), linkage(original.sha256, 3)], [sha256]).evidence
    for (const { sha256 } of items) {
      expect(adopted(sha256).records).toMatchObject([{ sha256: copy.sha256, isAdopted: true }])
    }
    expect(adopted(SET_DIGEST).records).toEqual([])
  })

  it('counts once among the evidence of a commit too', () => {
    const about = { kind: 'commit', commit: REVISION } as const
    const file = fileOf(
      statementOf(
        'test-result',
        { result: 'PASSED', configuration: [{ digest: { sha256: SET_DIGEST } }] },
        { about, header: {} },
      ),
    )
    const items = [itemOf(file, 2), again(file, 3)]
    const tracked = itemOf(fileOf(statementOf('tracking', TRACKING_MEMBERS)), 0)
    const { evidence } = fold([tracked, foldedProvenance({ index: 1 })], undefined, items)
    expect(evidence.commitRecords.map(({ index }) => index)).toEqual([2])
  })
})
