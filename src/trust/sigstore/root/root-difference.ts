// What a newer trusted root has that an older one has not, and the other way round (TR-2: nothing of the past should go).

import { createHash } from 'node:crypto'
import { encodeHex, encodeTimestamp, type Instant, type JsonObject } from '../../../core/index.ts'
import type { RootMember } from './root-standing.ts'
import type { CertificateAuthority, TransparencyLog, TrustedRoot } from './trusted-root.ts'
import type { ValidityPeriod } from './validity-period.ts'

/** One log or authority that is not as it was. */
export interface RootChange {
  readonly what: 'added' | 'dropped' | 'ended' | 'changed'
  readonly kind: RootMember['kind']
  /** As in {@link RootMember}. */
  readonly name: string
}

/** The difference of two roots. */
export interface RootDifference {
  readonly changes: readonly RootChange[]
  /** True where both have a log or an authority with the same key. */
  readonly isRelated: boolean
}

/** Compares by keys and certificates: a member that is only called otherwise has not changed. */
export function compareRoots(before: TrustedRoot, after: TrustedRoot): RootDifference {
  const old = listMembers(before)
  const current = listMembers(after)
  const changes = [...new Map([...old, ...current])].flatMap(([id, { kind, name }]) => {
    const what = compareWindows(old.get(id)?.windows, current.get(id)?.windows)
    return what === undefined ? [] : [{ what, kind, name }]
  })
  return { changes, isRelated: [...current.keys()].some((id) => old.has(id)) }
}

/**
 * The same root, whose logs and authorities all end at an instant at the latest: what they vouched for until then stands, and
 * nothing after it.
 *
 * @param document of a root that was read before: every member has its window, and each window its start
 */
export function endRoot(document: JsonObject, at: Instant): JsonObject {
  const ended = Object.entries(document).map(([name, value]) => {
    const end = ENDED_BY.get(name)
    // Protobuf's JSON has null for a list that is not set.
    if (end === undefined || !Array.isArray(value)) return [name, value]
    return [name, (value as readonly JsonObject[]).flatMap((member) => end(member, at))]
  })
  return Object.fromEntries(ended) as JsonObject
}

type End = (member: JsonObject, at: Instant) => readonly JsonObject[]

const endWindow: End = (member, at) => {
  const { start, end } = member['validFor'] as { readonly start: string; readonly end?: string }
  // What begins later has vouched for nothing yet.
  if (Date.parse(start) > at) return []
  const last = Math.min(at, end == null ? Infinity : Date.parse(end))
  return [{ ...member, validFor: { start, end: encodeTimestamp(last) } }]
}

/** The window of a log is the one of its key. */
const endLog: End = (log, at) =>
  endWindow(log['publicKey'] as JsonObject, at).map((publicKey) => ({ ...log, publicKey }))

const ENDED_BY: ReadonlyMap<string, End> = new Map([
  ['tlogs', endLog],
  ['ctlogs', endLog],
  ['certificateAuthorities', endWindow],
  ['timestampAuthorities', endWindow],
])

interface Member extends Pick<RootMember, 'kind' | 'name'> {
  /** Of each time that it stands in the root. */
  readonly windows: readonly ValidityPeriod[]
}

function listMembers(root: TrustedRoot): ReadonlyMap<string, Member> {
  const members = new Map<string, Member>()
  const add = (id: string, { kind, name }: Omit<Member, 'windows'>, window: ValidityPeriod) => {
    const windows = [...(members.get(id)?.windows ?? []), window]
    members.set(id, { kind, name, windows })
  }
  const addLog = (kind: Member['kind'], log: TransparencyLog) =>
    add(`${kind} ${digest(log.publicKey.spki)}`, { kind, name: log.origin }, log.validFor)
  const addAuthority = (
    kind: Member['kind'],
    { uri, certificates, validFor }: CertificateAuthority,
  ) => add(`${kind} ${certificates.map(digest).join()}`, { kind, name: uri }, validFor)
  for (const log of root.transparencyLogs) addLog('log', log)
  for (const log of root.certificateLogs) addLog('certificate log', log)
  for (const { kind, origin, keyBytes, validFor } of root.unusableLogs) {
    add(`${kind} ${digest(keyBytes)}`, { kind, name: origin }, validFor)
  }
  for (const one of root.certificateAuthorities) addAuthority('certificate authority', one)
  for (const one of root.timestampAuthorities) addAuthority('timestamp authority', one)
  return members
}

function compareWindows(
  before: readonly ValidityPeriod[] | undefined,
  after: readonly ValidityPeriod[] | undefined,
): RootChange['what'] | undefined {
  if (before === undefined) return 'added'
  if (after === undefined) return 'dropped'
  if (JSON.stringify(before) === JSON.stringify(after)) return undefined
  return lastOf(after) < lastOf(before) ? 'ended' : 'changed'
}

function lastOf(windows: readonly ValidityPeriod[]): Instant {
  return Math.max(...windows.map(({ end = Infinity }) => end))
}

function digest(bytes: Uint8Array): string {
  return encodeHex(createHash('sha256').update(bytes).digest())
}
