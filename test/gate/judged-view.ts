// Judged releases of a few records, without signatures, as a project collects them one by one.

import type { Registry } from '../../src/policy/index.ts'
import {
  type FoldedRecord,
  judgeRelease,
  type LedgerItem,
  type ReleaseReference,
  type ReleaseView,
} from '../../src/record/index.ts'
import { TEST_RESULT } from '../../src/record/families/test-result.ts'
import { TRACKING } from '../../src/record/families/tracking.ts'
import { WITHDRAWAL } from '../../src/record/families/withdrawal.ts'
import { foldedRecord, NOW } from '../record/folded.ts'
import { REGISTRY } from '../record/release-items.ts'
import { RELEASE, SET_DIGEST, TRACKING_HEADER, TRACKING_MEMBERS } from '../record/signed.ts'
import { digestOf } from '../verify/release.ts'

interface Judged {
  readonly id?: string
  readonly registry?: Registry
  readonly commitItems?: readonly LedgerItem[]
}

/** The verdict about a release of these records, of which each counts as if it were adopted. */
export function judgedView(
  items: readonly LedgerItem[],
  { id = RELEASE.artifactSetId, registry = REGISTRY, commitItems = [] }: Judged = {},
): ReleaseView {
  const view = judgeRelease({
    ...{ id, items, commitItems: () => commitItems, registry, now: NOW, scope: 'run' },
    ...{ releaseOf: () => undefined, refused: 0, refusedOfCommit: () => 0 },
  })
  const { evidence } = view.fold
  const records = evidence.records.map(adopted)
  return {
    ...view,
    fold: { ...view.fold, evidence: { ...evidence, records } },
    records: view.records.map((viewed) => ({ ...viewed, record: adopted(viewed.record) })),
  }
}

function adopted(record: FoldedRecord): FoldedRecord {
  return { ...record, isAdopted: true }
}

const about = (id: string) => ({ kind: 'set', id, digest: SET_DIGEST }) as const

/** Where a release of this id is on its way. */
export function headerOf(id: string): { readonly release: ReleaseReference } {
  const [releaseChannel = '', , artifactVersion = '', run = ''] = id.split('__')
  return { release: { ...RELEASE, artifactSetId: id, releaseChannel, artifactVersion, run } }
}

/** A tracking record of a release. */
export function trackedAt(
  index: number,
  id: string = RELEASE.artifactSetId,
  sourceRevision: string = RELEASE.sourceRevision,
): LedgerItem {
  const { release } = headerOf(id)
  const header = { ...TRACKING_HEADER, release: { ...release, sourceRevision } }
  return foldedRecord(TRACKING, TRACKING_MEMBERS, { index, about: about(id), header })
}

/** One test of a release, and how it ended. */
export function testedAt(index: number, result: 'PASSED' | 'FAILED'): LedgerItem {
  const members = {
    result,
    configuration: [{ digest: { sha256: digestOf('tests') } }],
    ...(result === 'PASSED' ? { passedTests: ['unit'] } : { failedTests: ['unit'] }),
  }
  return foldedRecord(TEST_RESULT, members, { index })
}

/** That a release may be used no more. */
export function withdrawnAt(index: number, id: string = RELEASE.artifactSetId): LedgerItem {
  const members = { reason: 'It loses keys', urgency: 'immediate', action: 'withdraw' }
  return foldedRecord(WITHDRAWAL, members, { index, about: about(id), header: headerOf(id) })
}

/** That another release stands in its place. */
export function supersededAt(index: number, id: string = RELEASE.artifactSetId): LedgerItem {
  const replacement = id.replace(/\d+$/, (attempt) => String(Number(attempt) + 1))
  const members = { reason: 'It is slow', urgency: 'routine', action: 'supersede', replacement }
  return foldedRecord(WITHDRAWAL, members, { index, about: about(id), header: headerOf(id) })
}

/** What another verifier says of a set. */
export const SUMMARY_PREDICATE = {
  verifier: { id: 'https://verifier.example/v1' },
  timeVerified: '2026-04-10T12:00:00Z',
  resourceUri: 'https://dl.example/web',
  policy: { uri: 'urn:example:policy' },
  verificationResult: 'PASSED',
  verifiedLevels: ['SLSA_BUILD_LEVEL_2'],
}
