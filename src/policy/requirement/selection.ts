// A selection: which pieces of evidence a requirement is about. What it says of its own accord is no condition: it is what is looked at.

import * as z from 'zod/mini'
import { PREDICATE_TYPES } from '../../statement/index.ts'
import { idOf, POLICY_KINDS, type PolicyKind } from '../kind.ts'
import { EVIDENCE_FAMILIES, ORIGINS } from '../evidence.ts'
import { APPROVAL_SCOPES, PHASES, STAGES } from '../vocabulary.ts'
import { exactlyOne } from './exclusive-members.ts'
import { expectedSummarySchema } from './expected-summary.ts'

const NAME_MAX = 200

const NAME = z
  .string()
  .check(
    z.maxLength(NAME_MAX),
    z.regex(/^[!-~](?:[ -~]*[!-~])?$/, { error: 'a name of printable ASCII characters' }),
  )

/** What evidence has to be about: the set in question, the commit that it was built from, or any release of the same gate. */
const SUBJECTS = ['set', 'commit', 'gate'] as const

const SUMMARY_EXPECTED =
  'Expected what a verification summary has to say with its predicate type, and with nothing else but the family "summary"'

const KINDS = Object.keys(POLICY_KINDS) as readonly PolicyKind[]

/** A selection: each member that is there narrows it. */
export const selectionSchema = z
  .strictObject({
    family: z.optional(z.enum(EVIDENCE_FAMILIES)),
    predicateType: z.optional(NAME),
    /** The evidence definition that it answers. */
    evidence: z.optional(idOf('evidence')),
    /** The policy that it is made under. */
    policy: z.optional(idOf(...KINDS)),
    phase: z.optional(z.enum(PHASES)),
    /** What an approval allows. */
    scope: z.optional(z.enum(APPROVAL_SCOPES)),
    stage: z.optional(z.enum(STAGES)),
    /** A role of its signer. */
    role: z.optional(NAME),
    signerKind: z.optional(z.enum(['person', 'automation'])),
    origin: z.optional(z.enum(ORIGINS)),
    about: z.optional(z.enum(SUBJECTS)),
    /** Of a verification summary; without it none is selected. */
    summary: z.optional(expectedSummarySchema),
  })
  .check(
    exactlyOne(['family', 'predicateType']),
    z.refine(isSummaryExpected, { error: SUMMARY_EXPECTED, path: ['summary'] }),
  )
  .register(z.globalRegistry, {
    id: 'selection',
    oneOf: [{ required: ['family'] }, { required: ['predicateType'] }],
  })

/** A summary says nothing by itself, and nothing else is one. */
function isSummaryExpected({
  family,
  predicateType,
  summary,
}: {
  readonly family?: string | undefined
  readonly predicateType?: string | undefined
  readonly summary?: unknown
}): boolean {
  const isSummary = predicateType === PREDICATE_TYPES.vsa
  return summary === undefined ? !isSummary : isSummary || family === 'summary'
}

/**
 * Which evidence.
 *
 * @example { family: 'smoke', phase: 'post-deploy-smoke-verified', origin: 'live-workflow' }
 */
export type Selection = Readonly<z.infer<typeof selectionSchema>>
