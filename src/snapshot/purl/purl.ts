// Package URLs (purl specification): the one name of a package over all ecosystems. The only door
// to `packageurl-js`.

import { PackageURL } from 'packageurl-js'
import { accept, type Result, refuse, quote } from '../../core/index.ts'
import type { SnapshotProblem } from '../problem.ts'

/**
 * A purl in its parts, each decoded.
 *
 * @example { type: 'npm', namespace: '@angular', name: 'animation', version: '12.3.1' }
 */
export interface Purl {
  readonly type: string
  readonly namespace?: string
  readonly name: string
  readonly version?: string
  readonly qualifiers?: Readonly<Record<string, string>>
  readonly subpath?: string
}

/**
 * The canonical purl of these parts.
 *
 * @returns `snapshot/purl` where the type's rules refuse them
 */
export function buildPurl(parts: Purl): Result<string, SnapshotProblem> {
  try {
    return accept(encode(fromParts(parts)))
  } catch (error) {
    return refused(`${parts.type}/${parts.name}`, error)
  }
}

/** Reads a purl, canonical or not, into its parts; `snapshot/purl` where it breaks a rule. */
export function parsePurl(text: string): Result<Purl, SnapshotProblem> {
  const rule = brokenRule(text)
  if (rule !== undefined) return refused(text, new Error(`expected ${rule}`))
  try {
    const { type, namespace, name, version, qualifiers, subpath } = PackageURL.fromString(text)
    return accept({
      type,
      ...(namespace && { namespace }),
      name,
      ...(version && { version }),
      ...(qualifiers && { qualifiers: { ...qualifiers } }),
      ...(subpath && { subpath: subpath.replace(/^\/+/, '') }),
    })
  } catch (error) {
    return refused(text, error)
  }
}

/**
 * What the URL reader under `packageurl-js` passes over in silence, so that two tools would read
 * two purls.
 */
function brokenRule(text: string): string | undefined {
  if (/[\s\p{Cc}]/u.test(text)) return 'no blanks and no control characters'
  const keys = (/\?([^#]*)/.exec(text)?.[1] ?? '').split('&').map((part) => part.split('=', 1)[0])
  return new Set(keys).size < keys.length ? 'each qualifier once' : undefined
}

function fromParts({ type, namespace, name, version, qualifiers, subpath }: Purl): PackageURL {
  return new PackageURL(type, namespace, name, version, qualifiers, subpath)
}

/**
 * `packageurl-js` 2.0.1 encodes ":" in names, qualifiers and subpaths; the specification (Character
 * encoding) never does. A "%" of the parts is itself encoded, so "%3A" in the text is always an
 * encoded colon.
 */
function encode(purl: PackageURL): string {
  return purl.toString().replaceAll('%3A', ':')
}

function refused(text: string, error: unknown): Result<never, SnapshotProblem> {
  const reason = error instanceof Error ? error.message : 'it is no purl'
  return refuse({
    code: 'snapshot/purl',
    message: `Cannot use ${quote(text)} as a purl: ${reason}`,
  })
}
