// The three equalities (CS-6, SB-7): an entry counts for a bundle when it is about the same signature, by the same certificate or key,
// over the same bytes. Anything less lets the entry of another release stand in.

import { hash } from 'node:crypto'
import { encodePae, type Envelope, type LogEntry } from '../../../bundle/index.ts'
import { type Check, encodeHex, equalBytes } from '../../../core/index.ts'
import { failed, passed } from '../../check.ts'
import { parseBody } from './body/body.ts'
import type { LogDigest, LoggedContent, LoggedSignature } from './body/logged-signature.ts'

/** What was signed, as far as entries are about it. */
export type SignedForLog =
  | { readonly kind: 'dsse'; readonly envelope: Envelope }
  | { readonly kind: 'message'; readonly digests: Readonly<Partial<Record<LogDigest, Uint8Array>>> }

/** The signature that an entry should be about. */
export interface LoggedQuestion {
  readonly signature: Uint8Array
  readonly content: SignedForLog
  /** DER of the leaf, or of the key. */
  readonly verifier: { readonly certificate: Uint8Array } | { readonly spki: Uint8Array }
}

/** Reads the body of the entry and holds it against the bundle; every equality that does not hold is told. */
export function checkBody(entry: LogEntry, question: LoggedQuestion): readonly Check[] {
  const body = parseBody(entry)
  if (!body.ok) {
    const [{ code, message, because }] = body.problems
    const facts = because === undefined ? {} : { because }
    return [failed('log-entry', 'rejected', code, message, facts)]
  }
  const failures = [
    ...checkSignature(body.value, question),
    ...checkVerifier(body.value, question),
    ...checkContent(body.value.content, question),
  ]
  if (failures.length > 0) return failures
  const message = 'The log entry is about this signature, its key and what it signs'
  return [passed('log-entry', message, { found: `${entry.kind} ${entry.version}` })]
}

function checkSignature(
  { signature }: LoggedSignature,
  question: LoggedQuestion,
): readonly Check[] {
  // Byte for byte: another signature by the same key over the same bytes is another one.
  if (equalBytes(signature, question.signature)) return []
  const message = 'The log entry is about another signature'
  return [failed('log-entry', 'rejected', 'verify/log-signature-mismatch', message)]
}

function checkVerifier({ verifier }: LoggedSignature, question: LoggedQuestion): readonly Check[] {
  const [kind, der] =
    'certificate' in question.verifier
      ? (['certificate', question.verifier.certificate] as const)
      : (['public-key', question.verifier.spki] as const)
  if (verifier.kind === kind && equalBytes(verifier.der, der)) return []
  const message = 'The log entry is about a signature by another certificate or key'
  return [
    failed('log-entry', 'rejected', 'verify/log-key-mismatch', message, {
      expected: describeVerifier(kind, der),
      found: describeVerifier(verifier.kind, verifier.der),
    }),
  ]
}

function describeVerifier(kind: 'certificate' | 'public-key', der: Uint8Array): string {
  return `a ${kind === 'certificate' ? 'certificate' : 'key'} with SHA-256 ${hash('sha256', der)}`
}

function checkContent(logged: LoggedContent, { content }: LoggedQuestion): readonly Check[] {
  const expected = digestOf(content, logged)
  const isPayloadType =
    logged.of === 'signed-bytes' ||
    logged.payloadType === undefined ||
    (content.kind === 'dsse' && logged.payloadType === content.envelope.payloadType)
  if (expected !== undefined && isPayloadType && equalBytes(expected, logged.digest)) return []
  const message = `The log entry is about ${
    logged.of === 'payload' ? 'another payload' : 'other signed bytes'
  }`
  const facts = {
    expected: expected === undefined ? 'a digest at hand' : describeDigest(logged, expected),
    found: describeDigest(logged, logged.digest),
  }
  return [failed('log-entry', 'rejected', 'verify/log-digest-mismatch', message, facts)]
}

/** The digest that the entry should have; none where it is about an envelope and there is none, or of an algorithm not at hand. */
function digestOf(content: SignedForLog, { of, algorithm }: LoggedContent): Uint8Array | undefined {
  if (content.kind === 'message') return of === 'payload' ? undefined : content.digests[algorithm]
  const { payloadType, payload } = content.envelope
  return hash(algorithm, of === 'payload' ? payload : encodePae(payloadType, payload), 'buffer')
}

function describeDigest({ of, algorithm }: LoggedContent, digest: Uint8Array): string {
  const what = of === 'payload' ? 'a payload' : 'signed bytes'
  return `${what} with ${algorithm} ${encodeHex(digest)}`
}
