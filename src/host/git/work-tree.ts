// The work tree against the commit, by content: the index, its times and its bits are not believed, and no filter runs.

import { createHash, type Hash } from 'node:crypto'
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  openSync,
  readlinkSync,
  readSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { AssayError, quote } from '../../core/index.ts'
import type { SourceChange } from '../../snapshot/index.ts'
import { errorCode } from '../world-fault.ts'
import { askGit, type GitRepository } from './git-program.ts'
import { type CommitTree, digestGitObject, type TreeEntry } from './git-tree.ts'

/** How the files of the work tree differ from those of the commit; submodules are not looked at. */
export interface WorkTreeState {
  readonly changes: readonly SourceChange[]
  /** Paths whose content is an LFS pointer, as in the commit: the real content was not fetched. */
  readonly lfsPointers: readonly string[]
}

/** Compares every tracked file. */
export async function compareWorkTree(
  repository: GitRepository,
  tree: CommitTree,
): Promise<WorkTreeState> {
  const lfsPointers: string[] = []
  const changes: SourceChange[] = []
  const modified: { readonly entry: TreeEntry; readonly found: FoundFile }[] = []
  const folders = new Map<string, boolean>([['.', true]])
  for (const entry of tree.entries) {
    if (entry.mode === '160000') continue
    const found = lookAt(repository.top, entry, tree.algorithm, folders)
    if (typeof found === 'string') changes.push({ path: entry.path, change: found })
    else if (found.id !== entry.id) modified.push({ entry, found })
    else if (found.pointer !== undefined) lfsPointers.push(entry.path)
    else if (found.modeDiffers) changes.push({ path: entry.path, change: 'mode' })
  }
  const blobs = await readSmallBlobs(
    repository,
    modified.map(({ entry }) => entry.id),
    tree.algorithm,
  )
  for (const { entry, found } of modified) {
    const wanted = parsePointer(blobs.get(entry.id))
    // The commit has a pointer, and the work tree the very content that it points to.
    if (wanted !== undefined && wanted.sha256 === found.sha256 && wanted.size === found.size) {
      if (found.modeDiffers) changes.push({ path: entry.path, change: 'mode' })
      continue
    }
    const change = found.idWithLf === entry.id ? 'line-endings' : 'modified'
    changes.push({ path: entry.path, change })
  }
  return { changes, lfsPointers }
}

interface FoundFile {
  readonly id: string
  /** The id if every CR LF were an LF; for files that fit in one piece. */
  readonly idWithLf: string | undefined
  readonly sha256: string
  readonly size: number
  readonly modeDiffers: boolean
  readonly pointer: LfsPointer | undefined
}

function lookAt(
  top: string,
  { mode, path }: TreeEntry,
  algorithm: CommitTree['algorithm'],
  folders: Map<string, boolean>,
): FoundFile | 'deleted' | 'kind' {
  // A folder that became a link would lead out of the work tree.
  if (!isRealFolder(top, dirname(path), folders)) return 'deleted'
  const place = join(top, path)
  const stat = lstatSync(place, { throwIfNoEntry: false })
  if (stat === undefined) return 'deleted'
  if (mode === '120000') {
    if (!stat.isSymbolicLink()) return 'kind'
    const target = readlinkSync(place, { encoding: 'buffer' })
    return { ...describe(target, algorithm), modeDiffers: false, pointer: undefined }
  }
  if (!stat.isFile()) return 'kind'
  const isExecutable = (stat.mode & 0o100) !== 0
  const modeDiffers = process.platform !== 'win32' && isExecutable !== (mode === '100755')
  try {
    return { ...digestFile(place, algorithm), modeDiffers }
  } catch (cause) {
    throw new AssayError(
      'host/input-output',
      `Cannot read ${quote(path)}: ${errorCode(cause) ?? 'it changed while it was read'}`,
      { cause },
    )
  }
}

