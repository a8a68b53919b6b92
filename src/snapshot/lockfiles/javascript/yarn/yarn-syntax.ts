// Yarn's own notations. The only door to `@yarnpkg/parsers`, which reads them as Yarn does but
// keeps the last of two equal keys in silence and knows no lines: the pass over the lines below
// refuses the first and adds the second.

import { parseResolution, parseSyml } from '@yarnpkg/parsers'
import { accept, parseUtf8, quote, type Result } from '../../../../core/index.ts'
import { stripCredentials } from '../../../address.ts'
import type { SnapshotProblem } from '../../../problem.ts'
import { unknownVersion, unreadable } from '../../document.ts'

/** Among the comments at the head; without it the package would read the file as YAML. */
const HEADER = /^(?:#.*\r?\n)*# yarn lockfile v1\r?\n/

/** The blocks of a Yarn 1 lockfile. */
export interface YarnBlocks {
  /** By pattern, `name@range`; the patterns of one block share its value. */
  readonly values: Readonly<Record<string, unknown>>
  /** The patterns of each block, with its line. */
  readonly blocks: readonly { readonly patterns: readonly string[]; readonly line: number }[]
}

/**
 * Reads a lockfile that starts as Yarn 1 writes it; `snapshot/lockfile-syntax` names the line that
 * is wrong.
 */
export function parseYarnBlocks(
  path: string,
  bytes: Uint8Array,
): Result<YarnBlocks, SnapshotProblem> {
  const text = parseUtf8(bytes)
  if (!text.ok) return unreadable(path, text.problems)
  if (!HEADER.test(text.value)) {
    return unknownVersion(path, { found: 'none', known: '1 ("# yarn lockfile v1")' })
  }
  const refused = (message: string, line: number) =>
    unreadable(path, [{ code: 'snapshot/lockfile-syntax', message, at: `line ${line}` }])
  const blocks: { patterns: readonly string[]; line: number }[] = []
  const seen = new Set<string>()
  const place = ['', '', '']
  for (const [index, line] of text.value.split(/\r?\n/).entries()) {
    const [indent = ''] = /^ */.exec(line) ?? []
    const rest = line.slice(indent.length)
    if (rest === '' || rest.startsWith('#')) continue
    const depth = indent.length / 2
    const names = namesOf(rest, depth)
    if (names === undefined) return refused('Expected a key of at most two levels', index + 1)
    place.splice(depth, place.length, ...names.slice(0, 1))
    for (const name of names) {
      const key = [...place.slice(0, depth), name].join('\n')
      if (seen.has(key)) {
        const shown = quote(stripCredentials(name))
        return refused(`Expected ${shown} once, found it twice`, index + 1)
      }
      seen.add(key)
    }
    if (depth === 0) blocks.push({ patterns: names, line: index + 1 })
  }
  try {
    const values = parseSyml(text.value)
    const odd = blocks.find(({ patterns }) => patterns.some((name) => !Object.hasOwn(values, name)))
    if (odd !== undefined) return refused('Expected patterns as Yarn writes them', odd.line)
    return accept({ values, blocks })
  } catch (error) {
    const { start } = (error as { location?: { start?: { line: number } } }).location ?? {}
    return refused('Expected the notation of Yarn 1', start?.line ?? 1)
  }
}

/** One member of `resolutions`: whose request for what is answered otherwise. */
export interface ResolutionRule {
  readonly from?: { readonly fullName: string; readonly description?: string }
  readonly descriptor: { readonly fullName: string; readonly description?: string }
  readonly reference: string
}

/**
 * Reads `resolutions` of package.json; a pattern that Yarn would not take is left out, as it
 * changes nothing.
 */
export function readResolutions(
  resolutions: Readonly<Record<string, string>>,
): readonly ResolutionRule[] {
  return Object.entries(resolutions).flatMap(([pattern, reference]) => {
    try {
      return [{ ...parseResolution(pattern), reference }]
    } catch {
      // Yarn refuses to install with such a pattern, so no lockfile was made under it.
      return []
    }
  })
}

/** The keys that a line opens: at the top several patterns, deeper one name. */
function namesOf(rest: string, depth: number): readonly string[] | undefined {
  if (![0, 1, 2].includes(depth)) return undefined
  const tokens = (depth === 0 ? rest.replace(/:$/, '').split(', ') : [rest]).map((token) => {
    return /^"([^"\\]+)"/.exec(token)?.[1] ?? /^[^\s":\\][^\s"\\]*/.exec(token)?.[0]
  })
  const names = tokens.flatMap((token) => (token === undefined ? [] : token.replace(/:$/, '')))
  return names.length === tokens.length ? names : undefined
}
