// Snapshots in which the files are looked for that make evidence: `assay gate --counters --snapshot FILE`.

import { accept, type Result } from '../../core/index.ts'
import type { GivenSnapshot } from '../../gate/index.ts'
import type { Host } from '../../host/index.ts'
import { parseSnapshot } from '../../snapshot/index.ts'
import { readDigested } from '../file-input.ts'
import { parseText } from '../flags.ts'

/** `--snapshot FILE`, once for each release whose snapshot is another one. */
export const SNAPSHOT_FLAGS = {
  snapshot: {
    kind: 'parsed',
    parse: parseText,
    optional: true,
    variadic: true,
    placeholder: 'FILE',
    brief:
      'With --counters: look for the files that make evidence in this snapshot, which a release in use has to name',
  },
} as const

/** What {@link SNAPSHOT_FLAGS} give. */
export interface SnapshotFlags {
  readonly snapshot?: readonly string[]
}

/** Reads them. Whether a release names them is for whoever has judged the ledger. */
export async function readSnapshots(
  host: Host,
  { snapshot = [] }: SnapshotFlags,
): Promise<Result<readonly GivenSnapshot[]>> {
  const given: GivenSnapshot[] = []
  for (const path of snapshot) {
    const read = await readDigested(host, path, parseSnapshot)
    if (!read.ok) return read
    given.push({ sha256: read.value.sha256, snapshot: read.value.value })
  }
  return accept(given)
}
