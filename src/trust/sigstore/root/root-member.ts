// One object inside a trusted root, and what its members may be. Every reader adds to the same list of problems, so that all are told.

import {
  encodeJsonPointer,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseBase64,
  quote,
} from '../../../core/index.ts'
import type { TrustProblem } from '../../problem.ts'

/** An object of the document. */
export interface RootPlace {
  readonly value: JsonObject
  readonly path: readonly (string | number)[]
  /** Of the whole document. */
  readonly problems: TrustProblem[]
}

/** Tells a problem of a member of the object, or of itself. */
export function tell(
  { path, problems }: RootPlace,
  name: string | undefined,
  problem: TrustProblem,
): void {
  const at = encodeJsonPointer(name === undefined ? path : [...path, name])
  problems.push(at === '' ? problem : { ...problem, at })
}

/** The member's value; protobuf's JSON has null for a member that is not set. */
export function memberOf({ value }: RootPlace, name: string): JsonValue | undefined {
  return (Object.hasOwn(value, name) ? value[name] : undefined) ?? undefined
}

/** A reader that passes over what it does not know may pass over a restriction; so each member is known. */
export function refuseUnknown(place: RootPlace, known: readonly string[]): void {
  for (const name of Object.keys(place.value).filter((name) => !known.includes(name))) {
    const message = `Expected ${known.join(', ')}, found ${quote(name)}`
    tell(place, undefined, { code: 'trust/root-member-unknown', message })
  }
}

/** The object under this name; an empty one where there is none, which is told. */
export function objectAt(place: RootPlace, name: string): RootPlace {
  return asObject(memberOf(place, name), { ...place, path: [...place.path, name] })
}

/** Each object of the list under this name; a list that is not there is empty. */
export function objectsAt(place: RootPlace, name: string, countMax: number): readonly RootPlace[] {
  const list = memberOf(place, name) ?? []
  if (!Array.isArray(list)) {
    tell(place, name, { code: 'trust/root-member', message: 'Expected a list' })
    return []
  }
  if (list.length > countMax) {
    const message = `Expected at most ${countMax} members, found ${list.length}`
    tell(place, name, { code: 'trust/root-member', message })
    return []
  }
  const members: readonly JsonValue[] = list
  return members.map((member, index) =>
    asObject(member, { ...place, path: [...place.path, name, index] }),
  )
}

function asObject(value: JsonValue | undefined, place: RootPlace): RootPlace {
  if (isJsonObject(value)) return { ...place, value }
  tell(place, undefined, { code: 'trust/root-member', message: 'Expected an object' })
  // That nothing is in it has been told with that.
  return { ...place, value: {}, problems: [] }
}

/** The text under this name; empty where there is none, as protobuf has it. */
export function textAt(place: RootPlace, name: string): string {
  const value = memberOf(place, name) ?? ''
  if (typeof value === 'string') return value
  tell(place, name, { code: 'trust/root-member', message: 'Expected text' })
  return ''
}

/** The bytes under this name, at least one; none where they can not be read, which is told. */
export function bytesAt(place: RootPlace, name: string): Uint8Array | undefined {
  const value = memberOf(place, name)
  const bytes = typeof value === 'string' && value !== '' ? parseBase64(value) : undefined
  if (bytes?.ok) return bytes.value
  const message = 'Expected bytes in canonical base64'
  tell(place, name, { code: 'trust/root-member', message })
  return undefined
}
