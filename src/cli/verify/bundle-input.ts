// Bundles that a command is given: files of one or of many, documents of others that hold what bundles do, or standard input.

import { type FoundBundle, parseBundleFile } from '../../bundle/index.ts'
import { accept, LIMITS, quote, type Result } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { type NamedBundle, selectBundles } from '../../verify/index.ts'
import { readInput } from '../file-input.ts'
import { usage } from '../usage.ts'

/** The bundles, and the files of evidence: where these lie in the set they are no part of it. */
export interface BundleInput {
  readonly bundles: readonly NamedBundle[]
  /**
   * The files that they were read from, without standard input. One with a bundle that is not asked is none of them: nothing of it
   * is verified, so that it could be anything, and in a set it is a file like any other.
   */
  readonly paths: readonly string[]
  /** What files say beside their bundles, which nobody signed; for a person. */
  readonly notes: readonly string[]
  /** What a person can do, by the code of a refusal, where the form of the input knows it. */
  readonly hints?: ReadonlyMap<string, string>
}

/**
 * Reads every bundle of every file; one that is malformed is kept, and refused in the verdict.
 *
 * @param type the predicate type that is expected, if one is: bundles of others are not asked
 */
export async function readBundles(
  host: Host,
  paths: readonly string[],
  type: string | undefined,
): Promise<Result<BundleInput>> {
  const again = paths.find((path, index) => paths.indexOf(path) !== index)
  if (again !== undefined) {
    return usage(`Expected each bundle once, found ${quote(again)} twice`)
  }
  const bundles: NamedBundle[] = []
  const notes: string[] = []
  const asked: string[] = []
  for (const path of paths) {
    const bytes = await readInput(host, path, { bytesMax: LIMITS.bundleFileBytesMax })
    if (!bytes.ok) return bytes
    const file = parseBundleFile(bytes.value)
    const found: readonly FoundBundle[] = file.ok ? file.value.bundles : [{ bundle: file }]
    const named = found.map(({ at, bundle }) => ({ name: nameOf(path, at), bundle }))
    bundles.push(...named)
    const isAsked = found.length > 0 && selectBundles(named, type).notAsked.length === 0
    if (isAsked && path !== '-') asked.push(path)
    for (const { at, beside } of found) {
      const name = nameOf(path, at)
      if (beside !== undefined) notes.push(`unsigned, beside ${quote(name)}: ${quote(beside)}`)
    }
  }
  return accept({ bundles, paths: asked, notes })
}

/** Of a bundle, with its place in a file of several. */
function nameOf(path: string, at: string | undefined): string {
  return at === undefined ? path : `${path}, ${at}`
}
