// Do enough different principals stand behind each kind of evidence? DSSE-6, A-26: principals count, not signatures or key ids.

import { type Check, quote } from '../../core/index.ts'
import type { Statement } from '../../statement/index.ts'
import type { Role } from '../../trust/index.ts'
import { failed, passed } from '../check.ts'
import { destinationOf } from '../subjects/target.ts'
import type { ArtifactSignature, Verified } from '../verified.ts'

type Evidence = Verified<Statement> | Verified<ArtifactSignature>

/**
 * One check for each kind of evidence and each role that asks for more than one signature.
 *
 * All evidence of a run is about the same artifacts, so signatures count together where they say the same kind of thing: one predicate
 * type, for one target. Where a signer has a role that asks for nothing more, there is nothing to count.
 */
export function countSigners(evidence: readonly Evidence[]): readonly Check[] {
  const kinds = Map.groupBy(evidence, kindOf)
  return [...kinds.values()].flatMap((alike) => countAlike(alike, evidence))
}

function kindOf({ value }: Evidence): string {
  if (!('predicateType' in value)) return ''
  return JSON.stringify([value.predicateType, destinationOf(value)])
}

function countAlike(alike: readonly Evidence[], all: readonly Evidence[]): readonly Check[] {
  const demanding = alike.filter(({ signer }) => signer.roles.every(isDemanding))
  const roles = new Set(demanding.flatMap(({ signer }) => signer.roles))
  const checks = new Map([...roles].map((role) => [role, checkCount(role, alike, all)]))
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

function checkCount(role: Role, alike: readonly Evidence[], all: readonly Evidence[]): Check {
  const { name, threshold, distinctFrom = [] } = role
  const others = distinctFrom.map((other) => [other, principalsIn(other, all)] as const)
  // PM-2: who must be different has to be shown; otherwise leaving evidence out would help.
  const unknown = others.find(([, principals]) => principals.size === 0)
  if (unknown !== undefined) return roleUnseen(name, unknown[0])
  const excluded = new Set(others.flatMap(([, principals]) => [...principals]))
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
      : `Who signed as ${distinctFrom.join(' or ')} does not count`
  return failed('signers', 'missing', 'verify/role-threshold', message, { ...facts, hint })
}

function roleUnseen(role: string, other: string): Check {
  const message = `The signers of the role ${quote(role)} must be others than those of ${quote(other)}, and nothing here shows who these are`
  return failed('signers', 'missing', 'verify/role-distinct', message, {
    expected: `evidence that was signed as ${quote(other)}`,
    found: 'none',
    hint: 'Verify both in one call',
  })
}

function principalsIn(role: string, evidence: readonly Evidence[]): ReadonlySet<string> {
  const signers = evidence.map(({ signer }) => signer)
  const inRole = signers.filter(({ roles }) => roles.some(({ name }) => name === role))
  return new Set(inRole.map(({ principal }) => principal))
}
