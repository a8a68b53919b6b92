// The commands that make the evidence which a requirement asks for. In capitals stands what only a person knows.

import type { NamedSubject } from '../../gate/index.ts'
import {
  ADOPTABLE_FAMILIES,
  APPROVAL_SCOPES,
  type EvidenceFamily,
  type EvidenceRequirement,
  type Phase,
  type PromotionStage,
} from '../../policy/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'

/** What is asked for, as far as it says anything of a command. */
export type AskedEvidence = Pick<
  EvidenceRequirement['select'],
  'family' | 'predicateType' | 'about' | 'phase' | 'scope' | 'evidence' | 'policy' | 'origin'
> & {
  /** Documents that a test result has to name. */
  readonly documents?: readonly string[]
  /** The stage that a promotion is to. */
  readonly enters?: PromotionStage
}

/** Where signed evidence of tools is put. */
const APPEND = ['assay', 'ledger', 'append', 'statement.sigstore.json', '--trust', 'TRUST']
const PREDICATE = ['--predicate', 'PREDICATE']
const PROPOSE = ['assay', 'record', 'adoption', 'propose', 'PACK', '--trust', 'TRUST']
const REVIEW = [
  ...['assay', 'record', 'adoption', 'review', 'candidate.json', '--from', 'PACK'],
  ...['--trust', 'TRUST', '--decision', 'adopt', '--out', 'review.sigstore.json'],
]
const APPLY = [
  ...['assay', 'record', 'adoption', 'apply', 'candidate.json', '--from', 'PACK'],
  ...['--trust', 'TRUST', '--review', 'review.sigstore.json', '--reference', 'REFERENCE'],
]

/** @returns command lines, in the order in which they are run */
export function commandsFor(asked: AskedEvidence, subject: NamedSubject): readonly string[] {
  return linesFor(asked, subject).map(commandLine)
}

type Words = readonly string[]

/** The words as a shell takes them, each as one. */
export function commandLine(words: Words): string {
  return words.map(shellWord).join(' ')
}

function linesFor(asked: AskedEvidence, subject: NamedSubject): readonly Words[] {
  const { family, predicateType = '' } = asked
  const live = signingWords(asked)
  switch (family) {
    case undefined:
      return [attest(predicateType, subject, [...PREDICATE, ...live]), APPEND]
    case 'provenance':
      return [attest('provenance', subject, ['--snapshot', 'SNAPSHOT', ...live]), APPEND]
    case 'sbom':
      return [attest('cyclonedx', subject, [...PREDICATE, ...live]), APPEND]
    case 'summary':
      return [APPEND]
    case 'adoption':
      return [[...PROPOSE, '--out', 'candidate.json'], REVIEW, APPLY]
    case 'adoption-review':
      return [REVIEW]
    default:
      return [record(family, asked, subject), ...(isAdoptable(family) ? [PROPOSE] : [])]
  }
}

/** Who signs says everybody themselves, but where nothing that a key signs is asked for. */
function signingWords({ origin }: AskedEvidence): Words {
  return origin === 'live-workflow' ? ['--sigstore'] : []
}

function attest(type: string, { release }: NamedSubject, own: Words): Words {
  const parts = release === undefined ? undefined : parseArtifactSetId(release.id)
  const { channel, target, release: version, run } = parts?.ok === true ? parts.value : UNKNOWN
  const set = ['--set', 'SET', '--channel', channel, '--target', target]
  const made = ['--release', version, '--run', run]
  return [
    ...['assay', 'attest', type, ...set, ...made, ...own],
    ...['--out', 'statement.sigstore.json'],
  ]
}

const UNKNOWN = { channel: 'CHANNEL', target: 'TARGET', release: 'VERSION', run: 'RUN' } as const

type FamilyOfRecords = Exclude<
  EvidenceFamily,
  'provenance' | 'sbom' | 'summary' | 'adoption' | 'adoption-review'
>

