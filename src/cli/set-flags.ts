// Options of how a set is read: the same for every command that reads one.

import { numberParser } from '@stricli/core'
import { parseText } from './flags.ts'

/** What the options of {@link SET_FLAGS} give. */
export interface SetFlags {
  readonly strip?: number
  readonly symlinks?: 'refuse' | 'list'
}

/** The options, for the framework. */
export const SET_FLAGS = {
  strip: {
    kind: 'parsed',
    parse: parseCount,
    optional: true,
    placeholder: 'N',
    brief: 'Drop this many leading parts of the names in an archive',
  },
  symlinks: {
    kind: 'enum',
    values: ['refuse', 'list'],
    optional: true,
    brief: 'Symbolic links in the set are never followed: refuse them (default), or list them',
  },
} as const

/** `--exclude GLOB`; each command says what becomes of what it leaves out. */
export const EXCLUDE_FLAG = {
  kind: 'parsed',
  parse: parseGlob,
  variadic: true,
  optional: true,
  placeholder: 'GLOB',
} as const

function parseCount(input: string): number {
  const count = numberParser(input)
  if (Number.isSafeInteger(count) && count >= 0) return count
  throw new SyntaxError('Expected a whole number that is not negative')
}

/** Each further star makes matching a hostile name slower by as much as the name is long. */
const STARS_MAX = { inName: 3, folders: 2 } as const

/** Globs that are matched in bounded time, whatever they are matched against. */
export function parseGlob(input: string): string {
  parseText(input)
  const names = input.split('/')
  const folders = names.filter((name) => name === '**').length
  const starsIn = (name: string) => name.replaceAll(/[^*]/g, '').length
  if (folders <= STARS_MAX.folders && names.every((name) => starsIn(name) <= STARS_MAX.inName)) {
    return input
  }
  throw new SyntaxError(
    'Expected at most three * in a name and two ** for folders: give several globs instead',
  )
}
