// Bundles that a command is given: files of one or of many, documents of others that hold what bundles do, or standard input.

import { type FoundBundle, parseBundleFile } from '../../bundle/index.ts'
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
  /** What files say beside their bundles, which nobody signed; for a person. */
  readonly notes: readonly string[]
  /** What a person can do, by the code of a refusal, where the form of the input knows it. */
  readonly hints?: ReadonlyMap<string, string>
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
  const notes: string[] = []
  for (const path of paths) {
    const bytes = await readInput(host, path, { bytesMax: LIMITS.bundleFileBytesMax })
    if (!bytes.ok) return bytes
    const file = parseBundleFile(bytes.value)
    const found: readonly FoundBundle[] = file.ok ? file.value.bundles : [{ bundle: file }]
    for (const { at, beside, bundle } of found) {
      const name = at === undefined ? path : `${path}, ${at}`
      bundles.push({ name, bundle })
      if (beside !== undefined) notes.push(`unsigned, beside ${quote(name)}: ${quote(beside)}`)
    }
  }
  return accept({ bundles, paths: paths.filter((path) => path !== '-'), notes })
}
