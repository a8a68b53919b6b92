// A ledger read for one release that was named, and what speaks against it: the ledger too, where that is not whole.

import { accept, type Check, groupChecks, type Instant, type Result } from '../../core/index.ts'
import { collectNamedRelease, type NamedRelease } from '../../gate/index.ts'
import type { Host } from '../../host/index.ts'
import type { Registry } from '../../policy/index.ts'
import type { ReleaseView } from '../../record/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'
import { commitsAmong, judgeCommitEntries, type Place } from './commits.ts'
import { judgeLedger } from './ledger-judging.ts'
import type { LedgerSetting } from './ledger-setting.ts'
import { refusedOf, type ReleaseItems } from './release-items.ts'

/** What is asked. */
export interface NamedReleaseQuestion {
  readonly setting: LedgerSetting
  /** The artifact set id. */
  readonly release: string
  /** Under which records are judged where the setting has no policies. */
  readonly registry: Registry
}

/** What there is of it. */
export interface ReadRelease extends NamedRelease {
  /** Absent where the ledger holds nothing of it. */
  readonly found?: { readonly view: ReleaseView; readonly items: ReleaseItems }
  /** Of the ledger. */
  readonly checks: readonly Check[]
  /** As of when it is judged. */
  readonly now: Instant
}

/** Reads it. */
export async function readNamedRelease(
  host: Host,
  { setting, release: id, registry }: NamedReleaseQuestion,
): Promise<Result<ReadRelease>> {
  const parts = parseArtifactSetId(id)
  if (!parts.ok) return parts
  const { target, channel } = parts.value
  const policies = setting.registry ?? registry
  const named = collectNamedRelease({ id, target, channel }, policies)
  const found: { readonly view: ReleaseView; readonly items: ReleaseItems }[] = []
  const ledger = await judgeLedger(host, {
    ...setting,
    scope: 'project',
    only: undefined,
    onRelease: (view, items) => {
      named.add(view, refusedOf(items))
      if (view.id === id) found.push({ view, items })
    },
  })
  if (!ledger.ok) return ledger
  const { checks, others } = ledger.value
  const now = setting.at ?? setting.now
  // Those that releases of the target have joined came with them; what another target made of a commit is judged for this one anew.
  const isOwn = (other: string) => isOfPlace(other, { target, channel })
  const beside = commitsAmong(others).filter(({ joined }) => !joined.some(isOwn))
  for (const entries of beside) {
    const asked = { ...setting, registry: policies }
    named.addCommit(judgeCommitEntries(entries, { target, channel }, asked))
  }
  const [own] = found
  return accept({
    ...named.close(groupChecks('ledger', 'The ledger', checks)),
    ...(own !== undefined && { found: own }),
    ...{ checks, now },
  })
}

function isOfPlace(id: string, { target, channel }: Place): boolean {
  const parts = parseArtifactSetId(id)
  return parts.ok && parts.value.target === target && parts.value.channel === channel
}
