// The two sides of a merge that git could not make: both ledgers, out of the index (stages 2 and 3) and the objects that it names.

import { realpath } from 'node:fs/promises'
import { relative, sep } from 'node:path'
import { accept, equalBytes, quote, type Result, refuse } from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import {
  type LedgerEntry,
  type LedgerProblem,
  listTiles,
  readEarlier,
  readHead,
  type TileReader,
} from '../../ledger/index.ts'
import { parseCheckpoint } from '../../trust/index.ts'
import { askGit, GitRefusal, type GitRepository } from '../git/git-program.ts'
import { findRepository } from '../git/find-repository.ts'
import { splitNul } from '../git/git-tree.ts'
import type { HostProblem } from '../problem.ts'
import { CHECKPOINT_PATH, HEAD_PATH, isHeadFile, parseHeadSize, recordPathOf } from './layout.ts'
import type { LedgerState } from './state.ts'

/** One side, and the records that it has. */
export interface ConflictSide extends LedgerState {
  readRecord(
    entry: Pick<LedgerEntry, 'sha256'>,
  ): Promise<Result<Uint8Array, HostProblem | LedgerProblem>>
}

/** What git tried to merge: the branch that is checked out, and the other. */
export interface LedgerConflict {
  readonly ours: ConflictSide
  readonly theirs: ConflictSide
}

type Stage = 0 | 1 | 2 | 3
type ConflictResult<T> = Result<T, HostProblem | LedgerProblem>

/** Ids of objects by their paths below the ledger, for each stage of the index. */
type Index = readonly [Paths, Paths, Paths, Paths]
type Paths = Map<string, string>

/**
 * Reads both sides of a conflict.
 *
 * @param folder absolute
 * @param path the same as the person named it
 */
export async function readConflict(
  folder: string,
  path: string,
  searchPath: string | undefined,
): Promise<ConflictResult<LedgerConflict>> {
  try {
    const repository = await findRepository(folder, searchPath)
    if (typeof repository === 'string') return noConflict(path, repository)
    const index = await readIndex(repository, await findPrefix(repository, folder))
    if (!index[2].has(HEAD_PATH) || !index[3].has(HEAD_PATH)) {
      return noConflict(path, `git has no conflict in its file ${HEAD_PATH}`)
    }
    const ours = await readSide(repository, index, 2)
    if (!ours.ok) return ours
    const theirs = await readSide(repository, index, 3)
    if (!theirs.ok) return theirs
    const sides = { ours: ours.value, theirs: theirs.value }
    return index[0].has(CHECKPOINT_PATH) ? giveCheckpoint(sides) : accept(sides)
  } catch (cause) {
    if (!(cause instanceof GitRefusal)) throw cause
    const message = `Cannot read the conflict in ${quote(path)}: ${cause.message}`
    return refuse({ code: 'host/git-refused', message })
  }
}

/**
 * A checkpoint that only one branch signed is in conflict with nothing, and the index does not say whose it is: the tree does. The
 * other side has an older one, which is below all that both have.
 */
async function giveCheckpoint({
  ours,
  theirs,
}: LedgerConflict): Promise<ConflictResult<LedgerConflict>> {
  const isOurs = await isContinued(ours)
  const isTheirs = await isContinued(theirs)
  if (isOurs || isTheirs) {
    return accept({
      ours: isOurs ? ours : withoutCheckpoint(ours),
      theirs: isTheirs ? theirs : withoutCheckpoint(theirs),
    })
  }
  const message = 'Expected a signed head that one of both branches continues, found another'
  return refuse({ code: 'ledger/rewritten', message })
}

async function isContinued(side: ConflictSide): Promise<boolean> {
  const signed = parseCheckpoint(Buffer.from(side.checkpoint ?? []).toString())
  if (!signed.ok || signed.value.size > side.size) return false
  const head = await readHead(readEarlier(side), Number(signed.value.size))
  return head.ok && equalBytes(head.value.root, signed.value.root)
}

function withoutCheckpoint(side: ConflictSide): ConflictSide {
  const { checkpoint: _, ...rest } = side
  return rest
}

async function findPrefix({ top }: GitRepository, folder: string): Promise<string> {
  const way = relative(top, await realpath(folder)).split(sep)
  return way.map((part) => (part === '' ? '' : `${part}/`)).join('')
}

