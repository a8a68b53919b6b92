// `assay pack`: the evidence of a release as one file that checks itself with the network off.

import { buildCommand } from '@stricli/core'
import {
  accept,
  type Check,
  countOf,
  escapeText,
  LIMITS,
  quote,
  type Result,
} from '../core/index.ts'
import { digestBytes } from '../digest/index.ts'
import type { Host } from '../host/index.ts'
import {
  parsePolicies,
  type Phase,
  PHASES,
  type PolicyFile,
  type Registry,
} from '../policy/index.ts'
import { type LedgerScope, phaseFolder } from '../record/index.ts'
import { documentOfVerdict, renderVerdict } from '../report/index.ts'
import { parseArtifactSetId } from '../statement/index.ts'
import { type Answer, refused } from './answer.ts'
import { answering, type RunContext } from './context.ts'
import { atPath } from './file-input.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, SWITCH, TEXT } from './flags.ts'
import { LEDGER_FLAG } from './ledger/ledger-flags.ts'
import { describeAbsent } from './pack/absent-documents.ts'
import {
  buildPack,
  type BuiltPack,
  type GivenDocument,
  readSetManifest,
} from './pack/pack-build.ts'
import { type PackSource, readPackSource } from './pack/pack-source.ts'
import { DEFAULT_POLICIES } from './record/registry-input.ts'
import { readTrust } from './trust/trust-file.ts'
import { usage } from './usage.ts'

interface Flags {
  readonly release: string
  readonly phase: Phase
  readonly ledger: string
  readonly policies: string
  readonly trust: string
  readonly document?: readonly string[]
  readonly set?: string
  readonly out: string
  readonly layout: string
  readonly run?: boolean
  readonly unsafeExampleKeys?: boolean
  readonly format: Format
}

const LAYOUT = 'artifacts/release-evidence/{channel}/{run}/{phase}'

/** `assay pack` */
export const command = buildCommand<Flags, [], RunContext>({
  docs: {
    brief: 'Pack the evidence of a release into one file that checks itself',
    fullDescription: [
      'Takes the records of a release up to a phase out of a ledger, and of later phases what speaks against the release, with proofs',
      'that they stand there; the records about its commit, the inner manifest, the documents that they name by digest, policies',
      'and trust document; and writes them as a folder and as one .tar beside it. The same inputs give the same bytes. What does',
      'not verify is not packed.',
      '',
      'Of the ledger of a project, the records are packed with the adoptions by which they count, and with the records of the',
      'releases that they refer to. Of the ledger of a run, in which nobody has adopted anything yet, --run makes a pack that',
      '"assay record adoption propose" takes.',
      '',
      'Example: assay pack --release staging__web__v1.2.0__4711-1 --phase pre-deploy-candidate --trust trust.json',
      '  --document inner-manifest.json --document snapshot.json --set SHA256SUMS --out .',
    ].join('\n'),
  },
  parameters: {
    flags: {
      release: { ...TEXT, placeholder: 'SET_ID', brief: 'Artifact set id of the release' },
      phase: { kind: 'enum', values: PHASES, brief: 'Up to this phase' },
      ledger: LEDGER_FLAG,
      policies: {
        ...TEXT,
        default: DEFAULT_POLICIES,
        placeholder: 'DIR',
        brief: 'Folder of policies',
      },
      trust: { ...TEXT, placeholder: 'FILE', brief: 'Trust document; there is no default' },
      document: {
        ...OPTIONAL_TEXT,
        variadic: true,
        placeholder: 'FILE',
        brief: 'The inner manifest, or another document that records name by digest',
      },
      set: {
        ...OPTIONAL_TEXT,
        placeholder: 'PATH',
        brief: 'The artifact set, or its SHA256SUMS, of which the list is packed',
      },
      out: { ...TEXT, placeholder: 'DIR', brief: 'Folder below which the pack is written' },
      layout: {
        ...TEXT,
        default: LAYOUT,
        placeholder: 'PATH',
        brief: 'Place of the pack below it, of {channel}, {target}, {release}, {run} and {phase}',
      },
      run: { ...SWITCH, brief: 'The ledger is that of one run: nobody has adopted its records' },
      unsafeExampleKeys: {
        ...SWITCH,
        brief: 'Accept the published example keys, which prove nothing',
      },
      format: FORMAT_FLAG,
    },
  },
  func: answering(async (host, flags: Flags) => pack(host, flags)),
})

