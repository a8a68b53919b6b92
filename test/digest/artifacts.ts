// Artifacts and paths for tests, and what a result says in short.

import fc from 'fast-check'
import type { Result } from '../../src/core/index.ts'
import {
  type Artifact,
  digestBytes,
  findPathCollisions,
  parseArtifactPath,
} from '../../src/digest/index.ts'

export const EMPTY_SHA256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'

/** `accepted`, or each problem's code and place. */
export function codesOf(result: Result<unknown>): 'accepted' | readonly string[] {
  if (result.ok) return 'accepted'
  return result.problems.map(({ code, at }) => `${code} ${at ?? ''}`.trim())
}

export function artifact(path: string, content = ''): Artifact {
  return { path, sha256: digestBytes('sha256', Buffer.from(content)) }
}

const PART = fc.oneof(
  fc.stringMatching(/^[a-z0-9._-]{1,8}$/),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 4 }),
)

/** Paths that are accepted, from every plane of Unicode. */
const anyPath = fc
  .array(PART, { minLength: 1, maxLength: 3 })
  .map((parts) => parts.join('/'))
  .filter((path) => parseArtifactPath(path).ok)

/** Sets of artifacts that may lie beside each other. */
export const anyArtifacts = fc
  .array(
    fc.record({
      path: anyPath,
      sha256: fc
        .uint8Array({ minLength: 32, maxLength: 32 })
        .map((bytes) => Buffer.from(bytes).toString('hex')),
    }),
    { minLength: 1, maxLength: 12 },
  )
  .filter((artifacts) => findPathCollisions(artifacts).length === 0)
