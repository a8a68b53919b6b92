// The trusted root that judges what we sign ourselves.

import {
  accept,
  type JsonObject,
  LIMITS,
  type Problem,
  quote,
  type Result,
  refuse,
} from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import {
  addRoot,
  buildEmptyTrust,
  loadPublicGoodRoot,
  parseRootLines,
  type TrustDocument,
} from '../../trust/index.ts'
import { atPath } from '../file-input.ts'
import { PUBLIC_GOOD } from '../public-good.ts'
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
      'That of the public Sigstore is built in: --trusted-root public-good',
    )
  }
  const document = await readDocument(host, path)
  if (!document.ok) return document
  // Nothing is concluded from the mark here: whoever verifies the bundle has one of their own.
  const root = { name: 'trusted-root', mark: 'rehearsal', document: document.value } as const
  return addRoot(buildEmptyTrust(), root)
}

async function readDocument(host: Host, path: string): Promise<Result<JsonObject>> {
  if (path === PUBLIC_GOOD) return accept(await loadPublicGoodRoot())
  const bytes = await host.readBytes(path, { bytesMax: LIMITS.trustBytesMax })
  if (!bytes.ok) return bytes
  const documents = atPath(parseRootLines(bytes.value), path)
  if (!documents.ok) return documents
  const [only, ...others] = documents.value
  if (only !== undefined && others.length === 0) return accept(only)
  // Which of several would judge, nobody has said.
  return refuse<Problem>({
    code: 'trust/root-format',
    message: `Expected one trusted root in ${quote(path)}, found ${documents.value.length}`,
  })
}
