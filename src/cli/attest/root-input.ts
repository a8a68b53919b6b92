// The trusted root that judges what we sign ourselves.

import {
  isJsonObject,
  LIMITS,
  parseJson,
  type Problem,
  quote,
  type Result,
  refuse,
} from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { addRoot, buildEmptyTrust, type TrustDocument } from '../../trust/index.ts'
import { usage } from '../usage.ts'

/**
 * Reads `--trusted-root`. There is no default: whoever names services says also by what they are known.
 *
 * @returns a trust document with this root, and nobody in it
 */
export async function readTrustedRoot(
  host: Host,
  path: string | undefined,
): Promise<Result<TrustDocument>> {
  if (path === undefined) {
    return usage(
      'Expected --trusted-root FILE: what the services sign is verified with it',
      'That of the public Sigstore: cosign trusted-root create --with-default-services --out trusted_root.json',
    )
  }
  const bytes = await host.readBytes(path, { bytesMax: LIMITS.trustBytesMax })
  if (!bytes.ok) return bytes
  const json = parseJson(bytes.value)
  if (!json.ok || !isJsonObject(json.value)) {
    return refuse<Problem>({
      code: 'trust/root-format',
      message: `Expected a trusted root in ${quote(path)}, found no JSON object`,
      ...(!json.ok && { because: json.problems }),
    })
  }
  // Nothing is concluded from the mark here: whoever verifies the bundle has one of their own.
  const root = { name: 'trusted-root', mark: 'rehearsal', document: json.value } as const
  return addRoot(buildEmptyTrust(), root)
}
