// `assay digest --check`: what lies there, entry by entry, beside what a manifest says should.

import { escapeText, type JsonObject, LIMITS, type Result } from '../../core/index.ts'
import {
  checkSet,
  compareSets,
  parseManifestLines,
  type SetDifference,
} from '../../digest/index.ts'
import type { ArtifactSetProblem, ArtifactSetReading, Host } from '../../host/index.ts'
import { type Answer, refused } from '../answer.ts'
import { describeRest, leftOutNote, linkNote } from './reading.ts'

interface CheckOptions {
  /** Path of the manifest. */
  readonly manifest: string
  /** The manifest's; by default the one that its first line fits. */
  readonly algorithm: 'sha256' | 'sha512' | undefined
  readonly read: (sha512: boolean) => Promise<Result<ArtifactSetReading, ArtifactSetProblem>>
}

/** Reads the manifest, then the set, and compares them, closed-world. */
export async function answerCheck(
  host: Host,
  { manifest, algorithm, read }: CheckOptions,
): Promise<Answer> {
  const bytes = await host.readBytes(manifest, { bytesMax: LIMITS.manifestBytesMax })
  if (!bytes.ok) return refused(bytes.problems)
  const name = algorithm ?? algorithmOf(bytes.value)
  const lines = parseManifestLines(name, bytes.value)
  if (!lines.ok) return refused(lines.problems)
  const reading = await read(name === 'sha512')
  if (!reading.ok) return refused(reading.problems)

  const expected = lines.value.map(({ path, digest }) => ({ path, [name]: digest }))
  const found = reading.value.set.artifacts.map((artifact) => ({
    path: artifact.path,
    [name]: artifact[name],
  }))
  const difference = compareSets(expected, found)
  const { outcome, message } = checkSet(difference)
  return {
    kind: 'finished',
    outcome,
    text: renderText(difference, reading.value, message),
    notes: reading.value.warnings.map((warning) => `warning: ${warning.message} [${warning.code}]`),
    document: {
      schema: 'assay/digest-check/v1',
      outcome,
      message,
      manifest,
      algorithm: name,
      ...describeDifference(difference),
      ...describeRest(reading.value),
    },
  }
}

function algorithmOf(manifest: Uint8Array): 'sha256' | 'sha512' {
  const head = Buffer.from(manifest.subarray(0, 129)).toString('latin1')
  return /^[0-9a-f]{128} /.test(head) ? 'sha512' : 'sha256'
}

function describeDifference(difference: SetDifference): JsonObject {
  const { matched, changed, missing, extra, renamed } = difference
  return {
    matched: matched.map((entry) => ({ ...entry })),
    changed: changed.map((entry) => ({ ...entry })),
    missing: missing.map((entry) => ({ ...entry })),
    extra: extra.map((entry) => ({ ...entry })),
    renamed: renamed.map((entry) => ({ ...entry })),
  }
}

/** A line for each entry, and the sum of it. */
function renderText(
  { matched, changed, missing, extra, renamed }: SetDifference,
  { set, leftOut }: ArtifactSetReading,
  message: string,
): string {
  const lines = [
    ...matched.map(({ path }) => `match    ${path}`),
    ...changed.map(({ path }) => `changed  ${path}`),
    ...missing.map(({ path }) => `missing  ${path}`),
    ...extra.map(({ path }) => `extra    ${path}`),
    ...renamed.map(({ from, to }) => `renamed  ${from} -> ${to}`),
    ...set.links.map(linkNote),
    ...leftOut.map(leftOutNote),
    message,
  ]
  return lines.map((line) => `${escapeText(line)}\n`).join('')
}
