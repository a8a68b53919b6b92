// What is attached to a release (seed ruling 41): each by digest, and two of them only where the evidence shows that there is anything to attach.

import * as z from 'zod/mini'
import { listOf, PATH, TOKEN } from '../../kind.ts'
import { exactlyOne } from '../../requirement/exclusive-members.ts'
import { CONTROL_PLACE, FOREIGN_NAME, itemsOf } from './place.ts'

const ENVIRONMENT = '<environment>'

const TEMPLATE = z.string().check(
  z.maxLength(1_000),
  z.regex(/^(?!\/)(?!.*(?:^|\/)\.{1,2}(?:\/|$))[!-~]*<environment>[!-~]*$/, {
    error: `a path with ${ENVIRONMENT} in it`,
  }),
)

/** A person of the role says that none applies, by that name among the passed tests of a test result. */
const RULESET = z.strictObject({ anyOf: listOf(PATH), role: TOKEN, none: FOREIGN_NAME })

const FORMS = ['run', 'files', 'lineage', 'promotion', 'ruleset'] as const

const SHAPE = z.strictObject({
  ...CONTROL_PLACE,
  /** The address of the CI run, out of accepted provenance. */
  run: z.optional(z.literal('from-provenance')),
  /** All of these. */
  files: z.optional(listOf(PATH)),
  /** Says exactly what the ledger shows. */
  lineage: z.optional(PATH),
  /** One for each environment that records promote the release to. */
  promotion: z.optional(TEMPLATE),
  /** One of the files, unless somebody says that there is no ruleset for the branch. */
  ruleset: z.optional(RULESET),
})

const PLACE = z.strictObject(CONTROL_PLACE)

/** One attachment, of exactly one form. */
export type PlaybookAttachment = Readonly<z.infer<typeof PLACE>> &
  (
    | { readonly run: 'from-provenance' }
    | { readonly files: readonly string[] }
    | { readonly lineage: string }
    | { readonly promotion: string }
    | { readonly ruleset: Readonly<z.infer<typeof RULESET>> }
  )

const ATTACHMENT = SHAPE.check(exactlyOne(FORMS)).register(z.globalRegistry, {
  oneOf: FORMS.map((form) => ({ required: [form] })),
}) as unknown as z.ZodMiniType<PlaybookAttachment>

/** The attachments of a playbook, each a control. */
export const ATTACHMENTS = itemsOf(ATTACHMENT)

/** The path of the report of a promotion to one environment. */
export function promotionPathOf(template: string, environment: string): string {
  return template.replaceAll(ENVIRONMENT, environment)
}
