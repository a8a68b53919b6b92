// The source of a folder: which commit of which repository it is, and whether it really is that commit.

import { lstatSync } from 'node:fs'
import { realpath } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { accept, compareCodePoints, quote, type Result, refuse } from '../../core/index.ts'
import {
  type GitSource,
  type Source,
  type SourceChange,
  sourceState,
  publicAddress,
  type Submodule,
} from '../../snapshot/index.ts'
import type { HostProblem } from '../problem.ts'
import { findRepository, isRepository } from './find-repository.ts'
import { askGit, GitRefusal, type GitRepository, runGit } from './git-program.ts'
import { type CommitTree, readCommitTree, splitNul } from './git-tree.ts'
import { compareWorkTree } from './work-tree.ts'

/** Submodules inside submodules. */
const SUBMODULE_DEPTH_MAX = 8

/**
 * Reads the source of a folder.
 *
 * @param searchPath the `PATH` in which git is looked for
 * @returns `absent` outside a checkout; `host/git-refused` for a repository that can not be read or believed
 */
export async function readGitSource(
  folder: string,
  searchPath: string | undefined,
): Promise<Result<Source, HostProblem>> {
  const repository = await findRepository(folder, searchPath)
  if (typeof repository === 'string') return accept({ state: 'absent', reason: repository })
  try {
    const commit = await readHead(repository)
    if (commit === undefined) return accept({ state: 'absent', reason: 'it has no commit yet' })
    const path = relative(repository.top, await realpath(folder))
      .split(sep)
      .join('/')
    return accept(await describeSource(repository, commit, path))
  } catch (thrown) {
    if (!(thrown instanceof GitRefusal)) throw thrown
    return refuse({
      code: 'host/git-refused',
      message: `Cannot read the source of ${quote(folder)}: ${thrown.message}`,
      hint: 'git fsck tells more; a fresh clone mends it',
    })
  }
}

async function readHead(repository: GitRepository): Promise<string | undefined> {
  const args = ['rev-parse', '--verify', '--quiet', '--end-of-options', 'HEAD^{commit}']
  const { exitCode, bytes, complaint } = await runGit(repository, args)
  const id = bytes.toString('latin1').trim()
  if (exitCode === 0 && /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(id)) return id
  if (exitCode === 1) return undefined
  throw new GitRefusal(`git rev-parse failed: ${complaint}`)
}

async function describeSource(
  repository: GitRepository,
  commit: string,
  folder: string,
): Promise<GitSource> {
  const tree = await readCommitTree(repository, commit)
  const state = await readState(repository, tree, 0)
  const [repositoryUrl, branch, tags, shallow, hidden] = [
    await readRemote(repository),
    await readBranch(repository),
    await readTags(repository, commit),
    await askGit(repository, ['rev-parse', '--is-shallow-repository']),
    await readHidden(repository, tree),
  ]
  return {
    state: sourceState(state),
    ...(repositoryUrl !== undefined && { repository: repositoryUrl }),
    commit,
    tree: tree.tree,
    ...(branch !== undefined && { branch }),
    tags,
    folder,
    shallow: shallow.toString('latin1').trim() === 'true',
    ...state,
    hidden,
  }
}

type State = Pick<GitSource, 'changes' | 'submodules' | 'lfsPointers'>

/** Everything in which the work tree, the index and the submodules differ from the commit. */
async function readState(
  repository: GitRepository,
  tree: CommitTree,
  depth: number,
): Promise<State> {
  const { changes, lfsPointers } = await compareWorkTree(repository, tree)
  const submodules = await readSubmodules(repository, tree, depth)
  const byPath = new Map<string, SourceChange>()
  for (const path of await listPaths(repository, STAGED, tree.commit)) {
    byPath.set(path, { path, change: 'staged' })
  }
  for (const path of await listPaths(repository, UNTRACKED)) {
    byPath.set(path, { path, change: 'untracked' })
  }
  for (const { path, commit, found, changes } of submodules) {
    if (found !== commit || changes.length > 0) byPath.set(path, { path, change: 'submodule' })
  }
  const bits = await readHidingBits(repository)
  for (const change of changes) {
    const hiddenBy = bits.get(change.path)
    byPath.set(change.path, hiddenBy === undefined ? change : { ...change, hiddenBy })
  }
  return {
    changes: [...byPath.values()].toSorted((a, b) => compareCodePoints(a.path, b.path)),
    submodules,
    lfsPointers: [...lfsPointers].toSorted(compareCodePoints),
  }
}

/** The index against the commit: no file is opened. */
const STAGED = [
  'diff-index',
  '--cached',
  '--name-only',
  '--no-renames',
  '--no-ext-diff',
  '--no-textconv',
  '--ignore-submodules=all',
  '-z',
]

/** Rules of `.gitignore` files alone: what `.git/info/exclude` and personal settings hide is still untracked. */
const OTHERS = ['ls-files', '--others', '--directory', '--exclude-per-directory=.gitignore', '-z']
const UNTRACKED = [...OTHERS, '--no-empty-directory']

async function listPaths(
  repository: GitRepository,
  args: readonly string[],
  ...more: readonly string[]
): Promise<string[]> {
  const listing = await askGit(repository, [...args, ...more])
  return splitNul(listing).map((path) => path.toString())
}

