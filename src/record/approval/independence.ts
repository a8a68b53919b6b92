// Nobody approves their own work: who built a release, tracked it or deployed it does not approve it, under whatever identity.

import { type Check, quote } from '../../core/index.ts'
import { onceFor } from '../once.ts'
import { judgeProvenance } from '../release/provenance.ts'
import type { FoldedRecord, ReleaseEvidence } from '../release/evidence.ts'
import { failed, passed, type ViewContext } from '../view.ts'

/** Who signs records of these families took part in making or operating the release. */
const OWN_WORK: ReadonlySet<string> = new Set(['tracking', 'deployment'])

/**
 * Is the signer somebody else than those who built and operate the release, and than those whom the role keeps apart?
 *
 * Without provenance and tracking nobody knows who built it, so nobody is shown to be another: leaving evidence out does not help.
 */
export function checkIndependence(record: FoldedRecord, context: ViewContext): Check {
  const { principal } = record.signer
  const { names, isBuilt, isTracked } = workersOn(context.evidence)
  const found = quote(principal)
  if (names.has(principal) || isKeptApart(record, context)) {
    const message = 'Who built or operates the release can not approve it'
    const expected = `somebody else than ${[...names].map(quote).join(', ')}`
    return failed('independence', 'rejected', 'record/not-independent', message, {
      expected,
      found,
    })
  }
  if (isBuilt && isTracked) {
    return passed('independence', 'Somebody else built the release and operates it', { found })
  }
  const message = 'Nothing shows who built the release'
  return failed('independence', 'missing', 'record/provenance-missing', message, {
    expected: 'accepted provenance and a tracking record',
    found: isBuilt ? 'no tracking record' : 'no accepted provenance',
    hint: isBuilt
      ? 'assay record tracking says what the release is known by; in the ledger of a project it counts once it is adopted'
      : 'assay attest provenance signs what built it, and assay ledger append puts that into the ledger',
  })
}

/** Who built and operates the release, as far as provenance and records show it. */
const workersOn = onceFor((evidence: ReleaseEvidence) => {
  const { accepted } = judgeProvenance(evidence)
  const own = evidence.records.filter(({ family }) => OWN_WORK.has(family))
  // Who says that they built it took part, also where their word is not accepted.
  const built = evidence.materials.filter(({ provenance }) => provenance !== undefined)
  return {
    names: new Set([...built, ...own].map(({ signer }) => signer.principal)),
    isBuilt: accepted.length > 0,
    isTracked: own.some(({ family }) => family === 'tracking'),
  }
})

/** True where a role that the signer approves in is kept apart from one that the signer has too: the strictest decides. */
export function isKeptApart({ signer }: FoldedRecord, context: ViewContext): boolean {
  return signer.roles.some(({ distinctFrom = [] }) =>
    holdersOf(distinctFrom, context).has(signer.principal),
  )
}

/** Who has one of these roles: by the trust document, or else as far as their signatures show it. */
function holdersOf(roles: readonly string[], context: ViewContext): ReadonlySet<string> {
  return roles.length === 0 ? NOBODY : holdersIn(context, JSON.stringify(roles))
}

const NOBODY: ReadonlySet<string> = new Set()

const holdersIn = onceFor(
  ({ evidence, holdersOf: lookUp }: ViewContext, key: string): ReadonlySet<string> => {
    const roles = JSON.parse(key) as readonly string[]
    return lookUp?.(roles) ?? seenInRoles(roles, evidence)
  },
)

function seenInRoles(
  roles: readonly string[],
  { records, materials, commitRecords }: ReleaseEvidence,
): ReadonlySet<string> {
  const signers = [...records, ...materials, ...commitRecords].map(({ signer }) => signer)
  const inRole = signers.filter((signer) => signer.roles.some(({ name }) => roles.includes(name)))
  return new Set(inRole.map(({ principal }) => principal))
}
