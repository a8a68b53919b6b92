// The sheet of a reviewer is computed at the places that the records will have, so it says what the ledger says once they are there.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { itemsAfter } from '../../src/cli/record/adoption/outcome.ts'
import { type ProjectRelease, readRelease } from '../../src/cli/record/adoption/project.ts'
import { accept, encodeTimestamp } from '../../src/core/index.ts'
import { TEST_RESULT } from '../../src/record/families/test-result.ts'
import type { LedgerItem, LedgerRecord } from '../../src/record/index.ts'
import { COMMIT_SUBJECT, foldedRecord, NOW } from '../record/folded.ts'
import { REGISTRY } from '../record/release-items.ts'
import { RELEASE } from '../record/signed.ts'
import { WHOLE } from '../record/whole-release.ts'
import { digestOf } from '../verify/release.ts'

type Item = LedgerItem & LedgerRecord

const MINUTE = 60_000
const SIZE = 60

const OWN = WHOLE.filter((item) => item.kind === 'material' || item.family === 'tracking').map(
  (item, index) => ({ ...item, index }),
)

const ADOPTED = new Set(OWN.map(({ sha256 }) => sha256))

/** Of the commit; so many minutes before the audit. */
function tested(result: 'PASSED' | 'FAILED', index: number, minutesAgo: number, word = ''): Item {
  const tests = result === 'PASSED' ? { passedTests: ['a'] } : { failedTests: ['a'] }
  const configuration = [{ digest: { sha256: digestOf('configuration') } }]
  return foldedRecord(
    TEST_RESULT,
    { configuration, result, ...tests },
    {
      index,
      about: COMMIT_SUBJECT,
      evidence: 'evidence.repo.ci_monorepo_validation',
      header: { reportedAt: encodeTimestamp(NOW - minutesAgo * MINUTE) },
      sha256: digestOf(`${word} ${result} at ${index}, ${minutesAgo} minutes ago`),
    },
  )
}

/** The project with these records about the commit, to which some would come in. */
async function readProject(there: readonly Item[], coming: readonly Item[]) {
  const itemsOf = (about: string) => {
    if (about === RELEASE.artifactSetId) return OWN
    return about.startsWith('git:') ? there : []
  }
  const known = (about: string) => Promise.resolve(accept({ items: itemsOf(about), refused: 0 }))
  const trust = { keys: [], identities: [], roles: [] }
  const project = {
    ledger: { known, size: SIZE },
    request: { trust, now: NOW },
    registry: REGISTRY,
  }
  const release = await readRelease(
    project as unknown as Parameters<typeof readRelease>[0],
    { release: RELEASE },
    { files: coming.map((record) => ({ record })) } as unknown as Parameters<typeof readRelease>[2],
  )
  if (!release.ok) throw new Error(JSON.stringify(release.problems))
  return release.value
}

function told({ judge }: ProjectRelease, items: readonly LedgerItem[]): readonly string[] {
  return judge(items, { scope: 'project', proposed: ADOPTED }).commitRecords.map(
    ({ record, view, overtakenBy }) =>
      `${record.sha256} ${view.status}, ${view.check.outcome}, ${overtakenBy?.sha256 ?? 'last'}`,
  )
}

/** On the sheet, and in the ledger with what came in after all its entries. */
async function bothOf(there: readonly Item[], coming: readonly Item[]) {
  const before = await readProject(there, coming)
  const sheet = told(before, itemsAfter(before, coming))
  const placed = coming.map((record, at) => ({ ...record, index: SIZE + at }))
  const after = await readProject([...there, ...placed], [])
  return { sheet, ledger: told(after, after.items) }
}

describe('What the sheet says of the records of a commit', () => {
  it('is that a re-run made up for a failure of the project', async () => {
    const [failed, passed] = [tested('FAILED', 50, 60), tested('PASSED', 0, 30)]
    const { sheet, ledger } = await bothOf([failed], [passed])
    expect(sheet).toEqual(ledger)
    expect(sheet).toEqual([
      `${failed.sha256} failed, rejected, ${passed.sha256}`,
      `${passed.sha256} passed, accepted, last`,
    ])
  })

  it('is that a failure of the run speaks against the success of the project', async () => {
    const [passed, failed] = [tested('PASSED', 50, 30), tested('FAILED', 0, 60)]
    const { sheet, ledger } = await bothOf([passed], [failed])
    expect(sheet).toEqual(ledger)
    expect(sheet).toEqual([
      `${passed.sha256} failed-later, rejected, last`,
      `${failed.sha256} failed, rejected, last`,
    ])
  })

  it('is what the ledger says, of any run and any project', async () => {
    const words = fc.array(
      fc.record({
        result: fc.constantFrom('PASSED' as const, 'FAILED' as const),
        minutes: fc.integer({ min: 1, max: 60 }),
      }),
      { minLength: 1, maxLength: 4 },
    )
    const first = OWN.length
    await fc.assert(
      fc.asyncProperty(words, words, fc.nat(50), async (theirs, ours, from) => {
        const there = theirs.map(({ result, minutes }, at) =>
          tested(result, first + from + at, minutes),
        )
        const coming = ours.map(({ result, minutes }, at) => tested(result, at, minutes, 'run'))
        const { sheet, ledger } = await bothOf(there, coming)
        expect(sheet).toEqual(ledger)
        expect(sheet).toHaveLength(theirs.length + ours.length)
      }),
      { numRuns: 40 },
    )
  })
})
