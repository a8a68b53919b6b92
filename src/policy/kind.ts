// What all policies have in common: the members of every document, and how a kind is defined by those that are its own.

import * as z from 'zod/mini'
import { parseTimestamp, TIMESTAMP_PATTERN } from '../core/index.ts'
import { STAGES } from './vocabulary.ts'

/** The version of the form that all kinds of policies share. */
export const POLICY_SCHEMA = 'assay/policy/v1'

/** Each kind with what the ids of its policies begin with: an id tells its kind wherever it stands. */
export const POLICY_KINDS = {
  gate: 'gate',
  approval: 'release_approval',
  attestation: 'attestation_policy',
  'attestation-artifact': 'release_attestation_artifact',
  tracking: 'release_tracking_policy',
  linkage: 'release_evidence_linkage',
  adoption: 'release_record_adoption',
  authority: 'release_approval_authority',
  promotion: 'release_promotion_policy',
  rollback: 'release_rollback_policy',
  smoke: 'release_smoke_verification',
  canary: 'canary_rule',
  evidence: 'evidence',
  baseline: 'supply_chain',
  requirements: 'policy',
  readiness: 'readiness',
  playbook: 'playbook',
} as const

/** A kind of policies. */
export type PolicyKind = keyof typeof POLICY_KINDS

/** Names that record ids are made of: a double underscore separates their parts. */
const SEGMENT = '[a-z][a-z0-9]*(?:_[a-z0-9]+)*'
const NAME_MAX = 120

/** The id of a policy of one of these kinds. */
export function idOf(...kinds: readonly PolicyKind[]) {
  const prefixes = kinds.map((kind) => POLICY_KINDS[kind])
  const shown = prefixes.map((prefix) => `${prefix}.<name>`).join(' or ')
  return z.string().check(
    z.maxLength(NAME_MAX),
    z.regex(new RegExp(`^(?:${prefixes.join('|')})(?:\\.${SEGMENT})+$`), {
      error: `an id such as ${shown}, of lower-case letters, digits and single underscores`,
    }),
  )
}

/** What a resource is called (ResourceURI of in-toto): compared as it is spelt. */
export const RESOURCE_URI = z
  .string()
  .check(z.regex(/^[a-z][a-z0-9+.-]*:[!-~]{1,1000}$/, { error: 'a URI in ASCII' }))

/** Where a release goes, and by which way: parts of artifact set ids. */
const PLACE = z.string().check(
  z.maxLength(NAME_MAX),
  z.regex(/^[a-z0-9]+(?:[_.+-][a-z0-9]+)*$/, {
    error: 'a name of lower-case letters and digits, with single _ . + - between them',
  }),
)

/** A word of a policy's own: a check of its smoke plan, a surface of its canary. */
export const TOKEN = z.string().check(
  z.maxLength(NAME_MAX),
  z.regex(/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/, {
    error: 'a word such as "web-review-page", of lower-case letters and digits',
  }),
)

const TEXT_MAX = 1_000

/** What a person wrote to be read: it is shown as theirs, never in the place of a status, and decides nothing. */
export const DECLARED_TEXT = z
  .string()
  .check(
    z.minLength(1),
    z.maxLength(TEXT_MAX),
    z.regex(/^[^\p{Cc}\p{Cf}\u2028\u2029]+$/u, { error: 'one line of text' }),
  )
  .brand<'declared-text'>()
/** Text that passed {@link DECLARED_TEXT}. */
export type DeclaredText = z.infer<typeof DECLARED_TEXT>

/** A file of the project, from its top. */
export const PATH = z.string().check(
  z.maxLength(TEXT_MAX),
  z.regex(/^(?!\/)(?!.*(?:^|\/)\.{1,2}(?:\/|$))[!-~]+$/, {
    error: 'a path from the top of the project, without "." and ".."',
  }),
)

const LIST_MAX = 1_000

type Item = z.ZodMiniType<string | { readonly path: string }>

/** A list of one item or more, each once. */
export function listOf<T extends Item>(item: T, itemsMin = 1) {
  const list = z
    .array(item)
    .check(
      z.minLength(itemsMin),
      z.maxLength(LIST_MAX),
      z.refine(hasEachOnce, { error: 'Expected each item once' }),
    )
    .register(z.globalRegistry, { uniqueItems: true })
  return z.readonly(list)
}

function hasEachOnce(items: readonly (string | { readonly path: string })[]): boolean {
  const keys = items.map((item) => (typeof item === 'string' ? item : item.path))
  return new Set(keys).size === keys.length
}

/** Of what holds for targets that it names. */
export const TARGETED_SCOPE = z.strictObject({
  targets: listOf(PLACE),
  channels: listOf(PLACE),
  stages: listOf(z.enum(STAGES)),
})

/** Of a gate: one target, by one channel, in one stage. */
export const GATE_SCOPE = z.strictObject({
  targets: z.readonly(z.tuple([PLACE])),
  channels: z.readonly(z.tuple([PLACE])),
  stages: z.readonly(z.tuple([z.enum(STAGES)])),
})

/** Of what may hold for every target: so it does when it names none. */
export const OPEN_SCOPE = z.strictObject({
  targets: z.optional(listOf(PLACE)),
  channels: z.optional(listOf(PLACE)),
  stages: listOf(z.enum(STAGES)),
})

const TIMESTAMP = z.string().check(
  z.regex(TIMESTAMP_PATTERN, { error: 'a time such as "2026-04-10T12:00:00Z"', abort: true }),
  z.refine((text) => parseTimestamp(text).ok, { error: 'Expected a day and a time that exist' }),
)

/** The schema of a kind, with the members that are its own. */
export function defineKind<K extends PolicyKind, S extends z.core.$ZodShape>(kind: K, members: S) {
  return z.strictObject({
    schema: z.literal(POLICY_SCHEMA),
    kind: z.literal(kind),
    id: idOf(kind),
    /** Counts up with every change that a person should look at. */
    version: z.int().check(z.gte(1)),
    title: DECLARED_TEXT,
    /** The last instant at which the policy may be used. */
    expires: z.optional(TIMESTAMP),
    notes: z.optional(listOf(DECLARED_TEXT)),
    ...members,
  })
}

/** A word of one policy that names another one. */
export interface Reference {
  readonly to: string
  /** Where in the document it stands. */
  readonly at: readonly (string | number)[]
  /** The other one has to name this one too. */
  readonly isMutual?: true
  /** The other one has to do with this one, and is no part of what this one asks for. */
  readonly isAside?: true
}

/** The references that a list of ids is. */
export function referencesAt(
  at: readonly (string | number)[],
  ids: readonly string[],
  marks: Pick<Reference, 'isMutual' | 'isAside'> = {},
): readonly Reference[] {
  return ids.map((to, index) => ({ to, at: [...at, index], ...marks }))
}
