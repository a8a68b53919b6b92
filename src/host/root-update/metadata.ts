// Metadata of a TUF repository (section 4 of the specification), looked at more closely than tuf-js does before tuf-js sees it: JSON
// that reads one way, whole versions, times that are times, thresholds that keys of different material can meet. Signatures and the
// order of updates are its work.

import {
  accept,
  type Instant,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  parseJson,
  parseTimestamp,
  quote,
  type Result,
  refuse,
  membersOf,
} from '../../core/index.ts'
import type { HostProblem } from '../problem.ts'
import { findKeyId } from './metadata-key.ts'
import { METADATA_ROLES, type MetadataRole } from './root-question.ts'

/** Bytes of each kind of metadata: the public repository has less than a twentieth. */
export const METADATA_BYTES_MAX: Readonly<Record<MetadataRole, number>> = {
  root: 512_000,
  timestamp: 16_384,
  snapshot: 750_000,
  targets: 750_000,
}

/** One file of metadata. Nothing says yet who signed it. */
export interface Metadata {
  readonly role: MetadataRole
  readonly version: number
  readonly expiresAt: Instant
  readonly signed: JsonObject
}

/** Reads one file of metadata. */
export function parseMetadata(
  bytes: Uint8Array,
  role: MetadataRole,
): Result<Metadata, HostProblem> {
  const json = parseJson(bytes, { bytesMax: METADATA_BYTES_MAX[role] })
  const signed = json.ok && isJsonObject(json.value) ? json.value['signed'] : undefined
  if (!isJsonObject(signed) || signed['_type'] !== role) {
    const because = json.ok ? {} : { because: json.problems }
    return malformed(`Expected TUF metadata of the role ${role}`, because)
  }
  const { version, expires } = signed
  if (!isCount(version)) {
    return malformed(`Expected the version of ${role}.json to be 1 or more, found ${show(version)}`)
  }
  const expiresAt = typeof expires === 'string' ? parseTimestamp(expires) : undefined
  if (expiresAt?.ok !== true) {
    return malformed(`Expected the time at which ${role}.json expires, found ${show(expires)}`)
  }
  const metadata = { role, version, expiresAt: expiresAt.value, signed }
  return role === 'root' ? judgeRoles(metadata) : accept(metadata)
}

/** TUF-4: a repository whose metadata has ended may be a copy that somebody froze. */
export function judgeExpiry(
  { role, version, expiresAt }: Metadata,
  now: Instant,
): HostProblem | undefined {
  if (now < expiresAt) return undefined
  return {
    code: 'host/update-expired',
    message: `Expected metadata that is still valid, found version ${version} of ${role}.json, which expired at ${new Date(expiresAt).toISOString()}`,
    hint: 'The mirror is frozen or neglected, or the clock of this machine is wrong',
  }
}

/** TUF-3: what counts is how many different keys there are, whatever they are called. */
function judgeRoles(metadata: Metadata): Result<Metadata, HostProblem> {
  const { roles, keys } = metadata.signed
  if (!isJsonObject(roles) || !isJsonObject(keys)) {
    return malformed('Expected the keys and roles of a root')
  }
  for (const role of METADATA_ROLES) {
    const problem = judgeRole(role, roles[role], keys)
    if (problem !== undefined) return refuse(problem)
  }
  return accept(metadata)
}

function judgeRole(
  name: MetadataRole,
  role: JsonValue | undefined,
  keys: JsonObject,
): HostProblem | undefined {
  const { keyids, threshold } = membersOf(role)
  if (!isCount(threshold)) {
    return unsafe(`Expected the threshold of ${name} to be 1 or more, found ${show(threshold)}`)
  }
  if (!Array.isArray(keyids)) return unsafe(`Expected the keys of ${name}, found none`)
  const seen = new Map<string, string>()
  for (const keyid of keyids) {
    if (typeof keyid !== 'string') return unsafe(`Expected the keys of ${name} by their identifier`)
    const key = keys[keyid]
    // Who is not there signs nothing.
    if (key === undefined) continue
    const id = findKeyId(key)
    if (id === undefined)
      return unsafe(`Expected a key of ${name} that can be read: ${quote(keyid)}`)
    const other = seen.get(id)
    if (other !== undefined) {
      return unsafe(
        `Expected each key of ${name} once, found ${quote(other)} and ${quote(keyid)} to be the same`,
      )
    }
    seen.set(id, keyid)
  }
  if (seen.size >= threshold) return undefined
  return unsafe(`Expected at least ${threshold} keys of ${name}, found ${seen.size}`)
}

function isCount(value: JsonValue | undefined): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 1
}

function show(value: JsonValue | undefined): string {
  return value === undefined ? 'none' : quote(JSON.stringify(value))
}

function unsafe(message: string): HostProblem {
  return { code: 'host/update-threshold', message }
}

function malformed(
  message: string,
  rest: Pick<HostProblem, 'because'> = {},
): Result<never, HostProblem> {
  return refuse({ code: 'host/update-malformed', message, ...rest })
}
