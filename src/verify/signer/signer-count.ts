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
 * signer has a role that asks for nothing more, there is nothing to count.
 */
export function countSigners(
  evidence: readonly SignedFacts[],
  trust: TrustDocument,
): readonly Check[] {
  if (evidence.every(({ signer }) => !signer.roles.every(isDemanding))) return []
  const said = Map.groupBy(evidence, wordsOf)
  const counts = [...said.values()].flatMap((alike) => countAlike(alike, trust))
  return [...Map.groupBy(counts, ({ role }) => role)].map(([role, each]) => {
    const unmet = each.filter((count) => !isEnough(count))
    return unmet.length === 0 ? enough(role, each) : tooFew(role, unmet, evidence.length)
  })
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
  /** Who does not count, whatever they sign. */
  readonly excluded: ReadonlySet<string>
}

function countAlike(alike: readonly SignedFacts[], trust: TrustDocument): readonly Count[] {
  const demanding = alike.filter(({ signer }) => signer.roles.every(isDemanding))
  const roles = new Set(demanding.flatMap(({ signer }) => signer.roles))
  const counts = new Map([...roles].map((role) => [role, countRole(role, alike, trust)]))
  const isMet = (role: Role): boolean => {
    const count = counts.get(role)
    return count !== undefined && isEnough(count)
  }
  // One role that is met is enough for a signer, as it is where a role asks for nothing more.
  const unmet = new Set(
    demanding.flatMap(({ signer }) => (signer.roles.some(isMet) ? [] : signer.roles)),
  )
  return [...counts].filter(([role]) => isMet(role) || unmet.has(role)).map(([, count]) => count)
}

function countRole(role: Role, alike: readonly SignedFacts[], trust: TrustDocument): Count {
  // Who holds such a key and not who is seen to have used it: leaving evidence out must not help (PM-2).
  const excluded = principalsWith(trust, role.distinctFrom ?? [])
  return { role, principals: principalsIn(role.name, alike).difference(excluded), excluded }
}

function isEnough({ role, principals }: Count): boolean {
  return principals.size >= role.threshold
}

function isDemanding({ threshold, distinctFrom = [] }: Role): boolean {
  return threshold > 1 || distinctFrom.length > 0
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
function hintAt(
  { distinctFrom = [], threshold }: Role,
  unmet: readonly Count[],
  bundles: number,
): string {
  if (unmet.some(({ excluded }) => excluded.size > 0)) {
    return `Who holds a key as ${distinctFrom.join(' or ')} does not count`
  }
  if (bundles === 1) return 'Verify all bundles of the role in one call; each has to be accepted'
  const all = new Set(unmet.flatMap(({ principals }) => [...principals]))
  if (all.size >= threshold) {
    return 'The statements say different things: signatures add up only on what says the same'
  }
  const who = all.size === 1 ? 'one principal' : `${all.size} principals`
  return `All bundles of the role are of ${who}, whatever keys signed them: somebody else has to sign, too`
}

function principalsIn(role: string, evidence: readonly SignedFacts[]): ReadonlySet<string> {
  const signers = evidence.map(({ signer }) => signer)
  const inRole = signers.filter(({ roles }) => roles.some(({ name }) => name === role))
  return new Set(inRole.map(({ principal }) => principal))
}
