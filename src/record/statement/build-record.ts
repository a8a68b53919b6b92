// The statement of a record: what its signer knows, about a set or a commit. Signing is somebody else's.

import type { JsonObject, Result } from '../../core/index.ts'
import { accept } from '../../core/index.ts'
import type { Statement } from '../../statement/index.ts'
import type { Family, HeaderParts, RecordHeader } from '../family.ts'
import type { RecordSubject } from '../ledger-record.ts'
import { encodeRecordPredicate } from './predicate.ts'
import type { RecordProblem } from '../problem.ts'
import { encodeSubject, readSubject } from './subject.ts'

/** What a record says, before it is made. */
export interface RecordParts {
  readonly about: RecordSubject
  readonly header: HeaderParts
  /** Of the family, as its schema has them. */
  readonly members: JsonObject
}

/** What a record is made of. */
export interface RecordInput extends RecordParts {
  readonly header: RecordHeader
}

/** The statement, ready to be signed: its bytes are what the family reads again. */
export function buildRecord(
  family: Family,
  { about, header, members }: RecordInput,
): Result<Statement, RecordProblem> {
  const predicate = encodeRecordPredicate(family, header, members)
  if (!predicate.ok) return predicate
  const subjects = [encodeSubject(about)]
  const subject = readSubject(family, subjects, header)
  if (!subject.ok) return subject
  const { predicateType } = family
  return accept({ version: 'v1', subjects, predicateType, predicate: predicate.value })
}
