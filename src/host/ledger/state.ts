// A ledger as it stands now: its size, found at its edge alone, the tiles of the edge, and its signed head.

import { accept, equalBytes, LIMITS, type Result, refuse } from '../../core/index.ts'
import {
  claimedSizeOf,
  countEntries,
  type LedgerProblem,
  type LedgerTree,
  listEdge,
  readHead,
  type TileReader,
  type TreeHead,
} from '../../ledger/index.ts'
import type { HostProblem } from '../problem.ts'
import { DiskRefusal, type LedgerDisk } from './disk.ts'
import { isChangeReady } from './journal.ts'
import { CHECKPOINT_PATH, HEAD_PATH, isHeadFile, parseHeadSize } from './layout.ts'

/** What was found in the folder. Nothing of it is verified. */
export interface LedgerFiles extends LedgerTree {
  /** The unsigned head, as it was read. */
  readonly headFile: Uint8Array
  /** The signed head, as it was read. */
  readonly checkpoint?: Uint8Array
  /** Size that the checkpoint names, where it can be read: tiles of that size are kept for its readers. */
  readonly signed: readonly number[]
}

/** A ledger whose hashes at the edge are those of its unsigned head. */
export interface LedgerState extends LedgerFiles {
  readonly head: TreeHead
}

/** While others append, the edge moves; more often than this nobody appends while it is read. */
const ATTEMPTS = 50

/** Reads the ledger; tiles at its edge are read at once, so that an append meanwhile takes none of them away. */
export function readFiles(disk: LedgerDisk): Result<LedgerFiles, HostProblem> {
  for (let attempt = 1; ; attempt++) {
    const headFile = disk.read(HEAD_PATH, LIMITS.ledgerHeadBytesMax)
    if (headFile === undefined) return refuse(noLedger())
    const tree = readTree(disk)
    const isStill = equalBytes(
      disk.read(HEAD_PATH, LIMITS.ledgerHeadBytesMax) ?? headFile,
      headFile,
    )
    // An append writes the head last.
    const isWhole = parseHeadSize(headFile) === tree.size
    if ((isStill && isWhole) || attempt === ATTEMPTS) {
      return accept({ ...tree, headFile, ...readSigned(disk, tree.size) })
    }
    if (isStill && attempt >= 3 && !isChangeReady(disk)) {
      return accept({ ...tree, headFile, ...readSigned(disk, tree.size) })
    }
  }
}

/**
 * Reads a ledger that may be appended to.
 *
 * @returns a tile of the edge that is not there, or a head that is not of the tiles
 */
export async function readState(
  disk: LedgerDisk,
): Promise<Result<LedgerState, LedgerProblem | HostProblem>> {
  const files = readFiles(disk)
  if (!files.ok) return files
  // In a conflict of git it is no head at all, and the tiles are anything.
  if (parseHeadSize(files.value.headFile) === undefined) return refuse(otherHead())
  const head = await readHead(files.value.reader, files.value.size)
  if (!head.ok) return head
  if (!isHeadFile(files.value.headFile, head.value)) return refuse(otherHead())
  return accept({ ...files.value, head: head.value })
}

/** The tiles of a folder, those of its edge as they are now. */
function readTree(disk: LedgerDisk): LedgerTree {
  const size = findSize(disk)
  const readTile = (path: string) => disk.read(path, LIMITS.ledgerTileBytesMax)
  const edge = new Map(listEdge(size).map((path) => [path, readTile(path)]))
  const reader: TileReader = { read: async (path) => edge.get(path) ?? readTile(path) }
  return { reader, size }
}

/** A head that runs ahead of its entries needs no tiles; whoever verifies it says so. */
function readSigned(disk: LedgerDisk, size: number): Pick<LedgerFiles, 'checkpoint' | 'signed'> {
  const checkpoint = disk.read(CHECKPOINT_PATH, LIMITS.checkpointBytesMax)
  if (checkpoint === undefined) return { signed: [] }
  return { checkpoint, signed: sizesOf(checkpoint).filter((signed) => signed <= size) }
}

/** The size that a checkpoint names; none for what can not be read, which whoever verifies it says. */
export function sizesOf(checkpoint: Uint8Array): readonly number[] {
  const size = claimedSizeOf(checkpoint)
  return size === undefined ? [] : [size]
}

const ENTRIES = 'tile/entries'
const GROUP = /^x\d{3}$/
const FULL = /^\d{3}$/
const PARTIAL = /^\d{3}\.p$/

/** The names of bundles, 256 entries each, and of what is in the folders of partial ones: no file is opened. */
function findSize(disk: LedgerDisk): number {
  return countEntries(listBundles(disk, ENTRIES))
}

function* listBundles(disk: LedgerDisk, folder: string): Generator<string, undefined> {
  const entries = disk.list(folder)
  for (const { name, kind } of entries) {
    const path = `${folder}/${name}`
    if (kind === 'file' && FULL.test(name)) yield path
    if (kind === 'folder' && PARTIAL.test(name))
      yield* disk.list(path).map(({ name }) => `${path}/${name}`)
    if (kind === 'folder' && GROUP.test(name)) yield* listBundles(disk, path)
    if (kind === 'other') throw new DiskRefusal(notRegular(path))
  }
}

/** Every file below `tile` that a ledger may have had, for those who look for leftovers. */
export function* listTileFiles(disk: LedgerDisk, folder = 'tile'): Generator<string, undefined> {
  for (const { name, kind } of disk.list(folder)) {
    const path = `${folder}/${name}`
    if (kind === 'folder') yield* listTileFiles(disk, path)
    else yield path
  }
}

function notRegular(path: string): HostProblem {
  return {
    code: 'host/ledger-link',
    message: `Cannot use ${path}: expected a file or folder of the ledger, found a link or a device`,
    hint: 'A ledger has no links: remove it',
  }
}

function noLedger(): HostProblem {
  return {
    code: 'host/ledger-missing',
    message: 'Expected a ledger, found a folder without one',
    hint: 'assay ledger init',
  }
}

function otherHead(): HostProblem {
  return {
    code: 'host/ledger-head',
    message: `Expected the tiles of the size and root in the file ${HEAD_PATH}, found those of another ledger`,
    hint: 'Where git merged two branches that both appended: assay ledger merge; else restore the folder as git has it',
  }
}
