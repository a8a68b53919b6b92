// What policies come to, in sentences: approval records, evidence definitions and attestation policies. Tokens decide, and words add nothing.

import { countOf } from '../../core/index.ts'
import type {
  ApprovalStatus,
  AttestationStatus,
  EvidenceStatus,
  PolicyStatuses,
} from '../../gate/index.ts'
import { wrapText } from '../text-wrap.ts'
import type { TextOptions } from '../verdict-text.ts'

/**
 * All of them, each kind under its heading:
 *
 *     Approval records
 *       release_approval.web: open, 8 blockers; provenance: the bundle is not signed; signing: unsigned; …
 *
 * @returns lines, each with its newline
 */
export function renderStatuses(
  { approvals, evidence, attestations }: PolicyStatuses,
  { columns }: TextOptions,
): string {
  const sections: readonly (readonly [string, readonly string[]])[] = [
    ['Approval records, as they stand', approvals.map(approvalSentence)],
    ['Attestation policies, as they stand', attestations.map(attestationSentence)],
    ['Evidence definitions, as they stand', evidence.map(evidenceSentence)],
  ]
  return sections
    .filter(([, sentences]) => sentences.length > 0)
    .flatMap(([label, sentences]) => [
      label,
      ...sentences.flatMap((text) => wrapText(text, columns - 2).map((line) => `  ${line}`)),
    ])
    .map((line) => `${line}\n`)
    .join('')
}

/** What an approval record comes to. */
export function approvalSentence(status: ApprovalStatus): string {
  const { id, state, open, provenance, signing, test, canary, production } = status
  return [
    `${id}: ${state === 'fulfilled' ? 'fulfilled' : `open, ${countOf(open, 'blocker')}`}`,
    `provenance: ${PROVENANCE_WORDS[provenance]}`,
    `signing: ${SIGNING_WORDS[signing]}`,
    `tests: ${countOf(test.linked.length, 'check')} of ${test.stages.join(', ')} linked, ${test.recorded.length} of them recorded of its release`,
    `canary: ${CANARY_WORDS[canary]}`,
    `production: ${PRODUCTION_WORDS[production]}`,
  ].join('; ')
}

/** What an evidence definition comes to. */
export function evidenceSentence(status: EvidenceStatus): string {
  const { id, state, implementedBy, provenance, limits, isProductionGrade } = status
  const by = implementedBy.length === 0 ? '' : ` by ${implementedBy.join(', ')}`
  return [
    `${id}: ${STATE_WORDS[state]}${state === 'defined-with-implementation' ? by : ''}`,
    `provenance: ${BEHIND_WORDS[provenance]}`,
    ...(limits.length === 0 ? [] : [`limits: ${limits.join(', ')}`]),
    `production grade: ${isProductionGrade ? 'yes' : 'no'}`,
  ].join('; ')
}

/** What an attestation policy comes to. */
export function attestationSentence({ id, fulfilment, isRecorded }: AttestationStatus): string {
  return `${id}: ${FULFILMENT_WORDS[fulfilment]}; evidence recorded: ${isRecorded ? 'yes' : 'no'}`
}

const PROVENANCE_WORDS: Readonly<Record<ApprovalStatus['provenance'], string>> = {
  'no-bundle': 'there is no bundle of a release in use',
  'bundle-not-signed': 'the bundle is not signed',
  'bundle-signed': 'accepted provenance is over the bundle',
}

const SIGNING_WORDS: Readonly<Record<ApprovalStatus['signing'], string>> = {
  unsigned: 'unsigned, no external attestation',
  'signed-with-key': 'signed with a key',
  'externally-attested': 'externally attested',
}

const CANARY_WORDS: Readonly<Record<ApprovalStatus['canary'], string>> = {
  'no-canary-stage': 'no canary stage',
  'rules-defined-no-canary': 'rules are defined, and no canary is accepted',
  'rules-defined-evidence-open': 'a canary is accepted, and evidence that its rules ask for is not',
  'canary-accepted': 'a canary is accepted, with the evidence that its rules ask for',
}

const PRODUCTION_WORDS: Readonly<Record<ApprovalStatus['production'], string>> = {
  'not-production': 'not a gate to production',
  'workflow-defined-launch-blocked': 'the rollout is defined, and the launch is blocked',
  'launch-ready-not-approved': 'nothing blocks the launch, and nobody has approved it',
  'launch-approved': 'the launch is approved, and nothing blocks it',
}

const STATE_WORDS: Readonly<Record<EvidenceStatus['state'], string>> = {
  recorded: 'recorded',
  'defined-with-implementation': 'defined, said to be made',
  'defined-by-hand': 'defined, for people to prove, pending',
}

const BEHIND_WORDS: Readonly<Record<EvidenceStatus['provenance'], string>> = {
  'not-recorded': 'none, nothing is recorded',
  'records-only': 'none behind its records',
  'records-of-provenanced-release': 'a release that it is recorded of has accepted provenance',
}

const FULFILMENT_WORDS: Readonly<Record<AttestationStatus['fulfilment'], string>> = {
  fulfilled: 'fulfilled',
  'recorded-not-fulfilled': 'provenance is recorded, and not all that it asks for is there',
  'defined-no-signed-records': 'defined, without accepted provenance that carries its claims',
}
