// Do enough different principals stand behind each kind of evidence? DSSE-6, A-26: principals count, not signatures or key ids.

import { type Check, encodeCanonicalJson, quote } from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import { principalsWith, type Role, type TrustDocument } from '../../trust/index.ts'
import { failed, passed } from '../check.ts'
import { destinationOf } from '../subjects/target.ts'
import type { SignedFacts } from '../verified.ts'

/**
 * One check for each role that asks for more than one signature.
 *
 * All evidence of a run is about the same artifacts, so signatures count together where they say the same of them: one predicate, of
 * one type, for one destination. Statements that contradict each other never add up (DSSE: a threshold is over one payload). Where a
 * signer has a role that asks for nothing more, there is nothing to count; unless another role keeps that signer apart, who then counts
 * in none of them: the strictest decides, or a second role would undo what the first one says.
 */
export function countSigners(
  evidence: readonly SignedFacts[],
  trust: TrustDocument,
): readonly Check[] {
  const signatures = evidence.map((facts) => ({ facts, against: rolesAgainst(facts, trust) }))
  if (!signatures.some(isDemanding)) return []
  const said = Map.groupBy(signatures, ({ facts }) => wordsOf(facts))
  const counts = [...said.values()].flatMap(countAlike)
  return [...Map.groupBy(counts, ({ role }) => role)].map(([role, each]) => {
    const unmet = each.filter((count) => !isEnough(count))
    return unmet.length === 0 ? enough(role, each) : tooFew(role, unmet, evidence.length)
  })
}

/** What somebody signed, and which of their roles say that it does not count. */
interface Signature {
  readonly facts: SignedFacts
  readonly against: readonly Role[]
}

/** Who holds a key of another role and not who is seen to have used it: leaving evidence out must not help (PM-2). */
function rolesAgainst({ signer }: SignedFacts, trust: TrustDocument): readonly Role[] {
  return signer.roles.filter(({ distinctFrom = [] }) =>
    principalsWith(trust, distinctFrom).has(signer.principal),
  )
}

/** The same for the same words, whose members have no order; what has no canonical form stands alone. */
function wordsOf({ value }: SignedFacts): unknown {
  if (!('predicateType' in value)) return ''
  const { channel = null, target = null } = destinationOf(value)
  const { predicateType, predicate } = value
  const words = encodeCanonicalJson({ channel, target, predicateType, predicate })
  /* v8 ignore next -- what the strict reader gave always has a canonical form; if not, it must not be counted together */
  return words.ok ? digestBytes('sha256', words.value) : value
}

/** Whose signatures on one thing that is said count in the role. */
interface Count {
  readonly role: Role
  readonly principals: ReadonlySet<string>
  /** Whose key of another role is why somebody who signed does not count. */
  readonly apartFrom: ReadonlySet<string>
}

function countAlike(alike: readonly Signature[]): readonly Count[] {
  const demanding = alike.filter(isDemanding)
  const roles = new Set(demanding.flatMap(({ facts }) => facts.signer.roles))
  const counts = new Map([...roles].map((role) => [role, countRole(role, alike)]))
  const isMet = (role: Role): boolean => {
    const count = counts.get(role)
    return count !== undefined && isEnough(count)
  }
  // One role that is met is enough for a signer, as it is where a role asks for nothing more; where none is, they are told by the roles
  // that keep them apart, if any does.
  const unmet = new Set(
    demanding.flatMap(({ facts: { signer }, against }) => {
      if (signer.roles.some(isMet)) return []
      return against.length > 0 ? against : signer.roles
    }),
  )
  return [...counts].filter(([role]) => isMet(role) || unmet.has(role)).map(([, count]) => count)
}

function countRole(role: Role, alike: readonly Signature[]): Count {
  const inRole = alike.filter(({ facts }) =>
    facts.signer.roles.some(({ name }) => name === role.name),
  )
  const counted = inRole.filter(({ against }) => against.length === 0)
  return {
    role,
    principals: new Set(counted.map(({ facts }) => facts.signer.principal)),
    apartFrom: new Set(
      inRole.flatMap(({ against }) => against.flatMap(({ distinctFrom = [] }) => distinctFrom)),
    ),
  }
}

function isEnough({ role, principals }: Count): boolean {
  return principals.size >= role.threshold
}

function isDemanding({ facts, against }: Signature): boolean {
  if (against.length > 0) return true
  return facts.signer.roles.every(
    ({ threshold, distinctFrom = [] }) => threshold > 1 || distinctFrom.length > 0,
  )
}

function enough(role: Role, counts: readonly Count[]): Check {
  const message = `Enough different principals signed as ${quote(role.name)}`
  return passed('signers', message, describe(role, counts))
}

function tooFew(role: Role, unmet: readonly Count[], bundles: number): Check {
  const message = `Too few different principals signed as ${quote(role.name)}`
  return failed('signers', 'missing', 'verify/role-threshold', message, {
    ...describe(role, unmet),
    hint: hintAt(role, unmet, bundles),
  })
}

function describe({ name, threshold }: Role, counts: readonly Count[]) {
  const found = new Set(counts.map(({ principals }) => list(principals)))
  return { expected: `${threshold} in the role ${quote(name)}`, found: [...found].join('; ') }
}

function list(principals: ReadonlySet<string>): string {
  return principals.size === 0 ? 'none' : `${principals.size}: ${[...principals].join(', ')}`
}

/** What a person can do about it. */
function hintAt({ threshold }: Role, unmet: readonly Count[], bundles: number): string {
  const apartFrom = new Set(unmet.flatMap((count) => [...count.apartFrom]))
  if (apartFrom.size > 0) {
    return `Who holds a key as ${[...apartFrom].join(' or ')} does not count`
  }
  if (bundles === 1) return 'Verify all bundles of the role in one call; each has to be accepted'
  const all = new Set(unmet.flatMap(({ principals }) => [...principals]))
  if (all.size >= threshold) {
    return 'The statements say different things: signatures add up only on what says the same'
  }
  const who = all.size === 1 ? 'one principal' : `${all.size} principals`
  return `All bundles of the role are of ${who}, whatever keys signed them: somebody else has to sign, too`
}
