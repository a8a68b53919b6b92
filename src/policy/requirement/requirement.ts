// A requirement: evidence that has to be there, from whom, how fresh and with which content; or several requirements put together.

import * as z from 'zod/mini'
import {
  DECLARED_TEXT,
  type DeclaredText,
  idOf,
  listOf,
  POLICY_KINDS,
  type PolicyKind,
  TOKEN,
} from '../kind.ts'
import { OPPOSING } from '../opposing.ts'
import { type Condition, conditionSchema } from './condition.ts'
import { SPAN } from './duration.ts'
import { exactlyOne, onlyBeside } from './exclusive-members.ts'
import { type Selection, selectionSchema } from './selection.ts'

const LIST_MAX = 1_000

const FORMS = ['select', 'all', 'any', 'none', 'quorum', 'policies'] as const
const SELECT_ONLY = ['least', 'distinct', 'apart', 'fresh', 'status', 'holds', 'external'] as const
const KINDS = Object.keys(POLICY_KINDS) as readonly PolicyKind[]

interface RequirementParts {
  /** Its check is known by the id of its policy, `#`, and this. */
  readonly id: string
  readonly title: DeclaredText
  /** What clears it, in the words of its author. */
  readonly clears?: DeclaredText | undefined
}

/**
 * Evidence that has to be there.
 *
 * @example { id: 'smoke', title: 'The release answers', select: { family: 'smoke' }, fresh: '30d', status: ['smoke-verified'] }
 */
export interface EvidenceRequirement extends RequirementParts {
  readonly select: Selection
  /** How many pieces have to support it; 1 where it is not said. */
  readonly least?: number | undefined
  /** Counts those who signed instead of what they signed. */
  readonly distinct?: 'principals' | undefined
  /** Counts occasions: pieces of which each was signed so long after the one before, by times that somebody else vouches for. */
  readonly apart?: string | undefined
  /** How long ago it may have been signed, by a time that somebody else vouches for. */
  readonly fresh?: string | undefined
  /** The computed status is one of these. */
  readonly status?: readonly string[] | undefined
  readonly holds?: readonly Condition[] | undefined
  /** The project can not make this evidence itself: without any it is `unverified`, not `missing`. */
  readonly external?: true | undefined
}

/** Requirements of which every one has to be accepted. */
export interface AllRequirement extends RequirementParts {
  readonly all: readonly Requirement[]
}

/** Requirements of which one has to be accepted. */
export interface AnyRequirement extends RequirementParts {
  readonly any: readonly Requirement[]
}

/** Evidence of which none may be there, whatever it comes to: it speaks against a release ({@link OPPOSING}). */
export interface NoneRequirement extends RequirementParts {
  readonly none: readonly EvidenceRequirement[]
}

/** Requirements of which so many have to be accepted. */
export interface QuorumRequirement extends RequirementParts {
  readonly quorum: { readonly least: number; readonly of: readonly Requirement[] }
}

/** Policies that have to be there, and in date. */
export interface PoliciesRequirement extends RequirementParts {
  readonly policies: readonly string[]
}

/** What has to be shown of a release. */
export type Requirement =
  | EvidenceRequirement
  | AllRequirement
  | AnyRequirement
  | NoneRequirement
  | QuorumRequirement
  | PoliciesRequirement

const COUNT = z.int().check(z.gte(1), z.lte(LIST_MAX))

const OPPOSING_EXPECTED =
  'Expected selections of the families withdrawal and incident alone, or deployments by the status drift and approvals by the status rejected, without "distinct", "apart" and "external"'
const APART_EXPECTED = 'Expected it beside "least" of 2 or more, and without "distinct"'
const QUORUM_EXPECTED = 'Expected no more than there are requirements to choose from'

/** Requirements are put together of requirements: what is read when this is made is not there yet. */
const PARTS: z.ZodMiniType<readonly Requirement[]> = z.lazy(() => requirementList(1))

const SHAPE = z.strictObject({
  id: TOKEN,
  title: DECLARED_TEXT,
  clears: z.optional(DECLARED_TEXT),
  select: z.optional(selectionSchema),
  least: z.optional(COUNT),
  distinct: z.optional(z.literal('principals')),
  apart: z.optional(SPAN),
  fresh: z.optional(SPAN),
  status: z.optional(listOf(TOKEN)),
  holds: z.optional(z.array(conditionSchema).check(z.minLength(1), z.maxLength(LIST_MAX))),
  external: z.optional(z.literal(true)),
  policies: z.optional(listOf(idOf(...KINDS))),
  all: z.optional(PARTS),
  any: z.optional(PARTS),
  none: z.optional(PARTS.check(z.refine(areOpposing, { error: OPPOSING_EXPECTED }))),
  quorum: z.optional(
    z
      .strictObject({ least: COUNT, of: PARTS })
      .check(z.refine(isPossible, { error: QUORUM_EXPECTED })),
  ),
})

/** The schema of one requirement. */
const requirementSchema: z.ZodMiniType<Requirement> = SHAPE.check(
  exactlyOne(FORMS),
  onlyBeside(SELECT_ONLY, 'select'),
  z.refine(isOfSeveral, { error: APART_EXPECTED, path: ['apart'] }),
).register(z.globalRegistry, {
  id: 'requirement',
  oneOf: FORMS.map((form) => ({ required: [form] })),
  dependentRequired: Object.fromEntries(SELECT_ONLY.map((member) => [member, ['select']])),
  dependentSchemas: {
    apart: {
      ...{ required: ['least'], properties: { least: { minimum: 2 } } },
      not: { required: ['distinct'] },
    },
  },
}) as unknown as z.ZodMiniType<Requirement>

/** A list of requirements of a policy. */
export function requirementList(itemsMin: 0 | 1) {
  return z.readonly(z.array(requirementSchema).check(z.minLength(itemsMin), z.maxLength(LIST_MAX)))
}

/** Taking away evidence must never help, so nothing may be asked to be absent but what only ever speaks against a release. */
function areOpposing(requirements: readonly Requirement[]): boolean {
  return requirements.every(
    (requirement) =>
      'select' in requirement &&
      requirement.distinct === undefined &&
      requirement.apart === undefined &&
      requirement.external === undefined &&
      isOpposing(requirement),
  )
}

function isOpposing({ select: { family }, status }: EvidenceRequirement): boolean {
  const opposing = OPPOSING.find((one) => one.family === family)
  if (opposing?.status === undefined) return opposing !== undefined
  return status !== undefined && status.length > 0 && status.every((one) => one === opposing.status)
}

/** Between occasions lies time: one alone has none, and of whom several are does not matter. */
function isOfSeveral({
  apart,
  least = 1,
  distinct,
}: Pick<EvidenceRequirement, 'apart' | 'least' | 'distinct'>): boolean {
  return apart === undefined || (least > 1 && distinct === undefined)
}

function isPossible({ least, of }: QuorumRequirement['quorum']): boolean {
  return least <= of.length
}
