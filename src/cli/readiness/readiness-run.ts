// A ledger read for the readiness of one release: what it holds of it, and that all of that could be read.

import { accept, type Check, type Result } from '../../core/index.ts'
import {
  judgeReadiness,
  judgeSeparation,
  type ReadinessFinding,
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

/** What is asked. */
export interface ReleaseReadinessQuestion {
  readonly setting: LedgerSetting
  /** Of the readiness policy; records are judged under those of the setting. */
  readonly registry: Registry
  readonly policy: PolicyOf<'readiness'>
  /** The artifact set id. */
  readonly release: string
}

/** Judges it; records of the release that are not accepted, or not there, are checks that failed. */
export async function judgeReleaseReadiness(
  host: Host,
  { setting, registry, policy, release: id }: ReleaseReadinessQuestion,
): Promise<Result<{ readonly finding: ReadinessFinding; readonly checks: readonly Check[] }>> {
  const parts = parseArtifactSetId(id)
  if (!parts.ok) return parts
  const { target, channel } = parts.value
  const found: ReleaseView[] = []
  const refused: Check[] = []
  const ledger = await judgeLedger(host, {
    ...setting,
    scope: 'project',
    only: undefined,
    onRelease: (view, items) => {
      if (view.id !== id) return
      found.push(view)
      refused.push(...items.refused)
    },
  })
  if (!ledger.ok) return ledger
  const [view] = found
  const held = view === undefined ? { set: [], commit: [] } : releaseEvidenceOf(view, registry)
  const evidence = indexEvidence([...held.set, ...held.commit])
  const now = setting.at ?? setting.now
  const release = { id, target, channel }
  const commit = held.commit[0]?.commit
  const answers = await answerExpressions(requirementsOf(policy), evidence, {
    ...{ release, commit, now },
    expressions: { evaluate: host.evaluateExpressions },
  })
  const { roles } = policy.selfService
  const separation = judgeSeparation({ trust: setting.trust, roles, target })
  const subject = { release, ...(commit !== undefined && { commit }) }
  const finding = judgeReadiness({
    ...{ policy, registry, subject, evidence, now, answers, separation },
  })
  return accept({ finding, checks: [...ledger.value.checks, ...refused] })
}
