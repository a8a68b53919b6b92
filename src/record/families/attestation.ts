// Attestation: what stands behind the bytes of a release, in one of its phases. Its own signature is never a part of it.

import * as z from 'zod/mini'
import { type Check, groupChecks } from '../../core/index.ts'
import { IDENTITY_CLAIMS, type IdentityClaim } from '../../policy/index.ts'
import { checkPhase } from '../policies/phase.ts'
import { checkReferences, missingReferences } from '../checks/references.ts'
import { defineFamily } from '../family.ts'
import { listOf, SHA256 } from '../statement/member-schema.ts'
import { policyOf } from '../policies/policy-of.ts'
import { judgeProvenance } from '../release/provenance.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { failed, type FamilyView, passed, type ViewContext } from '../view.ts'
import { trackingOf } from './tracking.ts'

const MEMBERS = z.strictObject({
  /** SHA-256 of the inner manifest: of all that existed before any record. */
  innerManifest: SHA256,
  /** SHA-256 of provenance bundles in the ledger; none for a snapshot alone. */
  provenance: listOf(SHA256),
  /** SHA-256 of SBOM bundles in the ledger. */
  sboms: listOf(SHA256),
})

/** What an attestation record holds. */
export type Attestation = Readonly<z.infer<typeof MEMBERS>>

/** What an attestation comes to: the policy's `verification required` times accepted provenance that the record names. */
export type AttestationKind = 'snapshot-only' | 'required-material-missing' | 'signed-and-verified'

/** The family; its view tells the kind, and which identity claims the provenance that it names really carries. */
export const ATTESTATION = defineFamily({
  name: 'attestation',
  members: MEMBERS,
  about: ['set'],
  isAdoptable: true,
  policyKind: 'attestation-artifact',
  view: viewAttestation,
})

const VERIFICATION: Readonly<Record<AttestationKind, string>> = {
  'snapshot-only': 'local-lineage-only',
  'required-material-missing': 'required-not-recorded',
  'signed-and-verified': 'verified',
}

function viewAttestation(record: FoldedRecord<Attestation>, context: ViewContext): FamilyView {
  const { evidence } = context
  const { provenance: named, sboms: namedSboms } = record.members
  const { check, policy } = policyOf('attestation-artifact', record, context)
  const tracking = trackingOf(evidence, record.release?.phase)
  const snapshot = tracking?.members.snapshot
  const found = judgeProvenance(evidence, { snapshot, named })
  const provenance = evidence.materials.filter((material) => material.provenance !== undefined)
  const sboms = evidence.materials.filter(({ name }) => name === 'cyclonedx')
  // Who can not look at the policy can not know that it asks for nothing.
  const isRequired = policy?.verificationRequired ?? true
  const required = isRequired ? (policy?.identityClaims ?? []) : []
  const kind = kindOf(found.accepted.length > 0, isRequired)
  const checks = [
    check,
    ...(policy === undefined ? [] : [checkPhase(record, policy.phases)]),
    checkInnerManifest(record, tracking?.members.innerManifest),
    checkReferences('provenance-references', named, provenance, 'provenance bundle'),
    checkReferences('sbom-references', namedSboms, sboms, 'SBOM'),
    ...(isRequired || found.accepted.length < named.length ? [found.check] : []),
    ...(isRequired ? [checkClaims(required, found.claims)] : []),
  ]
  return {
    status: kind,
    check: groupChecks('attestation', 'What stands behind the bytes of the release', checks),
    facts: {
      verification: VERIFICATION[kind],
      signing: found.signing,
      claims: found.claims,
      claimsAbsent: missingClaims(IDENTITY_CLAIMS, found.claims),
      claimsMissing: missingClaims(required, found.claims),
      provenanceNamed: named.length,
      provenance: found.accepted.map(({ sha256 }) => sha256),
      sbomsNamed: namedSboms.length,
      sbomsMissing: missingReferences(namedSboms, sboms),
      origin: record.origin,
    },
  }
}

function kindOf(isAccepted: boolean, isRequired: boolean): AttestationKind {
  if (isAccepted) return 'signed-and-verified'
  return isRequired ? 'required-material-missing' : 'snapshot-only'
}

/** Attestation and tracking of one phase are of one inner manifest. */
function checkInnerManifest(
  { members: { innerManifest } }: FoldedRecord<Attestation>,
  tracked: string | undefined,
): Check {
  const name = 'inner-manifest'
  const found = `sha256:${innerManifest}`
  if (tracked === undefined) {
    const message = 'No tracking record of the phase says which inner manifest is meant'
    return failed(name, 'missing', 'record/missing', message, { expected: 'tracking', found })
  }
  const facts = { expected: `sha256:${tracked}`, found }
  if (tracked === innerManifest) {
    return passed(name, 'The inner manifest is that of the tracking record', facts)
  }
  const message = 'The inner manifest is another one than that of the tracking record'
  return failed(name, 'rejected', 'record/contradiction', message, facts)
}

function checkClaims(required: readonly IdentityClaim[], found: readonly IdentityClaim[]): Check {
  const missing = missingClaims(required, found)
  const facts = {
    expected: required.join(', '),
    found: found.length === 0 ? 'none' : found.join(', '),
  }
  if (missing.length === 0) {
    return passed('identity-claims', 'The provenance carries all claims of the policy', facts)
  }
  const message = `No provenance that the record names carries ${missing.join(', ')}`
  return failed('identity-claims', 'missing', 'record/claim-missing', message, facts)
}

function missingClaims(
  required: readonly IdentityClaim[],
  found: readonly IdentityClaim[],
): readonly IdentityClaim[] {
  return required.filter((claim) => !found.includes(claim))
}
