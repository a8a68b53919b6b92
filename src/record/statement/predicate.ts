// The predicate of a record: the header that all records share, and the members of its family. Both ways: written, and read again.

import * as z from 'zod/mini'
import {
  accept,
  type JsonObject,
  judge,
  parseBySchema,
  quote,
  type Result,
  refuse,
} from '../../core/index.ts'
import { parsePredicate, PREDICATE_TYPES } from '../../statement/index.ts'
import { describeBreach, type Family, type RecordHeader } from '../family.ts'
import { findJudgements } from './judgement.ts'
import { POLICY_ID, TIME } from './member-schema.ts'
import type { RecordProblem } from '../problem.ts'
import { RELEASE_REFERENCE } from './release-reference.ts'

/** A predicate, taken apart. */
export interface RecordPredicate<M = unknown> {
  readonly header: RecordHeader
  readonly members: M
}

const HEADER = z.strictObject({
  release: z.optional(RELEASE_REFERENCE),
  evidence: z.optional(POLICY_ID),
  policy: z.optional(POLICY_ID),
  reportedAt: TIME,
})

/** As they are called where the type of the statement is ours. */
export const HEADER_NAMES = ['release', 'evidence', 'policy', 'reportedAt'] as const

/** In a standard type, what is ours has names that no standard will take. */
const PREFIX = 'assay_'

/** True where the family's predicates are of a type that others have defined. */
function isStandardType({ predicateType }: Pick<Family, 'predicateType'>): boolean {
  return predicateType === PREDICATE_TYPES['test-result']
}

/** What a member of the header is called in the predicates of a family. */
export function headerNameOf(
  family: Pick<Family, 'predicateType'>,
  name: (typeof HEADER_NAMES)[number],
): string {
  return isStandardType(family) ? `${PREFIX}${name}` : name
}

/** Writes a predicate; what is written is read again, so that nothing else is ever signed. */
export function encodeRecordPredicate<M>(
  family: Family<Family['name'], M>,
  header: RecordHeader,
  members: JsonObject,
): Result<JsonObject, RecordProblem> {
  const named = HEADER_NAMES.flatMap((name) =>
    header[name] === undefined ? [] : [[headerNameOf(family, name), header[name]] as const],
  )
  const predicate: JsonObject = { ...Object.fromEntries(named), ...members }
  const standard = isStandardType(family) ? checkStandard(family, predicate) : accept(undefined)
  if (!standard.ok) return standard
  const read = readRecordPredicate(family, predicate)
  return read.ok ? accept(predicate) : read
}

/** Takes a predicate of a family apart; that it keeps the rules of a standard type was checked with its signature. */
export function readRecordPredicate<M>(
  family: Family<Family['name'], M>,
  predicate: JsonObject,
): Result<RecordPredicate<M>, RecordProblem> {
  const [first, ...more] = isStandardType(family) ? [] : findJudgements(predicate)
  if (first !== undefined) return refuse(first, ...more)
  const { header, members } = split(family, predicate)
  const read = parseBySchema(HEADER, header, describeBreach)
  if (!read.ok) return read
  const known = dropAbsent(read.value)
  const own = family.read(members, known)
  if (!own.ok) return own
  return judge({ header: known, members: own.value }, findHeaderProblems(family, known))
}

/** What the standard says of its own type. */
function checkStandard(
  { predicateType }: Pick<Family, 'predicateType'>,
  predicate: JsonObject,
): Result<unknown, RecordProblem> {
  const parsed = parsePredicate(predicateType, predicate)
  if (parsed.ok) return parsed
  const message = 'Expected a predicate that keeps the rules of its standard type'
  return refuse({ code: 'record/member', message, because: parsed.problems })
}

function split(family: Pick<Family, 'predicateType'>, predicate: JsonObject) {
  const names = new Map(HEADER_NAMES.map((name) => [headerNameOf(family, name), name]))
  const header: Record<string, JsonObject[string]> = {}
  const members: Record<string, JsonObject[string]> = {}
  for (const [name, value] of Object.entries(predicate)) {
    const own = names.get(name)
    if (own === undefined) members[name] = value
    else header[own] = value
  }
  return { header: header as JsonObject, members: members as JsonObject }
}

function dropAbsent({
  release,
  evidence,
  policy,
  reportedAt,
}: z.output<typeof HEADER>): RecordHeader {
  return {
    ...(release !== undefined && { release }),
    ...(evidence !== undefined && { evidence }),
    ...(policy !== undefined && { policy }),
    reportedAt,
  }
}

/** Ruling of ids: a record of a family that has policies names its policy, and no other record does. */
function findHeaderProblems(
  family: Pick<Family, 'name' | 'policyKind' | 'predicateType'>,
  { policy }: Pick<RecordHeader, 'policy'>,
): readonly RecordProblem[] {
  const { name, policyKind } = family
  if ((policyKind === undefined) === (policy === undefined)) return []
  const found = policy === undefined ? 'none' : quote(policy)
  const expected = policyKind === undefined ? 'no policy' : `the policy of the kind ${policyKind}`
  return [
    {
      code: 'record/member',
      message: `Expected ${expected} in a record of the family ${name}, found ${found}`,
      at: `/${headerNameOf(family, 'policy')}`,
    },
  ]
}
