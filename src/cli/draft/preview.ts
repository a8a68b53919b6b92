// `assay draft preview`: what an audit and the gates would say if somebody signed the draft. It is never an answer about production.

import { buildCommand } from '@stricli/core'
import { type Check, escapeText, type JsonObject, type JsonValue } from '../../core/index.ts'
import { type Judgement, outcomeOfJudgement } from '../../gate/index.ts'
import type { Host } from '../../host/index.ts'
import { type Draft, findFamily, verifyRecord } from '../../record/index.ts'
import { documentOfVerdict, renderVerdict } from '../../report/index.ts'
import { type Answer, refused } from '../answer.ts'
import { answering, type RunContext } from '../context.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, parseText, SWITCH, TEXT } from '../flags.ts'
import { judgeGates } from '../gate/gate-run.ts'
import { entryOfRecord } from '../ledger/record-entry.ts'
import { LEDGER_FLAG } from '../ledger/ledger-flags.ts'
import { readRequest } from '../ledger/record-request.ts'
import { readLedger, type RecordRequest } from '../record/ledger-input.ts'
import { DEFAULT_POLICIES, readRegistry } from '../record/registry-input.ts'
import { judgeRecord, type JudgedRecord } from '../record/judged-record.ts'
import { readAnyDraft } from './draft-input.ts'
import { supposeSigned } from './hypothesis.ts'
import { supposeAppended } from './supposed-ledger.ts'

interface Flags {
  readonly as: string
  readonly ledger: string
  readonly trust: string
  readonly policies?: string
  readonly unsafeExampleKeys?: boolean
  readonly format: Format
}

const DESCRIPTION = [
  'Judges the draft as if somebody of the trust document had signed it now, and it were the next entry of the ledger: the record, its',
  'status, and the gates. Records that an adoption has to name are judged as if they had been adopted, with all others of the ledger.',
  'Every line begins with "hypothetical:", the document says so, and the exit code is never 0: nothing of it is true of production.',
  '',
  'Example: assay draft preview approval.draft.json --as alice --ledger ledger --trust trust.json',
]

/** `assay draft preview` */
export const command = buildCommand<Flags, [file: string], RunContext>({
  docs: {
    brief: 'Say what would come of a draft if somebody signed it',
    fullDescription: DESCRIPTION.join('\n'),
  },
  parameters: {
    flags: {
      as: {
        ...TEXT,
        placeholder: 'NAME',
        brief: 'Key or identity of the trust document that would sign it',
      },
      ledger: LEDGER_FLAG,
      trust: { ...TEXT, placeholder: 'FILE', brief: 'Trust document; there is no default' },
      policies: {
        ...OPTIONAL_TEXT,
        placeholder: 'DIR',
        brief: `Folder of policies; ${DEFAULT_POLICIES} where it is there`,
      },
      unsafeExampleKeys: {
        ...SWITCH,
        brief: 'Accept the published example keys, which prove nothing',
      },
      format: FORMAT_FLAG,
    },
    positional: {
      kind: 'tuple',
      parameters: [
        {
          brief: 'The draft, or the bundle in which it was saved',
          placeholder: 'draft',
          parse: parseText,
        },
      ],
    },
  },
  func: answering(async (host, flags: Flags, file: string) => preview(host, flags, file)),
})

