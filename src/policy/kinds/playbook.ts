// A playbook (seed 002): everything that has to hold before a release is promoted, section by section, and the one exception from it.

import * as z from 'zod/mini'
import { APPROVAL_SCOPES } from '../vocabulary.ts'
import { defineKind, listOf, OPEN_SCOPE, PATH, TOKEN } from '../kind.ts'
import { POINTER } from '../requirement/condition.ts'
import { exactlyOne, onlyBeside } from '../requirement/exclusive-members.ts'
import { requirementList } from '../requirement/requirement.ts'
import { ATTACHMENTS } from './playbook/attachments.ts'
import { CLOSURE } from './playbook/closure.ts'
import { INCIDENTS } from './playbook/incidents.ts'
import { CONTROL_PLACE, eachIdOnce, FOREIGN_NAME, itemsOf, placesIn } from './playbook/place.ts'
import { SEQUENCES } from './playbook/sequences.ts'

const ATTACHED_MAX = 200
const TEXT_MAX = 200

/** A CI outcome: the job stands by this name in a test result; one that only has to complete publishes files instead. */
const JOB = z.strictObject({ name: FOREIGN_NAME, publishes: z.optional(listOf(PATH)) })

/** A word, number or truth in a report. */
const REPORT = z.strictObject({
  path: PATH,
  at: POINTER,
  equals: z.union([z.string().check(z.maxLength(TEXT_MAX)), z.number(), z.boolean()], {
    error: 'a text, a number, true or false',
  }),
})

/** A report that consolidates others: its own word, and where it lists what that comes from. */
const SUMMARY = z.strictObject({
  path: PATH,
  at: POINTER,
  controls: POINTER,
  /** Members of each that it lists. */
  id: FOREIGN_NAME,
  word: FOREIGN_NAME,
})

const FORMS = ['job', 'report', 'summary'] as const

const CONTROL_SHAPE = z.strictObject({
  ...CONTROL_PLACE,
  job: z.optional(JOB),
  report: z.optional(REPORT),
  summary: z.optional(SUMMARY),
})

const PLACE = z.strictObject(CONTROL_PLACE)

/**
 * A condition of a playbook: exactly one of a job, a report and a summary.
 *
 * @example { id: 'runtime_canary', title: 'Runtime canary', section: '2.1', owner: 'maintainers', job: { name: 'runtime_canary' } }
 */
export type PlaybookControl = Readonly<z.infer<typeof PLACE>> &
  (
    | { readonly job: Readonly<z.infer<typeof JOB>> }
    | { readonly report: Readonly<z.infer<typeof REPORT>> }
    | { readonly summary: Readonly<z.infer<typeof SUMMARY>> }
  )

const CONTROL = CONTROL_SHAPE.check(exactlyOne(FORMS)).register(z.globalRegistry, {
  oneOf: FORMS.map((form) => ({ required: [form] })),
}) as unknown as z.ZodMiniType<PlaybookControl>

/** What the project can not force: the one control that may stay unverified, and what somebody has to sign about it first. */
const EXCEPTION = z.strictObject({
  ...CONTROL_PLACE,
  /** What was followed; the verification names it by digest. */
  runbook: PATH,
  /** What is attached to the release; the verification names each by digest. */
  attached: z.readonly(z.array(PATH).check(z.minLength(1), z.maxLength(ATTACHED_MAX))),
  verification: requirementList(1),
})

/** Where in a playbook the requirements stand. */
export const EXCEPTION_VERIFICATION = ['exception', 'verification'] as const

/** Two different people decide: one in a role of the owner, and at least one other. */
const DECISION = z.strictObject({
  ...CONTROL_PLACE,
  scope: z.enum(APPROVAL_SCOPES),
  ownerRoles: listOf(TOKEN),
  approverRoles: listOf(TOKEN),
})

/** A playbook. */
export const playbookSchema = defineKind('playbook', {
  scope: OPEN_SCOPE,
  /** Of whose word counts that a job passed; that one failed is heard from everybody. */
  jobRoles: listOf(TOKEN),
  /** The same of the steps of a sequence. */
  sequenceRoles: z.optional(listOf(TOKEN)),
  controls: itemsOf(CONTROL),
  sequences: z.optional(SEQUENCES),
  attachments: z.optional(ATTACHMENTS),
  incidents: z.optional(INCIDENTS),
  /** Of the control of the exception. */
  closure: z.optional(CLOSURE),
  exception: EXCEPTION,
  decision: DECISION,
})
  .check(
    onlyBeside(['sequences'], 'sequenceRoles'),
    onlyBeside(['sequenceRoles'], 'sequences'),
    eachIdOnce(({ controls, exception, sequences = [], attachments, incidents, decision }) => [
      // Incidents, exceptions and people name a control by its id alone, in whichever section it stands.
      [
        ...placesIn(['controls'], controls),
        { id: exception.id, at: ['exception'] },
        ...placesIn(['sequences'], sequences),
        ...placesIn(['attachments'], attachments),
        ...placesIn(['incidents', 'triggers'], incidents?.triggers),
        ...(incidents === undefined ? [] : [{ id: incidents.open.id, at: ['incidents', 'open'] }]),
        { id: decision.id, at: ['decision'] },
      ],
      ...sequences.map(({ steps }, index) => placesIn(['sequences', index, 'steps'], steps)),
    ]),
  )
  .register(z.globalRegistry, {
    dependentRequired: { sequences: ['sequenceRoles'], sequenceRoles: ['sequences'] },
  })
