// One artifact and one envelope, signed, and the question that a verifier asks of their log entries.

import { createHash } from 'node:crypto'
import {
  encodePae,
  type Envelope,
  type InclusionProof,
  type LogEntry,
} from '../../../../src/bundle/index.ts'
import type { Check, JsonObject } from '../../../../src/core/index.ts'
import type { TransparencyLog } from '../../../../src/trust/index.ts'
import {
  checkLogEntries,
  type LogFinding,
  type LogQuestion,
} from '../../../../src/verify/sigstore/log/check-log-entries.ts'
import { freshKey } from '../../keys.ts'
import { type LoggedBy, hashedRekordV1, hashedRekordV2 } from '../test-bodies.ts'
import { createTestLog, rootWith, type TestLog, type TestLogOptions } from '../test-log.ts'

const KEY = freshKey('P-256', 'sha256')
const PAYLOAD = Buffer.from('{"_type":"https://in-toto.io/Statement/v1"}')
const PAYLOAD_TYPE = 'application/vnd.in-toto+json'

export const ARTIFACT = Buffer.from('the artifact')

/** Made by the same key over the artifact. */
export const SIGNATURE = KEY.sign(ARTIFACT)

export const ENVELOPE: Envelope = {
  payloadType: PAYLOAD_TYPE,
  payload: PAYLOAD,
  signature: KEY.sign(encodePae(PAYLOAD_TYPE, PAYLOAD)),
}

export const SPKI = new Uint8Array(KEY.publicKey.key.export({ format: 'der', type: 'spki' }))

/** Logs know certificates by their bytes alone, so that any will do. */
export const CERTIFICATE = new Uint8Array(Buffer.from('the DER of a certificate'))

export const BY_KEY: LoggedBy = { spki: SPKI }
export const BY_CERTIFICATE: LoggedBy = { certificate: CERTIFICATE }

export const digest = (algorithm: string, bytes: Uint8Array) =>
  new Uint8Array(createHash(algorithm).update(bytes).digest())

/** The artifact, signed by the key. */
export const MESSAGE: LogQuestion = {
  bundleVersion: '0.3',
  roots: [],
  signature: SIGNATURE,
  content: { kind: 'message', digests: { sha256: digest('sha256', ARTIFACT) } },
  verifier: BY_KEY,
}

/** The envelope, signed by the key. */
export const DSSE: LogQuestion = {
  bundleVersion: '0.3',
  roots: [],
  signature: ENVELOPE.signature,
  content: { kind: 'dsse', envelope: ENVELOPE },
  verifier: BY_KEY,
}

/** A log that holds other things, then the artifact, then more. */
export interface Scene {
  readonly log: TestLog
  readonly entry: LogEntry
  /** The question under a root that knows this log. */
  readonly question: LogQuestion
}

export function scene(options: TestLogOptions, body = bodyFor(options)): Scene {
  const log = createTestLog(options)
  log.append(other(1))
  log.append(other(2))
  const index = log.append(body)
  for (const number of [3, 4]) log.append(other(number))
  return { log, entry: log.entry(index), question: under(log.log) }
}

function bodyFor({ generation = 2 }: TestLogOptions): JsonObject {
  const write = generation === 1 ? hashedRekordV1 : hashedRekordV2
  return write(ARTIFACT, SIGNATURE, BY_KEY)
}

/** Something else that a log may hold. */
export function other(number: number): JsonObject {
  return hashedRekordV1(Buffer.from(`other ${number}`), Buffer.of(number), BY_CERTIFICATE)
}

/** The question under a root with these logs. */
export function under(...logs: readonly TransparencyLog[]): LogQuestion {
  return { ...MESSAGE, roots: [rootWith(...logs)] }
}

/** The codes of what failed, or what was accepted. */
export function codesOf({ checks }: { readonly checks: readonly Check[] }): readonly string[] {
  return checks.flatMap(({ code }) => code ?? [])
}

/** Judges one entry, and holds that it counts exactly where nothing failed. */
export function judge(entry: LogEntry, question: LogQuestion): readonly string[] {
  return codesOf(judged([entry], question))
}

export function judged(entries: readonly LogEntry[], question: LogQuestion): LogFinding {
  const finding = checkLogEntries(entries, question)
  const failed = codesOf(finding).length
  if (entries.length === 1 && (failed === 0) !== (finding.entries.length === 1)) {
    throw new Error('an entry counts exactly where nothing failed')
  }
  return finding
}

/** The proof, which every entry of a test log has unless it was left out. */
export function proofOf({ inclusionProof }: LogEntry): InclusionProof {
  if (inclusionProof === undefined) throw new Error('the entry has a proof')
  return inclusionProof
}

export function checkpointOf(entry: LogEntry): string {
  return proofOf(entry).checkpoint ?? ''
}

/** The entry with another proof. */
export function withProof(entry: LogEntry, changes: Partial<InclusionProof>): LogEntry {
  return { ...entry, inclusionProof: { ...proofOf(entry), ...changes } }
}

/** The entry with another checkpoint. */
export function withCheckpoint(entry: LogEntry, checkpoint: string): LogEntry {
  return withProof(entry, { checkpoint })
}
