// What a statement is about: the set or the artifacts that the options name.

import { accept, type Result } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import {
  buildArtifactSetId,
  buildArtifactSubjects,
  buildSetSubjects,
  MANIFEST_NAME,
  type Subject,
} from '../../statement/index.ts'
import { notesOf } from '../digest/reading.ts'
import { judgeReplaced } from '../replaced.ts'
import type { SetFlags } from '../set-flags.ts'
import { usage } from '../usage.ts'

/** What the options say about the subjects. */
export interface SubjectFlags extends SetFlags {
  readonly set?: string
  readonly artifact?: readonly string[]
  readonly exclude?: readonly string[]
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

/**
 * The subjects that the options name: a set, closed and under one name, or files that may lie anywhere.
 *
 * @param out where the bundle goes: left out of the set that it lies in, for it can not speak of itself
 */
export async function readSubjects(
  host: Host,
  flags: SubjectFlags,
  out: string | undefined,
): Promise<Result<SubjectInput>> {
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
    const { exclude, strip, symlinks } = flags
    if ((exclude ?? strip ?? symlinks) !== undefined) {
      return usage('Expected --exclude, --strip and --symlinks with --set, found --artifact')
    }
    return readArtifacts(host, files)
  }
  return readSet(host, { path: set, name: name.value, out }, flags)
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
  { path, name, out }: { readonly path: string; name: string; out: string | undefined },
  { exclude = [], symlinks = 'refuse', strip }: SubjectFlags,
): Promise<Result<SubjectInput>> {
  const progress = host.startProgress('Digesting')
  const read = await host
    .readArtifactSet([path], {
      form: 'detect',
      exclude,
      symlinks,
      ...(strip !== undefined && { strip }),
      ...(out !== undefined && { bundles: [out] }),
      onProgress: (done) => progress.report(done),
    })
    .finally(() => progress.end())
  if (!read.ok) return read
  const { set, form } = read.value
  if (strip !== undefined && form !== 'contents') {
    return usage(`Expected --strip with an archive, found a ${form === 'file' ? 'folder' : form}`)
  }
  const replaced = await judgeReplaced(host, out, {
    kind: 'bundle',
    leftOut: read.value.leftOut,
  })
  if (!replaced.ok) return replaced
  const subjects = buildSetSubjects(set.artifacts, name)
  if (!subjects.ok) return subjects
  return accept({
    subjects: subjects.value,
    notes: notesOf(read.value),
  })
}

/** Each file under the path that it was named by, or by its last part where that leads elsewhere: a name is but a label (STM-3). */
async function readArtifacts(host: Host, files: readonly string[]): Promise<Result<SubjectInput>> {
  const read = await host.readArtifactSet(files, { form: 'file', singly: true })
  if (!read.ok) return read
  const subjects = buildArtifactSubjects(read.value.set.artifacts)
  return subjects.ok ? accept({ subjects: subjects.value, notes: [] }) : subjects
}
