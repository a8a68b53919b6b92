// `assay readiness`: how far a release is on the way to its deployment, stage by stage, computed from what a ledger holds.

import { buildCommand } from '@stricli/core'
import {
  type Check,
  combineOutcomes,
  encodeDocument,
  encodeTimestamp,
  type Instant,
  type Outcome,
} from '../core/index.ts'
import { type ReadinessFinding } from '../gate/index.ts'
import type { Host } from '../host/index.ts'
import { documentOfReadiness, renderReadiness } from '../report/gate/index.ts'
import { documentOfVerdict } from '../report/index.ts'
import { type Answer, misused, refused } from './answer.ts'
import { answering, type RunContext } from './context.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, SWITCH, TEXT } from './flags.ts'
import { type LedgerSetting, notesOf, readLedgerSetting } from './judging/ledger-setting.ts'
import { JUDGED_HEAD_FLAGS, type JudgedHeadFlags, LEDGER_FLAG } from './ledger/ledger-flags.ts'
import { judgeReleaseReadiness } from './readiness/readiness-run.ts'
import { DEFAULT_POLICIES, readRegistry } from './record/registry-input.ts'
import { judgeOutputs } from './outputs.ts'
import { writeReport } from './report-file.ts'
import { parseInstant } from './trust/instant-flag.ts'

interface Flags extends JudgedHeadFlags {
  readonly release: string
  readonly ledger: string
  readonly policies: string
  readonly readiness: string
  readonly trust: string
  readonly at?: Instant
  readonly unsafeExampleKeys?: boolean
  readonly format: Format
  readonly out?: string
}

const DESCRIPTION = [
  'Judges the one readiness policy of a folder about a release: each criterion and exit is continue, missing or blocked, and no stage',
  'continues before the one under it. Each owner of a stage is a principal of their own, who signed for its exit. Whether drafts could',
  'write to production is computed from the trust document, and never declared.',
  '',
  'Example: assay readiness --release production__web__v1.2.0__4711-1 --trust trust.json --log-key ledger.vkey --out readiness.json',
]

/** `assay readiness` */
export const command = buildCommand<Flags, [], RunContext>({
  docs: {
    brief: 'Say how far a release is on the way to its deployment',
    fullDescription: DESCRIPTION.join('\n'),
  },
  parameters: {
    flags: {
      release: { ...TEXT, placeholder: 'SET_ID', brief: 'The release' },
      ledger: LEDGER_FLAG,
      policies: {
        ...TEXT,
        default: DEFAULT_POLICIES,
        placeholder: 'DIR',
        brief: 'Folder of the policies that records are judged under',
      },
      readiness: {
        ...TEXT,
        default: 'policies/deployment-readiness',
        placeholder: 'DIR',
        brief: 'Folder with one readiness policy',
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
      unsafeExampleKeys: {
        ...SWITCH,
        brief: 'Accept the published example keys, which prove nothing',
      },
      format: FORMAT_FLAG,
      out: { ...OPTIONAL_TEXT, placeholder: 'FILE', brief: 'Write it as JSON to a file' },
    },
  },
  func: answering(async (host, flags: Flags) => readiness(host, flags)),
})

async function readiness(host: Host, flags: Flags): Promise<Answer> {
  const registry = await readRegistry(host, flags.readiness)
  if (!registry.ok) return refused(registry.problems)
  const [policy, ...more] = [...(registry.value?.of('readiness').values() ?? [])]
  if (registry.value === undefined || policy === undefined || more.length > 0) {
    return misused(`Expected one readiness policy in ${flags.readiness}`)
  }
  const setting = await readLedgerSetting(host, flags, flags.ledger)
  if (!setting.ok) return refused(setting.problems)
  const writable = await judgeOutputs(host, [['--out', flags.out]])
  if (!writable.ok) return refused(writable.problems)
  const { release } = flags
  const question = { setting: setting.value, registry: registry.value, policy, release }
  const judged = await judgeReleaseReadiness(host, question)
  if (!judged.ok) return refused(judged.problems)
  const { finding, checks } = judged.value
  const document = documentOf(finding, checks, setting.value)
  if (flags.out !== undefined) {
    const written = await writeReport(host, flags.out, encodeDocument(document))
    if (!written.ok) return refused(written.problems)
  }
  return {
    kind: 'finished',
    outcome: outcomeOf(finding, checks),
    document,
    text: renderReadiness(finding, { columns: host.columns }),
    notes: notesOf(setting.value.isUnsigned),
  }
}

/** Readiness is shown only by a ledger that is whole. */
function outcomeOf({ outcome }: ReadinessFinding, checks: readonly Check[]): Outcome {
  return combineOutcomes([...checks, { outcome }])
}

function documentOf(finding: ReadinessFinding, checks: readonly Check[], setting: LedgerSetting) {
  const { at, now, trust } = setting
  return {
    schema: 'assay/readiness/v1',
    outcome: outcomeOf(finding, checks),
    at: encodeTimestamp(at ?? now),
    trust: { sha256: trust.digest },
    ...documentOfReadiness(finding),
    checks: checks.map(documentOfVerdict),
  }
}