async function preview(host: Host, flags: Flags, file: string): Promise<Answer> {
  const request = await readRequest(host, flags.trust, flags.unsafeExampleKeys)
  if (!request.ok) return refused(request.problems)
  const draft = await readAnyDraft(host, file, request.value)
  if (!draft.ok) return refused(draft.problems)
  const supposed = await supposeSigned(draft.value, request.value.trust, flags.as)
  if (!supposed.ok) return refused(supposed.problems)
  const { bytes, trust } = supposed.value
  const under: RecordRequest = { ...request.value, trust }
  const { verdict, record } = verifyRecord(bytes, under)
  const told = { draft: draft.value, as: flags.as, verdict }
  if (record?.kind !== 'record') return answer(host, told)
  const registry = await readRegistry(host, flags.policies)
  if (!registry.ok) return refused(registry.problems)
  const store = await host.openLedger(flags.ledger)
  const ledger = await readLedger(store, under)
  if (!ledger.ok) return refused(ledger.problems)
  const { about } = record
  const known = await ledger.value.known(about.kind === 'set' ? about.id : `git:${about.commit}`)
  if (!known.ok) return refused(known.problems)
  const scope = findFamily(record.family)?.isAdoptable === true ? 'run' : 'project'
  const standing = await judgeRecord(record, {
    ...{ ledger: ledger.value, known: known.value, request: under },
    ...{ registry: registry.value, scope },
  })
  if (!standing.ok) return refused(standing.problems)
  if (registry.value === undefined) return answer(host, { ...told, standing: standing.value })
  const entry = entryOfRecord(bytes)
  if (!entry.ok) return refused(entry.problems)
  const appended = await supposeAppended(store, { entry: entry.value, bytes })
  if (!appended.ok) return refused(appended.problems)
  const gates = await judgeGates(host, {
    ...{ store: appended.value, trust, registry: registry.value, scope, now: host.now() },
    ...{ at: undefined, unsafeExampleKeys: flags.unsafeExampleKeys, isStrict: false },
    ...{ expectation: undefined, older: undefined, age: undefined, isUnsigned: true },
    ...{ commit: undefined, release: undefined, signatures: [] },
  })
  if (!gates.ok) return refused(gates.problems)
  const judgements = [...gates.value.gates, ...gates.value.policies]
  return answer(host, { ...told, standing: standing.value, gates: judgements })
}

interface Told {
  readonly draft: Draft
  readonly as: string
  readonly verdict: Check
  readonly standing?: JudgedRecord
  readonly gates?: readonly Judgement[]
}

/** Exit code 1 at the best: what nobody has signed is unverified. */
function answer(host: Host, told: Told): Answer {
  const { draft, as, verdict, standing, gates = [] } = told
  return {
    kind: 'finished',
    outcome: 'unverified',
    document: {
      schema: 'assay/draft-preview/v1',
      hypothetical: true,
      family: draft.family.name,
      draftSha256: draft.sha256,
      as,
      wouldBe: {
        record: documentOfVerdict(verdict),
        ...documentOfJudged(standing),
        gates: gates.map((judgement) => ({
          id: judgement.gate.id,
          decision: judgement.decision,
          outcome: outcomeOfJudgement(judgement),
        })),
      },
    },
    text: linesOf(host, told)
      .map((line) => `hypothetical: ${line}\n`)
      .join(''),
    notes: [
      'Nobody has signed it: a person with a role of production records it with assay record',
    ],
  }
}

function documentOfJudged(standing: JudgedRecord | undefined): JsonObject {
  if (standing === undefined) return {}
  const { view, scope } = standing
  return {
    scope,
    ...(view !== undefined && {
      view: {
        status: view.status,
        facts: view.facts as unknown as JsonValue,
        check: documentOfVerdict(view.check),
      },
    }),
  }
}

function linesOf({ columns }: Host, told: Told): readonly string[] {
  const { draft, as, verdict, standing, gates = [] } = told
  const { view } = standing ?? {}
  const text = [
    `if ${escapeText(as)} signed the draft ${draft.sha256} of a record of the family ${draft.family.name}\n`,
    renderVerdict(verdict, { columns }),
    ...(view === undefined
      ? []
      : [`its status would be ${view.status}\n`, renderVerdict(view.check, { columns })]),
    ...gates.map((judgement) => `${judgement.gate.id} would be ${judgement.decision}\n`),
  ]
  return text
    .join('')
    .split('\n')
    .filter((line) => line !== '')
}
