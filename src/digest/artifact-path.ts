// What an artifact may be called: one name that every file system, shell and verifier reads the same way.

import { accept, LIMITS, quote, type Result, refuse } from '../core/index.ts'
import type { DigestProblem } from './problem.ts'

/** What a terminal or an editor would not show as it is, line separators among it. */
const INVISIBLE = /[\p{Cc}\p{Zl}\p{Zp}\p{Bidi_Control}]/u
const DRIVE = /^[A-Za-z]:(?:\/|$)/
const EMPTY_OR_DOTS = /(?:^|\/)\.{0,2}(?:\/|$)/
/** No honest tree is deeper, and every folder of a path has to be looked at. */
const PARTS_MAX = 256
const PRINTABLE_ASCII = /^[\x20-\x7e]*$/

/**
 * Accepts a path that means one file, the same one everywhere: relative, forward slashes, no `.` or `..`.
 *
 * @param path as the manifest or the archive spells it, for example `lib/app.js`
 * @returns the same string, or `digest/path-unsafe`
 */
export function parseArtifactPath(path: string): Result<string, DigestProblem> {
  const rule = brokenRule(path)
  if (rule === undefined) return accept(path)
  return refuse({
    code: 'digest/path-unsafe',
    message: `Cannot use ${quote(path)} as an artifact's path: expected ${rule}`,
    hint: 'Rename the file, or leave it out with --exclude',
  })
}

/** The first rule that the name breaks, in words, or nothing. */
function brokenRule(path: string): string | undefined {
  if (path === '') return 'a name'
  if (!path.isWellFormed()) return 'well-formed Unicode'
  // Go's dirhash refuses newlines (DH-3); sha256sum would escape them and backslashes (DH-6).
  if (INVISIBLE.test(path)) return 'no control or direction characters'
  if (path.includes('\\')) return 'no backslash'
  if (path.startsWith('/') || DRIVE.test(path)) return 'a relative path'
  if (EMPTY_OR_DOTS.test(path)) return 'no empty, "." or ".." part'
  if (path.split('/', PARTS_MAX + 1).length > PARTS_MAX) return `at most ${PARTS_MAX} parts`
  if (Buffer.byteLength(path) > LIMITS.pathBytesMax) return `at most ${LIMITS.pathBytesMax} bytes`
  return undefined
}

/** Two paths with one key are one file on a system that folds case or normalises (Unicode 16.0, D145). */
export function collisionKey(path: string): string {
  if (PRINTABLE_ASCII.test(path)) return path.toLowerCase()
  // Upper case first unfolds what has no single lower-case form, such as "ß"; "ı" alone would become "i" on that way.
  const folded = path
    .normalize('NFD')
    .replace(/[^ı]+/gu, (text) => text.toUpperCase().toLowerCase())
  return folded.normalize('NFD')
}
