// Requirements that no evidence of their family can support: statuses that it never has, or is never accepted with, and families that
// need a policy which is not in the folder.

import { countOf, quote } from '../../core/index.ts'
import type { EvidenceFamily } from '../evidence.ts'
import type { PolicyKind } from '../kind.ts'
import type { Policy } from '../policy.ts'
import type { Registry } from '../registry.ts'
import { FAMILY_STATUSES } from '../statuses.ts'
import type { Lint } from './lint.ts'
import { isForbidden, never, type PlacedLeaf } from './selection-lint.ts'

/** Families of which nothing is accepted without a policy of this kind for the target. */
const NEEDED_KINDS: Readonly<Partial<Record<EvidenceFamily, PolicyKind>>> = {
  tracking: 'tracking',
  linkage: 'linkage',
  adoption: 'adoption',
  attestation: 'attestation-artifact',
  approval: 'approval',
  authority: 'authority',
  promotion: 'promotion',
  rollback: 'rollback',
  smoke: 'smoke',
  canary: 'canary',
  // Which records have to stand before it, the linkage policy says.
  deployment: 'linkage',
}

/** What of a requirement nothing can support; of what is forbidden, statuses that nothing has. */
export function lintSupport(leaf: PlacedLeaf, registry: Registry): readonly Lint[] {
  const { family } = leaf.requirement.select
  if (family === undefined) return []
  const unknown = lintStatuses(leaf, family)
  if (unknown.length > 0 || isForbidden(leaf.at)) return unknown
  return [...lintAccepted(leaf, family), ...lintNeeded(leaf, family, registry)]
}

function lintStatuses(
  { at, requirement: { status = [] } }: PlacedLeaf,
  family: EvidenceFamily,
): readonly Lint[] {
  const { accepted, others } = FAMILY_STATUSES[family]
  const known = [...accepted, ...others]
  return status.flatMap((word, index) => {
    if (known.includes(word)) return []
    const message = `No ${family} has the status ${quote(word)}, but ${known.join(', ')}`
    return [{ code: 'policy/status-unknown', message, at: [...at, 'status', index] }]
  })
}

/** What is not accepted supports nothing, whatever its status. */
function lintAccepted(
  { at, requirement: { status } }: PlacedLeaf,
  family: EvidenceFamily,
): readonly Lint[] {
  const { accepted } = FAMILY_STATUSES[family]
  if (accepted.length === 0) {
    return [never([...at, 'select', 'family'], `no ${family} is ever accepted`)]
  }
  if (status === undefined || status.some((word) => accepted.includes(word))) return []
  const words = status.map(quote).join(' or ')
  return [never([...at, 'status'], `no ${family} is accepted with the status ${words}`)]
}

function lintNeeded(
  { at, policy: id }: PlacedLeaf,
  family: EvidenceFamily,
  registry: Registry,
): readonly Lint[] {
  const policy = registry.policies.get(id)
  const kind = NEEDED_KINDS[family]
  // Readiness and playbooks are asked beside the policies of another folder.
  if (policy === undefined || policy.kind === 'readiness' || policy.kind === 'playbook') return []
  if (kind === undefined) return []
  const held = [...registry.of(kind).values()]
  if (held.some((one: Policy) => isForOneOf(one, policy))) return []
  const { targets } = policy.scope
  const where = targets === undefined ? 'in the folder' : `for ${targets.map(quote).join(', ')}`
  const found = held.length === 0 ? 'none' : `${countOf(held.length, 'policy')} for other targets`
  const reason = `it takes a gate with a policy of the kind ${kind} ${where}, found ${found}`
  return [never([...at, 'select', 'family'], `no ${family} is accepted: ${reason}`)]
}

/** What names no target is for all of them. */
function isForOneOf({ scope }: Policy, asking: Policy): boolean {
  const { targets = [] } = asking.scope
  const own: readonly string[] | undefined = scope.targets
  return targets.length === 0 || own === undefined || targets.some((one) => own.includes(one))
}
