// Paths that a person names, read as one artifact set: files and folders, an archive's contents, or what a manifest lists.

import { accept, judge, LIMITS, quote, type Result, refuse } from '../../core/index.ts'
import {
  compareArtifacts,
  type DigestProblem,
  findUnportablePaths,
  type LeftOut,
  linkRefused,
  parseManifest,
} from '../../digest/index.ts'
import { readBytes } from '../files.ts'
import { readArchive } from './archive.ts'
import { compileExclusion } from './exclusion.ts'
import { detectForm, type FileForm } from './file-form.ts'
import { locateInputs, type SetInput } from './inputs.ts'
import { readFiles } from './read-files.ts'
import type {
  ArtifactSetOptions,
  ArtifactSetProblem,
  ArtifactSetReading,
  SetParts,
} from './reading.ts'

/**
 * Reads the paths as one set.
 *
 * With one folder, paths are relative to it; otherwise they are as given. Refused, with every reason: an empty set, links
 * (unless listed), special and unreadable files, what changes while it is read, names that are unsafe or collide.
 *
 * @param paths at least one; those of an archive's contents or a manifest are exactly one
 */
export async function readArtifactSet(
  workingFolder: string,
  paths: readonly string[],
  options: ArtifactSetOptions = {},
): Promise<Result<ArtifactSetReading, ArtifactSetProblem>> {
  const inputs = locateInputs(workingFolder, paths, options)
  if (!inputs.ok) return inputs
  const singly = options.singly === true ? judgeSingly(inputs.value) : accept(undefined)
  if (!singly.ok) return singly
  const [first, ...others] = inputs.value
  const form = options.form === 'detect' && others.length === 0 ? detectForm(first) : options.form
  if (form === undefined || form === 'file' || form === 'detect') {
    return complete('file', paths, await readFiles(workingFolder, inputs.value, options))
  }
  const whole = judgeWhole(form, inputs.value)
  if (!whole.ok) return whole
  const read = form === 'contents' ? readContents : readManifest
  return complete(form, paths, await read(first, options))
}

function complete(
  form: FileForm,
  paths: readonly string[],
  parts: Result<SetParts, ArtifactSetProblem>,
): Result<ArtifactSetReading, ArtifactSetProblem> {
  if (!parts.ok) return parts
  const { artifacts, links, leftOut, warnings, archive } = parts.value
  if (artifacts.length === 0) {
    const own = leftOut.filter(({ reason }) => reason === 'bundle' || reason === 'manifest')
    const places = paths.map(quote).join(', ')
    return refuse({
      code: 'digest/set-empty',
      message: `Expected at least one file, found none in ${places}`,
      ...(own.length > 0 && { hint: describeOwn(own) }),
    })
  }
  return accept({
    set: {
      artifacts: artifacts.toSorted(compareArtifacts),
      links: links.toSorted(compareArtifacts),
    },
    form,
    leftOut: leftOut.toSorted(compareArtifacts),
    warnings,
    ...(archive !== undefined && { archive }),
  })
}

/** A person who names a file of the set for the result reads why it is none of the set. */
function describeOwn(leftOut: readonly LeftOut[]): string {
  const names = leftOut.map(({ path, reason }) => `${quote(path)} (${reason})`).join(', ')
  return `Not counted: ${names}; what is written, or holds the signatures, is no part of the set`
}

const FORM_NAMES = { contents: 'archive', manifest: 'manifest' } as const

/** An archive or a manifest stands alone, and is a regular file. */
function judgeWhole(
  form: 'contents' | 'manifest',
  inputs: readonly SetInput[],
): Result<undefined, DigestProblem> {
  const wanted = FORM_NAMES[form]
  const problems = inputs.flatMap(({ given, kind, target }): readonly DigestProblem[] => {
    if (kind === 'link') return [linkRefused(given, target)]
    if (kind === 'file') return []
    const message = `Expected ${quote(given)} to be a file that holds the ${wanted}, found a ${kind}`
    return [{ code: 'digest/form', message }]
  })
  if (inputs.length > 1) {
    problems.push({
      code: 'digest/form',
      message: `Expected one ${wanted}, found ${inputs.length} paths`,
    })
  }
  return judge(undefined, problems)
}

/** No folder stands among files that are named one by one, and each has a name of its own. */
function judgeSingly(inputs: readonly SetInput[]): Result<undefined, DigestProblem> {
  const byName = new Map<string, string>()
  const problems = inputs.flatMap(({ given, kind, name }): readonly DigestProblem[] => {
    if (kind === 'folder') {
      const message = `Expected ${quote(given)} to be a file, found a folder`
      return [{ code: 'digest/form', message, hint: 'A folder is a set: --set' }]
    }
    const other = byName.get(name)
    byName.set(name, given)
    if (other === undefined) return []
    const message = `Expected files of different names, found ${quote(other)} and ${quote(given)}`
    const hint = 'Name them by paths below the folder that assay is run from: those stay whole'
    return [{ code: 'digest/path-collision', message, hint }]
  })
  return judge(undefined, problems)
}

async function readContents(
  { location, given }: SetInput,
  options: ArtifactSetOptions,
): Promise<Result<SetParts, ArtifactSetProblem>> {
  const { strip = 0, exclude = [], symlinks = 'refuse', sha512 = false } = options
  const { digestArchive = false } = options
  const contents = await readArchive(location, given, {
    strip,
    excludedBy: compileExclusion(exclude),
    symlinks,
    sha512,
    digestArchive,
  })
  if (!contents.ok) return contents
  const { digests, ...parts } = contents.value
  return accept({ ...parts, warnings: [], ...(digests !== undefined && { archive: digests }) })
}

async function readManifest(
  { location }: SetInput,
  { exclude = [] }: ArtifactSetOptions,
): Promise<Result<SetParts, ArtifactSetProblem>> {
  const bytes = await readBytes('/', location, { bytesMax: LIMITS.manifestBytesMax })
  if (!bytes.ok) return bytes
  const listed = parseManifest(bytes.value)
  if (!listed.ok) return listed
  const excludedBy = compileExclusion(exclude)
  const excluded = new Set(listed.value.flatMap(({ path }) => excludedBy(path) ?? []))
  const artifacts = listed.value.filter(({ path }) => excludedBy(path) === undefined)
  return accept({
    artifacts,
    links: [],
    leftOut: [...excluded].map((path) => ({ path, reason: 'excluded' })),
    warnings: findUnportablePaths(artifacts.map(({ path }) => path)),
  })
}
