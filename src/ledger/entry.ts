// An entry of the ledger: one line of canonical JSON (RFC 8785) that names a record by the digest of its file.

import { strict as assert } from 'node:assert'
import {
  encodeCanonicalJson,
  encodeUtf8,
  equalBytes,
  isJsonObject,
  type JsonObject,
  judge,
  LIMITS,
  parseJson,
  quote,
  type Result,
  refuse,
} from '../core/index.ts'
import { isUri, parseArtifactSetId } from '../statement/index.ts'
import type { LedgerProblem } from './problem.ts'

/**
 * What the ledger says of a record. The record itself stands in a file of its own.
 *
 * @example { sha256: '9f86d0…', predicateType: 'https://slsa.dev/provenance/v1', release: 'staging__web__v1.2.0__4711-1' }
 */
export interface LedgerEntry {
  /** Of the bytes of the record's file, 64 lower-case hex digits. */
  readonly sha256: string
  readonly predicateType: string
  /** An artifact set id, `git:<commit>` for evidence about a commit, or `ledger` for a record about the ledger itself. */
  readonly release: string
}

/** An entry at its place. */
export interface PlacedEntry extends LedgerEntry {
  /** From 0. */
  readonly index: number
}

const MEMBERS = ['predicateType', 'release', 'sha256'] as const
const SHA256 = /^[0-9a-f]{64}$/
const COMMIT = /^git:(?:[0-9a-f]{40}|[0-9a-f]{64})$/

/** The entry of these parts, or everything that is wrong with them. */
export function buildEntry({
  sha256,
  predicateType,
  release,
}: LedgerEntry): Result<LedgerEntry, LedgerProblem> {
  const problems: LedgerProblem[] = []
  if (!SHA256.test(sha256)) problems.push(malformed('64 lower-case hex digits', sha256, 'sha256'))
  if (!isUri(predicateType)) problems.push(malformed('a URI', predicateType, 'predicateType'))
  if (!isRelease(release)) {
    const expected = 'an artifact set id, git:<commit> or "ledger"'
    problems.push(malformed(expected, release, 'release'))
  }
  const { length } = encodeUtf8(JSON.stringify({ predicateType, release, sha256 }))
  if (length > LIMITS.ledgerEntryBytesMax) {
    const message = `Expected an entry of at most ${LIMITS.ledgerEntryBytesMax} bytes, found ${length}`
    problems.push({ code: 'ledger/entry-size', message })
  }
  return judge({ sha256, predicateType, release }, problems)
}

/** The line, without a newline: what is hashed and what stands in the entry bundle. */
export function encodeEntry({ sha256, predicateType, release }: LedgerEntry): Uint8Array {
  const bytes = encodeCanonicalJson({ sha256, predicateType, release })
  assert(bytes.ok, 'an entry was built from well-formed text')
  return bytes.value
}

/** Reads the one form that {@link encodeEntry} writes. */
export function parseEntry(bytes: Uint8Array): Result<LedgerEntry, LedgerProblem> {
  if (bytes.length > LIMITS.ledgerEntryBytesMax) {
    const message = `Expected an entry of at most ${LIMITS.ledgerEntryBytesMax} bytes, found ${bytes.length}`
    return refuse({ code: 'ledger/entry-size', message })
  }
  const value = parseJson(bytes, { bytesMax: LIMITS.ledgerEntryBytesMax })
  if (!value.ok) {
    const message = 'Expected an entry in canonical JSON'
    return refuse({ code: 'ledger/entry', message, because: value.problems })
  }
  if (!isJsonObject(value.value) || !isEntryShape(value.value)) {
    const message = `Expected an entry with the texts ${MEMBERS.join(', ')} and nothing else`
    return refuse({ code: 'ledger/entry', message })
  }
  const entry = buildEntry(value.value)
  if (!entry.ok || equalBytes(encodeEntry(entry.value), bytes)) return entry
  const message = 'Expected an entry in canonical JSON, found another spelling of it'
  return refuse({ code: 'ledger/entry', message })
}

/** The same line. */
export function isSameEntry(a: LedgerEntry, b: LedgerEntry): boolean {
  return MEMBERS.every((member) => a[member] === b[member])
}

function isEntryShape(value: JsonObject): value is JsonObject & LedgerEntry {
  const names = Object.keys(value).toSorted()
  return (
    names.join() === MEMBERS.join() && MEMBERS.every((member) => typeof value[member] === 'string')
  )
}

function isRelease(text: string): boolean {
  return text === 'ledger' || COMMIT.test(text) || parseArtifactSetId(text).ok
}

function malformed(expected: string, found: string, member: string): LedgerProblem {
  const message = `Expected ${expected}, found ${quote(found)}`
  return { code: 'ledger/entry', message, at: `/${member}` }
}
