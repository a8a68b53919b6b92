// The size that a checkpoint names, whoever signed it: how much of a tree there has to be before anything of it is judged.

import { parseCheckpoint } from '../../trust/index.ts'

/** Nothing of it is verified; of what can not be read, or counts more entries than there can be, there is none. */
export function claimedSizeOf(checkpoint: Uint8Array): number | undefined {
  const parsed = parseCheckpoint(Buffer.from(checkpoint).toString())
  const size = parsed.ok ? Number(parsed.value.size) : Number.NaN
  return Number.isSafeInteger(size) ? size : undefined
}
