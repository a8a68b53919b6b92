// The keys of `keys.example/`: their private halves are published, so whoever signs with them proves nothing.

import type { PublicKey } from '../../trust/index.ts'

/** RFC 7638 thumbprints of every key in `keys.example/`. */
const EXAMPLE_KEY_IDS: ReadonlySet<string> = new Set([])

export function isExampleKey({ keyId }: PublicKey): boolean {
  return EXAMPLE_KEY_IDS.has(keyId)
}
