// An artifact set that an option names, by its digest.

import { accept, type Result } from '../../core/index.ts'
import { digestSet } from '../../digest/index.ts'
import type { ArtifactSetReading, Host } from '../../host/index.ts'
import { notesOf } from '../digest/reading.ts'

/** A set that was read. */
export interface DigestedSet {
  readonly digest: string
  readonly form: ArtifactSetReading['form']
  readonly notes: readonly string[]
}

/** Digests a folder, an archive's contents or what a manifest lists, as one set. */
export async function digestSetAt(host: Host, path: string): Promise<Result<DigestedSet>> {
  const progress = host.startProgress('Digesting')
  const read = await host
    .readArtifactSet([path], { form: 'detect', onProgress: (done) => progress.report(done) })
    .finally(() => progress.end())
  if (!read.ok) return read
  const { set, form } = read.value
  return accept({ digest: digestSet(set.artifacts), form, notes: notesOf(read.value) })
}
