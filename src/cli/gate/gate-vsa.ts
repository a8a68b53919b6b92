// What `assay gate --vsa` writes: a verification summary of each gate that was asked, signed, one bundle a line.

import { strict as assert } from 'node:assert'
import {
  accept,
  combineOutcomes,
  countOf,
  encodeDocument,
  escapeText,
  type JsonObject,
  type JsonValue,
  quote,
  type Result,
} from '../../core/index.ts'
import { buildSummary, type Judgement, outcomeOfJudgement } from '../../gate/index.ts'
import type { Host } from '../../host/index.ts'
import type { Registry } from '../../policy/index.ts'
import { encodeStatement, isUri, type Statement } from '../../statement/index.ts'
import type { Answer } from '../answer.ts'
import { OPTIONAL_TEXT, parseText } from '../flags.ts'
import type { LedgerSetting } from '../judging/ledger-setting.ts'
import { refuseDrafters } from '../signing/drafters.ts'
import { judgePublishable } from '../signing/publishable.ts'
import { judgeSigningFlags, signDraft } from '../signing/signing.ts'
import { SIGNING_FLAGS, type SigningFlags } from '../signing/signing-flags.ts'
import { usage } from '../usage.ts'
import { VERSION } from '../version.ts'
import type { JudgedGates } from './gate-run.ts'

/** `--vsa FILE --verifier-id URI [--resource-uri [ID=]URI]...`, and who signs. */
export const VSA_FLAGS = {
  vsa: {
    ...OPTIONAL_TEXT,
    placeholder: 'FILE',
    brief:
      'Sign a verification summary (SLSA VSA v1) of each gate that is asked, one bundle a line',
  },
  verifierId: {
    ...OPTIONAL_TEXT,
    placeholder: 'URI',
    brief: 'With --vsa: who verifies, as those who trust its summaries know it',
  },
  resourceUri: {
    kind: 'parsed',
    parse: parseText,
    optional: true,
    variadic: true,
    placeholder: 'URI',
    brief:
      'With --vsa: what the release is to whoever fetches it; of several gates ID=URI for each; else resourceUri of the policy',
  },
  ...SIGNING_FLAGS,
} as const

/** What {@link VSA_FLAGS} give. */
export interface VsaFlags extends SigningFlags {
  readonly vsa?: string
  readonly verifierId?: string
  readonly resourceUri?: readonly string[]
}

/** Which summaries are to be written. */
export interface VsaPlan {
  readonly out: string
  readonly verifierId: string
  /** By the id of the gate. */
  readonly resources: ReadonlyMap<string, string>
}

interface PlanFlags extends VsaFlags {
  readonly counters?: boolean
  readonly dryRun?: boolean
  readonly run?: boolean
}

/** What is to be written, where anything is: before anything is judged. */
export function planSummaries(
  flags: PlanFlags,
  ids: readonly string[],
  registry: Registry,
): Result<VsaPlan | undefined> {
  const { vsa: out, verifierId, resourceUri = [], counters, dryRun, run } = flags
  const { key, signerCommand, sigstore } = flags
  const isSigned = SIGSTORE_NAMES.some((name) => flags[name] !== undefined)
  if (out === undefined) {
    return verifierId === undefined && resourceUri.length === 0 && !isSigned
      ? accept(undefined)
      : usage('Expected --vsa with --verifier-id, --resource-uri and the options of Sigstore')
  }
  if (counters === true) return usage('Expected --vsa without --counters')
  if (run === true) {
    return usage(
      'Expected --vsa without --run',
      'Whoever reads a summary has no option that says it may be of a ledger that nobody adopted; --result says it',
    )
  }
  if (verifierId === undefined) return usage('Expected --verifier-id with --vsa')
  const verifier = judgeUri('--verifier-id', verifierId)
  if (!verifier.ok) return verifier
  if (dryRun !== true && sigstore !== true && (key ?? signerCommand) === undefined) {
    return usage('Expected --key, --signer-command or --sigstore with --vsa')
  }
  const resources = resourcesOf(ids, resourceUri, registry)
  if (!resources.ok) return resources
  const signing = judgeSigningFlags(flags)
  return signing.ok ? accept({ out, verifierId, resources: resources.value }) : signing
}

/** Compared as text by whoever expects it, so that it has one spelling. */
function judgeUri(name: string, text: string): Result<undefined> {
  if (isUri(text)) return judgePublishable(text)
  return usage(
    `Expected ${name} as a URI, its scheme and host in lower case, found ${quote(text)}`,
    'Such as https://release.example/app, or pkg:npm/app@1.2.3',
  )
}

