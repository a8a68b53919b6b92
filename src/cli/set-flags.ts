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
  parse: parseText,
  variadic: true,
  optional: true,
  placeholder: 'GLOB',
} as const

function parseCount(input: string): number {
  const count = numberParser(input)
  if (Number.isSafeInteger(count) && count >= 0) return count
  throw new SyntaxError('Expected a whole number that is not negative')
}
