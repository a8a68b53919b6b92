// Another bundle of the same act of signing takes nothing away from whoever named the original, whatever else names the copy.

import { describe, expect, it } from 'vitest'
import { LINKAGE } from '../../../src/record/families/linkage.ts'
import { ATTESTATION } from '../../../src/record/families/attestation.ts'
import { TEST_RESULT } from '../../../src/record/families/test-result.ts'
import { TRACKING } from '../../../src/record/families/tracking.ts'
import {
  buildCandidate,
  FAMILIES,
  judgeOne,
  judgeRelease,
  type LedgerItem,
  type ReleaseQuestion,
} from '../../../src/record/index.ts'
import { digestOf } from '../../verify/release.ts'
import { adopted, GENERATED, type Item, REVIEW, SOURCE } from '../adoption/released.ts'
import { foldedProvenance, foldedRecord, NOW, viewAmong } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { POLICIES, REGISTRY } from '../release-items.ts'
import { RELEASE, TRACKING_HEADER, TRACKING_MEMBERS } from '../signed.ts'

/** The same signature in a file of its own, which takes no key to make. */
function copyOf<T extends LedgerItem>(item: T, index: number): T {
  return { ...item, sha256: digestOf(`a copy of ${item.sha256}`), index }
}

/** A record that counts without an adoption, and names the digest in one of its members. */
function namingOf(sha256: string, index: number): Item {
  const members = { result: 'PASSED', configuration: [{ digest: { sha256 } }], passedTests: ['x'] }
  return foldedRecord(TEST_RESULT, members, { index })
}

function questionOf(items: readonly LedgerItem[]): ReleaseQuestion {
  return {
    ...{ id: RELEASE.artifactSetId, commitItems: () => [], registry: REGISTRY, now: NOW },
    ...{ releaseOf: () => undefined, scope: 'project', refused: 0, refusedOfCommit: () => 0 },
    items: items.toSorted((a, b) => a.index - b.index),
  }
}

function judged(items: readonly LedgerItem[]) {
  const { records, fold } = judgeRelease(questionOf(items))
  return {
    adoption: records.find(({ record }) => record.family === 'adoption')?.view.status,
    counted: records.filter(({ record }) => record.isAdopted).length,
    generated: fold.generated.length,
  }
}

/** What the run generated, with something in it. */
const RECORDS = GENERATED.map((item): Item => {
  const family = FAMILIES.find(({ name }) => name === item.family)
  if (family === undefined || family.name === 'linkage') return item
  return { ...item, members: goldenRecord(family).members }
})

describe('An accepted adoption', () => {
  const ADOPTED = adopted()
  const LEDGER = [...RECORDS, REVIEW, ADOPTED]
  const HELD = { adoption: 'reviewed-and-adopted', counted: GENERATED.length, generated: 0 }

  it.each([...RECORDS, REVIEW, ADOPTED].map((item) => [item.family, item] as const))(
    'is not undone by a copy of what it names, or of itself, that stands before: %s',
    (_, item) => {
      const copy = copyOf(item, -1)
      expect(judged(LEDGER)).toEqual(HELD)
      expect(judged([copy, ...LEDGER])).toEqual(HELD)
      expect(judged([copy, ...LEDGER, namingOf(copy.sha256, 30)])).toEqual(HELD)
      expect(judged([...LEDGER, copyOf(item, 29), namingOf(copy.sha256, 30)])).toEqual(HELD)
    },
  )

  it('is the same where it is judged alone, by whichever of its bundles', () => {
    const copy = copyOf(ADOPTED, 40)
    const question = questionOf([...LEDGER, copy])
    const statusOf = (sha256: string) => judgeOne(sha256, question)?.view.status
    expect(statusOf(ADOPTED.sha256)).toBe('reviewed-and-adopted')
    expect(statusOf(copy.sha256)).toBe('reviewed-and-adopted')
    expect(statusOf(REVIEW.sha256)).toBe('adoption-reviewed')
    expect(statusOf(digestOf('another'))).toBeUndefined()
  })

  it('is not undone by an adoption or linkage of the copy either', () => {
    const [tracked] = RECORDS as [Item]
    const copy = copyOf(tracked, -1)
    const named = [{ id: tracked.id, sha256: copy.sha256 }]
    const mine = adopted({ index: -2 }, { members: { adoptedRecords: named } })
    const linkage = foldedRecord(
      LINKAGE,
      { records: [copy.sha256] },
      { index: -3, policy: POLICIES.linkage },
    )
    const { counted } = judged([linkage, mine, copy, ...LEDGER])
    expect(counted).toBe(GENERATED.length)
    // What names it alone adopts too little.
    expect(judged([copy, ...RECORDS, REVIEW, mine])).toMatchObject({
      adoption: 'not-adopted',
      counted: 0,
    })
  })
})

describe('A run in which a record stands in two bundles', () => {
  it('proposes the one that its linkage names, and else the first', () => {
    const [tracked, ...others] = GENERATED as [Item, ...Item[]]
    const copy = copyOf(tracked, -1)
    const proposed = (records: readonly Item[]) => {
      const built = buildCandidate({ ...SOURCE, records })
      return built.ok ? built.value.records[0]?.sha256 : undefined
    }
    expect(proposed([copy, tracked, ...others])).toBe(tracked.sha256)
    const unlinked = others.filter(({ family }) => family !== 'linkage')
    expect(proposed([copy, tracked, ...unlinked])).toBe(copy.sha256)
  })
})

describe('An attestation', () => {
  it('names provenance by each of its bundles', () => {
    const built = foldedProvenance({ index: 1 })
    const copy = copyOf(built, 0)
    const tracked = foldedRecord(TRACKING, TRACKING_MEMBERS, { index: 2, header: TRACKING_HEADER })
    const viewOf = (provenance: readonly string[]) => {
      const { innerManifest } = TRACKING_MEMBERS
      const members = { innerManifest, provenance, sboms: [] }
      const record = foldedRecord(ATTESTATION, members, { index: 3, policy: POLICIES.attestation })
      return viewAmong(ATTESTATION, record, [copy, built, tracked, record], { registry: REGISTRY })
        .status
    }
    expect(viewOf([built.sha256])).toBe('signed-and-verified')
    expect(viewOf([copy.sha256])).toBe('signed-and-verified')
    expect(viewOf([digestOf('another')])).toBe('snapshot-only')
  })
})
