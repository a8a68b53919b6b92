// The statement of a record, judged as whoever reads it will, and with nothing in it that must not be published.

import {
  accept,
  encodeJsonPointer,
  encodeTimestamp,
  type Instant,
  type JsonObject,
  judge,
  parseBySchema,
  type Problem,
  type Result,
  refuse,
} from '../../core/index.ts'
import {
  buildRecord,
  type Family,
  type HeaderParts,
  headerNameOf,
  type RecordProblem,
  type RecordSubject,
} from '../../record/index.ts'
import { encodeStatement, findSecrets, parseStatement } from '../../statement/index.ts'
import type { Draft } from '../signing/signing.ts'
import type { WrittenMembers } from './members/written-members.ts'

/** What a record is made of. */
export interface RecordParts {
  readonly family: Family
  readonly about: RecordSubject
  readonly header: HeaderParts
  readonly written: WrittenMembers
  /** When it is made, unless the document has a time. */
  readonly now: Instant
}

/** The draft; a problem says where the member was written. */
export function draftRecord({ family, about, header, written, now }: RecordParts): Result<Draft> {
  const { [headerNameOf(family, 'reportedAt')]: reportedAt = encodeTimestamp(now), ...members } =
    written.members
  const own = { ...written, members }
  const timed = { ...header, reportedAt: reportedAt as string }
  const built = buildRecord(family, { about, header: timed, members })
  if (!built.ok) return refuseRecord(family, own, built.problems)
  const payload = encodeStatement(built.value)
  const statement = parseStatement(payload)
  if (!statement.ok) return statement
  const secrets = findSecrets(statement.value as unknown as JsonObject)
  // before anything is signed, and without the value.
  const sound = judge(undefined, secrets)
  return sound.ok ? accept({ statement: statement.value, payload }) : sound
}

/** Members of a wrong form are told by the family's own schema, which names the one that it does not know. */
function refuseRecord(
  family: Family,
  { members, place }: WrittenMembers,
  problems: readonly RecordProblem[],
): Result<never> {
  const placed = ({ at, ...problem }: Problem): Problem => {
    const where = at === undefined ? undefined : (place(at) ?? at)
    return { ...problem, ...(where !== undefined && { at: where }) }
  }
  const isMember = problems.every(({ code }) => code === 'record/member')
  const shaped = parseBySchema(family.members, members, ({ message, at = '', member, params }) => {
    const { code = 'record/member' } = params ?? {}
    const pointer = member === undefined ? at : at + encodeJsonPointer([member])
    return placed({
      code: code as RecordProblem['code'],
      message,
      ...(pointer !== '' && { at: pointer }),
    })
  })
  if (isMember && !shaped.ok) return shaped
  const [first, ...more] = problems.map(placed)
  if (first === undefined) throw new Error('A refusal has a problem')
  return refuse(first, ...more)
}
