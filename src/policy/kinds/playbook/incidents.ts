// When something on the default branch counts as an incident, and what to do first (seed ruling 42).

import * as z from 'zod/mini'
import { DECLARED_TEXT, listOf, PATH } from '../../kind.ts'
import { POINTER } from '../../requirement/condition.ts'
import { DURATION } from '../../requirement/duration.ts'
import { exactlyOne } from '../../requirement/exclusive-members.ts'
import { CONTROL_PLACE, FOREIGN_NAME, itemsOf } from './place.ts'

const BREACHES_MAX = 10_000

/** Fires where one of these reports has that word in that place. */
const SUMMARY = z.strictObject({
  paths: listOf(PATH),
  at: POINTER,
  equals: FOREIGN_NAME,
})

/** Fires where so many results of critical jobs failed within that time: those of test results, and those that reports list. */
const BREACHES = z.strictObject({
  least: z.int().check(z.gte(1), z.lte(BREACHES_MAX)),
  within: DURATION,
  /** A report with a list of breaches, each with the job and the time (RFC 3339). */
  report: z.optional(
    z.strictObject({ path: PATH, list: POINTER, job: FOREIGN_NAME, at: FOREIGN_NAME }),
  ),
})

const FORMS = ['job', 'summary', 'breaches'] as const

const SHAPE = z.strictObject({
  ...CONTROL_PLACE,
  /** A critical job, that failed in the last word about it. */
  job: z.optional(FOREIGN_NAME),
  summary: z.optional(SUMMARY),
  breaches: z.optional(BREACHES),
})

const PLACE = z.strictObject(CONTROL_PLACE)

/** One trigger, of exactly one form; records of an incident name it by its id. */
export type PlaybookTrigger = Readonly<z.infer<typeof PLACE>> &
  (
    | { readonly job: string }
    | { readonly summary: Readonly<z.infer<typeof SUMMARY>> }
    | { readonly breaches: Readonly<z.infer<typeof BREACHES>> }
  )

const TRIGGER = SHAPE.check(exactlyOne(FORMS)).register(z.globalRegistry, {
  oneOf: FORMS.map((form) => ({ required: [form] })),
}) as unknown as z.ZodMiniType<PlaybookTrigger>

/** What a playbook says of incidents. */
export const INCIDENTS = z
  .strictObject({
    criticalJobs: listOf(FOREIGN_NAME),
    triggers: itemsOf(TRIGGER),
    /** The control that no incident is open. */
    open: PLACE,
    /** What to do first, in this order. */
    actions: listOf(DECLARED_TEXT),
  })
  .check(
    z.refine(
      ({ criticalJobs, triggers }) =>
        triggers.every((trigger) => !('job' in trigger) || criticalJobs.includes(trigger.job)),
      { error: 'Expected critical jobs in the triggers' },
    ),
  )

/** What a playbook says of incidents. */
export type PlaybookIncidents = Readonly<z.infer<typeof INCIDENTS>>
