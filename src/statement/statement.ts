// Statement (in-toto attestation v1.2, statement.md): what is said, and about which things.
// Written as v1; v0.1 is read where asked for. The signed bytes are what travels: members that we
// do not know stay in them, and are ignored here (PM-1).

import {
  encodeUtf8,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  judge,
  LIMITS,
  parseJson,
  quote,
  type Result,
  refuse,
} from '../core/index.ts'
import { type DigestSet, explainDigestSet, isDigestSet } from './digest-set.ts'
import type { StatementProblem } from './problem.ts'

/** v1 is written; v0.1 is read where it is asked for. */
export type StatementVersion = 'v1' | 'v0.1'

/**
 * One thing that the statement is about, a ResourceDescriptor that has a digest (STM-2). Its name
 * is a label, no proof.
 */
export interface Subject {
  readonly name?: string
  readonly uri?: string
  readonly digest: DigestSet
  readonly downloadLocation?: string
  readonly mediaType?: string
  readonly content?: string
  readonly annotations?: JsonObject
}

/**
 * A statement that was read; nothing says yet that it is signed.
 *
 * @example { version: 'v1', subjects: [{ name: 'app.js', digest: { sha256: 'e3b0…' } }],
 *   predicateType: 'https://slsa.dev/provenance/v1', predicate: { buildDefinition: {}, runDetails: {} } }
 */
export interface Statement {
  readonly version: StatementVersion
  readonly subjects: readonly Subject[]
  readonly predicateType: string
  /** `{}` where the statement has none (STM-2). */
  readonly predicate: JsonObject
}

const TYPES: ReadonlyMap<string, StatementVersion> = new Map([
  ['https://in-toto.io/Statement/v1', 'v1'],
  ['https://in-toto.io/Statement/v0.1', 'v0.1'],
])

const EMPTY: JsonObject = Object.freeze({})

const NO_SUBJECT: Subject = { digest: {} }

/** Members of a subject that hold text. */
const TEXTS = ['name', 'uri', 'downloadLocation', 'mediaType', 'content'] as const

/**
 * Reads the payload of an envelope. The predicate is not looked into: see `parsePredicate`.
 *
 * @param versions the Statement versions that the caller accepts (STM-1, A-70)
 */
export function parseStatement(
  bytes: Uint8Array,
  { versions = ['v1'] }: { readonly versions?: readonly StatementVersion[] } = {},
): Result<Statement, StatementProblem> {
  const json = parseJson(bytes, { bytesMax: LIMITS.payloadBytesMax })
  if (!json.ok) {
    return refuse({
      code: 'statement/json',
      message: 'Expected a statement in JSON',
      because: json.problems,
    })
  }
  return parseStatementValue(json.value, versions)
}

/** Reads a statement from JSON that was read strictly. */
function parseStatementValue(
  value: JsonValue,
  versions: readonly StatementVersion[],
): Result<Statement, StatementProblem> {
  if (!isJsonObject(value)) {
    return refuse({ code: 'statement/json', message: 'Expected a statement, found no JSON object' })
  }
  const problems: StatementProblem[] = []
  const { _type: type, subject, predicateType, predicate } = value
  const version = typeof type === 'string' ? TYPES.get(type) : undefined
  if (version === undefined || !versions.includes(version)) {
    problems.push({
      code: 'statement/type',
      message: `Expected a statement of version ${versions.join(' or ')}, found ${show(type)}`,
      at: '/_type',
    })
  }
  if (typeof predicateType !== 'string' || predicateType === '') {
    problems.push({
      code: 'statement/predicate-type',
      message: `Expected the URI of a predicate type, found ${show(predicateType)}`,
      at: '/predicateType',
    })
  }
  if (predicate !== undefined && predicate !== null && !isJsonObject(predicate)) {
    problems.push({ code: 'statement/member', message: 'Expected an object', at: '/predicate' })
  }
  const subjects = readSubjects(subject, problems)
  return judge(
    {
      version: version as StatementVersion,
      subjects,
      predicateType: predicateType as string,
      predicate: (predicate ?? EMPTY) as JsonObject,
    },
    problems,
  )
}

function readSubjects(
  value: JsonValue | undefined,
  problems: StatementProblem[],
): readonly Subject[] {
  if (!Array.isArray(value) || value.length === 0 || value.length > LIMITS.subjectsMax) {
    const found = Array.isArray(value) ? `${value.length}` : 'none'
    problems.push({
      code: 'statement/subjects',
      message: `Expected a list of 1 to ${LIMITS.subjectsMax} subjects, found ${found}`,
      at: '/subject',
    })
    return []
  }
  const subjects: readonly JsonValue[] = value
  return subjects.map((subject, index) => {
    if (isSubject(subject)) return subject
    // PROV-4: null is the same as unset.
    const set = isJsonObject(subject) ? dropOwnNull(subject) : subject
    if (isSubject(set)) return set
    for (const problem of explainSubject(set, `/subject/${index}`)) problems.push(problem)
    return NO_SUBJECT
  })
}

/**
 * True for a subject by all its rules; what it holds beyond the interface stays in it. Runs for
 * every subject that is verified.
 */
function isSubject(value: JsonValue): value is JsonValue & Subject {
  if (!isJsonObject(value) || !isDigestSet(value['digest'])) return false
  for (const name of TEXTS) {
    if (value[name] !== undefined && typeof value[name] !== 'string') return false
  }
  return value['annotations'] === undefined || isJsonObject(value['annotations'])
}

function explainSubject(value: JsonValue, at: string): readonly StatementProblem[] {
  if (!isJsonObject(value)) {
    return [{ code: 'statement/subjects', message: 'Expected a subject', at }]
  }
  const problems = [...explainDigestSet(value['digest'], `${at}/digest`)]
  for (const name of TEXTS) {
    if (value[name] === undefined || typeof value[name] === 'string') continue
    problems.push({ code: 'statement/member', message: 'Expected text', at: `${at}/${name}` })
  }
  if (value['annotations'] !== undefined && !isJsonObject(value['annotations'])) {
    const message = 'Expected an object'
    problems.push({ code: 'statement/member', message, at: `${at}/annotations` })
  }
  return problems
}

/** Not all the way down: a digest that is null is one that nobody can compare, and refused. */
function dropOwnNull(object: JsonObject): JsonObject {
  return Object.fromEntries(Object.entries(object).filter(([, value]) => value !== null))
}

/**
 * The bytes to sign: the members in the order of the specification, and inside them in the order
 * that they were built.
 */
export function encodeStatement(statement: Statement): Uint8Array {
  const { version, subjects, predicateType, predicate } = statement
  return encodeUtf8(
    JSON.stringify({
      _type: `https://in-toto.io/Statement/${version}`,
      subject: subjects,
      predicateType,
      predicate,
    }),
  )
}

function show(value: JsonValue | undefined): string {
  if (typeof value === 'string') return quote(value)
  return value === undefined ? 'none' : 'no text'
}
