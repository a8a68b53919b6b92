// What the gates of a project come to: the ledger is judged, its releases are collected, and each gate is asked.

import { accept, type Check, groupChecks, type Result } from '../../core/index.ts'
import {
  bindSnapshots,
  type CandidateCommit,
  collectProject,
  type GivenSnapshot,
  judgeProject,
  type ProjectCollection,
  type ProjectFinding,
} from '../../gate/index.ts'
import type { Host } from '../../host/index.ts'
import type { TreeHead } from '../../ledger/index.ts'
import type { Policy, PolicyOf, Registry } from '../../policy/index.ts'
import type { LedgerScope } from '../../record/index.ts'
import {
  commitsAmong,
  type CommitSetting,
  judgeCommitEntries,
  type Place,
} from '../judging/commits.ts'
import { judgeLedger } from '../judging/ledger-judging.ts'
import type { LedgerSetting } from '../judging/ledger-setting.ts'
import { refusedOf } from '../judging/release-items.ts'
import type { OtherEntries } from '../judging/release-pass.ts'

/** What is asked of the gates. */
export interface GatesQuestion extends Omit<LedgerSetting, 'registry'> {
  readonly registry: Registry
  /** The commit that the next release would be built from; else the one that the ledger last heard of. */
  readonly commit: string | undefined
  readonly isStrict: boolean
  readonly scope: LedgerScope
  /** The release that policies of requirements are asked about; else the newest one that they are for. */
  readonly release: string | undefined
  /** Of the policies, where a role has to have signed them. */
  readonly signatures: readonly Check[]
  /** Those that are handed over; each has to be of a release in use. */
  readonly snapshots?: readonly GivenSnapshot[]
}

/** What came of it. */
export interface JudgedGates extends ProjectFinding {
  /** Of the ledger: without them nothing that is computed of it counts. */
  readonly checks: readonly Check[]
  readonly head?: TreeHead
}

/** Judges every gate of the registry. */
export async function judgeGates(
  host: Host,
  question: GatesQuestion,
): Promise<Result<JudgedGates>> {
  const { registry, scope, release, commit, isStrict, now, at } = question
  const named = {
    ...(release !== undefined && { release }),
    ...(commit !== undefined && { commit }),
  }
  const collection = collectProject(registry, named)
  const ledger = await judgeLedger(host, {
    ...question,
    scope,
    only: undefined,
    onRelease: (view, found) => collection.add(view, refusedOf(found)),
  })
  if (!ledger.ok) return ledger
  const { checks, head, others } = ledger.value
  const all = [...checks, ...question.signatures]
  addCommits(collection, others, question)
  const project = collection.close()
  const snapshots = bindSnapshots(project.state, question.snapshots ?? [])
  if (!snapshots.ok) return snapshots
  const judged = await judgeProject({
    ...{ registry, project, snapshots: snapshots.value },
    ground: groundOf(all),
    now: at ?? now,
    isStrict,
    expressions: { evaluate: host.evaluateExpressions },
    candidateOf: (asked) => candidateOf(asked, others, question),
  })
  return accept({ checks: all, ...(head !== undefined && { head }), ...judged })
}

/** What all gates rest on, as one check. */
export function groundOf(checks: readonly Check[]): Check {
  return groupChecks('ground', 'What all gates rest on', checks)
}

/** What decides which commit a gate without a release is asked about, and who may say what about it. */
export type CandidateQuestion = CommitSetting & Pick<GatesQuestion, 'commit'>

/** The commit that is asked about, or the last one that an entry of the ledger is about, with its records. */
export function candidateOf(
  { scope }: PolicyOf<'gate' | 'requirements'>,
  others: readonly OtherEntries[],
  { commit: asked, ...setting }: CandidateQuestion,
): CandidateCommit | undefined {
  const commits = commitsAmong(others)
  const found =
    asked === undefined
      ? commits.toSorted((a, b) => lastOf(b) - lastOf(a))[0]
      : commits.find(({ commit }) => commit === asked)
  if (found === undefined) {
    return asked === undefined ? undefined : { commit: asked, records: [], refused: [] }
  }
  const records = judgeCommitEntries(found, placeOf(scope), setting)
  return { commit: found.commit, records, refused: refusedOf(found.found) }
}

/** The first target of a scope; where a policy of requirements names none, what is for some target is left out. */
function placeOf({ targets, channels }: Policy['scope']): Place {
  const [target = ''] = targets ?? []
  const [channel = ''] = channels ?? []
  return { target, channel }
}

function lastOf({ found }: OtherEntries): number {
  return found.items.reduce((last, { index }) => Math.max(last, index), -1)
}

/** Adds what is known of commits that became no release, as it is judged for each gate. */
export function addCommits(
  collection: Pick<ProjectCollection, 'addCommit'>,
  others: readonly OtherEntries[],
  setting: CommitSetting,
): void {
  const lone = commitsAmong(others).filter(({ joined }) => joined.length === 0)
  for (const { scope } of setting.registry.of('gate').values()) {
    for (const entries of lone) {
      collection.addCommit(judgeCommitEntries(entries, placeOf(scope), setting))
    }
  }
}
