// What a control of a playbook is called, and where it stands.

import * as z from 'zod/mini'
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

/** A list of what has ids, each once. */
export function listById<T extends z.ZodMiniType<{ readonly id: string }>>(item: T) {
  return z.readonly(
    z
      .array(item)
      .check(
        z.minLength(1),
        z.maxLength(ITEMS_MAX),
        z.refine(hasEachOnce, { error: 'Expected each id once' }),
      ),
  )
}

function hasEachOnce(items: readonly { readonly id: string }[]): boolean {
  return new Set(items.map(({ id }) => id)).size === items.length
}
