// Those who witness a signature: timestamp authorities and transparency logs.

import { accept, type Result } from '../../core/index.ts'
import type { LogEntry } from '../../bundle/index.ts'
import type { Host, SigstoreServices } from '../../host/index.ts'
import type { PublicKey } from '../../trust/index.ts'
import type { NewBundle } from './signing.ts'

/** Who is asked, and about whose signature. */
export interface WitnessPlan {
  readonly publicKey: PublicKey
  /** DER; absent where a key signed that has none. */
  readonly certificate?: Uint8Array
  readonly timestampAuthorities: readonly string[]
  readonly logs: readonly { readonly url: string; readonly majorApiVersion?: number }[]
}

/** The bundle with the word of every witness. Logs come last: what they have taken stays public. */
export async function addWitnesses(
  host: Host,
  { requestTimestamp, requestLogEntry }: SigstoreServices,
  { bundle, plan }: { readonly bundle: NewBundle; readonly plan: WitnessPlan },
): Promise<Result<NewBundle>> {
  const { publicKey, certificate, timestampAuthorities, logs } = plan
  const { content } = bundle
  // What was just made of a statement is an envelope.
  if (content.kind !== 'dsse') return accept(bundle)
  const { envelope } = content
  const timestamps: Uint8Array[] = []
  for (const authority of timestampAuthorities) {
    const timestamp = await requestTimestamp(host, authority, envelope.signature)
    if (!timestamp.ok) return timestamp
    timestamps.push(timestamp.value)
  }
  const logEntries: LogEntry[] = []
  for (const log of logs) {
    const signed = { envelope, publicKey, ...(certificate !== undefined && { certificate }) }
    const entry = await requestLogEntry(host, log, signed)
    if (!entry.ok) return entry
    logEntries.push(entry.value)
  }
  return accept({ ...bundle, timestamps, logEntries })
}
