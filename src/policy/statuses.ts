// What evidence of each family comes to when it is read. Views compute these words, and requirements ask for them; the page of each
// family (docs/predicates/) says when it is which.

import type { EvidenceFamily } from './evidence.ts'
import { AUTHORITY_KINDS } from './vocabulary.ts'

/** The statuses of a family. */
export interface FamilyStatuses {
  /** With these a piece can be accepted, and so support a requirement. */
  readonly accepted: readonly string[]
  /** With these it never is. */
  readonly others: readonly string[]
}

/** Of what is in order, and does not count where it is. */
const OUT_OF_PLACE = 'out-of-place'

/** The statuses of every family. */
export const FAMILY_STATUSES: Readonly<Record<EvidenceFamily, FamilyStatuses>> = {
  tracking: {
    accepted: ['bundle-generated'],
    others: ['not-judged', 'contradictory', 'identity-incomplete', 'wrong-phase'],
  },
  attestation: {
    accepted: ['signed-and-verified', 'snapshot-only'],
    others: ['required-material-missing'],
  },
  approval: {
    accepted: ['granted'],
    others: [
      ...['replaced', 'rejected', 'not-person', 'contradictory', 'wrong-phase', 'not-ready'],
      ...['policies-moved', 'expired', 'not-independent', 'contested', 'awaiting-quorum'],
      'not-judged',
    ],
  },
  authority: { accepted: AUTHORITY_KINDS, others: [] },
  promotion: {
    accepted: ['stage-reached'],
    others: ['out-of-order', 'ready-awaiting-person', 'stage-open'],
  },
  'test-result': {
    accepted: ['passed', 'warned'],
    others: ['failed-later', 'failed', 'no-tests', 'nothing-passed', 'incomplete', OUT_OF_PLACE],
  },
  smoke: {
    accepted: ['smoke-verified'],
    others: ['failed', 'incomplete', 'other-set', 'not-after-deployment', OUT_OF_PLACE],
  },
  canary: {
    accepted: ['within-rule'],
    others: [
      ...['outside-rule', 'claim-prohibited', 'failed', 'failed-later', 'incomplete'],
      ...['window-open', 'window-outside', 'evidence-missing', OUT_OF_PLACE],
    ],
  },
  deployment: {
    accepted: ['deployed-as-intended', 'deployed-to-ring'],
    others: ['drift', 'not-yet-observed', 'drift-later', 'records-not-before', OUT_OF_PLACE],
  },
  rollback: {
    accepted: ['known-good-signed', 'known-good-documented'],
    others: ['documented-ref'],
  },
  withdrawal: { accepted: [], others: ['withdrawn', 'superseded'] },
  linkage: {
    accepted: ['members-agree'],
    others: ['members-differ', 'members-missing', 'members-later'],
  },
  adoption: {
    accepted: ['reviewed-and-adopted', 'policies-moved-since'],
    others: ['not-adopted'],
  },
  'adoption-review': {
    accepted: ['adoption-reviewed'],
    others: ['reviewer-not-shown', 'adoption-refused'],
  },
  waiver: { accepted: ['in-force'], others: ['not-person', 'replaced', 'expired'] },
  review: {
    accepted: ['reviewed'],
    others: ['finding-open', 'not-counted', 'tree-unknown', 'other-tree', OUT_OF_PLACE],
  },
  certification: {
    accepted: ['certified'],
    others: ['failed', 'failed-later', 'incomplete', 'expired', 'not-yet-valid', OUT_OF_PLACE],
  },
  incident: { accepted: ['closed'], others: ['open', OUT_OF_PLACE] },
  command: {
    accepted: ['completed'],
    others: ['failed-later', 'failed', 'incomplete', 'out-of-order', OUT_OF_PLACE],
  },
  provenance: { accepted: ['signed-with-key', 'externally-attested'], others: ['unsigned'] },
  sbom: { accepted: ['verified'], others: [] },
  summary: { accepted: ['passed', 'verified'], others: ['failed'] },
}
