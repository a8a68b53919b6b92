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
import type { FileStamp } from './hashing/file-stamp.ts'
import type { FileFault } from './hashing/hash-file.ts'
import { hashFiles } from './hashing/hash-files.ts'
import type { SetInput } from './inputs.ts'
import type { ArtifactSetOptions, SetParts } from './reading.ts'
import { createTree, findChangedFolders, type Tree, type TreeFile, walkInto } from './tree.ts'

/** Reads files and folders. Names are judged before the first byte is read. */
export async function readFiles(
  workingFolder: string,
  inputs: readonly SetInput[],
  options: ArtifactSetOptions,
): Promise<Result<SetParts, DigestProblem>> {
  const tree = walkInputs(workingFolder, inputs, options)
  const { files, links, folders, leftOut, problems } = tree
  const listed = [...files, ...links]
  for (const [first, second] of findPathCollisions(listed)) {
    problems.push(pathCollision(first.path, second.path))
  }
  const [problem, ...more] = problems
  if (problem !== undefined) return refuse(problem, ...more)

  const outcomes = await hashFiles(files, {
    sha512: options.sha512 ?? false,
    onProgress: (done) => options.onProgress?.(`${done} of ${files.length} files`),
  })
  const artifacts: Artifact[] = []
  for (const [index, file] of files.entries()) {
    takeOutcome(file, outcomes[index] ?? 'changed', artifacts, problems)
  }
  problems.push(...findChangedFolders(tree))
  const paths = listed.map(({ path }) => path)
  const empty = findEmptyFolders(folders, [...paths, ...leftOut.map(({ path }) => path)])
  return judge(
    {
      artifacts,
      links,
      leftOut: [...leftOut, ...empty],
      warnings: findUnportablePaths(paths, folders),
    },
    problems,
  )
}

function walkInputs(
  workingFolder: string,
  inputs: readonly SetInput[],
  { exclude = [], symlinks = 'refuse', manifest }: ArtifactSetOptions,
): Tree {
  const tree = createTree()
  const excludedBy = compileExclusion(exclude)
  const isManifest = manifestTest(workingFolder, manifest)
  const isOneFolder = inputs.length === 1 && inputs[0]?.kind === 'folder'
  for (const { name, location, kind } of inputs) {
    const path = isOneFolder ? '' : name
    const safe = path === '' ? undefined : parseArtifactPath(path)
    if (safe?.ok === false) {
      const hint = 'Name files by paths below the folder that assay is run from'
      tree.problems.push(...safe.problems.map((problem) => ({ ...problem, hint })))
    } else if (path !== '' && excludedBy(path) !== undefined) {
      tree.leftOut.push({ path: kind === 'folder' ? `${path}/` : path, reason: 'excluded' })
    } else walkInto(tree, location, path, { symlinks, excludedBy, isManifest })
  }
  return tree
}

function takeOutcome(
  { path, stamp }: TreeFile,
  outcome: FileDigests | FileFault,
  artifacts: Artifact[],
  problems: DigestProblem[],
): void {
  if (typeof outcome === 'string') problems.push(problemOfFault(path, outcome))
  else artifacts.push({ path, ...outcome, size: stamp.size })
}

/** Tells the manifest from other files: by its place when it has a name, by its identity when a shell opened it as our output. */
function manifestTest(workingFolder: string, manifest: string | undefined) {
  const output = standardOutputFile()
  const place = manifest === undefined ? undefined : realPlace(resolve(workingFolder, manifest))
  return (location: string, stamp: FileStamp): boolean => {
    if (output?.ino === stamp.ino && output.dev === stamp.dev) return true
    if (place === undefined || basename(place) !== basename(location)) return false
    return realPlace(location) === place
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
