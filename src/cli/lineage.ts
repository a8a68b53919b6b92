// `assay lineage`: where a release comes from and what became of it, each part by the digest of the record that says so.

import { buildCommand } from '@stricli/core'
import { encodeDocument, type Instant, type JsonObject } from '../core/index.ts'
import { buildPromotionReport } from '../gate/index.ts'
import type { Host } from '../host/index.ts'
import { renderLineage, renderPromotion } from '../report/gate/index.ts'
import { type Answer, refused } from './answer.ts'
import { answering, type RunContext } from './context.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, SWITCH, TEXT } from './flags.ts'
import { notesOf, readLedgerSetting } from './judging/ledger-setting.ts'
import { JUDGED_HEAD_FLAGS, type JudgedHeadFlags, LEDGER_FLAG } from './ledger/ledger-flags.ts'
import { findLineage } from './lineage/lineage-run.ts'
import { DEFAULT_POLICIES } from './record/registry-input.ts'
import { judgeOutputs } from './outputs.ts'
import { writeReport } from './report-file.ts'
import { parseInstant } from './trust/instant-flag.ts'

interface Flags extends JudgedHeadFlags {
  readonly release: string
  readonly promotion?: string
  readonly ledger: string
  readonly policies: string
  readonly trust: string
  readonly at?: Instant
  readonly run?: boolean
  readonly unsafeExampleKeys?: boolean
  readonly format: Format
  readonly out?: string
}

const DESCRIPTION = [
  'Builds the lineage of a release out of verified records alone: source, build, set, snapshot, SBOM, approvals, promotions, deployments,',
  'what one would go back to, and whether it may still be used. Each part names the record that says it, who signed that, and what it comes to.',
  'What no record says is listed as missing. With --promotion it is the report of what brought the release into one environment.',
  '',
  'The same records, judged as of the same time, give the same bytes. The exit code is 0 only where all records of the release and the',
  'ledger are accepted; the document is written all the same, and says so.',
  '',
  'Example: assay lineage --release production__web__v1.2.0__4711-1 --trust trust.json --log-key ledger.vkey --out release_lineage.json',
]

/** `assay lineage` */
export const command = buildCommand<Flags, [], RunContext>({
  docs: {
    brief: 'Tell where a release comes from and what became of it, record by record',
    fullDescription: DESCRIPTION.join('\n'),
  },
  parameters: {
    flags: {
      release: { ...TEXT, placeholder: 'SET_ID', brief: 'The release' },
      promotion: {
        ...OPTIONAL_TEXT,
        placeholder: 'ENVIRONMENT',
        brief: 'Report of its promotion to this environment instead, such as "production"',
      },
      ledger: LEDGER_FLAG,
      policies: {
        ...TEXT,
        default: DEFAULT_POLICIES,
        placeholder: 'DIR',
        brief: 'Folder of the policies that records are judged under',
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
      run: { ...SWITCH, brief: 'Ledger of one run: records count without an adoption' },
      unsafeExampleKeys: {
        ...SWITCH,
        brief: 'Accept the published example keys, which prove nothing',
      },
      format: FORMAT_FLAG,
      out: { ...OPTIONAL_TEXT, placeholder: 'FILE', brief: 'Write it as JSON to a file' },
    },
  },
  func: answering(async (host, flags: Flags) => lineage(host, flags)),
})

async function lineage(host: Host, flags: Flags): Promise<Answer> {
  const { release, promotion, run = false, out } = flags
  const setting = await readLedgerSetting(host, flags, flags.ledger)
  if (!setting.ok) return refused(setting.problems)
  const writable = await judgeOutputs(host, [['--out', out]])
  if (!writable.ok) return refused(writable.problems)
  const scope = run ? 'run' : 'project'
  const found = await findLineage(host, { setting: setting.value, scope, release })
  if (!found.ok) return refused(found.problems)
  const report = promotion === undefined ? undefined : buildPromotionReport(found.value, promotion)
  const told = report ?? found.value
  const document = told as unknown as JsonObject
  if (out !== undefined) {
    const written = await writeReport(host, out, encodeDocument(document))
    if (!written.ok) return refused(written.problems)
  }
  return {
    kind: 'finished',
    outcome: told.outcome,
    document,
    text: report === undefined ? renderLineage(found.value) : renderPromotion(report),
    notes: notesOf(setting.value.isUnsigned),
  }
}
