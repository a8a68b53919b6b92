// SHA256SUMS as others write it too: read line by line, and refused where two tools could read it differently.

import { accept, countOf, judge, LIMITS, parseUtf8, type Result, refuse } from '../core/index.ts'
import { DIGEST_HEX_LENGTH } from './algorithm.ts'
import { type Artifact, compareArtifacts } from './artifact.ts'
import { parseArtifactPath } from './artifact-path.ts'
import type { ManifestLine } from './manifest.ts'
import { findPathCollisions, pathCollision } from './path-collision.ts'
import type { DigestProblem } from './problem.ts'

/**
 * Reads a manifest that anyone's `sha256sum` wrote, and refuses one that two tools could read differently.
 *
 * @param bytes the whole file
 * @returns the artifacts in canonical order, or every line that is wrong
 */
export function parseManifest(bytes: Uint8Array): Result<readonly Artifact[], DigestProblem> {
  const lines = parseManifestLines('sha256', bytes)
  if (!lines.ok) return lines
  return accept(lines.value.map(({ path, digest }) => ({ path, sha256: digest })))
}

/** As {@link parseManifest}, for the output of `sha256sum` or `sha512sum`. */
export function parseManifestLines(
  algorithm: 'sha256' | 'sha512',
  bytes: Uint8Array,
): Result<readonly ManifestLine[], DigestProblem> {
  if (bytes.length > LIMITS.manifestBytesMax) {
    return refuse({
      code: 'digest/manifest-size',
      message: `Expected at most ${LIMITS.manifestBytesMax} bytes, found ${bytes.length}`,
    })
  }
  const text = parseUtf8(bytes)
  if (!text.ok) return refuse({ ...text.problems[0], code: 'digest/manifest-utf8' })
  const lines = text.value.split('\n')
  if (lines.at(-1) === '') lines.pop()
  if (lines.length === 0) {
    return refuse({
      code: 'digest/manifest-empty',
      message: 'Expected at least one artifact, found an empty manifest',
    })
  }

  const parsed = lines.map((line) => parseLine(algorithm, line))
  const problems = parsed.flatMap((line, index) => {
    return line.ok ? [] : line.problems.map((problem) => ({ ...problem, at: at(index) }))
  })
  const good = parsed.flatMap((line, index) => (line.ok ? [{ ...line.value, index }] : []))
  for (const [first, second] of findPathCollisions(good)) {
    problems.push({ ...pathCollision(first.path, second.path), at: at(second.index) })
  }
  const entries = good.map(({ path, digest }) => ({ path, digest }))
  return judge(entries.toSorted(compareArtifacts), problems)
}

function at(index: number): string {
  return `line ${index + 1}`
}

/** `<hex><space><space or *><path>`; the asterisk is binary mode, a leading `./` comes from `find . -type f`. */
const LINE = /^(?<digest>[0-9a-f]+) [ *](?:\.\/)?(?<path>.+)$/u

function parseLine(
  algorithm: 'sha256' | 'sha512',
  line: string,
): Result<ManifestLine, DigestProblem> {
  const { digest, path } = LINE.exec(line)?.groups ?? {}
  const digits = DIGEST_HEX_LENGTH[algorithm]
  if (digest?.length !== digits || path === undefined) {
    return refuse({
      code: 'digest/manifest-line',
      // a file that is no manifest may be anything, a private key too; its lines are not shown.
      message: `Expected ${digits} lower-case hex digits, two spaces and a path, found another line of ${countOf(line.length, 'character')}`,
    })
  }
  const safe = parseArtifactPath(path)
  return safe.ok ? accept({ path, digest }) : safe
}