function isRealFolder(top: string, folder: string, known: Map<string, boolean>): boolean {
  const before = known.get(folder)
  if (before !== undefined) return before
  const real =
    isRealFolder(top, dirname(folder), known) &&
    lstatSync(join(top, folder), { throwIfNoEntry: false })?.isDirectory() === true
  known.set(folder, real)
  return real
}

const PIECE = Buffer.allocUnsafe(256 * 1024)

/** Hashes a file in pieces; one that fits in the first is also looked at as a pointer and for its line endings. */
function digestFile(
  place: string,
  algorithm: CommitTree['algorithm'],
): Omit<FoundFile, 'modeDiffers'> {
  const file = openSync(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  try {
    const { size } = fstatSync(file)
    const first = PIECE.subarray(0, readSync(file, PIECE))
    if (first.length === size) {
      return { ...describe(first, algorithm), pointer: parsePointer(first) }
    }
    const id = createHash(algorithm).update(`blob ${size}\0`)
    const sha256 = createHash('sha256')
    let total = 0
    for (let piece = first; piece.length > 0; piece = PIECE.subarray(0, readSync(file, PIECE))) {
      total += piece.length
      update([id, sha256], piece)
    }
    if (total !== size) throw new Error('The file changed its size')
    const digests = { id: id.digest('hex'), sha256: sha256.digest('hex') }
    return { ...digests, size, idWithLf: undefined, pointer: undefined }
  } finally {
    closeSync(file)
  }
}

function update(hashes: readonly Hash[], piece: Uint8Array): void {
  for (const hash of hashes) hash.update(piece)
}

function describe(
  bytes: Buffer,
  algorithm: CommitTree['algorithm'],
): Pick<FoundFile, 'id' | 'idWithLf' | 'sha256' | 'size'> {
  const withLf = Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1')
  return {
    id: digestGitObject(algorithm, 'blob', bytes),
    idWithLf: digestGitObject(algorithm, 'blob', withLf),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    size: bytes.length,
  }
}

interface LfsPointer {
  readonly sha256: string
  readonly size: number
}

/** Git LFS specification, "The Pointer": the real content by its digest and size. */
const POINTER =
  /^version https:\/\/git-lfs\.github\.com\/spec\/v1\n(?:ext-[^\n]*\n)*oid sha256:(?<sha256>[0-9a-f]{64})\nsize (?<size>\d{1,15})\n/
const POINTER_BYTES_MAX = 1_024

function parsePointer(bytes: Buffer | undefined): LfsPointer | undefined {
  if (bytes === undefined || bytes.length > POINTER_BYTES_MAX) return undefined
  const { sha256, size } = POINTER.exec(bytes.toString('latin1'))?.groups ?? {}
  return sha256 === undefined ? undefined : { sha256, size: Number(size) }
}

/** The blobs among these that may be pointers, each proven by its id. */
async function readSmallBlobs(
  repository: GitRepository,
  ids: readonly string[],
  algorithm: CommitTree['algorithm'],
): Promise<ReadonlyMap<string, Buffer>> {
  const blobs = new Map<string, Buffer>()
  if (ids.length === 0) return blobs
  const checked = await askGit(repository, ['cat-file', '--batch-check'], `${ids.join('\n')}\n`)
  const small = checked
    .toString('latin1')
    .split('\n')
    .map((line) => /^(?<id>\S+) blob (?<size>\d+)$/.exec(line)?.groups)
    .filter((found) => found !== undefined && Number(found['size']) <= POINTER_BYTES_MAX)
    .map((found) => found?.['id'] ?? '')
  if (small.length === 0) return blobs
  const output = await askGit(repository, ['cat-file', '--batch'], `${small.join('\n')}\n`)
  for (let start = 0; start < output.length; ) {
    const end = output.indexOf(0x0a, start)
    const [id = '', , size] = output.toString('latin1', start, end).split(' ')
    const bytes = output.subarray(end + 1, end + 1 + Number(size))
    if (digestGitObject(algorithm, 'blob', bytes) === id) blobs.set(id, bytes)
    start = end + 1 + Number(size) + 1
  }
  return blobs
}
