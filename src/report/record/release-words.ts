// Words of where a release stands: on its ladder, among its records, and what one would go back to.

import { type Facts, list } from './facts.ts'
import { part, partOf } from './part.ts'

/** Whether one may rely on the release to go back to: the status of the record. */
const TRUSTED: Readonly<Record<string, string>> = {
  'documented-ref': 'no, documented only',
  'known-good-documented': 'known good, without provenance',
  'known-good-signed': 'known good, with accepted provenance',
}

/** Of promotions, rollback targets, linkages and withdrawals. */
export const RELEASE_WORDS = {
  promotion: (facts: Facts) => {
    const completed = facts.words('completed')
    facts.skip('phase')
    return [
      part('enters', facts.word('stage')),
      part('ladder', `at ${facts.word('position') ?? 'none'}`),
      part(`completed ${completed.length}`, list(completed)),
      partOf('gaps', facts.words('gaps')),
      partOf('out of order', facts.words('outOfOrder')),
      partOf('awaiting a person', facts.words('awaitingPerson')),
      partOf('open', facts.words('open')),
      partOf('not required here', facts.words('notRequired')),
      part('from', facts.word('from')),
      part('to', facts.word('to')),
      part('decided in', facts.text('manualReference')),
      part('compatibility matrix', facts.digest('compatibilityMatrix')),
    ]
  },
  rollback: (facts: Facts, status: string) => [
    part('back to', facts.text('target')),
    part('trusted', TRUSTED[status]),
    part('verification', facts.word('verification')),
    part('confirmed by', list(facts.texts('confirmedBy'))),
    part('reference', facts.text('reference')),
    part('an operator says', facts.text('operatorConfirmation')),
  ],
  linkage: (facts: Facts) => {
    const families = facts.words('families')
    return [
      partOf(`links ${families.length}`, families),
      partOf('differ in', facts.words('differing')),
    ]
  },
  withdrawal: (facts: Facts) => [
    part('release', facts.word('release')),
    part('reason', facts.text('reason')),
    part('urgency', facts.word('urgency')),
    part('instead', facts.text('replacement')),
    part('which is', facts.word('replacementStanding')),
  ],
}
