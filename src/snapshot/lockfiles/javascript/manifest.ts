// package.json beside a lockfile: what the project itself asks for, where the lockfile does not
// repeat it.

import * as z from 'zod/mini'
import { accept, type Result } from '../../../core/index.ts'
import type { LockfileInput } from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { parseJsonDocument, readShape } from '../document.ts'

const TEXTS = z.optional(z.record(z.string(), z.string()))

const MANIFEST = z.object({
  dependencies: TEXTS,
  devDependencies: TEXTS,
  optionalDependencies: TEXTS,
  peerDependencies: TEXTS,
  resolutions: TEXTS,
  workspaces: z.optional(z.unknown()),
})

/** The members of package.json that say which packages are asked for. */
export type Manifest = z.output<typeof MANIFEST>

/**
 * Reads `package.json` beside the lockfile; nothing where there is none, a refusal where it can not
 * be read.
 */
export function readManifest(input: LockfileInput): Result<Manifest | undefined, SnapshotProblem> {
  const bytes = input.siblings('package.json')
  if (bytes === undefined) return accept(undefined)
  const document = parseJsonDocument(input.path.replace(/[^/]*$/, 'package.json'), bytes)
  return document.ok ? readShape(document.value, MANIFEST) : document
}
