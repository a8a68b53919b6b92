// A document by its schema, and what that says against it: in our words and with a JSON Pointer (RFC 6901).

import type * as z from 'zod/mini'
import { type Problem, type Result, accept, judge, refuse } from '../result.ts'
import { quote } from '../quote.ts'
import { encodeJsonPointer } from './json-pointer.ts'
import type { JsonValue } from './json-value.ts'

/** One rule of a schema that a value breaks. */
export interface Breach {
  readonly message: string
  /** Absent for the whole document: its pointer is empty, and tells a person nothing. */
  readonly at?: string
  /** The member that the schema does not know, where that is the rule. */
  readonly member?: string
  /** What the schema's author gave to a rule of their own. */
  readonly params?: Readonly<Record<string, unknown>>
}

type Issue = z.core.$ZodIssue

/**
 * Reads a value by its schema.
 *
 * @param describe the caller's problem for each rule that is broken
 * @returns the typed value, or every rule that it breaks
 */
export function parseBySchema<S extends z.ZodMiniType, P extends Problem>(
  schema: S,
  value: JsonValue,
  describe: (breach: Breach) => P,
): Result<z.output<S>, P> {
  const shaped = unlessOverflow(() => schema.safeParse(value))
  if (shaped === undefined) {
    const message = 'Expected the members of its schema, found more mistakes than can be told'
    return refuse(describe({ message }))
  }
  if (shaped.success) return accept(shaped.data)
  const breaches = shaped.error.issues.flatMap((issue) => breachesOf(issue, value))
  return judge(undefined as never, breaches.map(describe))
}

/** The library puts every mistake of a list on the stack at once, which has no room for a hundred thousand. */
function unlessOverflow<T>(run: () => T): T | undefined {
  try {
    return run()
  } catch (cause) {
    if (cause instanceof RangeError) return undefined
    throw cause
  }
}

function breachesOf(issue: Issue, value: JsonValue): readonly Breach[] {
  const pointer = encodeJsonPointer(issue.path)
  const at = pointer === '' ? {} : { at: pointer }
  if (issue.code === 'custom') {
    return [{ message: issue.message, ...(issue.params && { params: issue.params }), ...at }]
  }
  if (issue.code !== 'unrecognized_keys') {
    return [
      { message: describeMissing(issue, value) ?? `Expected ${describeExpected(issue)}`, ...at },
    ]
  }
  return issue.keys.map((member) => {
    const message = `Expected only known members, found ${quote(member)}`
    return { message, member, ...at }
  })
}

/** What is not there has no line and no value of its own: its name says where it should stand. */
function describeMissing(issue: Issue, value: JsonValue): string | undefined {
  const { path } = issue
  let parent: unknown = value
  for (const step of path.slice(0, -1)) parent = (parent as Record<PropertyKey, unknown>)[step]
  const name = path.at(-1)
  if (name === undefined || Object.hasOwn(parent as object, name)) return undefined
  const choice = issue.code === 'invalid_value' ? `, ${describeChoice(issue.values)}` : ''
  return `Expected the member ${quote(nameOf(path))}${choice}, found none`
}

/** `scope.manifest`, `findings[0].id` */
function nameOf(path: readonly PropertyKey[]): string {
  return path
    .map((step, at) => {
      if (typeof step === 'number') return `[${step}]`
      return at === 0 ? String(step) : `.${String(step)}`
    })
    .join('')
}

function describeChoice(values: readonly unknown[]): string {
  return values.map((value) => quote(String(value))).join(' or ')
}

function describeExpected(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_value':
      return describeChoice(issue.values)
    case 'invalid_type':
      return issue.expected === 'int' ? 'a whole number' : `a value of type ${issue.expected}`
    case 'too_small':
      return `at least ${issue.minimum}`
    case 'too_big':
      return `at most ${issue.maximum}`
    case 'invalid_format':
    case 'invalid_union':
      // Schemas name these in words of their own.
      return issue.message
    default:
      return 'another value'
  }
}
