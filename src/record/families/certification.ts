// Certification: that a set was tried with something else, such as the versions of what it has to work with, and until when that holds.

import * as z from 'zod/mini'
import { type Check, encodeTimestamp, groupChecks, type Instant } from '../../core/index.ts'
import { checkAbout } from '../checks/about.ts'
import { evidenceOf } from '../policies/evidence-definition.ts'
import { statusInPlace } from '../checks/place.ts'
import { checkResults, RESULTS, resultsByName } from '../checks/results.ts'
import { laterFailureCheck, type SameCheck, wordOf } from '../checks/same-check.ts'
import { instantOf } from '../time/instant.ts'
import { asReported } from '../signer/testimony.ts'
import { defineFamily } from '../family.ts'
import { DOCUMENT, listOf, NAME, rule, TIME } from '../statement/member-schema.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { failed, type FamilyView, passed, type ViewContext } from '../view.ts'

const MEMBERS = z
  .strictObject({
    /** What the set was certified for: one certification for each name. */
    certified: NAME,
    /** What was tried, by digest: a matrix, a plan, a report. */
    configuration: listOf(DOCUMENT, ({ sha256 }) => sha256).check(z.minLength(1)),
    results: RESULTS,
    notBefore: TIME,
    notAfter: TIME,
  })
  .check(
    rule(
      ({ notBefore, notAfter }) => instantOf(notBefore) <= instantOf(notAfter),
      'an end that is not before the start',
      'record/contradiction',
    ),
  )

/** What a certification holds. */
export type Certification = Readonly<z.infer<typeof MEMBERS>>

/** For the same, and for the same evidence. */
const SAME_CHECK: SameCheck<Certification> = {
  isSame: (one, other) =>
    one.members.certified === other.members.certified && one.evidence === other.evidence,
  resultsOf: ({ members }) => resultsByName(members.results),
}

const checkLater = laterFailureCheck<Certification>({
  family: () => CERTIFICATION,
  sameCheck: SAME_CHECK,
  wordOf: ({ members }) => wordOf(members.results),
})

/** The family; its view tells whether everything passed, for this set, and whether that still holds. */
export const CERTIFICATION = defineFamily({
  name: 'certification',
  members: MEMBERS,
  about: ['set'],
  isAdoptable: false,
  sameCheck: SAME_CHECK,
  view: viewCertification,
})

function viewCertification(record: FoldedRecord<Certification>, context: ViewContext): FamilyView {
  const { members, signer } = record
  const { definition, checks } = evidenceOf(record, context)
  const required = definition?.checks ?? []
  const window = checkWindow(members, context.now)
  const later = checkLater(record, context)
  const check = groupChecks(
    'certification',
    asReported('The certification of the release', record),
    [
      checkAbout(record, context.evidence),
      ...checks,
      ...checkResults(resultsByName(members.results), required),
      window,
      later,
    ],
  )
  return {
    status: statusInPlace(statusOf({ members, required, window, later }), check, ['certified']),
    check,
    facts: {
      reportedBy: signer.principal,
      certified: members.certified,
      results: members.results.length,
      notAfter: members.notAfter,
    },
  }
}

function checkWindow({ notBefore, notAfter }: Certification, now: Instant): Check {
  const facts = { expected: `from ${notBefore} to ${notAfter}`, found: encodeTimestamp(now) }
  if (now < instantOf(notBefore)) {
    const message = 'The certification does not hold yet'
    return failed('window', 'missing', 'record/too-early', message, facts)
  }
  if (now > instantOf(notAfter)) {
    const message = 'The certification holds no longer'
    return failed('window', 'stale', 'record/expired', message, facts)
  }
  return passed('window', 'The certification is in date', facts)
}

interface Findings {
  readonly members: Certification
  readonly required: readonly string[]
  readonly window: Check
  readonly later: Check
}

function statusOf({ members, required, window, later }: Findings): string {
  const word = wordOf(members.results)
  if (word === 'failed') return 'failed'
  if (later.outcome !== 'accepted') return 'failed-later'
  const names = new Set(members.results.map(({ name }) => name))
  if (word === 'nothing' || required.some((name) => !names.has(name))) return 'incomplete'
  if (window.outcome === 'stale') return 'expired'
  return window.outcome === 'missing' ? 'not-yet-valid' : 'certified'
}
