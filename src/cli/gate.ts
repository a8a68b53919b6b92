// `assay gate`: what the gates of a project come to, computed from what its ledger holds.

import { buildCommand } from '@stricli/core'
import { accept, type Check, type Instant, type Result } from '../core/index.ts'
import type { Host } from '../host/index.ts'
import { type Answer, misused, refused } from './answer.ts'
import { answering, type RunContext } from './context.ts'
import { OPTIONAL_TEXT, parseText, SWITCH, TEXT } from './flags.ts'
import { outputsOf } from './gate/gate-outputs.ts'
import { answerGates } from './gate/gate-answer.ts'
import { GATE_FORMATS, type GateFormat } from './gate/gate-formats.ts'
import { answerRequirements, requirementsAsked } from './gate/gate-plan.ts'
import {
  openResultSigner,
  RESULT_FLAGS,
  type ResultFlags,
  writeResult,
} from './gate/gate-result.ts'
import { judgeGates } from './gate/gate-run.ts'
import { readSnapshots, SNAPSHOT_FLAGS, type SnapshotFlags } from './gate/gate-snapshots.ts'
import {
  draftSummaries,
  planSummaries,
  showSummaries,
  VSA_FLAGS,
  type VsaFlags,
  writeSummaries,
} from './gate/gate-vsa.ts'
import { checkPolicySignatures, type PolicySignatures } from './gate/policy-signatures.ts'
import { askedOf } from './gate/gate-usage.ts'
import { JUDGED_HEAD_FLAGS, type JudgedHeadFlags, LEDGER_FLAG } from './ledger/ledger-flags.ts'
import { readLedgerSetting } from './judging/ledger-setting.ts'
import { judgeOutputs } from './outputs.ts'
import { DEFAULT_POLICIES, readRegistry } from './record/registry-input.ts'
import { parseInstant } from './trust/instant-flag.ts'

/** What may be said on the command line. */
export interface GateFlags extends JudgedHeadFlags, ResultFlags, SnapshotFlags, VsaFlags {
  readonly ledger: string
  readonly policies: string
  readonly trust: string
  readonly at?: Instant
  readonly commit?: string
  readonly release?: string
  readonly run?: boolean
  readonly counters?: boolean
  readonly explain?: boolean
  readonly dryRun?: boolean
  readonly strict?: boolean
  readonly policyRole?: string
  readonly unsafeExampleKeys?: boolean
  readonly format: GateFormat
  readonly out?: string
}

const DESCRIPTION = [
  'Judges the gates among the policies, each about the newest release of its target that was adopted, or, before there is one, about',
  'the commit that the next release would be built from. Only what the ledger holds, verified, counts. A newest one that was withdrawn',
  'is no-go: the one before it is asked about where --release names it.',
  '',
  'A policy of requirements is asked like a gate, about the release that --release names, or the newest one that its scope is for.',
  '',
  'Exit code 0 where every gate that is asked is go, or go by exception: by a waiver in force of what the project can not',
  'make itself. With --strict no exception counts. With --counters the counters and the posture of the project are printed',
  'instead, and the exit code is 0 whenever it could be counted. With --snapshot it is told of evidence whether the files that make',
  'it are in the snapshot of a release in use.',
  '',
  'With --result the result of one gate is signed, whatever it is: continue, missing or blocked. assay verify-result, or any JOSE',
  'library, checks it with the keys that assay key jwks publishes.',
  '',
  'With --vsa a verification summary of each gate is signed, whatever it is: PASSED where the gate is good, FAILED where it is not.',
  'assay verify --verifier-id … --resource-uri … --verified-level … accepts it by the seven steps of SLSA (docs/vsa.md).',
  '',
  'Example: assay gate --trust trust.json --log-key ledger.vkey --head kept.checkpoint',
  '         assay gate gate.release_target.render_staging_rollout --trust trust.json --log-key ledger.vkey',
  '         assay gate --counters --trust trust.json --log-key ledger.vkey',
  '         assay gate --dry-run --trust trust.json',
  '         assay gate gate.release_target.render_production_launch --trust trust.json --log-key ledger.vkey --result result.json \\',
  '           --key release.key.pem',
]

