// Bundles that a command is given: files of one or of many, or standard input.

import { parseBundle, parseBundleLines } from '../../bundle/index.ts'
import { accept, LIMITS, quote, type Result } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import type { NamedBundle } from '../../verify/index.ts'
import { readInput } from '../file-input.ts'
import { usage } from '../usage.ts'

/** The bundles, and the files that they were read from: where these lie in the set they are no part of it. */
export interface BundleInput {
  readonly bundles: readonly NamedBundle[]
  /** Without standard input. */
  readonly paths: readonly string[]
}

/** Reads every bundle of every file; one that is malformed is kept, and refused in the verdict. */
export async function readBundles(
  host: Host,
  paths: readonly string[],
): Promise<Result<BundleInput>> {
  const again = paths.find((path, index) => paths.indexOf(path) !== index)
  if (again !== undefined) {
    return usage(`Expected each bundle once, found ${quote(again)} twice`)
  }
  const bundles: NamedBundle[] = []
  for (const path of paths) {
    const bytes = await readInput(host, path, { bytesMax: LIMITS.bundleFileBytesMax })
    if (!bytes.ok) return bytes
    bundles.push(...nameBundles(path, bytes.value))
  }
  return accept({ bundles, paths: paths.filter((path) => path !== '-') })
}

function nameBundles(path: string, bytes: Uint8Array): readonly NamedBundle[] {
  const lines = parseBundleLines(bytes)
  if (!lines.ok) return [{ name: path, bundle: lines }]
  const [only, ...others] = lines.value
  if (only !== undefined && others.length === 0) {
    // Of the only bundle of a file, no line is told.
    return [{ name: path, bundle: only.bundle.ok ? only.bundle : parseBundle(bytes) }]
  }
  return lines.value.map(({ line, bundle }) => ({ name: `${path}, line ${line}`, bundle }))
}
