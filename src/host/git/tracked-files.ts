// Every file that a commit tracks, by the SHA-256 of its content: read from the object store and proven by its ids, so that neither the
// work tree nor the index has a say.

import { accept, quote, type Result, refuse } from '../../core/index.ts'
import { type Artifact, digestBytes, parseArtifactPath } from '../../digest/index.ts'
import type { HostProblem } from '../problem.ts'
import { errorCode } from '../world-fault.ts'
import { findRepository } from './find-repository.ts'
import { askGit, GitRefusal, type GitRepository } from './git-program.ts'
import { type CommitTree, digestGitObject, readCommitTree, type TreeEntry } from './git-tree.ts'

/** What a commit tracks. */
export interface TrackedFiles {
  /** Id of its tree, which binds all of it. */
  readonly tree: string
  /** The regular files, in git's order. */
  readonly files: readonly Artifact[]
  /** Links and submodules, which have no content of a file. */
  readonly others: readonly string[]
}

/** Content that is read at once; a single file may be larger. */
const PIECE_BYTES_MAX = 64 * 1024 * 1024

/**
 * Reads the files of a commit.
 *
 * @param searchPath the `PATH` in which git is looked for
 * @returns `host/git-refused` where there is no such commit, or where it can not be believed
 */
export async function readTrackedFiles(
  folder: string,
  commit: string,
  searchPath: string | undefined,
): Promise<Result<TrackedFiles, HostProblem>> {
  try {
    const repository = await findRepository(folder, searchPath)
    if (typeof repository === 'string') throw new GitRefusal(repository)
    const tree = await readCommitTree(repository, commit)
    const entries = tree.entries.filter(({ mode }) => mode.startsWith('100'))
    const digests = await digestBlobs(repository, tree, entries)
    return accept({
      tree: tree.tree,
      files: entries.map(({ id, path }) => ({ path: judgePath(path), ...digestOf(digests, id) })),
      others: tree.entries.filter((entry) => !entries.includes(entry)).map(({ path }) => path),
    })
  } catch (thrown) {
    const isAbsent = errorCode(thrown) === 'ENOENT'
    if (!(thrown instanceof GitRefusal) && !isAbsent) throw thrown
    const why = thrown instanceof GitRefusal ? thrown.message : 'there is no such folder'
    return refuse({
      code: 'host/git-refused',
      message: `Cannot read the files of the commit ${quote(commit)} in ${quote(folder)}: ${why}`,
      hint: 'It takes a checkout whose history has the commit',
    })
  }
}

/** What two programs could read differently has no line in a manifest. */
function judgePath(path: string): string {
  const safe = parseArtifactPath(path)
  if (safe.ok && !path.includes('\u{fffd}')) return path
  throw new GitRefusal(`the path ${quote(path)} has no line in a manifest`)
}

type Content = Required<Pick<Artifact, 'sha256' | 'size'>>

function digestOf(digests: ReadonlyMap<string, Content>, id: string): Content {
  const found = digests.get(id)
  if (found === undefined) throw new GitRefusal(`the content of ${id} is not there`)
  return found
}

async function digestBlobs(
  repository: GitRepository,
  { algorithm }: CommitTree,
  entries: readonly TreeEntry[],
): Promise<ReadonlyMap<string, Content>> {
  const digests = new Map<string, Content>()
  const ids = [...new Set(entries.map(({ id }) => id))]
  for (const piece of await splitBySize(repository, ids)) {
    const output = await askGit(repository, ['cat-file', '--batch'], `${piece.join('\n')}\n`)
    for (const { id, bytes } of splitBatch(output)) {
      if (digestGitObject(algorithm, 'blob', bytes) !== id) {
        throw new GitRefusal(`the object ${id} has another id`)
      }
      digests.set(id, { sha256: digestBytes('sha256', bytes), size: bytes.length })
    }
  }
  return digests
}

/** The ids in groups whose content can be held in memory. */
async function splitBySize(
  repository: GitRepository,
  ids: readonly string[],
): Promise<readonly (readonly string[])[]> {
  if (ids.length === 0) return []
  const checked = await askGit(repository, ['cat-file', '--batch-check'], `${ids.join('\n')}\n`)
  const groups: string[][] = []
  let bytes = PIECE_BYTES_MAX
  for (const line of checked.toString('latin1').trimEnd().split('\n')) {
    const { id, size } = /^(?<id>\S+) blob (?<size>\d+)$/.exec(line)?.groups ?? {}
    if (id === undefined) throw new GitRefusal(`a file is not there: ${line}`)
    bytes += Number(size)
    if (bytes >= PIECE_BYTES_MAX) {
      groups.push([])
      bytes = Number(size)
    }
    groups.at(-1)?.push(id)
  }
  return groups
}

/** `<id> blob <size>\n<content>\n` for each. */
function* splitBatch(output: Buffer): Generator<{ readonly id: string; readonly bytes: Buffer }> {
  for (let start = 0; start < output.length; ) {
    const end = output.indexOf(0x0a, start)
    const [id = '', , size] = output.toString('latin1', start, end).split(' ')
    const next = end + 1 + Number(size)
    yield { id, bytes: output.subarray(end + 1, next) }
    start = next + 1
  }
}
