// A report in a file: as public as what is printed, so that it is masked as that is.

import { encodeUtf8, type Result } from '../core/index.ts'
import type { Host } from '../host/index.ts'
import { maskSecrets } from '../statement/index.ts'

/** Writes words and documents for people and programs, and nothing that was signed: no credentials are in them. */
export function writeReport(
  host: Pick<Host, 'writeBytes'>,
  path: string,
  text: string,
): Promise<Result<void>> {
  return host.writeBytes(path, encodeUtf8(maskSecrets(text)))
}
