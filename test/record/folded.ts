// Records as a fold gives them out, without signatures: what the views of families are asked about.

import type { Instant, JsonObject } from '../../src/core/index.ts'
import { parseTimestamp } from '../../src/core/index.ts'
import {
  buildRecord,
  type Family,
  type FamilyView,
  foldRelease,
  type LedgerItem,
  type LedgerRecord,
  type RecordHeader,
  type RecordSubject,
  type ReleaseSummary,
  type ViewContext,
} from '../../src/record/index.ts'
import { recordIdOf } from '../../src/record/statement/record-id.ts'
import type { Phase, Registry } from '../../src/policy/index.ts'
import { PREDICATE_TYPES } from '../../src/statement/index.ts'
import type { Origin, TrustedSigner } from '../../src/verify/index.ts'
import { digestOf } from '../verify/release.ts'
import { RELEASE, REPORTED_AT, REVISION, SET, SET_DIGEST } from './signed.ts'

export const NOW = at('2026-04-12T00:00:00Z')

/** What a record is given besides its members; the release of `signed.ts` where nothing else is said. */
export interface FoldedOptions {
  /** Of its entry. */
  readonly index?: number
  readonly phase?: Phase
  readonly policy?: string
  readonly evidence?: string
  readonly about?: RecordSubject
  /** All of the header; the three above are put into it. */
  readonly header?: Partial<RecordHeader>
  /** A principal stands for a key of that name. */
  readonly signer?: TrustedSigner | string
  readonly origin?: Origin
  /** A time that a timestamp authority vouches for. */
  readonly vouchedAt?: string
  readonly sha256?: string
  readonly signingAct?: string
}

/** The commit that the release is of. */
export const COMMIT_SUBJECT = { kind: 'commit', commit: REVISION } as const

/** The record of these members, as the ledger gives it out; a test that can not make one is broken. */
export function foldedRecord(
  family: Family,
  members: object,
  options: FoldedOptions = {},
): LedgerItem & LedgerRecord {
  const { index = 0, about = SET, signer = 'operator', origin = 'local-proof' } = options
  const header = headerOf(about, { ...options, header: { ...toldOf(members), ...options.header } })
  const built = buildRecord(family, { about, header, members: members as JsonObject })
  if (!built.ok) throw new Error(JSON.stringify(built.problems))
  const read = family.read(members as JsonObject, header)
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  const id = recordIdOf(family, header)
  return {
    kind: 'record',
    family: family.name,
    predicateType: family.predicateType,
    ...identityOf(`${family.name} at ${index}`, options),
    ...stamp(options.vouchedAt),
    signer: typeof signer === 'string' ? keySigner(signer) : signer,
    origin,
    about,
    ...header,
    ...(id !== undefined && { id }),
    members: read.value,
    index,
  }
}

/** Of a bundle; each is of an act of its own, unless another one is said. */
function identityOf(
  text: string,
  { sha256 = digestOf(text), signingAct = sha256 }: Pick<FoldedOptions, 'sha256' | 'signingAct'>,
) {
  return { sha256, signingAct }
}

/** What was observed later than all else is reported, is told when it was. */
function toldOf(members: object): Partial<RecordHeader> {
  const { observedAt = REPORTED_AT } = members as { readonly observedAt?: string }
  return { reportedAt: observedAt > REPORTED_AT ? observedAt : REPORTED_AT }
}

function headerOf(about: RecordSubject, options: FoldedOptions): RecordHeader {
  const { phase, policy, evidence } = options
  const { release = RELEASE, ...header } = options.header ?? {}
  const own = about.kind === 'set' ? { release: { ...release, artifactSetId: about.id } } : {}
  const phased =
    own.release === undefined || phase === undefined ? own : { release: { ...own.release, phase } }
  return {
    reportedAt: REPORTED_AT,
    ...header,
    ...phased,
    ...(policy !== undefined && { policy }),
    ...(evidence !== undefined && { evidence }),
  }
}

