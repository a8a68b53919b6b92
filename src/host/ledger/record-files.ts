// What lies below `records`, small enough to keep for a hundred thousand files; and what lies in the folder that no ledger has.

import type { LedgerDisk } from './disk.ts'
import { listForeign } from './foreign.ts'
import { isRecordFolder, parseRecordPath, RECORDS_FOLDER, recordPathOf } from './layout.ts'

/** A file below `records`, or a folder that is none of records. */
export interface RecordFile {
  readonly path: string
  /** What its name says; absent for what is no record. */
  readonly sha256?: string
}

/** The files that were there when they were listed. */
export interface RecordFiles {
  /** Takes the record off the list; false where it is not on it. */
  strike(sha256: string): boolean
  /** Those that are still on it, in no order. */
  rest(): readonly RecordFile[]
  /** Files and folders elsewhere that no ledger has, and git and people do not put there either. */
  readonly foreign: readonly string[]
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
    foreign: listForeign(disk),
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
    if (kind === 'folder' && isRecordFolder(path)) yield* listFiles(disk, path)
    else yield path
  }
}
