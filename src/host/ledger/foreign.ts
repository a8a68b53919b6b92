// What lies in the folder of a ledger and is none of it. Where capitals are not told apart, `RECORDS` is the folder of the records; and what
// nobody looks at, somebody can hide things in.

import { parseTilePath } from '../../ledger/index.ts'
import { type DiskEntry, type LedgerDisk, WORK_FOLDER } from './disk.ts'
import {
  CHECKPOINT_PATH,
  HEAD_PATH,
  isTileFolder,
  RECORDS_FOLDER,
  SETTING_FILES,
  TILES_FOLDER,
} from './layout.ts'

/** What git and people may have there beside the ledger, in these very letters. */
const FILES_BESIDE: ReadonlySet<string> = new Set(['.git', 'README', 'README.md'])

const FILES: ReadonlySet<string> = new Set([
  CHECKPOINT_PATH,
  HEAD_PATH,
  ...SETTING_FILES.map(({ path }) => path),
  ...FILES_BESIDE,
])

const FOLDERS: ReadonlySet<string> = new Set([RECORDS_FOLDER, TILES_FOLDER, WORK_FOLDER, '.git'])

/** Their paths; of a folder that is none of a ledger, no more than its own. What lies below `records` is told by whoever lists that. */
export function listForeign(disk: LedgerDisk): readonly string[] {
  return [
    ...disk
      .list('.')
      .filter(({ name, kind }) => !(kind === 'folder' ? FOLDERS : FILES).has(name))
      .map(({ name }) => name),
    ...foreignTiles(disk, TILES_FOLDER),
  ]
}

function foreignTiles(disk: LedgerDisk, folder: string): readonly string[] {
  return disk.list(folder).flatMap(({ name, kind }: DiskEntry) => {
    const path = `${folder}/${name}`
    if (kind === 'folder') return isTileFolder(path) ? foreignTiles(disk, path) : [path]
    return kind === 'file' && parseTilePath(path) !== undefined ? [] : [path]
  })
}
