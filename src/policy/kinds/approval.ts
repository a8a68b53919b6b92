// An approval record of a gate: how its releases are approved, and which policies and evidence that takes. It approves nothing: people do.

import * as z from 'zod/mini'
import {
  defineKind,
  idOf,
  listOf,
  PATH,
  type PolicyKind,
  type Reference,
  referencesAt,
  TARGETED_SCOPE,
} from '../kind.ts'
import { requirementList } from '../requirement/requirement.ts'
import { APPROVAL_MODES, PHASES, ROLLOUT_SCOPES } from '../vocabulary.ts'

/** The kinds of the seven lists of policies, by the member that holds each. */
export const LISTED_KINDS = {
  tracking: 'tracking',
  authority: 'authority',
  promotion: 'promotion',
  rollback: 'rollback',
  smoke: 'smoke',
  attestation: 'attestation',
  attestationArtifact: 'attestation-artifact',
} as const satisfies Readonly<Record<string, PolicyKind>>

/** Printable, with `<name>` and `{one,other}` where a release fills something in. */
const FOLDER_PATTERN = z
  .string()
  .check(
    z.maxLength(1_000),
    z.regex(/^(?!\/)(?!.*\.\.)[!-~]+$/, { error: 'a folder from the top of the project' }),
  )

/** An approval record. */
export const approvalSchema = defineKind('approval', {
  scope: TARGETED_SCOPE,
  gate: idOf('gate'),
  mode: z.enum(APPROVAL_MODES),
  approvalScope: z.enum(ROLLOUT_SCOPES),
  /** What the words of a release are taken from; each is checked against its provenance. */
  sources: z.strictObject({
    version: z.literal('dispatch-ref-resolved-to-commit'),
    artifactSet: z.literal('run-or-local-commit-scoped-set'),
    revision: z.literal('checked-out-commit'),
    digest: z.literal('release-bundle-sha256-snapshots'),
  }),
  policies: z.strictObject({
    tracking: listOf(idOf('tracking')),
    authority: listOf(idOf('authority')),
    promotion: listOf(idOf('promotion')),
    rollback: listOf(idOf('rollback')),
    smoke: listOf(idOf('smoke')),
    attestation: listOf(idOf('attestation')),
    attestationArtifact: listOf(idOf('attestation-artifact')),
  }),
  canaryRules: listOf(idOf('canary'), 0),
  /** The checks that a release has behind it before it is approved. */
  linkedChecks: listOf(idOf('evidence')),
  phases: listOf(z.enum(PHASES)),
  bundleOutput: FOLDER_PATTERN,
  /** The documents that its rollback policies name. */
  rollbackReferences: listOf(PATH),
  /** What has to be shown before what it describes is there in fact. */
  fulfilment: z._default(requirementList(0), []),
})

type ApprovalRecord = z.infer<typeof approvalSchema>

/** Its gate, its seven lists of policies, its checks and its canary rules. */
export function approvalReferences(record: ApprovalRecord): readonly Reference[] {
  const { gate, canaryRules, linkedChecks } = record
  return [
    { to: gate, at: ['gate'], isMutual: true },
    ...listedReferences(record),
    ...referencesAt(['linkedChecks'], linkedChecks, { isMutual: true }),
    ...referencesAt(['canaryRules'], canaryRules),
  ]
}

function listedReferences({ policies }: ApprovalRecord): readonly Reference[] {
  return Object.keys(LISTED_KINDS).flatMap((member) =>
    referencesAt(['policies', member], policies[member as keyof typeof LISTED_KINDS]),
  )
}