/** `<mode> <id> <stage>\t<path>` of every file below the ledger. */
async function readIndex(repository: GitRepository, prefix: string): Promise<Index> {
  const args = ['ls-files', '-z', '--stage', '--full-name', '--', `:(top,literal)${prefix || '.'}`]
  const index: Index = [new Map(), new Map(), new Map(), new Map()]
  for (const line of splitNul(await askGit(repository, args))) {
    const [, mode, id, stage, name] =
      /^(\d{6}) ([0-9a-f]+) ([0-3])\t([^]*)$/.exec(line.toString()) ?? []
    if (name === undefined || id === undefined || !name.startsWith(prefix)) continue
    // A link, or a submodule: a ledger has none.
    if (mode === '100644' || mode === '100755') {
      index[Number(stage) as Stage].set(name.slice(prefix.length), id)
    }
  }
  return index
}

/** Where a path is in conflict, the side has it in its own stage or not at all; else both have the same. */
function findObject(index: Index, stage: 2 | 3, path: string): string | undefined {
  const isConflict = ([1, 2, 3] as const).some((any) => index[any].has(path))
  return index[isConflict ? stage : 0].get(path)
}

async function readSide(
  repository: GitRepository,
  index: Index,
  stage: 2 | 3,
): Promise<ConflictResult<ConflictSide>> {
  const find = (path: string): string | undefined => findObject(index, stage, path)
  const [headBytes] = await readObjects(repository, [find(HEAD_PATH)])
  const size = headBytes === undefined ? undefined : parseHeadSize(headBytes)
  if (headBytes === undefined || size === undefined) return otherHead()
  const [checkpoint] = await readObjects(repository, [find(CHECKPOINT_PATH)])
  // Tiles of a size that was signed are parts of these, and git may have merged them away.
  const paths: string[] = []
  // The size is whatever the other branch has written there: it ends where the tiles do.
  for (const path of listTiles({ size, signed: [] })) {
    if (find(path) === undefined) return noTile(path)
    paths.push(path)
  }
  const tiles = await readObjects(repository, paths.map(find))
  const files = new Map(paths.map((path, at) => [path, tiles[at]]))
  const reader: TileReader = { read: async (path) => files.get(path) }
  const head = await readHead(reader, size)
  if (!head.ok) return head
  if (!isHeadFile(headBytes, head.value)) return otherHead()
  return accept({
    reader,
    size,
    head: head.value,
    signed: [],
    headFile: headBytes,
    ...(checkpoint !== undefined && { checkpoint }),
    readRecord: async (entry) => {
      const path = recordPathOf(entry)
      const [bytes] = await readObjects(repository, [find(path)])
      if (bytes !== undefined && digestBytes('sha256', bytes) === entry.sha256) return accept(bytes)
      const message = `Expected the record ${quote(path)} in the index of git, found none or another`
      return refuse({ code: 'host/ledger-record-missing', message, at: path })
    },
  })
}

/** Objects by their ids, in their order; undefined where there is none. */
async function readObjects(
  repository: GitRepository,
  ids: readonly (string | undefined)[],
): Promise<readonly (Uint8Array | undefined)[]> {
  const asked = ids.filter((id) => id !== undefined)
  if (asked.length === 0) return ids.map(() => undefined)
  const said = await askGit(repository, ['cat-file', '--batch'], `${asked.join('\n')}\n`)
  const objects: Uint8Array[] = []
  let at = 0
  for (const id of asked) {
    const end = said.indexOf(0x0a, at)
    const [found, type, size] = said.toString('latin1', at, end).split(' ')
    const length = Number(size)
    if (end === -1 || found !== id || type !== 'blob' || !Number.isSafeInteger(length)) {
      throw new GitRefusal(`the object ${id} can not be read`)
    }
    objects.push(Uint8Array.from(said.subarray(end + 1, end + 1 + length)))
    at = end + length + 2
  }
  return ids.map((id) => (id === undefined ? undefined : objects.shift()))
}

function noTile(path: string): Result<never, LedgerProblem> {
  const message = `Expected the tile ${path} in the index of git, found none`
  return refuse({ code: 'ledger/tile-missing', message, at: path })
}

function otherHead(): Result<never, HostProblem> {
  return refuse({
    code: 'host/ledger-head',
    message: `Expected the ledger of the file ${HEAD_PATH} on each side of the conflict, found another`,
    hint: 'assay ledger verify on each of both branches',
  })
}

function noConflict(path: string, found: string): Result<never, HostProblem> {
  return refuse({
    code: 'host/ledger-no-conflict',
    message: `Expected a conflict of git in ${quote(path)}, found none: ${found}`,
    hint: 'assay ledger merge OTHER merges the ledger of another folder',
  })
}
