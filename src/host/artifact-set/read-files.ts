// Files and folders read as a set: walked, judged, digested, and looked at again.

import { fstatSync, realpathSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { judge, type Result, refuse } from '../../core/index.ts'
import {
  type Artifact,
  type DigestProblem,
  findEmptyFolders,
  findPathCollisions,
  findUnportablePaths,
  parseArtifactPath,
  pathCollision,
} from '../../digest/index.ts'
import { compileExclusion } from './exclusion.ts'
import { problemOfFault } from './file-fault.ts'
import type { FileDigests } from './hashing/file-digests.ts'
import type { FileFault } from './hashing/hash-file.ts'
import { createFileHasher } from './hashing/file-hasher.ts'
import type { SetInput } from './inputs.ts'
import type { ArtifactSetOptions, SetParts } from './reading.ts'
import {
  createTree,
  findChangedFolders,
  type Tree,
  type TreeFile,
  type TreeOptions,
  walkInto,
} from './tree.ts'

/** Reads files and folders; of a tree in which a name or a kind is refused, no digests are made. */
export async function readFiles(
  workingFolder: string,
  inputs: readonly SetInput[],
  options: ArtifactSetOptions,
): Promise<Result<SetParts, DigestProblem>> {
  const tree = createTree()
  const { files, problems } = tree
  const hasher = createFileHasher({
    sha512: options.sha512 ?? false,
    onProgress: (done) => options.onProgress?.(`${done} of ${files.length} files`),
  })
  try {
    await walkInputs(tree, inputs, treeOptions(workingFolder, options, hasher.offer))
    for (const [first, second] of findPathCollisions([...files, ...tree.links])) {
      problems.push(pathCollision(first.path, second.path))
    }
    const [first, ...others] = problems
    if (first !== undefined) return refuse(first, ...others)
    const rest = describeRest(tree)
    const outcomes = await hasher.finish(files)
    const artifacts = files.flatMap((file, index) =>
      takeOutcome(file, outcomes[index] ?? 'changed', problems),
    )
    problems.push(...findChangedFolders(tree))
    return judge({ artifacts, ...rest }, problems)
  } finally {
    await hasher.stop()
  }
}

/** All that needs no digest, made while the threads work. */
function describeRest({ files, links, folders, leftOut }: Tree): Omit<SetParts, 'artifacts'> {
  const paths = [...files, ...links].map(({ path }) => path)
  const empty = findEmptyFolders(folders, [...paths, ...leftOut.map(({ path }) => path)])
  return {
    links,
    leftOut: [...leftOut, ...empty],
    warnings: findUnportablePaths(paths, folders),
  }
}

function treeOptions(
  workingFolder: string,
  { exclude = [], symlinks = 'refuse', manifest, bundles = [] }: ArtifactSetOptions,
  onFiles: TreeOptions['onFiles'],
): TreeOptions {
  const named: readonly Named[] = [
    ...(manifest === undefined ? [] : [{ path: manifest, reason: 'manifest' as const }]),
    ...bundles.map((path) => ({ path, reason: 'bundle' as const })),
  ]
  const apart = judgePlace(workingFolder, named)
  return { symlinks, excludedBy: compileExclusion(exclude), apart, onFiles }
}

/** A file that the run itself writes or was given, and what it is. */
interface Named {
  readonly path: string
  readonly reason: 'bundle' | 'manifest'
}

async function walkInputs(
  tree: Tree,
  inputs: readonly SetInput[],
  options: TreeOptions,
): Promise<void> {
  const isOneFolder = inputs.length === 1 && inputs[0]?.kind === 'folder'
  for (const { name, location, kind } of inputs) {
    const path = isOneFolder ? '' : name
    const safe = path === '' ? undefined : parseArtifactPath(path)
    if (safe?.ok === false) {
      const hint = 'Name files by paths below the folder that assay is run from'
      tree.problems.push(...safe.problems.map((problem) => ({ ...problem, hint })))
    } else if (path !== '' && options.excludedBy(path) !== undefined) {
      tree.leftOut.push({ path: kind === 'folder' ? `${path}/` : path, reason: 'excluded' })
    } else await walkInto(tree, location, path, options)
  }
}

/** The artifact, or none and one more problem. */
function takeOutcome(
  { path, stamp }: TreeFile,
  outcome: FileDigests | FileFault,
  problems: DigestProblem[],
): readonly Artifact[] {
  if (typeof outcome !== 'string') return [{ path, ...outcome, size: stamp.size }]
  problems.push(problemOfFault(path, outcome))
  return []
}

/** Tells these from other files: by their place when they have a name, by its identity when a shell opened it as our output. */
function judgePlace(workingFolder: string, named: readonly Named[]): TreeOptions['apart'] {
  const output = standardOutputFile()
  const places = named.map(({ path, reason }) => {
    return { place: realPlace(resolve(workingFolder, path)), reason }
  })
  const names = new Set(named.map(({ path }) => basename(path)))
  return (location, stamp) => {
    if (output?.ino === stamp.ino && output.dev === stamp.dev) return 'manifest'
    if (!names.has(basename(location))) return undefined
    const found = realPlace(location)
    return places.find(({ place }) => place !== undefined && place === found)?.reason
  }
}

/** Where a file lies or will lie, with the links above it resolved. */
function realPlace(location: string): string | undefined {
  try {
    return join(realpathSync(dirname(location)), basename(location))
  } catch {
    // Its folder is not there, so it lies in no folder that is read.
    return undefined
  }
}

function standardOutputFile() {
  try {
    const stats = fstatSync(1)
    return stats.isFile() ? stats : undefined
  } catch {
    // A process may be started without standard output.
    return undefined
  }
}
