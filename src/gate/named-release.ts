// One release by its name, read out of a ledger: what is known of it, what speaks against it, and what else happened on the way to its target.

import { type Check, membersOf } from '../core/index.ts'
import type { Evidence, Registry } from '../policy/index.ts'
import type { ReleaseView, ViewedRecord } from '../record/index.ts'
import { type GateSubject, onGround, opposed } from './gate-subject.ts'
import { recordEvidence, releaseEvidenceOf } from './release-evidence.ts'
import { judgeAbsence, judgeSoundness } from './suspects.ts'

/** What a readiness policy or a playbook is asked about. */
export interface NamedRelease {
  readonly subject: GateSubject
  /** About the release, and about the commit that it was built from. */
  readonly evidence: readonly Evidence[]
  /**
   * Incidents and failures of all releases that went the same way to the same target, its own among them, and of every commit: a record
   * about one names no target, but for what answers an evidence definition.
   */
  readonly history: readonly Evidence[]
}

/** Takes the releases of a ledger one by one. */
export interface NamedReleaseCollection {
  /** @param refused records of it that are not accepted, or not there */
  readonly add: (view: ReleaseView, refused: readonly Check[]) => void
  /** Records about a commit that no release of the target was built from, as they are judged for it. */
  readonly addCommit: (records: readonly ViewedRecord[]) => void
  /** @param ledger what was checked of it: of one that is not whole, nothing is shown */
  readonly close: (ledger: Check) => NamedRelease
}

/**
 * Keeps what is needed of one release, and of those beside it.
 *
 * @param registry of the policies that the records are judged under
 */
export function collectNamedRelease(
  release: NonNullable<GateSubject['release']>,
  registry: Registry,
): NamedReleaseCollection {
  const history: Evidence[] = []
  // About commits, as other releases have them, or nobody.
  const beside: Evidence[] = []
  const addCommit = (records: readonly ViewedRecord[]) => {
    const pieces = records.map((viewed) => recordEvidence(viewed, registry))
    beside.push(...pieces.filter(isHistory))
  }
  const isForTarget = ({ record }: ViewedRecord) => {
    const { targets } = registry.of('evidence').get(record.evidence ?? '')?.scope ?? {}
    return targets?.includes(release.target) !== false
  }
  let evidence: readonly Evidence[] = []
  let commit: string | undefined
  let against: Check | undefined = judgeAbsence('release', release.id)
  return {
    add: (view, refused) => {
      const { target, channel } = view.fold.evidence.parts
      if (target !== release.target || channel !== release.channel) {
        addCommit(view.commitRecords.filter(isForTarget))
        return
      }
      const held = releaseEvidenceOf(view, registry)
      const pieces = [...held.set, ...held.commit]
      history.push(...pieces.filter(isHistory))
      if (view.id !== release.id) return
      evidence = pieces
      commit = held.commit[0]?.commit
      against = judgeSoundness(view, registry, refused)
    },
    addCommit,
    close: (ledger) => {
      const subject = { release, ...(commit !== undefined && { commit }), against: [] }
      return {
        subject: onGround(opposed(subject, against), ledger),
        evidence,
        history: onlyOnce([...beside, ...history]),
      }
    },
  }
}

/** What passed is no history: only what went wrong is counted over a window. */
function isHistory({ family, predicate }: Evidence): boolean {
  if (family !== 'test-result') return family === 'incident'
  const failed = membersOf(predicate)['failedTests']
  return Array.isArray(failed) && failed.length > 0
}

/** Records about a commit come with each release that was built from it; as those of the target have them, they stand. */
function onlyOnce(pieces: readonly Evidence[]): readonly Evidence[] {
  return [...new Map(pieces.map((piece) => [piece.sha256, piece])).values()]
}
