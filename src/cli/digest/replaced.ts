// What `assay digest --out` is about to replace.

import {
  accept,
  isJsonObject,
  LIMITS,
  type Problem,
  parseJson,
  quote,
  type Result,
  refuse,
} from '../../core/index.ts'
import { parseManifestLines } from '../../digest/index.ts'
import type { ArtifactSetReading, Host } from '../../host/index.ts'

/** A file of the set that `--out` names is left out as its manifest: it has to be one, or it would be lost. */
export async function judgeReplaced(
  host: Host,
  out: string | undefined,
  { leftOut }: ArtifactSetReading,
): Promise<Result<void>> {
  if (out === undefined || !leftOut.some(({ reason }) => reason === 'manifest')) {
    return accept(undefined)
  }
  const bytesMax = LIMITS.manifestBytesMax
  const found = await host.readBytes(out, { bytesMax, isReplaceable: true })
  if (!found.ok) return found
  const isManifest = (['sha256', 'sha512'] as const).some((name) => {
    return parseManifestLines(name, found.value).ok
  })
  if (found.value.length === 0 || isManifest || isOwnDocument(found.value)) return accept(undefined)
  return refuse<Problem>({
    code: 'cli/out-not-manifest',
    message: `Cannot write the manifest to ${quote(out)}: expected no file or a manifest, found an artifact of the set`,
    hint: 'Choose another name for --out',
  })
}

/** What `--format json --out` wrote before. */
function isOwnDocument(bytes: Uint8Array): boolean {
  const json = parseJson(bytes, { bytesMax: LIMITS.manifestBytesMax })
  return json.ok && isJsonObject(json.value) && json.value['schema'] === 'assay/digest/v1'
}
