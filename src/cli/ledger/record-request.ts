// What records are verified by before they enter a ledger.

import { accept, type Result } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { loadSigstore } from '../../verify/index.ts'
import { readTrust } from '../trust/trust-file.ts'
import type { RecordRequest } from './merge-records.ts'

/** The trust document in a file, now; Sigstore is loaded where it has a root. */
export async function readRequest(
  host: Host,
  path: string,
  unsafeExampleKeys?: boolean,
): Promise<Result<RecordRequest>> {
  const trust = await readTrust(host, path)
  if (!trust.ok) return trust
  return accept({
    trust: trust.value,
    now: host.now(),
    ...(unsafeExampleKeys !== undefined && { unsafeExampleKeys }),
    ...(trust.value.roots.length > 0 && { sigstore: await loadSigstore() }),
  })
}
