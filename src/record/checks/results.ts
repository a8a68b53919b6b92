// Results by name: of tests, of checks, of whatever a record lists, and whether those that are required are among them.

import * as z from 'zod/mini'
import type { Check } from '../../core/index.ts'
import { countOf, quote } from '../../core/index.ts'
import { listOf, NAME } from '../statement/member-schema.ts'
import { failed, passed } from '../view.ts'

/** Names with a result each, in the order in which they were come to. */
export const RESULTS = listOf(
  z.strictObject({ name: NAME, result: z.enum(['passed', 'failed']) }),
  ({ name }) => name,
)

/** How something named ended. `warned`: it passed, but not silently. */
export type NamedResult = 'passed' | 'warned' | 'failed'

/** The results of a list, by their names. */
export function resultsByName(
  list: readonly { readonly name: string; readonly result: NamedResult }[],
): ReadonlyMap<string, NamedResult> {
  return new Map(list.map(({ name, result }) => [name, result]))
}

const SHOWN_MAX = 10

/**
 * whether anything passed, nothing failed, and each required name is there and passed.
 *
 * @param required names that have to be there; without any, one that passed is enough
 */
export function checkResults(
  results: ReadonlyMap<string, NamedResult>,
  required: readonly string[] = [],
): readonly Check[] {
  const failures = [...results].filter(([, result]) => result === 'failed').map(([name]) => name)
  const absent = required.filter((name) => !results.has(name))
  const warned = required.filter((name) => results.get(name) === 'warned')
  return [
    failures.length === 0
      ? passed('failures', 'Nothing failed')
      : failed('failures', 'rejected', 'record/check-failed', 'Something failed', {
          found: list(failures),
        }),
    !isOnlyWarned(results) && absent.length === 0
      ? passed('required', `${countOf(results.size, 'result')}, all that are required among them`)
      : failed('required', 'missing', 'record/check-missing', 'Results are not there', {
          expected: required.length === 0 ? 'at least one result that passed' : list(required),
          found: absent.length === 0 ? 'none' : `none of ${list(absent)}`,
        }),
    ...(warned.length === 0
      ? []
      : [
          failed('warnings', 'rejected', 'record/check-warned', 'What is required only warned', {
            found: list(warned),
          }),
        ]),
  ]
}

/** Nothing at all, or warnings alone, such as of checks that came to no conclusion: they show nothing good, and nothing bad. */
export function isOnlyWarned(results: ReadonlyMap<string, NamedResult>): boolean {
  return [...results.values()].every((result) => result === 'warned')
}

/** A few of the names, and how many more there are. */
function list(names: readonly string[]): string {
  const shown = names.slice(0, SHOWN_MAX).map((name) => quote(name))
  const more = names.length - shown.length
  return more === 0 ? shown.join(', ') : `${shown.join(', ')} and ${more} more`
}
