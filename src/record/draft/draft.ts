// A draft: the statement of a record that nobody has signed. As a file it has no signature; signed, it is inside a statement of a type
// of its own, so that no bundle of a draft is ever one of a record.

import * as z from 'zod/mini'
import {
  accept,
  encodeDocument,
  encodeUtf8,
  type JsonObject,
  judge,
  LIMITS,
  parseBySchema,
  parseJson,
  quote,
  type Result,
  refuse,
} from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import {
  encodeStatement,
  findSecrets,
  parseStatement,
  type Statement,
  type StatementProblem,
} from '../../statement/index.ts'
import { DRAFT_TYPES } from '../../trust/index.ts'
import { familyOf } from '../families.ts'
import type { Family, RecordHeader } from '../family.ts'
import type { RecordSubject } from '../ledger-record.ts'
import type { RecordProblem } from '../problem.ts'
import { readRecordPredicate } from '../statement/predicate.ts'
import { readSubject } from '../statement/subject.ts'

/** `schema` of the file. */
const DRAFT_SCHEMA = 'assay/draft/v1'

/** A draft that was read: what a record of the family would be. */
export interface Draft {
  readonly family: Family
  readonly about: RecordSubject
  readonly header: RecordHeader
  readonly statement: Statement
  /** The bytes that whoever promotes it would sign. */
  readonly payload: Uint8Array
  /** Of these bytes, lower-case hex: what a review is asked of. */
  readonly sha256: string
}

/** The file, as its schema is published. */
export const draftSchema = z.strictObject({
  schema: z.literal(DRAFT_SCHEMA),
  family: z.string(),
  statement: z.record(z.string(), z.unknown()),
})

/** The document of a draft. */
export function documentOfDraft({
  family,
  payload,
}: Pick<Draft, 'family' | 'payload'>): JsonObject {
  const statement = parseJson(payload)
  /* v8 ignore next -- the bytes were written by us, and read again */
  if (!statement.ok) throw new TypeError('a statement is JSON')
  return { schema: DRAFT_SCHEMA, family: family.name, statement: statement.value }
}

/** The bytes of the file. */
export function encodeDraft(draft: Pick<Draft, 'family' | 'payload'>): Uint8Array {
  return encodeUtf8(encodeDocument(documentOfDraft(draft)))
}

/** Reads the file: everything that is asked of a record, but a signature. */
export function parseDraft(bytes: Uint8Array): Result<Draft> {
  const json = parseJson(bytes, { bytesMax: LIMITS.payloadBytesMax })
  if (!json.ok) return json
  const shaped = parseBySchema(draftSchema, json.value, ({ message, at }) => ({
    code: 'record/draft-format' as const,
    message,
    ...(at !== undefined && { at }),
  }))
  if (!shaped.ok) return shaped
  const { family, statement } = shaped.value
  const said = parseStatement(encodeUtf8(JSON.stringify(statement)))
  if (!said.ok) return said
  const draft = readDraft(said.value)
  if (!draft.ok || draft.value.family.name === family) return draft
  const message = `Expected a statement of the family ${quote(family)}, found one of ${quote(draft.value.family.name)}`
  return refuse({ code: 'record/draft-format', message, at: '/family' })
}

/** A statement as the draft of a record of its family. */
export function readDraft(statement: Statement): Result<Draft, RecordProblem | StatementProblem> {
  const { predicateType, predicate, subjects } = statement
  const family = familyOf(predicateType, predicate)
  if (family === undefined) {
    const message = `Expected a draft of a record, found a statement of the type ${quote(predicateType)}`
    return refuse({ code: 'record/family', message })
  }
  const read = readRecordPredicate(family, predicate)
  if (!read.ok) return read
  const { header } = read.value
  const about = readSubject(family, subjects, header)
  if (!about.ok) return about
  const payload = encodeStatement(statement)
  const sha256 = digestBytes('sha256', payload)
  const draft = { family, about: about.value, header, statement, payload, sha256 }
  // a draft goes round as well.
  return judge(draft, findSecrets(statement as unknown as JsonObject))
}

/** What whoever drafts signs to save it: that this is a draft, and of what. */
export function buildDraftStatement(draft: Draft): Statement {
  return {
    version: 'v1',
    subjects: [{ name: 'draft', digest: { sha256: draft.sha256 } }],
    predicateType: DRAFT_TYPES.draft,
    predicate: { draft: documentOfDraft(draft) },
  }
}

/** What is asked of whom. */
export interface ReviewRequest {
  /** Of the bundle of the saved draft. */
  readonly bundle: string
  readonly draft: Draft
  /** Role of production whose holders are asked. */
  readonly role: string
  readonly reason: string
  readonly requestedAt: string
}

/** The request: it names the saved draft, and the bytes that would be signed, by digest. */
export function buildReviewRequest({
  bundle,
  draft: { sha256, family, about },
  role,
  reason,
  requestedAt,
}: ReviewRequest): Result<Statement, StatementProblem> {
  const statement: Statement = {
    version: 'v1',
    subjects: [
      { name: 'saved-draft', digest: { sha256: bundle } },
      { name: 'draft', digest: { sha256 } },
    ],
    predicateType: DRAFT_TYPES.reviewRequest,
    predicate: { family: family.name, about: { ...about }, role, reason, requestedAt },
  }
  const sound = judge(statement, findSecrets(statement as unknown as JsonObject))
  return sound.ok ? accept(statement) : sound
}
