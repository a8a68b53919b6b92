// Package URLs (purl specification): the one name of a package over all ecosystems. The only door to `packageurl-js`.

import { PackageURL } from 'packageurl-js'
import { accept, type Result, refuse, quote } from '../core/index.ts'
import type { SnapshotProblem } from './problem.ts'

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
  try {
    const { type, namespace, name, version, qualifiers, subpath } = PackageURL.fromString(text)
    return accept({
      type,
      ...(namespace && { namespace }),
      name,
      ...(version && { version }),
      ...(qualifiers && { qualifiers: { ...qualifiers } }),
      ...(subpath && { subpath }),
    })
  } catch (error) {
    return refused(text, error)
  }
}

function fromParts({ type, namespace, name, version, qualifiers, subpath }: Purl): PackageURL {
  return new PackageURL(type, namespace, name, version, qualifiers, subpath)
}

/** `packageurl-js` 2.0.1 encodes ":" in the values of qualifiers; the specification (Character encoding) leaves it. */
function encode(purl: PackageURL): string {
  const text = purl.toString()
  const query = text.indexOf('?')
  return query < 0 ? text : text.slice(0, query) + text.slice(query).replaceAll('%3A', ':')
}

function refused(text: string, error: unknown): Result<never, SnapshotProblem> {
  const reason = error instanceof Error ? error.message : 'it is no purl'
  return refuse({
    code: 'snapshot/purl',
    message: `Cannot use ${quote(text)} as a purl: ${reason}`,
  })
}