async function pack(host: Host, flags: Flags): Promise<Answer> {
  const { release, phase, out, run = false, unsafeExampleKeys } = flags
  const scope: LedgerScope = run ? 'run' : 'project'
  const place = placeOf(flags)
  if (!place.ok) return refused(place.problems)
  const trust = await readTrust(host, flags.trust)
  if (!trust.ok) return refused(trust.problems)
  const policies = await readPolicies(host, flags.policies)
  if (!policies.ok) return refused(policies.problems)
  const { registry } = policies.value
  const store = await host.openLedger(flags.ledger)
  const about = { release, phase, scope }
  const question = { store, trust: trust.value, registry, ...about, unsafeExampleKeys }
  const source = await readPackSource(host, question)
  if (!source.ok) return refused(source.problems)
  if ('check' in source.value) return answerRefused(host, flags, source.value.check)
  const documents = await readDocuments(host, flags.document)
  if (!documents.ok) return refused(documents.problems)
  const set =
    flags.set === undefined
      ? accept(undefined)
      : await readSetManifest(host, flags.set, source.value.set)
  if (!set.ok) return refused(set.problems)
  const built = buildPack({
    ...about,
    registry,
    source: source.value,
    trust: trust.value,
    policies: policies.value.files,
    documents: documents.value,
    set: set.value,
  })
  if (!built.ok) return refused(built.problems)
  const folder = `${out.replace(/\/+$/, '')}/${place.value}`
  const written = await host.writePack(folder, built.value.files)
  if (!written.ok) return refused(written.problems)
  const sha256 = digestBytes('sha256', written.value)
  return answerPacked(flags, { source: source.value, built: built.value, folder, sha256 })
}

/** The layout with the parts of the release in it. */
function placeOf({ release, phase, layout }: Flags): Result<string> {
  const parts = parseArtifactSetId(release)
  if (!parts.ok) return parts
  const { channel, target, run } = parts.value
  const words = { channel, target, release: parts.value.release, run, phase: phaseFolder(phase) }
  const place = layout.replace(
    /\{(channel|target|release|run|phase)\}/g,
    (_, name: keyof typeof words) => words[name],
  )
  const isInside = place
    .split('/')
    .every((part) => part !== '' && part !== '.' && part !== '..' && !/[{}\\]/.test(part))
  if (isInside) return accept(place)
  return usage(`Expected --layout with names of folders, found ${quote(layout)}`)
}

async function readPolicies(
  host: Host,
  folder: string,
): Promise<Result<{ readonly files: readonly PolicyFile[]; readonly registry: Registry }>> {
  const files = await host.readPolicies(folder)
  if (!files.ok) return files
  const registry = parsePolicies(files.value)
  if (!registry.ok) return atPath(registry, folder)
  return accept({ files: files.value, registry: registry.value })
}

async function readDocuments(
  host: Host,
  paths: readonly string[] = [],
): Promise<Result<readonly GivenDocument[]>> {
  const documents: GivenDocument[] = []
  for (const path of paths) {
    const bytes = await host.readBytes(path, { bytesMax: LIMITS.inputBytesMax })
    if (!bytes.ok) return bytes
    documents.push({ path, bytes: bytes.value })
  }
  return accept(documents)
}

function answerRefused(host: Host, { release, phase }: Flags, verdict: Check): Answer {
  return {
    kind: 'finished',
    outcome: verdict.outcome,
    text: renderVerdict(verdict, { columns: host.columns }),
    document: {
      schema: 'assay/pack-result/v1',
      outcome: verdict.outcome,
      release,
      phase,
      verdict: documentOfVerdict(verdict),
    },
    notes: ['Nothing was packed'],
  }
}

interface Packed {
  readonly source: PackSource
  readonly built: BuiltPack
  readonly folder: string
  readonly sha256: string
}

function answerPacked(
  { release, phase, run = false, set }: Flags,
  { source, built, folder, sha256 }: Packed,
): Answer {
  const { files, absent } = built
  return {
    kind: 'finished',
    outcome: 'accepted',
    text: `${sha256}  ${escapeText(folder)}.tar\n`,
    document: {
      schema: 'assay/pack-result/v1',
      outcome: 'accepted',
      release,
      phase,
      scope: run ? 'run' : 'project',
      folder,
      archive: `${folder}.tar`,
      sha256,
      files: files.size,
      records: source.bundles.size,
      against: source.against,
      referred: source.referred.size,
      isSigned: source.checkpoint !== undefined,
      absent: absent.map(({ sha256: digest, namedBy }) => ({
        sha256: digest,
        namedBy: [...namedBy],
      })),
    },
    notes: [
      `Packed ${countOf(source.bundles.size, 'record')} in ${countOf(files.size, 'file')} below ${escapeText(folder)}`,
      ...noteAgainst(source),
      ...(source.referred.size === 0
        ? []
        : [`With ${countOf(source.referred.size, 'record')} of the releases that they refer to`]),
      ...(source.checkpoint === undefined
        ? ['No signed head is over all of them: the pack proves their places under an unsigned one']
        : []),
      ...(set === undefined ? ['Not in it: SHA256SUMS of the set; give the set with --set'] : []),
      ...describeAbsent(absent).map((words) => `Not in it: ${words}`),
    ],
  }
}

function noteAgainst({ against, beside }: PackSource): readonly string[] {
  if (against === 0) return []
  const more = beside === 0 ? '' : `, and ${countOf(beside, 'record')} by which they count`
  return [`With ${countOf(against, 'record')} of a later phase against the release${more}`]
}
