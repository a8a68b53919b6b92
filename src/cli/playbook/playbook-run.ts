// A ledger read for a playbook: what it holds of one release, and which files it answers for.

import { accept, type Check, quote, type Result } from '../../core/index.ts'
import {
  bindReports,
  buildLineage,
  judgeOperations,
  judgePlaybook,
  type PlaybookFinding,
  pathsOfOperations,
  pathsOfPlaybook,
} from '../../gate/index.ts'
import type { Host } from '../../host/index.ts'
import {
  answerExpressions,
  indexEvidence,
  type PolicyOf,
  type Registry,
  requirementsOf,
} from '../../policy/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'
import type { LedgerSetting } from '../judging/ledger-setting.ts'
import { readNamedRelease } from '../judging/named-release.ts'
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
  const { registry, release: id, isStrict } = question
  const parts = parseArtifactSetId(id)
  if (!parts.ok) return parts
  const { target, channel } = parts.value
  const policies = question.policies.filter(({ scope: { targets, channels } }) => {
    return targets?.includes(target) !== false && channels?.includes(channel) !== false
  })
  if (policies.length === 0) {
    return usage(`Expected a playbook for the release ${quote(id)}, found those of others`)
  }
  const read = await readNamedRelease(host, question)
  if (!read.ok) return read
  const { subject, evidence, history, found, checks, now } = read.value
  const { release, commit } = subject
  const lineage =
    found === undefined
      ? undefined
      : buildLineage({ view: found.view, refused: found.items.refused, ledger: checks, at: now })
  const findings: PlaybookFinding[] = []
  for (const policy of policies) {
    const paths = [...pathsOfPlaybook(policy), ...pathsOfOperations(policy, lineage)]
    const files = await readReportFiles(host, question.reports, paths)
    const reports = bindReports(files, evidence)
    const answers = await answerExpressions(requirementsOf(policy), indexEvidence(evidence), {
      ...{ release, commit, now },
      expressions: { evaluate: host.evaluateExpressions },
    })
    const operations = { policy, evidence, history, commit, lineage, reports, now }
    const { controls: further, closure, first } = judgeOperations(operations)
    findings.push(
      judgePlaybook({
        ...{ policy, registry, subject, evidence, reports, further, closure, first },
        ...{ now, answers, isStrict },
      }),
    )
  }
  return accept({ findings, checks })
}
