// Withdrawal: a release that nobody should use any more, or that another one stands in the place of. There is no way back from it.

import * as z from 'zod/mini'
import { type Check, quote } from '../../core/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'
import { defineFamily, type HeaderParts } from '../family.ts'
import { rule, SET_ID, TEXT } from '../statement/member-schema.ts'
import type { RecordProblem } from '../problem.ts'
import { recordsOf } from '../release/records-of.ts'
import type { FoldedRecord, ReleaseEvidence, ReleaseSummary } from '../release/evidence.ts'
import { failed, type FamilyView, passed, type ViewContext } from '../view.ts'

/** How soon whoever runs the release has to be off it. */
const URGENCIES = ['immediate', 'soon', 'routine'] as const

const MEMBERS = z
  .strictObject({
    action: z.enum(['withdraw', 'supersede']),
    reason: TEXT,
    /** The artifact set id of the release to use instead. */
    replacement: z.optional(SET_ID),
    urgency: z.enum(URGENCIES),
  })
  .check(
    rule(
      ({ action, replacement }) => action === 'withdraw' || replacement !== undefined,
      'the replacement of a release that is superseded',
    ),
  )

/** What a withdrawal holds. */
export type Withdrawal = Readonly<z.infer<typeof MEMBERS>>

/** The family; its view says of the release what every verdict about it has to say. */
export const WITHDRAWAL = defineFamily({
  name: 'withdrawal',
  members: MEMBERS,
  about: ['set'],
  isAdoptable: false,
  findContradictions: findWrongReplacement,
  view: viewWithdrawal,
})

/** Whether a release may still be used: `withdrawn` is for ever, and graver than `superseded`. */
export type Use = 'current' | 'superseded' | 'withdrawn'

/** What every verdict about a release says of it; accepted where nobody spoke against its use. */
export interface ReleaseUse {
  readonly status: Use
  readonly check: Check
}

/** By the first withdrawal; without one, by the last word that another release stands in its place. */
export function judgeUse(evidence: Pick<ReleaseEvidence, 'records'>): ReleaseUse {
  const records = recordsOf(evidence, WITHDRAWAL)
  const record = records.find(({ members }) => members.action === 'withdraw') ?? records.at(-1)
  if (record === undefined) {
    return { status: 'current', check: passed('standing', 'The release was not withdrawn') }
  }
  return useAfter(record)
}

function useAfter({ members, signer }: FoldedRecord<Withdrawal>): ReleaseUse {
  const { action, reason, replacement, urgency } = members
  const instead = replacement === undefined ? '' : `; use ${quote(replacement)} instead`
  const found = `${quote(reason)}, ${urgency}, reported by ${quote(signer.principal)}${instead}`
  if (action === 'supersede') {
    const message = 'Another release stands in the place of the release'
    const check = failed('standing', 'stale', 'record/superseded', message, { found })
    return { status: 'superseded', check }
  }
  const message = 'The release was withdrawn'
  const check = failed('standing', 'rejected', 'record/withdrawn', message, { found })
  return { status: 'withdrawn', check }
}

function viewWithdrawal(
  record: FoldedRecord<Withdrawal>,
  { evidence, releaseOf }: ViewContext,
): FamilyView {
  const { action, reason, replacement, urgency } = record.members
  const { status } = judgeUse(evidence)
  const { check } = useAfter(record)
  return {
    status: action === 'withdraw' ? 'withdrawn' : 'superseded',
    check,
    facts: {
      release: status,
      reason,
      urgency,
      reportedBy: record.signer.principal,
      ...(replacement !== undefined && {
        replacement,
        replacementStanding: describe(releaseOf(replacement)),
      }),
    },
  }
}

/** What the ledger knows of the release to use instead. */
function describe(summary: ReleaseSummary | undefined): string {
  if (summary === undefined) return 'unknown'
  if (summary.isWithdrawn) return 'withdrawn'
  return summary.isConsistent ? 'consistent' : 'contradictory'
}

/** A release is replaced by another one, and by one that goes the same way. */
function findWrongReplacement(
  { replacement = '' }: Withdrawal,
  { release }: HeaderParts,
): readonly RecordProblem[] {
  const own = parseArtifactSetId(release?.artifactSetId ?? '')
  const other = parseArtifactSetId(replacement)
  if (!own.ok || !other.ok) return []
  const isOther = release?.artifactSetId !== replacement
  const isSameWay =
    own.value.channel === other.value.channel && own.value.target === other.value.target
  if (isOther && isSameWay) return []
  const message = `Expected another release of ${quote(own.value.target)} in ${quote(own.value.channel)} as the replacement, found ${quote(replacement)}`
  return [{ code: 'record/contradiction', message, at: '/replacement' }]
}
