// A ledger read for the readiness of one release: what it holds of it, and that all of that could be read.

import { accept, type Check, type Result } from '../../core/index.ts'
import { judgeReadiness, judgeSeparation, type ReadinessFinding } from '../../gate/index.ts'
import type { Host } from '../../host/index.ts'
import {
  answerExpressions,
  indexEvidence,
  type PolicyOf,
  type Registry,
  requirementsOf,
} from '../../policy/index.ts'
import type { LedgerSetting } from '../judging/ledger-setting.ts'
import { readNamedRelease } from '../judging/named-release.ts'

/** What is asked. */
export interface ReleaseReadinessQuestion {
  readonly setting: LedgerSetting
  /** Of the readiness policy; records are judged under those of the setting. */
  readonly registry: Registry
  readonly policy: PolicyOf<'readiness'>
  /** The artifact set id. */
  readonly release: string
}

/** Judges it; of a release that something speaks against, or a ledger that is not whole, nothing continues. */
export async function judgeReleaseReadiness(
  host: Host,
  question: ReleaseReadinessQuestion,
): Promise<Result<{ readonly finding: ReadinessFinding; readonly checks: readonly Check[] }>> {
  const { setting, registry, policy } = question
  const read = await readNamedRelease(host, question)
  if (!read.ok) return read
  const { subject, evidence: pieces, checks, now } = read.value
  const { release, commit } = subject
  const evidence = indexEvidence(pieces)
  const answers = await answerExpressions(requirementsOf(policy), evidence, {
    ...{ release, commit, now },
    expressions: { evaluate: host.evaluateExpressions },
  })
  const { roles } = policy.selfService
  const separation = judgeSeparation({
    ...{ trust: setting.trust, roles, target: release?.target },
    headKeys: setting.expectation?.keys.map(({ key }) => key.keyId) ?? [],
    signers: pieces.map(({ signer }) => signer.name),
  })
  const finding = judgeReadiness({
    ...{ policy, registry, subject, evidence, now, answers, separation },
  })
  return accept({ finding, checks })
}