/** The resource of each gate: as it is said on the command line, for one gate or by the id of each, else in its policy. */
function resourcesOf(
  ids: readonly string[],
  said: readonly string[],
  registry: Registry,
): Result<ReadonlyMap<string, string>> {
  const resources = new Map<string, string>()
  for (const text of said) {
    const named = ids.find((id) => text.startsWith(`${id}=`))
    const id = named ?? (ids.length === 1 ? ids[0] : undefined)
    if (id === undefined) {
      return usage(
        `Expected --resource-uri ID=URI for each of ${ids.length} gates, found ${quote(text)}`,
        `Several gates have a resource each, such as ${ids[0]}=https://release.example/app`,
      )
    }
    if (resources.has(id))
      return usage(`Expected one --resource-uri of ${quote(id)}, found another`)
    resources.set(id, named === undefined ? text : text.slice(named.length + 1))
  }
  for (const id of ids) {
    const resource = resources.get(id) ?? resourceOf(registry, id)
    if (resource === undefined) {
      return usage(
        `Expected --resource-uri, or a member "resourceUri" of ${quote(id)}, found neither`,
        'It is what a consumer expects, so that it is said and never guessed',
      )
    }
    const sound = judgeUri(`--resource-uri of ${quote(id)}`, resource)
    if (!sound.ok) return sound
    resources.set(id, resource)
  }
  return accept(new Map(ids.map((id) => [id, resources.get(id) ?? ''])))
}

/** Those that only a signature of a summary has. */
const SIGSTORE_NAMES = [
  'sigstore',
  'signingConfig',
  'identityTokenFile',
  'trustedRoot',
  'timestamp',
  'rekor',
  'publishPrivate',
] as const satisfies readonly (keyof SigningFlags)[]

function resourceOf(registry: Registry, id: string): string | undefined {
  const policy = registry.of('gate').get(id) ?? registry.of('requirements').get(id)
  return policy?.resourceUri
}

/** What the summaries are made of. */
export interface VsaTold {
  readonly plan: VsaPlan
  readonly judged: JudgedGates
  readonly setting: LedgerSetting & { readonly registry: Registry }
}

/** The statement of each gate, in the order in which they were asked. */
export function draftSummaries({ plan, judged, setting }: VsaTold): Result<readonly Statement[]> {
  const { checks, head, evidence, gates, policies } = judged
  const { registry, at, now } = setting
  const statements: Statement[] = []
  for (const [id, resourceUri] of plan.resources) {
    const finding = [...gates, ...policies].find(({ gate }) => gate.id === id)
    const index = evidence.get(id)
    assert(finding && index, 'every gate and policy of the registry was judged')
    const built = buildSummary({
      finding,
      evidence: index,
      ledger: { outcome: combineOutcomes(checks), ...(head !== undefined && { head }) },
      registry,
      at: at ?? now,
      verifier: { id: plan.verifierId, version: { assay: VERSION } },
      resourceUri,
    })
    if (!built.ok) return built
    statements.push(built.value)
  }
  return accept(statements)
}

/** Signs each, and writes all or none; what was written is a line for people. */
export async function writeSummaries(
  host: Host,
  flags: SigningFlags,
  { plan: { out }, setting }: Pick<VsaTold, 'plan' | 'setting'>,
  statements: readonly Statement[],
): Promise<Result<readonly string[]>> {
  const lines: Uint8Array[] = []
  const notes: string[] = []
  for (const statement of statements) {
    const draft = { statement, payload: encodeStatement(statement) }
    const judgePlace = () => host.judgeOutput(out)
    const judged = { ...refuseDrafters(setting.trust), judgePlace }
    const signed = await signDraft(host, flags, { ...draft, ...judged })
    if (!signed.ok) return signed
    lines.push(signed.value.bytes)
    notes.push(...signed.value.notes)
  }
  const written = await host.writeBytes(out, Buffer.concat(lines))
  if (!written.ok) return written
  const summaries = countOf(statements.length, 'verification summary')
  return accept([...new Set(notes), `Wrote ${summaries} to ${escapeText(out)}`])
}

/** `--dry-run`: the statements, and what the gates come to. */
export function showSummaries(
  statements: readonly Statement[],
  asked: readonly Judgement[],
  { checks }: JudgedGates,
): Answer {
  const documents = statements.map(documentOf)
  const outcomes = [...checks, ...asked.map((one) => ({ outcome: outcomeOfJudgement(one) }))]
  return {
    kind: 'finished',
    outcome: combineOutcomes(outcomes),
    text: documents.map((document) => encodeDocument(document)).join(''),
    document: { schema: 'assay/summaries/v1', statements: documents },
  }
}

function documentOf({ subjects, predicateType, predicate }: Statement): JsonObject {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: subjects as unknown as JsonValue,
    predicateType,
    predicate,
  }
}
