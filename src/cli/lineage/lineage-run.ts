// A ledger read for the lineage of one release: everything that it holds of it, and that all of that could be read.

import { accept, type Check, quote, type Result, refuse } from '../../core/index.ts'
import { buildLineage, type ReleaseLineage } from '../../gate/index.ts'
import type { Host } from '../../host/index.ts'
import type { LedgerScope, ReleaseView } from '../../record/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'
import { judgeLedger } from '../judging/ledger-judging.ts'
import type { LedgerSetting } from '../judging/ledger-setting.ts'
import type { CliProblem } from '../problem.ts'

/** What is asked. */
export interface LineageQuestion {
  readonly setting: LedgerSetting
  readonly scope: LedgerScope
  /** The artifact set id. */
  readonly release: string
}

/** The lineage of the release; a problem where the ledger holds nothing of it. */
export async function findLineage(
  host: Host,
  { setting, scope, release }: LineageQuestion,
): Promise<Result<ReleaseLineage>> {
  const parts = parseArtifactSetId(release)
  if (!parts.ok) return parts
  const found: { readonly view: ReleaseView; readonly refused: readonly Check[] }[] = []
  const judged = await judgeLedger(host, {
    ...setting,
    scope,
    only: undefined,
    onRelease: (view, { refused }) => {
      if (view.id === release) found.push({ view, refused })
    },
  })
  if (!judged.ok) return judged
  const [one] = found
  if (one === undefined) {
    const message = `Expected records of ${quote(release)} in the ledger, found none`
    return refuse<CliProblem>({ code: 'cli/ledger-entry-missing', message })
  }
  const at = setting.at ?? setting.now
  return accept(buildLineage({ ...one, ledger: judged.value.checks, at }))
}
