// What policies come to, in sentences: approval records, evidence definitions and attestation policies. Tokens decide, and words add nothing.

import { countOf } from '../../core/index.ts'
import type {
  ApprovalStatus,
  AttestationStatus,
  EvidenceProvenance,
  EvidenceStatus,
  PolicyStatuses,
  ReleaseSnapshot,
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
  const { id, mode, scope, state, open, provenance, test, canary, production } = status
  return [
    `${id}: ${state === 'fulfilled' ? 'fulfilled' : `open, ${countOf(open, 'blocker')}`}`,
    `declared mode and scope: ${mode}, ${scope}`,
    `provenance: ${PROVENANCE_WORDS[provenance]}`,
    `signing: ${signingWords(status)}`,
    `tests: ${countOf(test.linked.length, 'check')} of ${test.stages.join(', ')} linked, ${test.recorded.length} of them recorded of its release`,
    `canary: ${CANARY_WORDS[canary]}`,
    `production: ${PRODUCTION_WORDS[production]}`,
  ].join('; ')
}

function signingWords({ signing, production }: ApprovalStatus): string {
  const words = SIGNING_WORDS[signing]
  const lacking = production === 'not-production' ? 'external' : 'production'
  return signing === 'unsigned' ? `${words}, no ${lacking} attestation` : words
}

/** What an evidence definition comes to. */
export function evidenceSentence(status: EvidenceStatus): string {
  const { id, state, implementation, provenance, isProductionGrade } = status
  return [
    [`${id}: ${state}`, ...madeBy(status)].join(', '),
    ...provenance.status.map((one) => `no more than ${PROVENANCE_STATUS_WORDS[one]}`),
    `records: ${ORIGIN_WORDS[provenance.records]}`,
    ...(provenance.records === 'none'
      ? []
      : [`provenance of the releases: ${ORIGIN_WORDS[provenance.releases]}`]),
    `production grade: ${yesOrNo(isProductionGrade)}`,
    ...('snapshots' in implementation
      ? implementation.snapshots.map(
          ({ release, namedBy }) =>
            `looked at: the snapshot of ${release}, ${NAMED_WORDS[namedBy]}`,
        )
      : []),
  ].join('; ')
}

/** Where the files are that make it. What is recorded was made by whatever made it, and they are told where somebody looked. */
function madeBy({ state, implementedBy, implementation }: EvidenceStatus): readonly string[] {
  switch (implementation.state) {
    case 'by-hand':
      return state === 'recorded' ? [] : ['for people to prove, pending']
    case 'not-looked-at':
      return state === 'recorded' ? [] : [`said to be made by ${implementedBy.join(', ')}`]
    case 'in-snapshot':
      return [`made by ${implementedBy.join(', ')}`]
    case 'not-in-snapshot':
      return [`said to be made by ${implementation.missing.join(', ')}, which is not there`]
  }
}

/** What an attestation policy comes to. */
export function attestationSentence({ id, fulfilment, isRecorded }: AttestationStatus): string {
  return `${id}: ${FULFILMENT_WORDS[fulfilment]}; evidence recorded: ${yesOrNo(isRecorded)}`
}

function yesOrNo(is: boolean): string {
  return is ? 'yes' : 'no'
}

const PROVENANCE_WORDS: Readonly<Record<ApprovalStatus['provenance'], string>> = {
  'no-bundle': 'there is no bundle of a release in use',
  'bundle-not-signed': 'the bundle is not signed',
  'bundle-signed': 'accepted provenance is over the bundle',
}

const SIGNING_WORDS: Readonly<Record<ApprovalStatus['signing'], string>> = {
  unsigned: 'unsigned',
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

const PROVENANCE_STATUS_WORDS: Readonly<Record<EvidenceProvenance['status'][number], string>> = {
  'pre-production-workflow-only': 'a workflow before production',
  'local-hash-baseline-only': 'a baseline of digests that were computed locally',
  'not-a-release-bundle': 'a rehearsal, which is no bundle of a release',
  'pre-deploy-contract-check-only': 'a check of the contract before a deployment',
  'post-deploy-smoke-only': 'a smoke after a deployment',
  'manual-browser-export-only': 'an export out of a browser, made by hand',
  'staging-rollout-only': 'a rollout to staging',
  'production-candidate-bundle-only': 'a bundle of a candidate for production',
  'live-runtime-boundary-only': 'a look at the boundary of what runs',
  'manual-private-acceptance-only-executed': 'a private acceptance by hand, carried out',
  'manual-private-acceptance-only-not-executed':
    'a private acceptance by hand, defined and not carried out',
  'smoke-path-only-executed': 'a path of smoke checks, carried out live',
  'smoke-path-only-not-executed': 'a path of smoke checks, defined and not carried out live',
  'rollout-path-only-approved': 'a rollout, with a launch that people approved',
  'rollout-path-only-not-approved': 'a rollout, defined and not approved',
}

const ORIGIN_WORDS: Readonly<Record<EvidenceProvenance['records'], string>> = {
  none: 'none',
  'local-proof': 'local or synthetic',
  'live-workflow': 'live',
}

const NAMED_WORDS: Readonly<Record<ReleaseSnapshot['namedBy'], string>> = {
  provenance: 'which accepted provenance names',
  'tracking-record': 'which its tracking record alone names',
}

const FULFILMENT_WORDS: Readonly<Record<AttestationStatus['fulfilment'], string>> = {
  fulfilled: 'fulfilled',
  'recorded-not-fulfilled': 'provenance is recorded, and not all that it asks for is there',
  'defined-no-signed-records': 'defined, without accepted provenance that carries its claims',
}
