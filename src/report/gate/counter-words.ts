// What each counter is called, and the rule by which it counts: the only sentences about counters there are, and no number stands in one.

import type { CounterName } from '../../gate/index.ts'

/** Name and rule. */
export interface CounterWords {
  readonly label: string
  readonly rule: string
}

const ADOPTED = 'that an accepted adoption names; one for each record id'

/** The words of every counter. */
export const COUNTER_WORDS: Readonly<Record<CounterName, CounterWords>> = {
  'evidence-records': {
    label: 'Evidence records',
    rule: 'evidence definitions among the policies; beside them, those that an accepted record answers',
  },
  'approval-records': {
    label: 'Approval records',
    rule: 'gates with exactly one approval record, of all gates among the policies',
  },
  'signed-provenance': {
    label: 'Signed provenance',
    rule: 'approval records of whose gate the current release has accepted provenance; the signature of a record is not provenance',
  },
  'canary-rules': { label: 'Canary rules', rule: 'canary rules among the policies' },
  'attestation-policies': {
    label: 'Attestation policies',
    rule: 'attestation policies among the policies; beside them, those of which every target has the provenance that they ask for, and those of which a gate found all that they ask for',
  },
  'attestation-records': {
    label: 'Attestation records',
    rule: `attestation records ${ADOPTED}`,
  },
  'authority-records': { label: 'Authority records', rule: `authority records ${ADOPTED}` },
  'tracked-releases': {
    label: 'Tracked releases',
    rule: 'artifact sets with a tracking record that an accepted adoption names, in whatever phase',
  },
  'linkage-records': {
    label: 'Linkage records',
    rule: `linkage records ${ADOPTED}; of the lowest origin among their members`,
  },
  'adoption-records': {
    label: 'Adoption records',
    rule: 'accepted adoptions; of the lowest origin among what they adopt',
  },
  'promotion-records': { label: 'Promotion records', rule: `promotion records ${ADOPTED}` },
  'smoke-records': {
    label: 'Smoke records',
    rule: `smoke records ${ADOPTED}, failed ones among them; beside them, those that passed`,
  },
  'rollback-targets': {
    label: 'Rollback targets',
    rule: `rollback records ${ADOPTED}; beside them, those whose target is trusted today`,
  },
  'production-approvals': {
    label: 'Production approvals',
    rule: 'approval records of gates to production, of whose current release people approved the launch',
  },
}
