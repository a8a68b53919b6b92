// The tree of a commit, proven: the ids of the commit and of every folder are computed again from what git listed, so a
// repository whose object store lies about its objects is refused.

import { createHash } from 'node:crypto'
import { askGit, GitRefusal, type GitRepository } from './git-program.ts'

/** A file, link or submodule of the commit. */
export interface TreeEntry {
  readonly mode: '100644' | '100664' | '100755' | '120000' | '160000'
  readonly id: string
  /** From the work tree's root. Bytes that are no UTF-8 become U+FFFD: such a name is never found on disk. */
  readonly path: string
}

/** A commit, and everything in its tree. */
export interface CommitTree {
  readonly commit: string
  readonly tree: string
  readonly algorithm: 'sha1' | 'sha256'
  /** In git's order. */
  readonly entries: readonly TreeEntry[]
}

/** The id that git gives to an object of these bytes. */
export function digestGitObject(
  algorithm: 'sha1' | 'sha256',
  type: 'blob' | 'commit' | 'tree',
  bytes: Uint8Array,
): string {
  return createHash(algorithm).update(`${type} ${bytes.length}\0`).update(bytes).digest('hex')
}

/** Reads the commit that `HEAD` names; nothing when there is none yet. */
export async function readCommitTree(
  repository: GitRepository,
  commit: string,
): Promise<CommitTree> {
  const algorithm = commit.length === 64 ? 'sha256' : 'sha1'
  const object = await askGit(repository, ['cat-file', 'commit', commit])
  const tree = /^tree (?<tree>[0-9a-f]+)\n/.exec(object.toString('latin1'))?.groups?.['tree']
  if (tree === undefined || digestGitObject(algorithm, 'commit', object) !== commit) {
    throw new GitRefusal(`the object of commit ${commit} has another id`)
  }
  const listing = await askGit(repository, ['ls-tree', '-r', '-t', '-z', '--full-tree', commit])
  return { commit, tree, algorithm, entries: proveTree(splitNul(listing), tree, algorithm) }
}

/** The parts of git's `-z` output. */
export function splitNul(bytes: Buffer): Buffer[] {
  const parts: Buffer[] = []
  for (let start = 0; start < bytes.length; ) {
    const end = bytes.indexOf(0, start)
    parts.push(bytes.subarray(start, end === -1 ? bytes.length : end))
    start = end === -1 ? bytes.length : end + 1
  }
  return parts
}

/** `<mode> <type> <id>\t<path>`, folders before what is in them. */
function proveTree(
  lines: readonly Buffer[],
  root: string,
  algorithm: 'sha1' | 'sha256',
): TreeEntry[] {
  const entries: TreeEntry[] = []
  /** By path in latin1, which keeps bytes apart; each part is one entry of the tree object. */
  const folders = new Map<string, { readonly id: string; readonly parts: Buffer[] }>()
  folders.set('', { id: root, parts: [] })
  for (const line of lines) {
    const tab = line.indexOf(0x09)
    const [mode = '', type, id = ''] = line.subarray(0, tab).toString('latin1').split(' ')
    const path = line.subarray(tab + 1).toString('latin1')
    const slash = path.lastIndexOf('/')
    const parent = folders.get(path.slice(0, Math.max(slash, 0)))
    if (parent === undefined) throw new GitRefusal('a listed path has no folder')
    // A tree object has no leading zero in "40000".
    const head = `${mode.replace(/^0/, '')} ${path.slice(slash + 1)}\0`
    parent.parts.push(Buffer.from(head, 'latin1'), Buffer.from(id, 'hex'))
    if (type === 'tree') folders.set(path, { id, parts: [] })
    else entries.push({ mode: mode as TreeEntry['mode'], id, path: line.toString('utf8', tab + 1) })
  }
  for (const [path, { id, parts }] of folders) {
    if (digestGitObject(algorithm, 'tree', Buffer.concat(parts)) === id) continue
    throw new GitRefusal(`the object of folder ${JSON.stringify(path)} has another id`)
  }
  return entries
}
