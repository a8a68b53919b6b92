// What is known of other releases: summaries that are kept, and one to go back to of which a record was refused.

import { describe, expect, it } from 'vitest'
import { accept, type Problem, refuse } from '../../../src/core/index.ts'
import { ROLLBACK } from '../../../src/record/families/rollback.ts'
import { TEST_RESULT } from '../../../src/record/families/test-result.ts'
import { TRACKING } from '../../../src/record/families/tracking.ts'
import {
  askAboutRelease,
  judgeRelease,
  type KnownItems,
  type MembersOf,
  namedReleases,
  type ReleaseSummary,
} from '../../../src/record/index.ts'
import { COMMIT_SUBJECT, foldedProvenance, foldedRecord, NOW } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { REGISTRY } from '../release-items.ts'
import { RELEASE, REVISION, TRACKING_HEADER, TRACKING_MEMBERS } from '../signed.ts'

const ID = RELEASE.artifactSetId
const { target } = goldenRecord(ROLLBACK).members as MembersOf<typeof ROLLBACK>
const policy = 'release_rollback_policy.render_staging_rollout.documented_ref'
const OWN = [
  foldedProvenance({ index: 3 }),
  foldedRecord(TRACKING, TRACKING_MEMBERS, { header: TRACKING_HEADER, index: 4 }),
  foldedRecord(ROLLBACK, goldenRecord(ROLLBACK).members, { index: 5, policy }),
]
const RESULT = foldedRecord(TEST_RESULT, goldenRecord(TEST_RESULT).members, {
  about: COMMIT_SUBJECT,
  header: { evidence: 'evidence.repo.ci_monorepo_validation' },
  index: 6,
})
const { artifactVersion, artifactSetId } = target
const about = { kind: 'set', id: artifactSetId, digest: 'b'.repeat(64) } as const
const TARGET = foldedRecord(TRACKING, TRACKING_MEMBERS, {
  about,
  header: {
    ...TRACKING_HEADER,
    release: { ...RELEASE, artifactVersion, artifactSetId, run: '4602-1' },
  },
})

const NONE: KnownItems = { items: [], refused: 0 }

/** Asks about the release in a ledger that knows these besides. */
async function ask(
  known: Record<string, KnownItems>,
  own: KnownItems = { items: OWN, refused: 0 },
) {
  const loaded: string[] = []
  const summaries = new Map<string, ReleaseSummary>()
  const asked = await askAboutRelease(ID, own, {
    ...{ registry: REGISTRY, now: NOW, scope: 'run', holdersOf: () => new Set(), summaries },
    load: async (one) => {
      loaded.push(one)
      return accept(known[one] ?? NONE)
    },
  })
  if (!asked.ok) throw new Error(JSON.stringify(asked.problems))
  return { question: asked.value, loaded, summaries }
}

describe('askAboutRelease()', () => {
  it('looks up the commits that a release may be of, and the releases that its records name', async () => {
    const known = {
      [`git:${REVISION}`]: { items: [RESULT], refused: 0 },
      [artifactSetId]: { items: [TARGET], refused: 0 },
    }
    const { question, loaded, summaries } = await ask(known)
    expect(namedReleases(ID, OWN)).toEqual([artifactSetId])
    expect(namedReleases(ID, [{ ...TARGET, members: { count: 1, of: ID } }])).toEqual([])
    expect(new Set(loaded)).toEqual(new Set([`git:${REVISION}`, artifactSetId]))
    expect(question.commitItems(REVISION)).toEqual([RESULT])
    expect(question.commitItems('0'.repeat(40))).toEqual([])
    expect(question.releaseOf(artifactSetId)).toMatchObject({ index: 0, isConsistent: true })
    expect([...summaries.keys()]).toEqual([artifactSetId])
    const { commitRecords } = judgeRelease(question)
    expect(commitRecords.map(({ record }) => record.family)).toEqual(['test-result'])
  })

  it('knows nothing of a release that the ledger does not have', async () => {
    const { question } = await ask({})
    expect(question.releaseOf(artifactSetId)).toBeUndefined()
  })

  it('asks for no summary that is known, and needs no place to keep them', async () => {
    const summary = { id: artifactSetId } as ReleaseSummary
    const loaded: string[] = []
    const setting = {
      ...({ registry: REGISTRY, now: NOW, scope: 'run', holdersOf: undefined } as const),
      load: async (one: string) => {
        loaded.push(one)
        return accept(NONE)
      },
    }
    const own = { items: OWN, refused: 0 }
    const summaries = new Map([[artifactSetId, summary]])
    const asked = await askAboutRelease(ID, own, { ...setting, summaries })
    expect(asked.ok && asked.value.releaseOf(artifactSetId)).toBe(summary)
    expect(loaded).toEqual([`git:${REVISION}`])
    expect(await askAboutRelease(ID, own, setting)).toMatchObject({ ok: true })
  })

  it.each([`git:${REVISION}`, artifactSetId, `git:${REVISION}, of the other`])(
    'hands on why %s can not be read',
    async (place) => {
      const problem: Problem = { code: 'host/file-unreadable', message: 'Cannot read it' }
      let asked = 0
      const load = async (one: string) => {
        if (one.startsWith('git:')) asked += 1
        const isSecond = place.endsWith('other') && asked === 2
        if (one === place || isSecond) return refuse(problem)
        return accept(one === artifactSetId ? { items: [TARGET], refused: 0 } : NONE)
      }
      const setting = { registry: REGISTRY, now: NOW, scope: 'run', holdersOf: undefined } as const
      const own = { items: OWN, refused: 0 }
      const result = await askAboutRelease(ID, own, { ...setting, load })
      expect(result).toEqual(refuse(problem))
    },
  )
})

describe('A release to go back to', () => {
  const outcomeFor = async (other: KnownItems) => {
    const { question } = await ask({ [artifactSetId]: other })
    const { records } = judgeRelease(question)
    const view = records.find(({ record }) => record.family === 'rollback')?.view
    const codes = view?.check.checks?.filter(({ name }) => name === 'target')
    return [question.releaseOf(artifactSetId)?.isConsistent, codes?.map(({ code }) => code)]
  }

  it('does not verify where one of its records was refused', async () => {
    const own = { items: [TARGET], refused: 0 }
    const [isConsistent, codes] = await outcomeFor(own)
    expect([isConsistent, codes]).toEqual([
      true,
      expect.not.arrayContaining(['record/rollback-target']),
    ])
    expect(await outcomeFor({ ...own, refused: 1 })).toEqual([false, ['record/rollback-target']])
    expect(await outcomeFor({ items: [], refused: 1 })).toEqual([false, ['record/rollback-target']])
  })

  it('does not verify where it is not one of the gate of its target', async () => {
    const release = { ...TARGET.release, deploymentStage: 'production' }
    const other = { ...TARGET, release } as typeof TARGET
    expect(await outcomeFor({ items: [other], refused: 0 })).toEqual([
      false,
      ['record/rollback-target'],
    ])
  })
})
