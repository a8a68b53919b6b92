// What a list has to have: a text, number or boolean, or an object that has these members, whatever else it has.

import * as z from 'zod/mini'
import { quote } from '../../core/index.ts'

const TEXT_MAX = 1_000

/** The schema of a {@link Scalar}. */
export const SCALAR = z.union([z.string().check(z.maxLength(TEXT_MAX)), z.number(), z.boolean()], {
  error: 'a text, a number, true or false',
})

/** A value that members are compared with. */
export type Scalar = z.infer<typeof SCALAR>

/** Members of an object of a list, each as it has to be there. */
export interface IncludedMembers {
  readonly [name: string]: Scalar | IncludedMembers
}

const NAME = z.string().check(z.minLength(1), z.maxLength(TEXT_MAX))

const MEMBERS: z.ZodMiniType<IncludedMembers> = z
  .record(
    NAME,
    z.lazy(() => INCLUDED),
  )
  .check(
    z.refine((members) => Object.keys(members).length > 0, {
      error: 'Expected one member at least',
    }),
  )
  .register(z.globalRegistry, { id: 'included-members', minProperties: 1 })

/** What a list has to have. */
export const INCLUDED: z.ZodMiniType<Scalar | IncludedMembers> = z.union([SCALAR, MEMBERS], {
  error: 'a text, a number, true or false, or members of an object',
})

/** `"a"`, or `{"name": "a", "digest": {"sha256": "9f86…"}}`. */
export function describeIncluded(wanted: Scalar | IncludedMembers): string {
  if (typeof wanted === 'string') return quote(wanted)
  if (typeof wanted !== 'object') return String(wanted)
  const members = Object.entries(wanted).map(
    ([name, part]) => `${quote(name)}: ${describeIncluded(part)}`,
  )
  return `{${members.join(', ')}}`
}
