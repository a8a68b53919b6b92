// One object inside a document in protobuf's JSON form, and what its members may be. Every reader adds to the same list of problems, so
// that all are told.

import { type Base64Alphabet, parseBase64 } from '../base64.ts'
import { LIMITS } from '../limits.ts'
import { quote } from '../quote.ts'
import type { Problem } from '../result.ts'
import { isJsonObject, type JsonObject, type JsonValue } from './json-value.ts'

/** An object of a document. */
export interface JsonPlace<P extends Problem> {
  readonly value: JsonObject
  /** JSON Pointer; empty for the whole document. */
  readonly at: string
  /** Of the whole document. */
  readonly problems: P[]
  readonly codes: PlaceCodes<P['code']>
}

/** How the module of the document calls what can be wrong with any member. */
export interface PlaceCodes<Code extends string> {
  /** Missing, or of another type. */
  readonly member: Code
  readonly memberUnknown: Code
  readonly base64: Code
  /** Too large, or too often there. */
  readonly limit: Code
}

const NOTHING: JsonObject = Object.freeze({})
const NO_BYTES = new Uint8Array()

/** The largest int64 has 19 digits. */
const INT64 = /^(?:0|[1-9]\d{0,18})$/
const INT64_MAX = 2n ** 63n - 1n

/** Tells a problem of the member of this name, or without one, of the object itself. */
export function tellAt<P extends Problem>(
  place: Pick<JsonPlace<P>, 'at' | 'problems'>,
  name: string | undefined,
  problem: P,
): void {
  const at = name === undefined ? place.at : `${place.at}/${name}`
  place.problems.push(at === '' ? problem : { ...problem, at })
}

/** The member's value; protobuf's JSON has null for a member that is not set. */
export function memberOf(
  { value }: Pick<JsonPlace<Problem>, 'value'>,
  name: string,
): JsonValue | undefined {
  return (Object.hasOwn(value, name) ? value[name] : undefined) ?? undefined
}

/** Tells the names that are not among these: a reader that passes over what it does not know may pass over a restriction. */
export function refuseUnknown<P extends Problem>(
  place: JsonPlace<P>,
  known: readonly string[],
): void {
  for (const name of Object.keys(place.value)) {
    if (known.includes(name)) continue
    complain(
      place,
      undefined,
      'memberUnknown',
      `Expected ${known.join(', ')}, found ${quote(name)}`,
    )
  }
}

/** The object under this name; an empty one where there is none, which is told. */
export function objectAt<P extends Problem>(place: JsonPlace<P>, name: string): JsonPlace<P> {
  return asObject(memberOf(place, name), { ...place, at: `${place.at}/${name}` })
}

/** Each object of the list under this name; a list that is not there is empty. */
export function objectsAt<P extends Problem>(
  place: JsonPlace<P>,
  name: string,
  countMax: number,
): readonly JsonPlace<P>[] {
  return listAt(place, name, countMax).map((member, index) =>
    asObject(member, { ...place, at: `${place.at}/${name}/${index}` }),
  )
}

function listAt<P extends Problem>(
  place: JsonPlace<P>,
  name: string,
  countMax: number,
): readonly JsonValue[] {
  const value = memberOf(place, name) ?? []
  const list: readonly JsonValue[] | undefined = Array.isArray(value) ? value : undefined
  if (list === undefined) {
    complain(place, name, 'member', 'Expected a list')
    return []
  }
  if (list.length > countMax) {
    const message = `Expected at most ${countMax} members, found ${list.length}`
    complain(place, name, 'limit', message)
    return []
  }
  return list
}

function asObject<P extends Problem>(
  value: JsonValue | undefined,
  place: JsonPlace<P>,
): JsonPlace<P> {
  if (isJsonObject(value)) return { ...place, value }
  complain(place, undefined, 'member', 'Expected an object')
  // That nothing is in it has been told with that.
  return { ...place, value: NOTHING, problems: [] }
}

/** The text under this name; where it is not there, the fallback, or a problem. Protobuf's own is `''`. */
export function textAt<P extends Problem>(
  place: JsonPlace<P>,
  name: string,
  fallback?: string,
): string {
  const value = memberOf(place, name) ?? fallback
  if (typeof value === 'string') return value
  complain(place, name, 'member', 'Expected text')
  return ''
}

/**
 * The whole number under this name; 0 where it is not there, as protobuf has it.
 *
 * JSON-1: protobuf writes int64 as text; a JSON number may have been rounded already. No
 * number of a log is negative (RK-6).
 */
export function int64At<P extends Problem>(
  place: JsonPlace<P>,
  name: string,
  most: bigint = INT64_MAX,
): bigint {
  const value = memberOf(place, name) ?? '0'
  const number = typeof value === 'string' && INT64.test(value) ? BigInt(value) : undefined
  if (number !== undefined && number <= most) return number
  const message = `Expected a whole number from 0 to ${most}, written as text`
  complain(place, name, 'member', message)
  return 0n
}

/**
 * The bytes under this name, at least one; none where they can not be read, which is told.
 *
 * @param alphabets DSSE-3: envelopes may use both
 */
export function bytesAt<P extends Problem>(
  place: JsonPlace<P>,
  name: string,
  ...alphabets: readonly Base64Alphabet[]
): Uint8Array {
  const at = `${place.at}/${name}`
  return asBytes(memberOf(place, name), { ...place, at }, alphabets)
}

/** Each sequence of bytes of the list under this name; a list that is not there is empty. */
export function bytesListAt<P extends Problem>(
  place: JsonPlace<P>,
  name: string,
  countMax: number,
): readonly Uint8Array[] {
  return listAt(place, name, countMax).map((member, index) =>
    asBytes(member, { ...place, at: `${place.at}/${name}/${index}` }, []),
  )
}

function asBytes<P extends Problem>(
  value: JsonValue | undefined,
  place: JsonPlace<P>,
  alphabets: readonly Base64Alphabet[],
): Uint8Array {
  if (typeof value !== 'string' || value === '') {
    complain(place, undefined, 'member', 'Expected bytes in base64')
    return NO_BYTES
  }
  const bytes = parseBase64(value, ...alphabets)
  if (!bytes.ok) {
    complain(place, undefined, 'base64', 'Expected canonical base64')
    return NO_BYTES
  }
  const { length } = bytes.value
  if (length <= LIMITS.payloadBytesMax) return bytes.value
  const message = `Expected at most ${LIMITS.payloadBytesMax} bytes, found ${length}`
  complain(place, undefined, 'limit', message)
  return NO_BYTES
}

function complain<P extends Problem>(
  place: JsonPlace<P>,
  name: string | undefined,
  rule: keyof PlaceCodes<P['code']>,
  message: string,
): void {
  tellAt<Problem>(place, name, { code: place.codes[rule], message })
}
