// Words of what the build says of a release, and of what stands behind its bytes.

import { countOf } from '../../core/index.ts'
import { type Facts, list } from './facts.ts'
import { part, partOf } from './part.ts'

/** How a release is signed: by its accepted provenance, and never by the signature of a record. */
const SIGNING: Readonly<Record<string, string>> = {
  unsigned: 'unsigned',
  'signed-with-key': 'signed with a key',
  'externally-attested': 'attested with a certificate',
}

/** What `provenanceStatus` of a tracking record says of the provenance that is not accepted. */
const PROVENANCE: Readonly<Record<string, string>> = {
  none: 'no provenance over the set is accepted',
  'of-another-commit': 'provenance of another commit',
  'awaiting-signers': 'too few signed the provenance',
}

function signingOf(facts: Facts): string | undefined {
  const signing = facts.word('signing')
  return signing === undefined ? undefined : (SIGNING[signing] ?? signing)
}

/** Of tracking and attestation records. */
export const BUILD_WORDS = {
  tracking: (facts: Facts) => {
    const status = facts.word('provenanceStatus') ?? ''
    const accepted = facts.digests('provenance')
    const reason = PROVENANCE[status]
    const signing = signingOf(facts)
    return [
      part(
        'signing',
        accepted.length === 0 && reason !== undefined ? `${signing}, ${reason}` : signing,
      ),
      partOf('accepted provenance', accepted),
      part('beside it', accepted.length > 0 ? reason : undefined),
      partOf('phases', facts.words('phases')),
    ]
  },
  attestation: (facts: Facts) => {
    const named = facts.count('provenanceNamed')
    const accepted = facts.digests('provenance')
    return [
      part('provenance', named === 0 ? 'none named' : `${named} named, accepted ${list(accepted)}`),
      part('SBOM', describeSboms(facts)),
      part('signing', signingOf(facts)),
      ...describeClaims(facts),
      part('verification', facts.word('verification')),
    ]
  },
}

function describeSboms(facts: Facts): string {
  const named = facts.count('sbomsNamed')
  const missing = facts.digests('sbomsMissing')
  if (named === 0) return 'none named'
  return `${named} named${missing.length === 0 ? '' : `, not in the ledger ${list(missing)}`}`
}

/** Each of the five is named: as carried, or as not carried; and which of these the policy asks for. */
function describeClaims(facts: Facts): readonly (string | undefined)[] {
  const carried = facts.words('claims')
  const absent = facts.words('claimsAbsent')
  const required = facts.words('claimsMissing')
  const all = countOf(carried.length + absent.length, 'claim')
  if (absent.length === 0) return [`all ${all} carried`]
  const named = absent.map((claim) => (required.includes(claim) ? `${claim} (required)` : claim))
  return [partOf('claims carried', carried), partOf('not carried', named)]
}
