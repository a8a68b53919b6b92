// Do enough different principals stand behind each kind of evidence? DSSE-6, A-26: principals count, not signatures or key ids.

import { type Check, encodeCanonicalJson, quote } from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import { principalOf, type Role, type TrustDocument } from '../../trust/index.ts'
import { failed, passed } from '../check.ts'
import { destinationOf } from '../subjects/target.ts'
import type { SignedFacts } from '../verified.ts'

/**
 * One check for each thing that is said and each role that asks for more than one signature.
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
  return [...said.values()].flatMap((alike) => countAlike(alike, trust))
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

function countAlike(alike: readonly SignedFacts[], trust: TrustDocument): readonly Check[] {
  const demanding = alike.filter(({ signer }) => signer.roles.every(isDemanding))
  const roles = new Set(demanding.flatMap(({ signer }) => signer.roles))
  const checks = new Map([...roles].map((role) => [role, checkCount(role, alike, trust)]))
  const isMet = (role: Role): boolean => checks.get(role)?.outcome === 'accepted'
  // One role that is met is enough for a signer, as it is where a role asks for nothing more.
  const unmet = new Set(
    demanding.flatMap(({ signer }) => (signer.roles.some(isMet) ? [] : signer.roles)),
  )
  return [...checks].filter(([role]) => isMet(role) || unmet.has(role)).map(([, check]) => check)
}

function isDemanding({ threshold, distinctFrom = [] }: Role): boolean {
  return threshold > 1 || distinctFrom.length > 0
}

function checkCount(role: Role, alike: readonly SignedFacts[], trust: TrustDocument): Check {
  const { name, threshold, distinctFrom = [] } = role
  // Who holds such a key and not who is seen to have used it: leaving evidence out must not help (PM-2).
  const excluded = principalsHolding(distinctFrom, trust)
  const counted = principalsIn(name, alike).difference(excluded)
  const facts = {
    expected: `${threshold} in the role ${quote(name)}`,
    found: counted.size === 0 ? 'none' : `${counted.size}: ${[...counted].join(', ')}`,
  }
  if (counted.size >= threshold) {
    return passed('signers', `Enough different principals signed as ${quote(name)}`, facts)
  }
  const message = `Too few different principals signed as ${quote(name)}`
  const hint =
    excluded.size === 0
      ? 'Verify all bundles of the role in one call'
      : `Who holds a key as ${distinctFrom.join(' or ')} does not count`
  return failed('signers', 'missing', 'verify/role-threshold', message, { ...facts, hint })
}

function principalsHolding(
  roles: readonly string[],
  { keys, identities }: TrustDocument,
): ReadonlySet<string> {
  const holders = [...keys, ...identities].filter((holder) =>
    holder.roles.some((name) => roles.includes(name)),
  )
  return new Set(holders.map(principalOf))
}

function principalsIn(role: string, evidence: readonly SignedFacts[]): ReadonlySet<string> {
  const signers = evidence.map(({ signer }) => signer)
  const inRole = signers.filter(({ roles }) => roles.some(({ name }) => name === role))
  return new Set(inRole.map(({ principal }) => principal))
}
