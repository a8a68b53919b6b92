// Review contracts out of files: verified as any record, and of no other family.

import {
  accept,
  type Check,
  compareCodePoints,
  LIMITS,
  quote,
  type Result,
} from '../../../core/index.ts'
import type { Host, NewRecord } from '../../../host/index.ts'
import { type AdoptionQuestion, type RecordVerdict, verifyRecord } from '../../../record/index.ts'
import { atPath } from '../../file-input.ts'
import { entryOfRecord } from '../../ledger/record-entry.ts'
import type { RecordRequest } from '../ledger-input.ts'

/** A contract: its file, its entry, and what was read of it. */
export interface ReviewFile extends NewRecord {
  readonly record: Review
}

type Review = AdoptionQuestion['reviews'][number]

/** The contracts, as far as they are accepted. */
export interface ReviewInput {
  readonly files: readonly ReviewFile[]
  /** Why others are not. */
  readonly refused: readonly Check[]
}

/** Reads and verifies each. */
export async function readReviews(
  host: Host,
  paths: readonly string[],
  request: RecordRequest,
): Promise<Result<ReviewInput>> {
  const files: ReviewFile[] = []
  const refused: Check[] = []
  for (const path of [...new Set(paths)].toSorted(compareCodePoints)) {
    const bytes = await host.readBytes(path, { bytesMax: LIMITS.envelopeBytesMax })
    if (!bytes.ok) return bytes
    const { verdict, record } = verifyRecord(bytes.value, request)
    if (record === undefined) {
      refused.push({ ...verdict, message: `${quote(path)}: ${verdict.message}` })
    } else if (!isReview(record)) {
      refused.push(noContract(path, record.kind === 'record' ? record.family : record.name))
    } else {
      const entry = atPath(entryOfRecord(bytes.value), path)
      if (!entry.ok) return entry
      files.push({ entry: entry.value, bytes: bytes.value, record })
    }
  }
  return accept({ files, refused })
}

/** Whoever reads a record reads it by its family, so its members are of this one. */
function isReview(record: NonNullable<RecordVerdict['record']>): record is Review {
  return record.kind === 'record' && record.family === 'adoption-review'
}

function noContract(path: string, found: string): Check {
  return {
    name: 'review-contract',
    outcome: 'rejected',
    code: 'record/family',
    message: `${quote(path)} is no review contract`,
    expected: 'a record of the family adoption-review',
    found,
  }
}
