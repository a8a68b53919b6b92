// The gates of a project as a command's answer.

import {
  combineOutcomes,
  encodeTimestamp,
  groupChecks,
  type JsonObject,
  type Outcome,
} from '../../core/index.ts'
import { outcomeOfJudgement, type Judgement, listsOf } from '../../gate/index.ts'
import type { Host } from '../../host/index.ts'
import type { Registry } from '../../policy/index.ts'
import {
  documentOfCounter,
  documentOfGate,
  documentOfPosture,
  documentOfStatuses,
  renderCounters,
  renderPosture,
  renderStatuses,
} from '../../report/gate/index.ts'
import { documentOfVerdict, renderVerdict } from '../../report/index.ts'
import { type Answer, refused } from '../answer.ts'
import { documentOfHead } from '../audit/ledger/ledger-audit.ts'
import type { GateFlags } from '../gate.ts'
import { type LedgerSetting, notesOf } from '../judging/ledger-setting.ts'
import { writeReport } from '../report-file.ts'
import { appendSummary, renderGates } from './gate-formats.ts'
import { groundOf, type JudgedGates } from './gate-run.ts'

/** What was asked, and what came of it. */
export interface GatesTold {
  readonly flags: GateFlags
  /** The gates, and policies of requirements, that are asked. */
  readonly ids: readonly string[]
  readonly setting: LedgerSetting & { readonly registry: Registry }
  readonly judged: JudgedGates
  /** What was written besides. */
  readonly notes: readonly string[]
}

/** The answer; what was asked to be written is written first. */
export async function answerGates(host: Host, told: GatesTold): Promise<Answer> {
  const { flags, ids, setting, judged } = told
  const all: readonly Judgement[] = [...judged.gates, ...judged.policies]
  const gates = all.filter(({ gate }) => ids.includes(gate.id))
  const document = documentOf(gates, told)
  const text = textOf(host, gates, told)
  const answer = {
    kind: 'finished',
    outcome: outcomeOf(gates, told),
    document,
    text,
    notes: [...notesOf(setting.isUnsigned), ...told.notes],
  } as const
  if (flags.format === 'github') {
    const appended = await appendSummary(host, { gates, checks: judged.checks })
    if (!appended.ok) return refused(appended.problems)
  }
  if (flags.out === undefined) return answer
  const content = flags.format === 'json' ? `${JSON.stringify(document, null, 2)}\n` : text
  const written = await writeReport(host, flags.out, content)
  if (!written.ok) return refused(written.problems)
  const decisions = gates.map(({ gate, decision }) => `${decision}  ${gate.id}\n`)
  return { ...answer, text: flags.counters === true ? '' : decisions.join('') }
}

/** A gate judges only a ledger that is whole; counters are told whenever they could be counted. */
function outcomeOf(gates: readonly Judgement[], { flags, judged }: GatesTold): Outcome {
  const ledger = combineOutcomes(judged.checks)
  if (flags.counters === true || ledger !== 'accepted') return ledger
  return combineOutcomes(gates.map(outcomeOfJudgement).map((outcome) => ({ outcome })))
}

function textOf(host: Host, gates: readonly Judgement[], told: GatesTold): string {
  const { flags, setting, judged } = told
  const { policies, ledger: folder } = flags
  const options = { columns: host.columns, policies, ledger: folder }
  if (flags.format === 'json') return ''
  const ground = groundOf(judged.checks)
  const whole = ground.outcome === 'accepted' ? '' : `${renderVerdict(ground, options)}\n`
  if (flags.counters === true) {
    const counters = renderCounters(judged.counters, { ...options, trust: setting.trust.digest })
    return `${whole}${counters}\n${renderPosture(judged.posture, options)}\n${renderStatuses(judged.statuses, options)}`
  }
  const text = renderGates({ gates, checks: judged.checks }, flags.format, options)
  if (flags.format !== 'text') return text
  const explained = flags.explain === true ? explain(gates, host) : ''
  return `${whole}${text}${explained}`
}

/** A list for itself: what is asked beyond the lists that decide is no reason against the gate. */
function explain(gates: readonly Judgement[], host: Host): string {
  return gates
    .flatMap(listsOf)
    .map(({ list, policy, findings }) => {
      const checks = findings.map(({ check }) => check)
      const verdict = groupChecks(list, `${list} of ${policy}`, checks)
      return `\n${renderVerdict(verdict, { columns: host.columns })}`
    })
    .join('')
}

function documentOf(gates: readonly Judgement[], told: GatesTold): JsonObject {
  const { flags, setting, judged } = told
  const { trust, registry, at, now } = setting
  const common = {
    ledger: flags.ledger,
    scope: flags.run === true ? 'run' : 'project',
    at: encodeTimestamp(at ?? now),
    trust: { sha256: trust.digest },
    policies: { sha256: registry.digest },
    ...documentOfHead(judged.head),
    checks: judged.checks.map(documentOfVerdict),
  }
  const outcome = outcomeOf(gates, told)
  return flags.counters === true
    ? {
        schema: 'assay/counters/v1',
        outcome,
        ...common,
        counters: judged.counters.map(documentOfCounter),
        posture: judged.posture.map(documentOfPosture),
        ...documentOfStatuses(judged.statuses),
      }
    : { schema: 'assay/gates/v1', outcome, ...common, gates: gates.map(documentOfGate) }
}
