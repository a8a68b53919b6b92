// What lies below `records`, small enough to keep for a hundred thousand files.

import type { LedgerDisk } from './disk.ts'
import { parseRecordPath, RECORDS_FOLDER, recordPathOf } from './layout.ts'

/** A file below `records`. */
export interface RecordFile {
  readonly path: string
  /** What its name says; absent for a file that is no record's. */
  readonly sha256?: string
}

/** The files that were there when they were listed. */
export interface RecordFiles {
  /** Takes the record off the list; false where it is not on it. */
  strike(sha256: string): boolean
  /** Those that are still on it, in no order. */
  rest(): readonly RecordFile[]
}

/** Lists them. */
export function listRecordFiles(disk: LedgerDisk): RecordFiles {
  const digests = new Set<string>()
  const others: RecordFile[] = []
  for (const path of listFiles(disk, RECORDS_FOLDER)) {
    const sha256 = parseRecordPath(path)
    if (sha256 === undefined) others.push({ path })
    else digests.add(shortOf(sha256))
  }
  return {
    strike: (sha256) => digests.delete(shortOf(sha256)),
    rest: () => [
      ...others,
      ...Array.from(digests, (short) => {
        const sha256 = Buffer.from(short, 'latin1').toString('hex')
        return { path: recordPathOf({ sha256 }), sha256 }
      }),
    ],
  }
}

/** In 32 characters: a part of the path would keep the whole path in memory. */
function shortOf(sha256: string): string {
  return Buffer.from(sha256, 'hex').toString('latin1')
}

function* listFiles(disk: LedgerDisk, folder: string): Generator<string, undefined> {
  for (const { name, kind } of disk.list(folder)) {
    const path = `${folder}/${name}`
    if (kind === 'folder') yield* listFiles(disk, path)
    else yield path
  }
}
