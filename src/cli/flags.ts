// Options that several commands share, each defined once.

/** `--format text|json`: what standard output carries. */
export const FORMAT_FLAG = {
  kind: 'enum',
  values: ['text', 'json'],
  default: 'text',
  brief: 'What standard output carries',
} as const

/** A value of {@link FORMAT_FLAG}. */
export type Format = 'text' | 'json'

/** A path, name or glob, taken as it is; an empty one comes from a variable that was not set, and is refused. */
export function parseText(input: string): string {
  if (input === '') throw new Error('Expected a value, found none')
  return input
}

/** An option with a value that is any text. */
export const TEXT = { kind: 'parsed', parse: parseText } as const

/** The same, which may be left out. */
export const OPTIONAL_TEXT = { ...TEXT, optional: true } as const

/** An option that is there or not. */
export const SWITCH = { kind: 'boolean', optional: true, withNegated: false } as const

/** The options of a command that has none; the framework derives their definitions from its keys. */
export type NoFlags = {}
