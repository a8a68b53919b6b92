// A policy that was read, of whichever kind: its schema, what it refers to, and the digest that stands for it.

import * as z from 'zod/mini'
import type { PolicyKind, Reference } from './kind.ts'
import { adoptionSchema } from './kinds/adoption.ts'
import { approvalReferences, approvalSchema } from './kinds/approval.ts'
import { attestationArtifactSchema } from './kinds/attestation-artifact.ts'
import { attestationSchema } from './kinds/attestation.ts'
import { authorityReferences, authoritySchema } from './kinds/authority.ts'
import { baselineReferences, baselineSchema } from './kinds/baseline.ts'
import { canaryReferences, canarySchema } from './kinds/canary.ts'
import { evidenceReferences, evidenceSchema } from './kinds/evidence.ts'
import { gateReferences, gateSchema } from './kinds/gate.ts'
import { gateReference, linkageSchema } from './kinds/linkage.ts'
import { EXCEPTION_VERIFICATION, playbookSchema } from './kinds/playbook.ts'
import { promotionReferences, promotionSchema } from './kinds/promotion.ts'
import { readinessSchema } from './kinds/readiness.ts'
import { requirementsSchema } from './kinds/requirements.ts'
import { rollbackSchema } from './kinds/rollback.ts'
import { smokeReferences, smokeSchema } from './kinds/smoke.ts'
import { trackingSchema } from './kinds/tracking.ts'
import {
  type PlacedRequirement,
  placeRequirements,
  requirementReferences,
} from './requirement/placed-requirement.ts'

/** Each kind's schema; `schemas/policy-<kind>.json` is made of it. */
export const KIND_SCHEMAS = {
  gate: gateSchema,
  approval: approvalSchema,
  attestation: attestationSchema,
  'attestation-artifact': attestationArtifactSchema,
  tracking: trackingSchema,
  linkage: linkageSchema,
  adoption: adoptionSchema,
  authority: authoritySchema,
  promotion: promotionSchema,
  rollback: rollbackSchema,
  smoke: smokeSchema,
  canary: canarySchema,
  evidence: evidenceSchema,
  baseline: baselineSchema,
  requirements: requirementsSchema,
  readiness: readinessSchema,
  playbook: playbookSchema,
} as const satisfies Readonly<Record<PolicyKind, z.ZodMiniType>>

/** A document of any kind; its JSON Schema is published as `schemas/policy.json`. */
export const policySchema = z.discriminatedUnion('kind', [
  gateSchema,
  approvalSchema,
  attestationSchema,
  attestationArtifactSchema,
  trackingSchema,
  linkageSchema,
  adoptionSchema,
  authoritySchema,
  promotionSchema,
  rollbackSchema,
  smokeSchema,
  canarySchema,
  evidenceSchema,
  baselineSchema,
  requirementsSchema,
  readinessSchema,
  playbookSchema,
])

/** What reading adds to the members of a document. */
export interface Registered {
  /** SHA-256 of the canonical form (RFC 8785) of the document, lower-case hex: spelling, order and comments do not change it. */
  readonly digest: string
  /** The file that it was read from. */
  readonly file: string
}

/**
 * A policy of one kind.
 *
 * @example { kind: 'tracking', id: 'release_tracking_policy.web.bundle_identity', version: 1, title: 'Identity of a release', … }
 */
export type PolicyOf<K extends PolicyKind> = Readonly<z.infer<(typeof KIND_SCHEMAS)[K]>> &
  Registered

/** A policy of any kind. */
export type Policy = { readonly [K in PolicyKind]: PolicyOf<K> }[PolicyKind]

/** Every word of a policy that names another one: those of its kind, and those of its requirements. */
export function referencesOf(policy: Policy): readonly Reference[] {
  return [...referencesOfKind(policy), ...requirementsOf(policy).flatMap(requirementReferences)]
}

/** Every requirement of a policy, list by list; those that others are put together of stand in them. */
export function requirementsOf(policy: Policy): readonly PlacedRequirement[] {
  switch (policy.kind) {
    case 'gate':
      return [
        ...placeRequirements(policy, 'deploy', policy.deploy),
        ...placeRequirements(policy, 'launch', policy.launch),
      ]
    case 'approval':
    case 'attestation':
      return placeRequirements(policy, 'fulfilment', policy.fulfilment)
    case 'requirements':
      return placeRequirements(policy, 'requirements', policy.requirements)
    case 'readiness':
      return policy.stages.flatMap((stage, index) => [
        ...placeRequirements(policy, ['stages', index, 'criteria'], stage.criteria),
        ...placeRequirements(policy, ['stages', index, 'exit'], stage.exit),
      ])
    case 'playbook':
      return placeRequirements(policy, EXCEPTION_VERIFICATION, policy.exception.verification)
    default:
      return []
  }
}

function referencesOfKind(policy: Policy): readonly Reference[] {
  switch (policy.kind) {
    case 'gate':
      return gateReferences(policy)
    case 'approval':
      return approvalReferences(policy)
    case 'linkage':
    case 'adoption':
      return gateReference(policy)
    case 'authority':
      return authorityReferences(policy)
    case 'promotion':
      return promotionReferences(policy)
    case 'smoke':
      return smokeReferences(policy)
    case 'canary':
      return canaryReferences(policy)
    case 'evidence':
      return evidenceReferences(policy)
    case 'baseline':
      return baselineReferences(policy)
    default:
      return []
  }
}