/** A key of the trust document. */
export function keySigner(
  principal: string,
  roles: readonly string[] = ['release'],
): TrustedSigner {
  return {
    type: 'key',
    name: `${principal}-key`,
    keyId: `thumbprint of ${principal}`,
    principal,
    roles: roles.map((name) => ({ name, threshold: 1 })),
  }
}

/** A provenance over the set, from the commit of its records. */
export function foldedProvenance(
  options: Pick<
    FoldedOptions,
    'index' | 'signer' | 'origin' | 'vouchedAt' | 'sha256' | 'signingAct'
  > & {
    readonly commit?: string
    readonly claims?: object
    readonly subjects?: readonly string[]
  } = {},
): LedgerItem {
  const { index = 0, signer = 'builder', origin = 'local-proof', commit = REVISION } = options
  return {
    kind: 'material',
    name: 'provenance',
    predicateType: PREDICATE_TYPES.provenance,
    ...identityOf(`provenance at ${index}`, options),
    ...stamp(options.vouchedAt),
    signer: typeof signer === 'string' ? keySigner(signer) : signer,
    origin,
    subjects: options.subjects ?? [SET_DIGEST],
    provenance: {
      builderId: 'https://ci.example/builder',
      buildType: 'https://ci.example/workflow/v1',
      workflow: 'https://git.example/team/app/.github/workflows/release.yml@refs/heads/main',
      source: { uri: 'https://git.example/team/app', commit },
      dependencies: [],
      sourceState: 'clean',
      ...options.claims,
    },
    index,
  }
}

function stamp(vouchedAt: string | undefined): Pick<LedgerItem, 'judged'> {
  const notJudged = { logEntries: 0, timestamps: 0 }
  if (vouchedAt === undefined) {
    return { judged: { at: NOW, source: 'clock', vouched: [], notJudged } }
  }
  const vouched = { at: at(vouchedAt), by: 'timestamp', name: 'https://tsa.example' } as const
  return { judged: { at: vouched.at, source: 'timestamp', vouched: [vouched], notJudged } }
}

function at(text: string): Instant {
  const instant = parseTimestamp(text)
  if (!instant.ok) throw new Error(`Expected a time, found ${text}`)
  return instant.value
}

/** What a view is asked with. */
export interface ContextOptions {
  /** Of the release; that of `signed.ts` where nothing is said. */
  readonly id?: string
  readonly registry?: Registry | undefined
  readonly now?: string
  readonly adopted?: ReadonlySet<string>
  readonly releaseOf?: (id: string) => ReleaseSummary | undefined
}

/** The evidence of the release, folded from all items: those about commits join it as they do in a ledger. */
export function contextOf(
  items: readonly LedgerItem[],
  {
    id = RELEASE.artifactSetId,
    registry,
    now,
    adopted,
    releaseOf = () => undefined,
  }: ContextOptions = {},
): ViewContext {
  const isOfCommit = (item: LedgerItem) => item.kind === 'record' && item.about.kind === 'commit'
  const sorted = items.toSorted((a, b) => a.index - b.index)
  const { evidence } = foldRelease({
    id,
    items: sorted.filter((item) => !isOfCommit(item)),
    commitItems: () => sorted.filter(isOfCommit),
    ...(adopted && { adopted }),
  })
  return { evidence, registry, now: now === undefined ? NOW : at(now), releaseOf }
}

/** The view of one of the records, among all items. */
export function viewAmong(
  family: Family,
  record: LedgerItem & LedgerRecord,
  items: readonly LedgerItem[],
  options: ContextOptions = {},
): FamilyView {
  const context = contextOf(items, options)
  const { records, commitRecords } = context.evidence
  const found = [...records, ...commitRecords].find(({ index }) => index === record.index)
  return family.view(found ?? { ...record, isAdopted: false, isSuperseded: false }, context)
}
