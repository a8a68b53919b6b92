// What a statement is about: the set or the artifacts that the options name.

import { posix } from 'node:path'
import { accept, type Problem, quote, type Result, refuse } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import {
  buildArtifactSetId,
  buildArtifactSubjects,
  buildSetSubjects,
  MANIFEST_NAME,
  type Subject,
} from '../../statement/index.ts'

/** What the options say about the subjects. */
export interface SubjectFlags {
  readonly set?: string
  readonly artifact?: readonly string[]
  readonly exclude?: readonly string[]
  readonly symlinks: 'refuse' | 'list'
  readonly release?: string
  readonly channel?: string
  readonly target?: string
  readonly run?: string
}

/** The subjects, and words about what was read. */
export interface SubjectInput {
  readonly subjects: readonly Subject[]
  readonly notes: readonly string[]
}

/** The subjects that the options name: a set, closed and under one name, or files that may lie anywhere. */
export async function readSubjects(host: Host, flags: SubjectFlags): Promise<Result<SubjectInput>> {
  const { set, artifact: files = [] } = flags
  const name = nameOfSet(flags)
  if (!name.ok) return name
  if ((set === undefined) === (files.length === 0)) {
    const found = set === undefined ? 'neither' : 'both'
    return usage(`Expected --set PATH or --artifact FILE, found ${found}`)
  }
  if (set === undefined) {
    if (name.value !== MANIFEST_NAME)
      return usage('Expected --release with --set, found --artifact')
    return readArtifacts(host, files)
  }
  return readSet(host, set, name.value, flags)
}

/** Four options make the id; with none of them the set is known by its manifest. */
function nameOfSet({ channel, target, release, run }: SubjectFlags): Result<string> {
  if (channel === undefined && target === undefined && release === undefined && run === undefined) {
    return accept(MANIFEST_NAME)
  }
  if (channel === undefined || target === undefined || release === undefined || run === undefined) {
    return usage('Expected --release, --channel, --target and --run together, found some of them')
  }
  return buildArtifactSetId({ channel, target, release, run })
}

async function readSet(
  host: Host,
  path: string,
  name: string,
  { exclude = [], symlinks }: SubjectFlags,
): Promise<Result<SubjectInput>> {
  const progress = host.startProgress('Digesting')
  const read = await host
    .readArtifactSet([path], {
      form: 'detect',
      exclude,
      symlinks,
      onProgress: (done) => progress.report(done),
    })
    .finally(() => progress.end())
  if (!read.ok) return read
  const { set, leftOut, warnings } = read.value
  const subjects = buildSetSubjects(set.artifacts, name)
  if (!subjects.ok) return subjects
  return accept({
    subjects: subjects.value,
    notes: [
      ...warnings.map(({ message }) => `warning: ${message}`),
      ...leftOut.map((entry) => `left out: ${quote(entry.path)} (${entry.reason})`),
      ...set.links.map((link) => `not covered: the link ${quote(link.path)}`),
    ],
  })
}

/** Each file under the path that it was named by. */
async function readArtifacts(host: Host, files: readonly string[]): Promise<Result<SubjectInput>> {
  const read = await host.readArtifactSet(files, { form: 'file' })
  if (!read.ok) return read
  const { artifacts } = read.value.set
  const named = new Set(files.map((file) => posix.normalize(file)))
  const inside = artifacts.find(({ path }) => !named.has(path))
  if (inside !== undefined) {
    return usage(`Expected a file after --artifact, found the folder of ${quote(inside.path)}`)
  }
  const subjects = buildArtifactSubjects(artifacts)
  return subjects.ok ? accept({ subjects: subjects.value, notes: [] }) : subjects
}

function usage(message: string): Result<never> {
  return refuse<Problem>({ code: 'cli/usage', message })
}
