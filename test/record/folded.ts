// Records at their place in a ledger, without signatures: what the view of a family is asked about.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { encodeUtf8, type Instant, type JsonObject } from '../../src/core/index.ts'
import { digestBytes } from '../../src/digest/index.ts'
import {
  parsePolicies,
  type Phase,
  type PolicyKind,
  type RecordFamily,
  type Registry,
} from '../../src/policy/index.ts'
import {
  buildRecord,
  type Family,
  type FoldedMaterial,
  type FoldedRecord,
  foldRelease,
  type LedgerItem,
  predicateTypeOf,
  type ReleaseEvidence,
  type ReleaseReference,
  type ViewContext,
} from '../../src/record/index.ts'
import { recordIdOf } from '../../src/record/record-id.ts'
import { encodeStatement, PREDICATE_TYPES } from '../../src/statement/index.ts'
import type { Origin, ProvenanceClaims, TrustedSigner } from '../../src/verify/index.ts'
import { NOW } from '../verify/question.ts'
import { digestOf } from '../verify/release.ts'
import { RELEASE, REVISION, SET_DIGEST } from './signed.ts'

export { RELEASE, REVISION, SET, SET_DIGEST } from './signed.ts'

/** The same release on its way to production. */
export const PRODUCTION: ReleaseReference = {
  ...RELEASE,
  approvalRecord:
    'release_approval.render_production_launch.rollout_workflow_defined_launch_blocked',
  gate: 'gate.release_target.render_production_launch',
  artifactSetId: 'production__render_production_launch__v1.2.0__4712-1',
  deploymentStage: 'production',
  releaseChannel: 'production',
  run: '4712-1',
}

/** A person with a key, whose name is their principal. */
export function keySigner(name: string, kind?: 'person' | 'automation'): TrustedSigner {
  const roles = [{ name: 'release', threshold: 1 }]
  const keyId = digestOf(`key ${name}`)
  return { type: 'key', name, keyId, principal: name, ...(kind && { kind }), roles }
}

/** A workflow, by the word of a CI issuer. */
export function workflowSigner(claims: Readonly<Record<string, string>> = {}): TrustedSigner {
  const workflow = 'https://ci.example/team/app/.github/workflows/release.yml@refs/tags/v1.2.0'
  return {
    type: 'certificate',
    name: 'release-workflow',
    identity: {
      issuer: 'https://token.ci.example',
      san: { type: 'uri', value: workflow },
      claims: {
        buildConfigUri: workflow,
        buildTrigger: 'workflow_dispatch',
        runInvocationUri: 'https://ci.example/team/app/actions/runs/4711/attempts/1',
        ...claims,
      },
    },
    root: { name: 'public-good', mark: 'live', sha256: digestOf('the root'), isPublicGood: true },
    principal: 'release-workflow',
    kind: 'automation',
    roles: [{ name: 'release', threshold: 1 }],
  }
}

/** What a record is made of, besides its members; each has a usual value. */
export interface FoldedParts {
  /** Of its entry: two records of one index are one. */
  readonly index?: number
  readonly signer?: TrustedSigner
  readonly origin?: Origin
  readonly phase?: Phase
  readonly policy?: string
  readonly evidence?: string
  readonly release?: ReleaseReference
  /** SHA-256 of the set's manifest. */
  readonly digest?: string
  /** Of a record about a commit. */
  readonly commit?: string
}

/** The end of each policy's id, after `<kind>.<target>.`. */
const POLICY_NAMES: Partial<Record<PolicyKind, string>> = {
  tracking: 'bundle_identity',
  'attestation-artifact': 'bundle_lineage_snapshot',
  promotion: 'explicit_stage_ladder',
  rollback: 'documented_ref',
  smoke: 'web_edge',
  linkage: 'bundle_phase_consistency',
  adoption: 'generated_bundle_import',
}

/** The policy of that kind for the target of the release, as the shipped folder has it. */
export function policyIdOf(kind: PolicyKind, release: ReleaseReference = RELEASE): string {
  const registry = shippedRegistry()
  const target = release.artifactSetId.split('__')[1] as string
  const ids = [...registry.of(kind).values()]
    .filter(({ scope }) => (scope.targets as readonly string[] | undefined)?.includes(target))
    .map(({ id }) => id)
  const id = ids.find((one) => one.endsWith(POLICY_NAMES[kind] ?? '')) ?? ids[0]
  if (id === undefined) throw new Error(`Expected a policy of the kind ${kind} for ${target}`)
  return id
}

/** A record that its family accepts; a test that can not make one is broken. */
export function foldedRecord<M>(
  family: Family<RecordFamily, M>,
  members: JsonObject,
  parts: FoldedParts = {},
): FoldedRecord<M> {
  const { header, about } = headOf(family, parts)
  const built = buildRecord(family as Family, { about, header, members })
  if (!built.ok) throw new Error(JSON.stringify(built.problems))
  const statement = new TextDecoder().decode(encodeStatement(built.value))
  return { ...placed(family, parts, statement), members: members as M }
}

