// Whether a release is one of the gate of its target: what its records say of gate, channel and stage, the policies have as well.

import { type Check, quote } from '../../core/index.ts'
import type { Registry } from '../../policy/index.ts'
import { failed, passed } from '../view.ts'
import type { ReleaseEvidence } from './evidence.ts'
import { referenceOf } from './records-of.ts'

/** Nothing where no policies are looked at, which other checks tell, or where no record names the release. */
export function checkOwnGate(
  { parts, records }: Pick<ReleaseEvidence, 'parts' | 'records'>,
  registry: Registry | undefined,
): readonly Check[] {
  const release = referenceOf({ records })
  if (registry === undefined || release === undefined) return []
  const gate = registry.gateOf(parts.target)
  if (gate === undefined) {
    const message = `No gate among the policies is for the target ${quote(parts.target)}`
    return [failed('gate', 'missing', 'record/policy-unknown', message)]
  }
  const facts = [
    [gate.id, release.gate],
    [gate.approval, release.approvalRecord],
    [gate.scope.channels[0], release.releaseChannel],
    [gate.scope.stages[0], release.deploymentStage],
  ] as const
  const differing = facts.filter(([expected, found]) => expected !== found)
  if (differing.length === 0) {
    return [passed('gate', `The release is one of the gate ${quote(gate.id)}`)]
  }
  const message = 'The release is not one of the gate of its target'
  return [
    failed('gate', 'rejected', 'record/contradiction', message, {
      expected: differing.map(([expected]) => quote(expected)).join(', '),
      found: differing.map(([, found]) => quote(found)).join(', '),
    }),
  ]
}
