// Folders of files for tests of what reads them.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Result } from '../../../src/core/index.ts'
import {
  type ArtifactSetOptions,
  type ArtifactSetReading,
  readArtifactSet,
} from '../../../src/host/artifact-set/index.ts'

/** Makes the files in a folder of their own, which goes when the test ends. */
export function makeFolder(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'artifact-set-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), content)
  }
  return folder
}

/** Reads the paths, or the folder itself, and expects a set. */
export async function readSet(
  folder: string,
  paths: readonly string[] = ['.'],
  options: ArtifactSetOptions = {},
): Promise<ArtifactSetReading> {
  const reading = await readArtifactSet(folder, paths, options)
  if (!reading.ok) throw new Error(reading.problems.map(({ message }) => message).join('\n'))
  return reading.value
}

/** The codes and messages of a refusal, or `accepted`. */
export async function refusalOf(
  folder: string,
  paths: readonly string[] = ['.'],
  options: ArtifactSetOptions = {},
): Promise<'accepted' | readonly (readonly [code: string, message: string])[]> {
  const reading: Result<unknown> = await readArtifactSet(folder, paths, options)
  return reading.ok ? 'accepted' : reading.problems.map(({ code, message }) => [code, message])
}

export function pathsOf({ set }: ArtifactSetReading): readonly string[] {
  return set.artifacts.map(({ path }) => path)
}