/** `assay gate` */
export const command = buildCommand<GateFlags, string[], RunContext>({
  docs: {
    brief: 'Decide go or no-go from verified records, and say why',
    fullDescription: DESCRIPTION.join('\n'),
  },
  parameters: {
    flags: {
      ledger: LEDGER_FLAG,
      policies: {
        ...TEXT,
        default: DEFAULT_POLICIES,
        placeholder: 'DIR',
        brief: 'Folder of policies',
      },
      trust: { ...TEXT, placeholder: 'FILE', brief: 'Trust document; there is no default' },
      ...JUDGED_HEAD_FLAGS,
      at: {
        kind: 'parsed',
        parse: parseInstant,
        optional: true,
        placeholder: 'TIME',
        brief: 'Judge as of this time',
      },
      commit: {
        ...OPTIONAL_TEXT,
        placeholder: 'SHA',
        brief:
          'The commit that the next release would be built from; else, before there is a release, the one that the ledger last heard of',
      },
      release: {
        ...OPTIONAL_TEXT,
        placeholder: 'SET_ID',
        brief:
          'The release that is asked about, with the gates by their names; else the newest one',
      },
      run: {
        ...SWITCH,
        brief: 'For policies of requirements: the ledger is that of one run, and none is adopted',
      },
      counters: { ...SWITCH, brief: 'Print counters and posture instead' },
      ...SNAPSHOT_FLAGS,
      explain: { ...SWITCH, brief: 'Print every requirement with its whole reason' },
      dryRun: {
        ...SWITCH,
        brief:
          'Print what would be asked, and read no ledger; with --vsa, print the statements and sign nothing',
      },
      policyRole: {
        ...OPTIONAL_TEXT,
        placeholder: 'ROLE',
        brief: 'Every policy of the gates was signed by somebody in this role',
      },
      strict: { ...SWITCH, brief: 'No exception counts' },
      unsafeExampleKeys: {
        ...SWITCH,
        brief: 'Accept the published example keys, which prove nothing',
      },
      format: {
        kind: 'enum',
        values: GATE_FORMATS,
        default: 'text',
        brief: 'What standard output, or the file of --out, carries',
      },
      out: { ...OPTIONAL_TEXT, placeholder: 'FILE', brief: 'Write it to a file' },
      ...RESULT_FLAGS,
      ...VSA_FLAGS,
    },
    positional: {
      kind: 'array',
      parameter: {
        brief: 'Gates and policies of requirements; without any, all',
        placeholder: 'id',
        parse: parseText,
      },
    },
  },
  func: answering(async (host, flags: GateFlags, ...ids: string[]) => gate(host, flags, ids)),
})

async function gate(host: Host, flags: GateFlags, named: readonly string[]): Promise<Answer> {
  const registry = await readRegistry(host, flags.policies)
  if (!registry.ok) return refused(registry.problems)
  // A folder that is named is there, or was refused.
  if (registry.value === undefined) return misused(`Expected policies in ${flags.policies}`)
  const asked = askedOf(flags, named, { registry: registry.value, now: host.now() })
  if (!asked.ok) return refused(asked.problems)
  const ids = asked.value
  const signer = await openResultSigner(host, flags, ids)
  if (!signer.ok) return refused(signer.problems)
  const planned = planSummaries(flags, ids, registry.value)
  if (!planned.ok) return refused(planned.problems)
  if (flags.dryRun === true && planned.value === undefined) {
    return answerRequirements(host, requirementsAsked(ids, registry.value), registry.value)
  }
  const read = await readSetting(host, flags)
  if (!read.ok) return refused(read.problems)
  const setting = { ...read.value, registry: registry.value }
  const { commit, release, run, strict: isStrict = false } = flags
  const scope = run === true ? 'run' : 'project'
  const signatures = await readSignatures(host, flags, { ids, registry: registry.value, setting })
  if (!signatures.ok) return refused(signatures.problems)
  const judged = await judgeGates(host, {
    ...{ ...setting, commit, release, scope, isStrict },
    signatures: signatures.value,
  })
  if (!judged.ok) return refused(judged.problems)
  const all = [...judged.value.gates, ...judged.value.policies]
  const finding = all.find(({ gate: { id } }) => id === ids[0])
  if (signer.value !== undefined && finding !== undefined) {
    const told = { finding, judged: judged.value, setting, signer: signer.value }
    const written = await writeResult(host, flags, told)
    if (!written.ok) return refused(written.problems)
  }
  const plan = planned.value
  if (plan === undefined) {
    return answerGates(host, { flags, ids, setting, judged: judged.value, notes: [] })
  }
  const told = { plan, judged: judged.value, setting }
  const drafts = draftSummaries(told)
  if (!drafts.ok) return refused(drafts.problems)
  if (flags.dryRun === true) {
    const asked = all.filter(({ gate: { id } }) => ids.includes(id))
    return showSummaries(drafts.value, asked, judged.value)
  }
  const notes = await writeSummaries(host, flags, told, drafts.value)
  if (!notes.ok) return refused(notes.problems)
  return answerGates(host, { flags, ids, setting, judged: judged.value, notes: notes.value })
}

/** What the ledger is judged by, and the snapshots that its releases may name; nothing may be written among it. */
async function readSetting(host: Host, flags: GateFlags) {
  const snapshots = await readSnapshots(host, flags)
  if (!snapshots.ok) return snapshots
  const setting = await readLedgerSetting(host, flags, flags.ledger)
  if (!setting.ok) return setting
  const writable = await judgeOutputs(host, outputsOf(host, flags))
  return writable.ok ? accept({ ...setting.value, snapshots: snapshots.value }) : writable
}

/** Of the policies, where a role has to have signed them. */
async function readSignatures(
  host: Host,
  { policies, policyRole }: GateFlags,
  question: Omit<PolicySignatures, 'folder' | 'role'>,
): Promise<Result<readonly Check[]>> {
  if (policyRole === undefined) return accept([])
  return checkPolicySignatures(host, { folder: policies, role: policyRole, ...question })
}
