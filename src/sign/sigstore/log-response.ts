// What a transparency log answers. Whether it is about our signature, and what it proves, is judged when the bundle is verified.

import * as z from 'zod/mini'
import {
  accept,
  type JsonValue,
  parseBase64,
  parseJson,
  type Problem,
  type Result,
  refuse,
} from '../../core/index.ts'
import { type LogEntry, parseLogEntry } from '../../bundle/index.ts'
import type { SigstoreSignProblem } from './problem.ts'

/** Reads an entry as Rekor v2 answers it: the same JSON as in a bundle. */
export function parseLogResponseV2(response: Uint8Array): Result<LogEntry, SigstoreSignProblem> {
  const json = parseJson(response)
  const entry = json.ok ? parseLogEntry(json.value) : json
  return entry.ok ? entry : malformed(entry.problems)
}

const HEX = z.string().check(z.regex(/^(?:[0-9a-f]{2})+$/))
const COUNT = z.int().check(z.nonnegative())

const ENTRY_V1 = z.object({
  body: z.string(),
  integratedTime: COUNT,
  logID: HEX,
  logIndex: COUNT,
  verification: z.object({
    inclusionProof: z.object({
      checkpoint: z.string(),
      hashes: z.nullable(z.array(HEX)),
      logIndex: COUNT,
      rootHash: HEX,
      treeSize: COUNT,
    }),
    signedEntryTimestamp: z.string(),
  }),
})

const BODY_V1 = z.object({ kind: z.string(), apiVersion: z.string() })

/** Reads an entry as Rekor v1 answers it: under its id, numbers as numbers, hashes in hexadecimal. */
export function parseLogResponseV1(response: Uint8Array): Result<LogEntry, SigstoreSignProblem> {
  const json = parseJson(response)
  const entries = z.record(z.string(), ENTRY_V1).safeParse(json.ok ? json.value : undefined)
  const [entry, ...others] = Object.values(entries.data ?? {})
  if (entry === undefined || others.length > 0) return malformed()
  const body = parseBase64(entry.body)
  const content = body.ok ? parseJson(body.value) : body
  const kind = BODY_V1.safeParse(content.ok ? content.value : undefined)
  if (!kind.success) return malformed()
  const { inclusionProof: proof, signedEntryTimestamp } = entry.verification
  // Through the reader of bundles, so that what is written is what will be read.
  const read = parseLogEntry({
    logIndex: String(entry.logIndex),
    logId: { keyId: base64Of(entry.logID) },
    kindVersion: { kind: kind.data.kind, version: kind.data.apiVersion },
    integratedTime: String(entry.integratedTime),
    inclusionPromise: { signedEntryTimestamp },
    inclusionProof: {
      logIndex: String(proof.logIndex),
      rootHash: base64Of(proof.rootHash),
      treeSize: String(proof.treeSize),
      hashes: (proof.hashes ?? []).map(base64Of),
      checkpoint: { envelope: proof.checkpoint },
    },
    canonicalizedBody: entry.body,
  } satisfies JsonValue)
  return read.ok ? accept(read.value) : malformed(read.problems)
}

function base64Of(hex: string): string {
  return Buffer.from(hex, 'hex').toString('base64')
}

function malformed(because: readonly Problem[] = []): Result<never, SigstoreSignProblem> {
  return refuse({
    code: 'sign/log-response',
    message: 'Expected an entry from the transparency log',
    because,
  })
}
