// Where everything of a ledger stands below its folder, beside its tiles: `records/ab/<sha256>.sigstore.json`, `checkpoint`, `head`.

import { encodeBase64, encodeUtf8, equalBytes } from '../../core/index.ts'
import {
  type LedgerEntry,
  parseTilePath,
  type PlannedFile,
  type TreeHead,
} from '../../ledger/index.ts'
import { WORK_FOLDER } from './disk.ts'

/** The signed head. */
export const CHECKPOINT_PATH = 'checkpoint'

/**
 * Size and root of the tree, unsigned. Every append changes it, so that git never merges two branches that both appended without
 * saying so; and it tells the sides of such a conflict apart.
 */
export const HEAD_PATH = 'head'

/** The folder of all records. */
export const RECORDS_FOLDER = 'records'

/** The folder of all tiles. */
export const TILES_FOLDER = 'tile'

const RECORD_PATH = /^records\/([0-9a-f]{2})\/(\1[0-9a-f]{62})\.sigstore\.json$/

const RECORD_FOLDER = /^records\/[0-9a-f]{2}$/

const TILE_FOLDER = /^tile\/(?:entries|[0-6])(?:\/x\d{3})*(?:\/\d{3}\.p)?$/

/** Where the record of an entry stands. */
export function recordPathOf({ sha256 }: Pick<LedgerEntry, 'sha256'>): string {
  return `${RECORDS_FOLDER}/${sha256.slice(0, 2)}/${sha256}.sigstore.json`
}

/** The digest that a path names; undefined for what is no record. */
export function parseRecordPath(path: string): string | undefined {
  return RECORD_PATH.exec(path)?.[2]
}

/** True for a folder that records stand in. */
export function isRecordFolder(path: string): boolean {
  return RECORD_FOLDER.test(path)
}

/** True for a folder that tiles stand in. */
export function isTileFolder(path: string): boolean {
  return TILE_FOLDER.test(path)
}

/** True for the paths that a ledger writes to, and for no others. */
export function isLedgerPath(path: string): boolean {
  return (
    path === CHECKPOINT_PATH ||
    path === HEAD_PATH ||
    SETTING_FILES.some((file) => file.path === path) ||
    parseRecordPath(path) !== undefined ||
    parseTilePath(path) !== undefined
  )
}

/** The file {@link HEAD_PATH}: the size, and the root in base64, as the second and third line of a checkpoint. */
export function headFile({ size, root }: TreeHead): PlannedFile {
  return { path: HEAD_PATH, bytes: encodeUtf8(`${size}\n${encodeBase64(root)}\n`) }
}

/** How many entries that file names; undefined for what {@link headFile} does not write. */
export function parseHeadSize(bytes: Uint8Array): number | undefined {
  const [, digits] =
    /^(0|[1-9]\d{0,15})\n[A-Za-z0-9+/]{43}=\n$/.exec(Buffer.from(bytes).toString()) ?? []
  const size = Number(digits)
  return digits !== undefined && Number.isSafeInteger(size) ? size : undefined
}

/** True when the file is that of the head. */
export function isHeadFile(bytes: Uint8Array, head: TreeHead): boolean {
  return equalBytes(bytes, headFile(head).bytes)
}

/** What `init` writes. Line ends are part of what is signed; a merge of lines is no merge of ledgers. */
export const SETTING_FILES: readonly PlannedFile[] = [
  { path: '.gitattributes', bytes: encodeUtf8('* -text merge=assay-ledger\n') },
  { path: '.gitignore', bytes: encodeUtf8(`/${WORK_FOLDER}/\n`) },
]
