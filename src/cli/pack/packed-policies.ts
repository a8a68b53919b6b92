// The policies in a pack.

import type { Result } from '../../core/index.ts'
import type { PackReading } from '../../host/index.ts'
import { parsePolicies, type Registry } from '../../policy/index.ts'
import { filesIn, PACK_FOLDERS } from './pack-layout.ts'

/** Those under which its records were made. */
export function readPackedPolicies(files: PackReading['files']): Result<Registry> {
  const policies = [...filesIn(files, PACK_FOLDERS.policies)]
  return parsePolicies(policies.map(([name, bytes]) => ({ name, bytes })))
}