/** A record of which nothing but its header is looked at. */
export function foldedHeader(
  family: Pick<Family, 'name' | 'policyKind'>,
  parts: FoldedParts = {},
): FoldedRecord {
  return { ...placed(family, parts, family.name), members: {} }
}

function placed(
  family: Pick<Family, 'name' | 'policyKind'>,
  parts: FoldedParts,
  content: string,
): Omit<FoldedRecord, 'members'> {
  const { index = 0, signer = keySigner('release'), origin = 'local-proof' } = parts
  const { header, about } = headOf(family, parts)
  const id = recordIdOf(family, header)
  return {
    kind: 'record',
    sha256: digestBytes(
      'sha256',
      encodeUtf8(`${index} ${signer.name} ${JSON.stringify(header)} ${content}`),
    ),
    predicateType: predicateTypeOf(family.name),
    signer,
    origin,
    judged: JUDGED,
    family: family.name,
    about,
    ...header,
    ...(id !== undefined && { id }),
    index,
    isAdopted: false,
    isSuperseded: false,
  }
}

const JUDGED = {
  at: NOW,
  source: 'clock',
  vouched: [],
  notJudged: { logEntries: 0, timestamps: 0 },
} as const

function headOf({ policyKind }: Pick<Family, 'policyKind'>, parts: FoldedParts) {
  const { evidence, commit, digest = SET_DIGEST } = parts
  if (commit !== undefined) {
    return {
      header: { ...(evidence !== undefined && { evidence }) },
      about: { kind: 'commit', commit },
    } as const
  }
  const given = parts.release ?? RELEASE
  const release = { ...given, phase: parts.phase ?? given.phase }
  const policy = parts.policy ?? (policyKind && policyIdOf(policyKind, release))
  const id = release.artifactSetId
  return {
    header: {
      release,
      ...(evidence !== undefined && { evidence }),
      ...(policy !== undefined && { policy }),
    },
    about: { kind: 'set', id, digest },
  } as const
}

/** Provenance over the set, from the commit of its records. */
export function foldedProvenance(
  index: number,
  claims: Partial<ProvenanceClaims> = {},
  parts: Pick<FoldedParts, 'signer' | 'origin' | 'digest'> = {},
): FoldedMaterial {
  const provenance = {
    builderId: 'https://ci.example/builder',
    buildType: 'https://ci.example/build-type',
    workflow: 'https://ci.example/team/app/.github/workflows/release.yml@refs/tags/v1.2.0',
    source: { uri: 'https://git.example/team/app', commit: REVISION },
    dependencies: [{ digest: { sha256: digestOf('the snapshot') } }],
    ...claims,
  }
  return { ...foldedMaterial('provenance', index, parts), provenance }
}

/** Evidence that is no record. */
export function foldedMaterial(
  name: FoldedMaterial['name'],
  index: number,
  {
    signer = keySigner('release'),
    origin = 'local-proof',
    digest = SET_DIGEST,
  }: Pick<FoldedParts, 'signer' | 'origin' | 'digest'> = {},
): FoldedMaterial {
  return {
    kind: 'material',
    sha256: digestOf(`${name} at ${index}`),
    predicateType: PREDICATE_TYPES[name],
    signer,
    origin,
    judged: JUDGED,
    name,
    subjects: [digest],
    index,
  }
}

/** What the fold makes of these items, in the order of their entries. */
export function evidenceOf(
  items: readonly (FoldedRecord | FoldedMaterial)[],
  commitItems: readonly FoldedRecord[] = [],
): ReleaseEvidence {
  const first = items.find((item): item is FoldedRecord => item.kind === 'record')
  const id = first?.release?.artifactSetId ?? RELEASE.artifactSetId
  const sorted = items.toSorted((a, b) => a.index - b.index) as readonly LedgerItem[]
  const folded = foldRelease({ id, items: sorted, commitItems: () => commitItems })
  return folded.evidence
}

/** The context of a view: these items, the shipped policies, and the time of the tests. */
export function contextOf(
  items: readonly (FoldedRecord | FoldedMaterial)[],
  changes: Partial<ViewContext> & { readonly now?: Instant } = {},
): ViewContext {
  return {
    evidence: evidenceOf(items),
    registry: shippedRegistry(),
    now: NOW,
    releaseOf: () => undefined,
    ...changes,
  }
}

const SHIPPED = join(import.meta.dirname, '../../policies/release-assurance')
let shipped: Registry | undefined

/** The policies that are shipped, read once. */
export function shippedRegistry(): Registry {
  shipped ??= registryOf((text) => text)
  return shipped
}

/** The same with other words in them. */
export function registryOf(change: (text: string, name: string) => string): Registry {
  const files = readdirSync(SHIPPED, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.yaml'))
    .map((name) => {
      const text = readFileSync(join(SHIPPED, name), 'utf8')
      return { name, bytes: encodeUtf8(change(text, name)) }
    })
  const parsed = parsePolicies(files)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems))
  return parsed.value
}
