// What `--out` is about to replace in the set that is read.

import { basename } from 'node:path'
import { parseBundleLines } from '../bundle/index.ts'
import {
  accept,
  isJsonObject,
  LIMITS,
  parseJson,
  quote,
  type Result,
  refuse,
} from '../core/index.ts'
import { parseManifestLines } from '../digest/index.ts'
import type { ArtifactSetReading, Host } from '../host/index.ts'
import type { CliProblem } from './problem.ts'

/**
 * A file of the set that `--out` names is left out as the manifest or the bundle that it is to be: it has to be one
 * already, of an earlier run, or it would be lost.
 */
export async function judgeReplaced(
  host: Host,
  out: string | undefined,
  { kind, leftOut }: Pick<ArtifactSetReading, 'leftOut'> & { readonly kind: keyof typeof LIMIT },
): Promise<Result<void>> {
  // What a shell opened as standard output is left out as well, and is none of ours to judge.
  const lies = leftOut.some(({ path, reason }) => {
    return reason === kind && out !== undefined && basename(path) === basename(out)
  })
  if (out === undefined || !lies) return accept(undefined)
  const found = await host.readBytes(out, { bytesMax: LIMIT[kind], isReplaceable: true })
  if (!found.ok) return found
  const { value } = found
  const isEarlier = kind === 'bundle' ? isBundle(value) : isManifest(value) || isDocument(value)
  if (value.length === 0 || isEarlier) return accept(undefined)
  return refuse<CliProblem>({
    code: kind === 'bundle' ? 'cli/out-not-bundle' : 'cli/out-not-manifest',
    message: `Cannot write the ${kind} to ${quote(out)}: expected no file or a ${kind}, found an artifact of the set`,
    hint: 'Choose another name for --out',
  })
}

const LIMIT = { manifest: LIMITS.manifestBytesMax, bundle: LIMITS.bundleFileBytesMax } as const

function isBundle(bytes: Uint8Array): boolean {
  const lines = parseBundleLines(bytes)
  return lines.ok && lines.value.every(({ bundle }) => bundle.ok)
}

function isManifest(bytes: Uint8Array): boolean {
  return (['sha256', 'sha512'] as const).some((name) => parseManifestLines(name, bytes).ok)
}

/** What `assay digest --format json --out` wrote before. */
function isDocument(bytes: Uint8Array): boolean {
  const json = parseJson(bytes, { bytesMax: LIMITS.manifestBytesMax })
  return json.ok && isJsonObject(json.value) && json.value['schema'] === 'assay/digest/v1'
}
