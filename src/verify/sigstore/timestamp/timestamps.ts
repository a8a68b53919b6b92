// The timestamps of a bundle (RFC 3161): each has to be over the signature, by an authority of a trusted root. CS-1: one that does
// not hold refuses the bundle, however many others do.

import { createHash } from 'node:crypto'
import {
  type Check,
  encodeHex,
  encodeTimestamp,
  equalBytes,
  type Instant,
  quote,
} from '../../../core/index.ts'
import { parseTimestampResponse, type TimestampToken } from '../../../bundle/index.ts'
import type { CertificateAuthority, NamedRoot } from '../../../trust/index.ts'
import { failed, passed } from '../../check.ts'
import type { VouchedTime } from '../../verified.ts'
import { digestOf } from './algorithms.ts'
import type { TimestampFault } from './fault.ts'
import {
  findAuthorityFaults,
  findCandidates,
  type TimestampCandidate,
} from './timestamp-authority.ts'

/** A time that an authority of a trusted root vouches for. */
export interface TimestampedTime {
  readonly at: Instant
  readonly authority: CertificateAuthority
  readonly root: NamedRoot
}

/** The time with whose word it is. */
export function wordOf({ at, authority }: TimestampedTime): VouchedTime {
  return { at, by: 'timestamp', name: authority.uri }
}

/** The checks, and the time of each timestamp that was accepted. */
export interface TimestampFinding {
  readonly checks: readonly Check[]
  readonly times: readonly TimestampedTime[]
}

type Judged =
  | { readonly faults: readonly [TimestampFault, ...TimestampFault[]] }
  | { readonly token: TimestampToken; readonly candidate: TimestampCandidate }

/**
 * Checks every timestamp.
 *
 * @param signature the bytes of the bundle's signature, which a timestamp has to be over (SB-5)
 */
export function checkTimestamps(
  timestamps: readonly Uint8Array[],
  signature: Uint8Array,
  roots: readonly NamedRoot[],
): TimestampFinding {
  const checks: Check[] = []
  const times: TimestampedTime[] = []
  const seen = new Set<string>()
  for (const timestamp of timestamps) {
    const judged = judgeTimestamp(timestamp, signature, roots)
    const faults = 'faults' in judged ? judged.faults : findRepetition(judged, seen)
    checks.push(...faults.map(refused))
    if ('faults' in judged || faults.length > 0) continue
    const { token, candidate } = judged
    const { authority, root } = candidate
    times.push({ at: token.info.at, authority, root })
    checks.push(accepted(token, candidate))
  }
  return { checks, times }
}

function accepted({ info }: TimestampToken, { authority, root }: TimestampCandidate): Check {
  const message = `A timestamp authority of the root ${quote(root.name)} saw the signature`
  const found = `${encodeTimestamp(info.at)}, by ${quote(authority.uri)}`
  return passed('timestamp', message, { found })
}

function refused({ code, message, ...facts }: TimestampFault): Check {
  return failed('timestamp', 'rejected', code, message, facts)
}

function judgeTimestamp(
  der: Uint8Array,
  signature: Uint8Array,
  roots: readonly NamedRoot[],
): Judged {
  const response = parseTimestampResponse(der)
  if (!response.ok) {
    const message = 'Cannot read the timestamp'
    return { faults: [{ code: 'verify/timestamp-malformed', message, because: response.problems }] }
  }
  if ('refusedStatus' in response.value) {
    const message = 'The timestamp authority answered that it did not make a timestamp'
    const found = `the status ${response.value.refusedStatus}`
    return { faults: [{ code: 'verify/timestamp-status', message, found }] }
  }
  const { token } = response.value
  const imprintFaults = findImprintFaults(token, signature)
  const candidates = findCandidates(token, roots)
  const findings = candidates.map((candidate) => ({
    candidate,
    faults: findAuthorityFaults(token, candidate),
  }))
  // The one that fits best explains most.
  const [best] = findings.toSorted((a, b) => a.faults.length - b.faults.length)
  const authorityFaults = best?.faults ?? [unknownAuthority(roots)]
  const [first, ...others] = [...imprintFaults, ...authorityFaults]
  if (first !== undefined) return { faults: [first, ...others] }
  return { token, candidate: (best as (typeof findings)[number]).candidate }
}

/** TS-3, A-21: the digest of the signature, by an algorithm that counts, whole. */
function findImprintFaults(
  { info }: TimestampToken,
  signature: Uint8Array,
): readonly TimestampFault[] {
  const algorithm = digestOf(info.imprintAlgorithm)
  if (algorithm === undefined) {
    const message = 'The timestamp is over a digest that does not count'
    const facts = { expected: 'SHA-256, SHA-384 or SHA-512', found: info.imprintAlgorithm }
    return [{ code: 'verify/timestamp-algorithm', message, ...facts }]
  }
  const digest = createHash(algorithm).update(signature).digest()
  if (equalBytes(digest, info.imprint)) return []
  return [
    {
      code: 'verify/timestamp-imprint',
      message: 'The timestamp is over other bytes than the signature',
      expected: `${algorithm} ${encodeHex(digest)}`,
      found: encodeHex(info.imprint.subarray(0, digest.length)),
    },
  ]
}

function unknownAuthority(roots: readonly NamedRoot[]): TimestampFault {
  const names = roots.map(({ name }) => quote(name)).join(' or ')
  return {
    code: 'verify/timestamp-authority-unknown',
    message: 'No trusted root knows the authority that made the timestamp',
    expected: `a timestamp authority of ${names || 'a trusted root, and there is none'}`,
  }
}

/** An authority gives a serial number once: the same twice is the same timestamp, however it is wrapped. */
function findRepetition(
  { token, candidate }: Extract<Judged, { token: TimestampToken }>,
  seen: Set<string>,
): readonly TimestampFault[] {
  const { issuer, serialNumber } = candidate.signer
  const key = [issuer, serialNumber, token.info.serialNumber].map(encodeHex).join(' ')
  if (seen.has(key)) {
    return [{ code: 'verify/timestamp-duplicate', message: 'The same timestamp is there twice' }]
  }
  seen.add(key)
  return []
}
