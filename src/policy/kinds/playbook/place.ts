// What a control of a playbook is called, and where it stands.

import * as z from 'zod/mini'
import { encodeJsonPointer, quote } from '../../../core/index.ts'
import { DECLARED_TEXT } from '../../kind.ts'

const TEXT_MAX = 200

/** Of a control: `runtime_canary`. */
export const CONTROL_ID = z
  .string()
  .check(
    z.maxLength(TEXT_MAX),
    z.regex(/^[a-z][a-z0-9]*(?:[_-][a-z0-9]+)*$/, { error: 'an id such as "runtime_canary"' }),
  )

/** `2`, `2.1` */
const SECTION = z
  .string()
  .check(
    z.maxLength(TEXT_MAX),
    z.regex(/^[1-9][0-9]*(?:\.[1-9][0-9]*)*$/, { error: 'a section such as "2.1"' }),
  )

/** Whose it is to mend. */
const CONTROL_OWNER = z.enum(['maintainers', 'administrators', 'release-owner'])

/** A name as other tools have it: of a job, a test, a member of a report. */
export const FOREIGN_NAME = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(TEXT_MAX),
    z.regex(/^[^\p{Cc}\p{Cf}\u2028\u2029]+$/u, { error: 'a name on one line' }),
  )

/** What a control of any kind is called, and where it stands. */
export const CONTROL_PLACE = {
  id: CONTROL_ID,
  title: DECLARED_TEXT,
  section: SECTION,
  owner: CONTROL_OWNER,
} as const

const ITEMS_MAX = 200

/** A list of what has ids. */
export function itemsOf<T extends z.ZodMiniType<{ readonly id: string }>>(item: T) {
  return z.readonly(z.array(item).check(z.minLength(1), z.maxLength(ITEMS_MAX)))
}

/** What has an id, and where in the document it stands. */
interface PlacedId {
  readonly id: string
  readonly at: readonly (string | number)[]
}

/** Where the items of a list stand. */
export function placesIn(
  at: PlacedId['at'],
  items: readonly { readonly id: string }[] = [],
): readonly PlacedId[] {
  return items.map(({ id }, index) => ({ id, at: [...at, index] }))
}

/** Each id stands once in its group; one that stands again is told there, with the place of the first. */
export function eachIdOnce<T>(
  groupsOf: (document: T) => readonly (readonly PlacedId[])[],
): z.core.CheckFn<T> {
  return ({ value, issues }) => {
    for (const group of groupsOf(value)) {
      const firsts = new Map<string, PlacedId['at']>()
      for (const { id, at } of group) {
        const first = firsts.get(id)
        if (first === undefined) {
          firsts.set(id, at)
          continue
        }
        const there = quote(encodeJsonPointer(first))
        const message = `Expected each id once, found ${quote(id)} of ${there} again`
        issues.push({ code: 'custom', message, input: value, path: [...at, 'id'] })
      }
    }
  }
}