function record(family: FamilyOfRecords, asked: AskedEvidence, subject: NamedSubject): Words {
  const { about = 'set', evidence, policy, documents = [] } = asked
  const phase = asked.phase ?? phaseOf(family, asked)
  const subjectWords =
    about === 'commit'
      ? ['--commit', subject.commit ?? 'COMMIT']
      : ['--release-id', subject.release?.id ?? 'SET_ID', '--phase', phase]
  return [
    ...['assay', 'record', family, ...subjectWords, ...signingWords(asked)],
    ...(evidence === undefined ? [] : ['--evidence', evidence]),
    ...(policy === undefined ? [] : ['--policy', policy]),
    ...(family === 'approval' ? ['--scope', asked.scope ?? scopeIn(phase)] : []),
    ...(family === 'promotion' ? ['--enters', asked.enters ?? STAGE_OF[phase]] : []),
    ...(OWN[family] ?? []),
    ...(family === 'test-result' ? documents.flatMap(documentWords) : []),
  ]
}

function documentWords(name: string): Words {
  return ['--digest-of', `configuration:${name}=DOCUMENT`]
}

const PRE: Phase = 'pre-deploy-candidate'
const POST: Phase = 'post-deploy-smoke-verified'

/** What can be seen of a release only where it runs. */
const OF_DEPLOYED: readonly EvidenceFamily[] = ['smoke', 'canary', 'deployment', 'incident']

function phaseOf(family: EvidenceFamily, { scope, enters }: AskedEvidence): Phase {
  const isDeployed = enters === 'production-deployed' || enters === 'post-deploy-verified'
  return scope === 'launch' || isDeployed || OF_DEPLOYED.includes(family) ? POST : PRE
}

/** The scope of an approval that was read, as one that can be asked for. */
export function approvalScopeOf(scope: string | undefined): AskedEvidence['scope'] {
  return APPROVAL_SCOPES.find((one) => one === scope)
}

function scopeIn(phase: Phase): string {
  return phase === POST ? 'launch' : 'rollout'
}

const STAGE_OF: Readonly<Record<Phase, string>> = {
  'pre-deploy-candidate': 'candidate-tested',
  'post-deploy-smoke-verified': 'post-deploy-verified',
}

const OWN: Readonly<Partial<Record<FamilyOfRecords, Words>>> = {
  tracking: ['--set', 'SET', '--from', 'tracking.yaml', '--digest-of', 'snapshot=SNAPSHOT'],
  attestation: ['--digest-of', 'innerManifest=MANIFEST', '--digest-of', 'provenance=PROVENANCE'],
  authority: ['--approval-reference', 'REFERENCE'],
  promotion: ['--from-stage', 'staging'],
  rollback: ['--from', 'rollback.yaml', '--digest-of', 'preparation=RUNBOOK'],
  'test-result': ['--from', 'REPORT'],
  command: ['--report', 'REPORT', '--', 'COMMAND'],
  deployment: ['--observe', 'FOLDER', '--environment', 'ENVIRONMENT'],
  smoke: ['--plan', 'smoke.yaml', '--base-url', 'https://ORIGIN', '--label', 'LABEL'],
  canary: ['--from', 'canary.yaml'],
  approval: ['--decision', 'approve', '--reason', 'REASON', '--expires', '7d'],
  review: ['--checkout', '.', '--from', 'review.yaml', '--digest-of', 'report=REPORT'],
  certification: ['--from', 'certification.yaml', '--digest-of', 'configuration=MATRIX'],
  incident: ['--from', 'incident.yaml'],
  waiver: ['--check', 'CHECK', '--owner', 'OWNER', '--reason', 'REASON', '--expires', '7d'],
  withdrawal: ['--action', 'withdraw', '--urgency', 'immediate', '--reason', 'REASON'],
}

/** The command of a waiver of exactly this id. */
export function waiverCommand(check: string, { release }: NamedSubject): string {
  const own = ['--check', check, '--owner', 'OWNER', '--reason', 'REASON', '--expires', '7d']
  const about = ['--release-id', release?.id ?? 'SET_ID', '--phase', PRE]
  return commandLine(['assay', 'record', 'waiver', ...about, ...own])
}

/** The command that withdraws a release. */
export function withdrawalCommand(release: string): string {
  const about = ['--release-id', release, '--phase', PRE]
  return commandLine(['assay', 'record', 'withdrawal', ...about, ...(OWN.withdrawal ?? [])])
}

/** What counts in the ledger of a project only once it was adopted (seed ruling 13). */
export function isAdoptable(family: string): boolean {
  return ADOPTABLE_FAMILIES.some((one) => one === family)
}

/** As a shell takes it for one word; nothing that a document says begins another. */
function shellWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", `'\\''`)}'`
}
