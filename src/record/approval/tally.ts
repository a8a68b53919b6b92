// The answers to one question, counted: every view of one of them looks at the same count, which is made once.

import { type Check, quote } from '../../core/index.ts'
import { isNewer } from '../time/order.ts'
import { isByPerson } from '../signer/person.ts'
import { onceFor } from '../once.ts'
import { recordsOf } from '../release/records-of.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { failed, passed, type ViewContext } from '../view.ts'
import { type Approval, APPROVALS } from './approval-members.ts'
import { countQuorum, type Quorum } from './quorum.ts'
import { checkAlone } from './single-checks.ts'

/** What all answers to a question come to. */
export interface Tally {
  /** The decision of each principal that stands. */
  readonly standing: ReadonlyMap<string, FoldedRecord<Approval>>
  /** Accepted where nobody speaks against it. */
  readonly rejections: Check
  /** The approvals that stand and are good in themselves, counted in the roles of a signer. */
  readonly quorumOf: (record: FoldedRecord) => Quorum
  /** Enough people approve, and nobody speaks against it. */
  readonly isGranted: boolean
}

/** What is approved: one question for all who answer it. */
export function questionOf({ members, release }: FoldedRecord<Approval>): string {
  return [members.scope, release?.phase].join(' ')
}

/** Of all answers to a question; made once for whoever asks in one context. */
export const tallyOf = onceFor((context: ViewContext, question: string): Tally => {
  const approvals = recordsOf(context.evidence, APPROVALS)
  const standing = standingAnswers(approvals.filter((record) => questionOf(record) === question))
  const good = [...standing.values()].filter(
    (one) =>
      one.members.decision === 'approve' &&
      checkAlone(one, context).every(({ outcome }) => outcome === 'accepted'),
  )
  const quorums = new Map<string, Quorum>()
  const quorumOf = (record: FoldedRecord): Quorum => {
    const roles = JSON.stringify(record.signer.roles)
    const quorum = quorums.get(roles) ?? countQuorum(record, good, context)
    quorums.set(roles, quorum)
    return quorum
  }
  const rejections = checkRejections(standing)
  return {
    standing,
    rejections,
    quorumOf,
    isGranted:
      rejections.outcome === 'accepted' &&
      good.some((one) => quorumOf(one).check.outcome === 'accepted'),
  }
})

/**
 * Of each principal the answer that stands, whatever keys it was signed with. Automation takes back no decision of the person whose
 * principal it shares.
 *
 * @param answers to one question, in ledger order
 */
export function standingAnswers(
  answers: readonly FoldedRecord<Approval>[],
): ReadonlyMap<string, FoldedRecord<Approval>> {
  const byPrincipal = Map.groupBy(answers.filter(isDeciding), ({ signer }) => signer.principal)
  return new Map(
    [...byPrincipal].map(([principal, own]) => [principal, lastWordOf(own as Answers)]),
  )
}

/**
 * A rejection stands until an approval that is newer takes it back. An approval that is older than another, or than a rejection, does
 * nothing: who withheld it can append it whenever they like.
 */
function lastWordOf(answers: Readonly<Answers>): FoldedRecord<Approval> {
  let rejections: FoldedRecord<Approval>[] = []
  let [last] = answers
  for (const answer of answers) {
    if (answer.members.decision === 'reject') {
      rejections.push(answer)
      last = answer
      continue
    }
    rejections = rejections.filter((rejection) => !isNewer(answer, rejection))
    if (last.members.decision === 'reject' || isNewer(answer, last)) last = answer
  }
  return rejections.at(-1) ?? last
}

/** Of one principal, who gave at least one. */
type Answers = [FoldedRecord<Approval>, ...FoldedRecord<Approval>[]]

/** True for what changes where its signer stands: whatever people say, and a rejection by anyone. */
export function isDeciding(record: FoldedRecord<Approval>): boolean {
  return isByPerson(record) || record.members.decision === 'reject'
}

/** Whoever says no takes part with one word, whatever others say: nobody outvotes it. */
function checkRejections(standing: ReadonlyMap<string, FoldedRecord<Approval>>): Check {
  const against = [...standing].filter(([, { members }]) => members.decision === 'reject')
  return against.length === 0
    ? passed('rejection', 'Nobody speaks against it')
    : rejectedBy(
        'rejection',
        against.map(([principal]) => principal),
      )
}

/** A decision against the release. */
export function rejectedBy(name: string, principals: readonly string[]): Check {
  const message = 'The decision is against the release'
  return failed(name, 'rejected', 'record/rejection', message, {
    found: principals.map(quote).join(', '),
  })
}
