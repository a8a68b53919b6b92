// A ledger read for the readiness of one release: what it holds of it, and that all of that could be read.

import { accept, type Check, type Result } from '../../core/index.ts'
import {
  judgeReadiness,
  judgeSeparation,
  type ReadinessFinding,
  releaseEvidenceOf,
  judgeSoundness,
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
import { refusedOf, type ReleaseItems } from '../judging/release-items.ts'

/** What is asked. */
export interface ReleaseReadinessQuestion {
  readonly setting: LedgerSetting
  /** Of the readiness policy; records are judged under those of the setting. */
  readonly registry: Registry
  readonly policy: PolicyOf<'readiness'>
  /** The artifact set id. */
  readonly release: string
}

/** Judges it; of a release some of whose records are not accepted, not there, or contradict the others, nothing continues. */
export async function judgeReleaseReadiness(
  host: Host,
  { setting, registry, policy, release: id }: ReleaseReadinessQuestion,
): Promise<Result<{ readonly finding: ReadinessFinding; readonly checks: readonly Check[] }>> {
  const parts = parseArtifactSetId(id)
  if (!parts.ok) return parts
  const { target, channel } = parts.value
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
  const held = own === undefined ? { set: [], commit: [] } : releaseEvidenceOf(own.view, registry)
  const evidence = indexEvidence([...held.set, ...held.commit])
  const now = setting.at ?? setting.now
  const release = { id, target, channel }
  const commit = held.commit[0]?.commit
  const answers = await answerExpressions(requirementsOf(policy), evidence, {
    ...{ release, commit, now },
    expressions: { evaluate: host.evaluateExpressions },
  })
  const { roles } = policy.selfService
  const separation = judgeSeparation({
    ...{ trust: setting.trust, roles, target },
    headKeys: setting.expectation?.keys.map(({ key }) => key.keyId) ?? [],
    signers: [...held.set, ...held.commit].map(({ signer }) => signer.name),
  })
  const unsound = unsoundOf(own, setting.registry ?? registry)
  const subject = {
    release,
    ...(commit !== undefined && { commit }),
    ...(unsound !== undefined && { unsound }),
  }
  const finding = judgeReadiness({
    ...{ policy, registry, subject, evidence, now, answers, separation },
  })
  return accept({ finding, checks: ledger.value.checks })
}

/** What is refused of the release stands under it. */
export function unsoundOf(
  found: { readonly view: ReleaseView; readonly items: ReleaseItems } | undefined,
  registry: Registry,
): Check | undefined {
  if (found === undefined) return undefined
  return judgeSoundness(found.view, registry, refusedOf(found.items))
}
