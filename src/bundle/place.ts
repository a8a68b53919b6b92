// One object inside a bundle, and what its members may be. Every reader adds to the same list of
// problems, so that all are told.

import {
  isJsonObject,
  type JsonObject,
  type JsonValue,
  LIMITS,
  parseBase64,
  quote,
} from '../core/index.ts'
import type { BundleProblem } from './problem.ts'

/** An object of the document. */
export interface Place {
  readonly value: JsonObject
  /** JSON Pointer. */
  readonly at: string
  /** Of the whole document. */
  readonly problems: BundleProblem[]
}

const NOTHING: JsonObject = Object.freeze({})
const NO_BYTES = new Uint8Array()

/** The largest int64 has 19 digits. */
const INT64 = /^(?:0|[1-9]\d{0,18})$/
const INT64_MAX = 2n ** 63n - 1n

/** The member's value; protobuf's JSON has null for a member that is not set. */
export function memberOf({ value }: Place, name: string): JsonValue | undefined {
  return value[name] ?? undefined
}

/** Tells the names that are not among these. */
export function refuseUnknown(place: Place, known: readonly string[]): void {
  for (const name in place.value) {
    if (known.includes(name)) continue
    place.problems.push({
      code: 'bundle/member-unknown',
      message: `Expected ${known.join(', ')}, found ${quote(name)}`,
      ...(place.at !== '' && { at: place.at }),
    })
  }
}

/** The object under this name; an empty one where there is none, which is told. */
export function objectAt(place: Place, name: string): Place {
  return asObject(memberOf(place, name), { ...place, at: `${place.at}/${name}` })
}

/** Each object of the list under this name; a list that is not there is empty. */
export function objectsAt(place: Place, name: string, countMax: number): readonly Place[] {
  return listAt(place, name, countMax).map((member, index) =>
    asObject(member, { ...place, at: `${place.at}/${name}/${index}` }),
  )
}

function listAt(place: Place, name: string, countMax: number): readonly JsonValue[] {
  const value = memberOf(place, name) ?? []
  const at = `${place.at}/${name}`
  const list: readonly JsonValue[] | undefined = Array.isArray(value) ? value : undefined
  if (list === undefined) {
    place.problems.push({ code: 'bundle/member', message: 'Expected a list', at })
    return []
  }
  if (list.length > countMax) {
    const message = `Expected at most ${countMax} members, found ${list.length}`
    place.problems.push({ code: 'bundle/limit', message, at })
    return []
  }
  return list
}

function asObject(value: JsonValue | undefined, place: Place): Place {
  if (isJsonObject(value)) return { ...place, value }
  place.problems.push({ code: 'bundle/member', message: 'Expected an object', at: place.at })
  // That nothing is in it has been told with that.
  return { ...place, value: NOTHING, problems: [] }
}

/** The text under this name; where it is not there, the fallback, or a problem. */
export function textAt(place: Place, name: string, fallback?: string): string {
  const value = memberOf(place, name) ?? fallback
  if (typeof value === 'string') return value
  const at = `${place.at}/${name}`
  place.problems.push({ code: 'bundle/member', message: 'Expected text', at })
  return ''
}

/**
 * The whole number under this name; 0 where it is not there, as protobuf has it.
 *
 * JSON-1: protobuf writes int64 as text; a JSON number may have been rounded already. No
 * number of a log is negative (RK-6).
 */
export function int64At(place: Place, name: string, most: bigint = INT64_MAX): bigint {
  const value = memberOf(place, name) ?? '0'
  const number = typeof value === 'string' && INT64.test(value) ? BigInt(value) : undefined
  if (number !== undefined && number <= most) return number
  place.problems.push({
    code: 'bundle/member',
    message: `Expected a whole number from 0 to ${most}, written as text`,
    at: `${place.at}/${name}`,
  })
  return 0n
}

/**
 * The bytes under this name, at least one.
 *
 * @param alphabets DSSE-3: envelopes may use both
 */
export function bytesAt(
  place: Place,
  name: string,
  ...alphabets: Parameters<typeof parseBase64>[1][]
): Uint8Array {
  const at = `${place.at}/${name}`
  return asBytes(memberOf(place, name), { ...place, at }, alphabets)
}

/** Each sequence of bytes of the list under this name; a list that is not there is empty. */
export function bytesListAt(place: Place, name: string, countMax: number): readonly Uint8Array[] {
  return listAt(place, name, countMax).map((member, index) =>
    asBytes(member, { ...place, at: `${place.at}/${name}/${index}` }, []),
  )
}

function asBytes(
  value: JsonValue | undefined,
  { at, problems }: Place,
  alphabets: readonly Parameters<typeof parseBase64>[1][],
): Uint8Array {
  const bytes =
    typeof value === 'string' && value !== '' ? parseBase64(value, ...alphabets) : undefined
  if (bytes?.ok && bytes.value.length <= LIMITS.payloadBytesMax) return bytes.value
  if (bytes?.ok) {
    const message = `Expected at most ${LIMITS.payloadBytesMax} bytes, found ${bytes.value.length}`
    problems.push({ code: 'bundle/limit', message, at })
  } else if (bytes === undefined) {
    problems.push({ code: 'bundle/member', message: 'Expected bytes in base64', at })
  } else {
    problems.push({ code: 'bundle/base64', message: 'Expected canonical base64', at })
  }
  return NO_BYTES
}
