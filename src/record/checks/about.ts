// Whether a record speaks of the release that is looked at.

import { type Check, quote } from '../../core/index.ts'
import type { LedgerRecord } from '../ledger-record.ts'
import type { ReleaseEvidence } from '../release/evidence.ts'
import { failed, passed } from '../view.ts'

/**
 * Accepted for a record about the set, and for one about the commit that the set's accepted provenance was built from, or, before there is
 * any set, about the commit in question.
 */
export function checkAbout(
  { about, sha256 }: Pick<LedgerRecord, 'about' | 'sha256'>,
  { id, digest, commitRecords }: ReleaseEvidence,
): Check {
  if (about.kind === 'commit') {
    const found = quote(`git:${about.commit}`)
    if (commitRecords.some((record) => record.sha256 === sha256)) {
      const what = id === '' ? 'in question' : 'that the set was built from'
      return passed('about', `It is about the commit ${what}`, { found })
    }
    const message = 'No accepted provenance shows that the set was built from the commit'
    return failed('about', 'missing', 'record/provenance-missing', message, { found })
  }
  const facts = {
    expected: `${quote(id)} with ${showDigest(digest)}`,
    found: `${quote(about.id)} with ${showDigest(about.digest)}`,
  }
  if (about.id === id && about.digest === digest) {
    return passed('about', 'It is about this artifact set', facts)
  }
  const message = 'It is about another artifact set'
  return failed('about', 'rejected', 'record/subject', message, facts)
}

/** The digest of a set as a check shows it. */
export function showDigest(digest: string | undefined): string {
  return `sha256:${digest ?? 'none'}`
}
