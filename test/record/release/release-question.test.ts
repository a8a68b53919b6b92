// A release asked about in a ledger that is looked up: its commits, and the releases that its records name.

import { describe, expect, it } from 'vitest'
import { accept, type Result, refuse } from '../../../src/core/index.ts'
import { TEST_RESULT } from '../../../src/record/families/test-result.ts'
import { TRACKING } from '../../../src/record/families/tracking.ts'
import { askAboutRelease, judgeRelease, type LedgerItem } from '../../../src/record/index.ts'
import { COMMIT_SUBJECT, foldedProvenance, foldedRecord, NOW } from '../folded.ts'
import { REGISTRY } from '../release-items.ts'
import { rollback, TARGET } from '../rollbacks.ts'
import { RELEASE, REVISION, SET_DIGEST, TRACKING_HEADER, TRACKING_MEMBERS } from '../signed.ts'

const ID = RELEASE.artifactSetId
const COMMIT = `git:${REVISION}`
const TRACKED = foldedRecord(TRACKING, TRACKING_MEMBERS, { index: 0, header: TRACKING_HEADER })
const BUILT = foldedProvenance({ index: 1 })
const TESTED = foldedRecord(
  TEST_RESULT,
  {
    result: 'PASSED',
    configuration: [{ digest: { sha256: SET_DIGEST } }],
    passedTests: ['edge'],
  },
  { index: 2, about: COMMIT_SUBJECT, header: {} },
)

type Known = Readonly<Record<string, readonly LedgerItem[]>>

/** Asks with what the ledger has; the place that is not there can not be read. */
async function ask(items: readonly LedgerItem[], known: Known, unreadable?: string, refused = 0) {
  const asked: string[] = []
  const load = async (
    about: string,
  ): Promise<Result<{ items: readonly LedgerItem[]; refused: number }>> => {
    asked.push(about)
    if (about === unreadable) return refuse({ code: 'host/file-unreadable', message: 'Lost' })
    return accept({ items: known[about] ?? [], refused })
  }
  const setting = {
    registry: REGISTRY,
    now: NOW,
    scope: 'run',
    holdersOf: undefined,
    load,
  } as const
  return { asked, question: await askAboutRelease(ID, { items, refused: 0 }, setting) }
}

describe('A release is asked about', () => {
  it('with the records about the commit that it was built from', async () => {
    const { asked, question } = await ask([TRACKED, BUILT], { [COMMIT]: [TESTED] })
    expect(asked).toEqual([COMMIT])
    if (!question.ok) throw new Error('Expected a question')
    expect(judgeRelease(question.value).commitRecords).toMatchObject([
      { record: { sha256: TESTED.sha256 } },
    ])
  })

  it('with what is refused about its commits, and nothing about any other', async () => {
    const { question } = await ask([TRACKED, BUILT], { [COMMIT]: [TESTED] }, undefined, 1)
    if (!question.ok) throw new Error('Expected a question')
    const { refusedOfCommit } = question.value
    expect([REVISION, '0'.repeat(40)].map(refusedOfCommit)).toEqual([1, 0])
  })

  it('with what the releases come to that its records name', async () => {
    const back = rollback({ index: 3 })
    const theirs = foldedRecord(TRACKING, TRACKING_MEMBERS, {
      index: 9,
      about: { kind: 'set', id: TARGET, digest: SET_DIGEST },
      header: {
        ...TRACKING_HEADER,
        release: {
          ...RELEASE,
          artifactSetId: TARGET,
          artifactVersion: 'v1.1.0',
          run: '4602-1',
        },
      },
    })
    const summaryAmong = async (known: Known) => {
      const { question } = await ask([TRACKED, back], known)
      if (!question.ok) throw new Error('Expected a question')
      return question.value.releaseOf(TARGET)
    }
    expect(await summaryAmong({ [TARGET]: [theirs] })).toMatchObject({ id: TARGET, index: 9 })
    expect(await summaryAmong({})).toBeUndefined()
  })

  it('where it names no commit at all', async () => {
    const { provenance: _, ...sbom } = BUILT as LedgerItem & { readonly provenance?: object }
    const { asked, question } = await ask([sbom, TESTED], {})
    expect([asked, question.ok]).toEqual([[], true])
  })

  it('only where all of that can be read', async () => {
    const items = [TRACKED, rollback({ index: 3 })]
    const other = foldedRecord(TRACKING, TRACKING_MEMBERS, {
      header: { ...TRACKING_HEADER, release: { ...RELEASE, sourceRevision: '0'.repeat(40) } },
    })
    const known = { [TARGET]: [other] }
    for (const place of [COMMIT, TARGET, `git:${'0'.repeat(40)}`]) {
      const { question } = await ask(items, known, place)
      expect(question).toMatchObject({ ok: false, problems: [{ code: 'host/file-unreadable' }] })
    }
    expect((await ask(items, known)).question.ok).toBe(true)
  })
})