/** Bits of the index that make `git status` look away: lower case is assume-unchanged, S is skip-worktree. */
async function readHidingBits(
  repository: GitRepository,
): Promise<ReadonlyMap<string, NonNullable<SourceChange['hiddenBy']>>> {
  const bits = new Map<string, NonNullable<SourceChange['hiddenBy']>>()
  for (const line of await listPaths(repository, ['ls-files', '-v', '-z'])) {
    const tag = line[0] ?? ''
    if (tag === 'S' || tag === 's') bits.set(line.slice(2), 'skip-worktree')
    else if (tag !== tag.toUpperCase()) bits.set(line.slice(2), 'assume-unchanged')
  }
  return bits
}

/** Ignored paths that no tracked ignore file asks for: an untracked `.gitignore` hides itself and its neighbours. */
async function readHidden(repository: GitRepository, tree: CommitTree): Promise<string[]> {
  const ignored = await listPaths(repository, [...OTHERS, '--ignored'])
  if (ignored.length === 0) return []
  // Behind "./" no name is taken for a pattern with magic.
  const input = ignored.map((path) => `./${path}\0`).join('')
  const args = ['check-ignore', '--no-index', '--verbose', '--non-matching', '-z', '--stdin']
  const { exitCode, bytes, complaint } = await runGit(repository, args, input)
  // Exit code 1: none of them is ignored by a rule that stands for the path itself.
  if (exitCode > 1) throw new GitRefusal(`git check-ignore failed: ${complaint}`)
  const tracked = new Set(tree.entries.map(({ path }) => path))
  const fields = splitNul(bytes).map((field) => field.toString())
  const hidden: string[] = []
  for (let index = 0; index + 3 < fields.length; index += 4) {
    const [rule = '', path = ''] = [fields[index], fields[index + 3]]
    if (!tracked.has(rule)) hidden.push(path.replace(/^\.\//, ''))
  }
  return hidden
    .filter(
      (path) =>
        !hidden.some((other) => other !== path && other.endsWith('/') && path.startsWith(other)),
    )
    .toSorted(compareCodePoints)
}

async function readRemote(repository: GitRepository): Promise<string | undefined> {
  const args = ['config', '-z', '--get-regexp', String.raw`^remote\..*\.url$`]
  const { exitCode, bytes } = await runGit(repository, args)
  if (exitCode !== 0) return undefined
  const urls = splitNul(bytes).map((entry) => entry.toString().split('\n', 2))
  const [, url] = urls.find(([key]) => key === 'remote.origin.url') ?? urls[0] ?? []
  return url === undefined ? undefined : publicAddress(url)
}

async function readBranch(repository: GitRepository): Promise<string | undefined> {
  const { exitCode, bytes } = await runGit(repository, ['symbolic-ref', '--quiet', 'HEAD'])
  if (exitCode !== 0) return undefined
  return /^refs\/heads\/(?<branch>.+)$/.exec(bytes.toString().trim())?.groups?.['branch']
}

async function readTags(repository: GitRepository, commit: string): Promise<string[]> {
  const args = ['for-each-ref', `--points-at=${commit}`, '--format=%(refname)', 'refs/tags']
  const listing = (await askGit(repository, args)).toString()
  return listing
    .split('\n')
    .filter((name) => name !== '')
    .map((name) => name.slice('refs/tags/'.length))
    .toSorted(compareCodePoints)
}

async function readSubmodules(
  repository: GitRepository,
  tree: CommitTree,
  depth: number,
): Promise<Submodule[]> {
  const links = tree.entries.filter(({ mode }) => mode === '160000')
  if (links.length === 0) return []
  const urls = await readSubmoduleUrls(repository, tree.commit)
  const submodules: Submodule[] = []
  for (const { path, id: commit } of links) {
    const url = urls.get(path)
    const named = { path, ...(url !== undefined && { url }), commit }
    const inner = { ...repository, top: join(repository.top, path) }
    const found = isCheckedOut(inner.top) ? await readHead(inner) : undefined
    if (found === undefined) {
      submodules.push({ ...named, changes: [] })
      continue
    }
    if (depth === SUBMODULE_DEPTH_MAX) throw new GitRefusal('submodules are nested too deeply')
    const innerTree = await readCommitTree(inner, found)
    const { changes, lfsPointers } = await readState(inner, innerTree, depth + 1)
    const unfetched = lfsPointers.map((path) => ({ path, change: 'modified' }) as const)
    submodules.push({ ...named, found, changes: [...changes, ...unfetched] })
  }
  return submodules
}

function isCheckedOut(top: string): boolean {
  const folder = lstatSync(top, { throwIfNoEntry: false })
  const inner = lstatSync(join(top, '.git'), { throwIfNoEntry: false })
  return folder?.isDirectory() === true && inner !== undefined && isRepository(inner)
}

/** `.gitmodules` of the commit, not of the work tree; its includes are not followed. */
async function readSubmoduleUrls(
  repository: GitRepository,
  commit: string,
): Promise<ReadonlyMap<string, string>> {
  const args = ['config', '-z', '--no-includes', `--blob=${commit}:.gitmodules`, '--list']
  const { exitCode, bytes } = await runGit(repository, args)
  const urls = new Map<string, string>()
  if (exitCode !== 0) return urls
  const values = new Map(
    splitNul(bytes).map((entry) => entry.toString().split('\n', 2) as [string, string]),
  )
  for (const [key, path] of values) {
    if (!key.endsWith('.path')) continue
    const url = values.get(`${key.slice(0, -'.path'.length)}.url`) ?? ''
    const shown = publicAddress(url) ?? (/^\.{1,2}\//.test(url) ? url : undefined)
    if (shown !== undefined) urls.set(path, shown)
  }
  return urls
}
