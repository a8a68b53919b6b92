// What gates would ask, without asking it: their requirements, in words.

import type { JsonObject } from '../../core/index.ts'
import { requirementsOfGate } from '../../gate/index.ts'
import type { Host } from '../../host/index.ts'
import { type PlacedRequirement, type Registry, requirementsOf } from '../../policy/index.ts'
import { documentOfRequirement, renderRequirements } from '../../report/gate/index.ts'
import type { Answer } from '../answer.ts'

/** The requirements of these gates and policies, and of the policies behind them. */
export function requirementsAsked(
  ids: readonly string[],
  registry: Registry,
): readonly PlacedRequirement[] {
  return ids.flatMap((id) => {
    const policy = registry.policies.get(id)
    if (policy === undefined) return []
    return policy.kind === 'gate' ? requirementsOfGate(policy, registry) : requirementsOf(policy)
  })
}

/** Requirements as an answer. */
export function answerRequirements(
  host: Host,
  requirements: readonly PlacedRequirement[],
  registry: Registry,
): Answer {
  const document: JsonObject = {
    schema: 'assay/policy-explanation/v1',
    policies: { sha256: registry.digest },
    requirements: requirements.map((placed) => documentOfRequirement(placed, registry)),
  }
  return {
    kind: 'finished',
    outcome: 'accepted',
    document,
    text: renderRequirements(requirements, registry, { columns: host.columns }),
  }
}
