// `assay playbook`: go or no-go of a release, computed from what a ledger holds and from the reports that it answers for.

import { join } from 'node:path'
import { buildCommand } from '@stricli/core'
import {
  combineOutcomes,
  encodeDocument,
  encodeTimestamp,
  type Instant,
  type JsonObject,
  type Outcome,
} from '../core/index.ts'
import { outcomeOfPlaybook, pathsOfPlaybook } from '../gate/index.ts'
import type { Host } from '../host/index.ts'
import { documentOfPlaybook, markdownOfPlaybook, renderPlaybook } from '../report/gate/index.ts'
import { documentOfVerdict } from '../report/index.ts'
import { type Answer, misused, refused } from './answer.ts'
import { answering, type RunContext } from './context.ts'
import { OPTIONAL_TEXT, parseText, SWITCH, TEXT } from './flags.ts'
import { type LedgerSetting, notesOf, readLedgerSetting } from './judging/ledger-setting.ts'
import { JUDGED_HEAD_FLAGS, type JudgedHeadFlags, LEDGER_FLAG } from './ledger/ledger-flags.ts'
import { type JudgedPlaybooks, judgePlaybooks } from './playbook/playbook-run.ts'
import { DEFAULT_POLICIES, readRegistry } from './record/registry-input.ts'
import { judgeOutputs } from './outputs.ts'
import { writeReport } from './report-file.ts'
import { parseInstant } from './trust/instant-flag.ts'

interface Flags extends JudgedHeadFlags {
  readonly release: string
  readonly ledger: string
  readonly policies: string
  readonly playbooks: string
  readonly reports: string
  readonly trust: string
  readonly at?: Instant
  readonly strict?: boolean
  readonly unsafeExampleKeys?: boolean
  readonly format: 'text' | 'json' | 'markdown'
  readonly out?: string
}

const DESCRIPTION = [
  'Judges the playbooks of a folder about a release: each control is passed, failed, unverified or missing, and the release is go, go by',
  'exception, or no-go. A report counts only where accepted evidence about the release or its commit names it by path and digest. One',
  'control that the project can not force may stay unverified, where somebody looked at it by hand and signed that; --strict allows none.',
  '',
  'Exit codes: 0 go, also by exception; 1 no-go; 2 when something could not be judged.',
  '',
  'Example: assay playbook --release production__web__v1.2.0__4711-1 --trust trust.json --log-key ledger.vkey --reports . --format markdown',
]

/** `assay playbook` */
export const command = buildCommand<Flags, string[], RunContext>({
  docs: {
    brief: 'Decide go or no-go of a release by a playbook, control by control',
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
      playbooks: {
        ...TEXT,
        default: 'policies/production-readiness',
        placeholder: 'DIR',
        brief: 'Folder of playbooks',
      },
      reports: {
        ...TEXT,
        default: '.',
        placeholder: 'DIR',
        brief: 'Folder that the paths of the playbooks start from',
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
      strict: { ...SWITCH, brief: 'No exception counts' },
      unsafeExampleKeys: {
        ...SWITCH,
        brief: 'Accept the published example keys, which prove nothing',
      },
      format: {
        kind: 'enum',
        values: ['text', 'json', 'markdown'],
        default: 'text',
        brief: 'What standard output, or the file of --out, carries',
      },
      out: { ...OPTIONAL_TEXT, placeholder: 'FILE', brief: 'Write it to a file' },
    },
    positional: {
      kind: 'array',
      parameter: { brief: 'Playbooks; without any, all', placeholder: 'id', parse: parseText },
    },
  },
  func: answering(async (host, flags: Flags, ...ids: string[]) => playbook(host, flags, ids)),
})

async function playbook(host: Host, flags: Flags, ids: readonly string[]): Promise<Answer> {
  const registry = await readRegistry(host, flags.playbooks)
  if (!registry.ok) return refused(registry.problems)
  const known = [...(registry.value?.of('playbook').values() ?? [])]
  const unknown = ids.find((id) => !known.some((policy) => policy.id === id))
  if (registry.value === undefined || known.length === 0 || unknown !== undefined) {
    return misused(`Expected ${unknown ?? 'a playbook'} in ${flags.playbooks}`)
  }
  const policies = known.filter(({ id }) => ids.length === 0 || ids.includes(id))
  const setting = await readLedgerSetting(host, flags, flags.ledger)
  if (!setting.ok) return refused(setting.problems)
  const { release, reports, strict: isStrict = false } = flags
  const awaited = policies.flatMap(pathsOfPlaybook).map((path) => join(reports, path))
  const writable = await judgeOutputs(host, [['--out', flags.out]], awaited)
  if (!writable.ok) return refused(writable.problems)
  const judged = await judgePlaybooks(host, {
    ...{ setting: setting.value, registry: registry.value, policies, release, reports, isStrict },
  })
  if (!judged.ok) return refused(judged.problems)
  const document = documentOf(judged.value, setting.value)
  const text = textOf(host, judged.value, flags)
  const answer = {
    kind: 'finished',
    outcome: outcomeOf(judged.value),
    document,
    text,
    notes: notesOf(setting.value.isUnsigned),
  } as const
  if (flags.out === undefined) return answer
  const content = flags.format === 'json' ? encodeDocument(document) : text
  const written = await writeReport(host, flags.out, content)
  if (!written.ok) return refused(written.problems)
  const decisions = judged.value.findings.map(
    ({ policy, decision }) => `${decision}  ${policy.id}\n`,
  )
  return { ...answer, text: decisions.join('') }
}

/** A playbook judges only a ledger that is whole: of another one, each is no-go for that. */
function outcomeOf({ findings, checks }: JudgedPlaybooks): Outcome {
  const outcomes = findings.map((finding) => ({ outcome: outcomeOfPlaybook(finding) }))
  return combineOutcomes([...checks, ...outcomes])
}

function textOf(host: Host, { findings }: JudgedPlaybooks, { format }: Flags): string {
  if (format === 'json') return ''
  const options = { columns: host.columns }
  return findings
    .map((finding) =>
      format === 'text' ? renderPlaybook(finding, options) : markdownOfPlaybook(finding),
    )
    .join('\n')
}

function documentOf(judged: JudgedPlaybooks, { at, now, trust }: LedgerSetting): JsonObject {
  return {
    schema: 'assay/playbook/v1',
    outcome: outcomeOf(judged),
    at: encodeTimestamp(at ?? now),
    trust: { sha256: trust.digest },
    playbooks: judged.findings.map(documentOfPlaybook),
    checks: judged.checks.map(documentOfVerdict),
  }
}
