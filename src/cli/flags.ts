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

/** The options of a command that has none; the framework derives their definitions from its keys. */
export type NoFlags = {}
