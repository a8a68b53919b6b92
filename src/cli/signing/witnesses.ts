// Those who witness a signature: timestamp authorities first, transparency logs last, since what they have taken stays public.

import assert from 'node:assert/strict'
import { accept, type Result } from '../../core/index.ts'
import type { Envelope, LogEntry } from '../../bundle/index.ts'
import type { Host, SigstoreServices } from '../../host/index.ts'
import type { PublicKey } from '../../trust/index.ts'
import type { NewBundle } from './signing.ts'

/** Where to ask, and about what. */
export interface TimestampPlan {
  readonly bundle: NewBundle
  /** Addresses of timestamp authorities. */
  readonly authorities: readonly string[]
}

/** The bundle with the timestamps of all of them, who learn nothing but a digest. */
export async function addTimestamps(
  host: Host,
  { requestTimestamp }: SigstoreServices,
  { bundle, authorities }: TimestampPlan,
): Promise<Result<NewBundle>> {
  const { signature } = envelopeOf(bundle)
  const timestamps: Uint8Array[] = []
  for (const authority of authorities) {
    const timestamp = await requestTimestamp(host, authority, signature)
    if (!timestamp.ok) return timestamp
    timestamps.push(timestamp.value)
  }
  return accept({ ...bundle, timestamps })
}

/** Where to publish, and whose signature it is. */
export interface LogPlan {
  readonly bundle: NewBundle
  readonly publicKey: PublicKey
  /** DER; absent where a key signed that has none. */
  readonly certificate?: Uint8Array
  readonly logs: readonly { readonly url: string; readonly majorApiVersion?: number }[]
}

/** The bundle with its entries in all of them. Nothing may come here that was not judged as far as it can be. */
export async function addLogEntries(
  host: Host,
  { requestLogEntry }: SigstoreServices,
  { bundle, logs, ...signer }: LogPlan,
): Promise<Result<NewBundle>> {
  const envelope = envelopeOf(bundle)
  const logEntries: LogEntry[] = []
  for (const log of logs) {
    const entry = await requestLogEntry(host, log, { envelope, ...signer })
    if (!entry.ok) return entry
    logEntries.push(entry.value)
  }
  return accept({ ...bundle, logEntries })
}

/** What is made of a statement is an envelope. */
export function envelopeOf({ content }: NewBundle): Envelope {
  assert(content.kind === 'dsse')
  return content.envelope
}
