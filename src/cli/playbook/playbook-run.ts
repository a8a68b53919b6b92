// A ledger read for a playbook: what it holds of one release, and which files it answers for.

import { accept, type Check, groupChecks, quote, type Result } from '../../core/index.ts'
import {
  bindReports,
  buildLineage,
  judgeOperations,
  judgePlaybook,
  judgeWhole,
  type PlaybookFinding,
  pathsOfOperations,
  pathsOfPlaybook,
  releaseEvidenceOf,
} from '../../gate/index.ts'
import type { Host } from '../../host/index.ts'
import {
  answerExpressions,
  indexEvidence,
  type PolicyOf,
  type Registry,
  requirementsOf,
} from '../../policy/index.ts'
import type { ReleaseView } from '../../record/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'
import { judgeLedger } from '../judging/ledger-judging.ts'
import type { LedgerSetting } from '../judging/ledger-setting.ts'
import type { ReleaseItems } from '../judging/release-items.ts'
import { unsoundOf } from '../readiness/readiness-run.ts'
import { usage } from '../usage.ts'
import { readReportFiles } from './report-files.ts'

/** What is asked. */
export interface PlaybooksQuestion {
  readonly setting: LedgerSetting
  /** Of the playbooks; records are judged under those of the setting. */
  readonly registry: Registry
  readonly policies: readonly PolicyOf<'playbook'>[]
  /** The artifact set id. */
  readonly release: string
  /** Where the files lie that the playbooks name. */
  readonly reports: string
  readonly isStrict: boolean
}

/** What came of it. */
export interface JudgedPlaybooks {
  readonly findings: readonly PlaybookFinding[]
  /** Of the ledger. */
  readonly checks: readonly Check[]
}

/** Judges each of the playbooks about the release. */
export async function judgePlaybooks(
  host: Host,
  question: PlaybooksQuestion,
): Promise<Result<JudgedPlaybooks>> {
  const { setting, registry, release: id, isStrict } = question
  const parts = parseArtifactSetId(id)
  if (!parts.ok) return parts
  const { target, channel } = parts.value
  const policies = question.policies.filter(({ scope: { targets, channels } }) => {
    return targets?.includes(target) !== false && channels?.includes(channel) !== false
  })
  if (policies.length === 0) {
    return usage(`Expected a playbook for the release ${quote(id)}, found those of others`)
  }
  const found: { readonly view: ReleaseView; readonly items: ReleaseItems }[] = []
  const ledger = await judgeLedger(host, {
    ...setting,
    scope: 'project',
    only: undefined,
    onRelease: (view, items) => {
      if (view.id === id) found.push({ view, items })
    },
  })
  if (!ledger.ok) return ledger
  const [own] = found
  const under = setting.registry ?? registry
  const held = own === undefined ? { set: [], commit: [] } : releaseEvidenceOf(own.view, under)
  const evidence = [...held.set, ...held.commit]
  const unsound = judgeWhole(
    groupChecks('ledger', 'The ledger', ledger.value.checks),
    unsoundOf(own, under),
  )
  const commit = held.commit[0]?.commit
  const subject = {
    release: { id, target, channel },
    ...(commit !== undefined && { commit }),
    ...(unsound !== undefined && { unsound }),
  }
  const now = setting.at ?? setting.now
  const lineage =
    own === undefined
      ? undefined
      : buildLineage({
          view: own.view,
          refused: own.items.refused,
          ledger: ledger.value.checks,
          at: now,
        })
  const findings: PlaybookFinding[] = []
  for (const policy of policies) {
    const paths = [...pathsOfPlaybook(policy), ...pathsOfOperations(policy, lineage)]
    const files = await readReportFiles(host, question.reports, paths)
    const reports = bindReports(files, evidence)
    const answers = await answerExpressions(requirementsOf(policy), indexEvidence(evidence), {
      ...{ release: subject.release, commit, now },
      expressions: { evaluate: host.evaluateExpressions },
    })
    const operations = { policy, evidence, commit, lineage, reports, now }
    const { controls: further, first } = judgeOperations(operations)
    findings.push(
      judgePlaybook({
        ...{ policy, registry, subject, evidence, reports, further, first, now, answers, isStrict },
      }),
    )
  }
  return accept({ findings, checks: ledger.value.checks })
}
