// All policies of a folder, which fit together: what records and gates are judged under.

import { strict as assert } from 'node:assert'
import { compareCodePoints, encodeCanonicalJson } from '../core/index.ts'
import { digestBytes } from '../digest/index.ts'
import { POLICY_KINDS, type PolicyKind } from './kind.ts'
import { type Policy, type PolicyOf, referencesOf } from './policy.ts'

/** Policies whose ids are unique and whose references all resolve. */
export interface Registry {
  /** Every policy by its id, sorted by id. */
  readonly policies: ReadonlyMap<string, Policy>
  /** SHA-256 of the canonical form of an object from each id to its policy's digest, lower-case hex. */
  readonly digest: string
  /** The policies of one kind by their ids, sorted by id. */
  readonly of: <K extends PolicyKind>(kind: K) => ReadonlyMap<string, PolicyOf<K>>
  /** The one gate on the way to a target. */
  readonly gateOf: (target: string) => PolicyOf<'gate'> | undefined
  /** The gate of a target and every policy that it rests on, sorted by id; none where there is no gate. */
  readonly policiesOf: (target: string) => readonly Policy[]
  /** A policy and every one that it rests on, sorted by id; none where it is not there. */
  readonly below: (id: string) => readonly Policy[]
  /** Where a policy says something: `gate.yaml, line 3, column 5` for a JSON Pointer into it. */
  readonly position: (id: string, pointer?: string) => string | undefined
}

/** A policy, and where in its file something stands. */
export interface PlacedPolicy {
  readonly policy: Policy
  readonly place: (pointer?: string) => string
}

/** The registry of policies whose ids are unique. */
export function buildRegistry(placed: readonly PlacedPolicy[]): Registry {
  const sorted = placed.toSorted((a, b) => compareCodePoints(a.policy.id, b.policy.id))
  const policies = new Map(sorted.map(({ policy }) => [policy.id, policy]))
  const places = new Map(sorted.map(({ policy, place }) => [policy.id, place]))
  const kinds = new Map(
    Object.keys(POLICY_KINDS).map((kind) => [
      kind,
      new Map([...policies].filter(([, policy]) => policy.kind === kind)),
    ]),
  )
  const of = <K extends PolicyKind>(kind: K) =>
    // Sorted out by that very kind above.
    kinds.get(kind) as unknown as ReadonlyMap<string, PolicyOf<K>>
  const gates = new Map([...of('gate').values()].map((gate) => [gate.scope.targets[0], gate]))
  // Every record of a release asks: walked once for each policy that somebody asks about.
  const walked = new Map<Policy, readonly Policy[]>()
  const below = (top: Policy | undefined): readonly Policy[] => {
    if (top === undefined) return []
    const found = walked.get(top) ?? collectBelow(policies, top)
    walked.set(top, found)
    return found
  }
  return {
    policies,
    digest: digestAll(policies),
    of,
    gateOf: (target) => gates.get(target),
    policiesOf: (target) => below(gates.get(target)),
    below: (id) => below(policies.get(id)),
    position: (id, pointer) => places.get(id)?.(pointer),
  }
}

function digestAll(policies: ReadonlyMap<string, Policy>): string {
  const digests = Object.fromEntries([...policies].map(([id, { digest }]) => [id, digest]))
  const canonical = encodeCanonicalJson(digests)
  assert(canonical.ok, 'ids and digests are ASCII')
  return digestBytes('sha256', canonical.value)
}

/** Along what each policy asks for. */
function collectBelow(policies: ReadonlyMap<string, Policy>, top: Policy): readonly Policy[] {
  const found = new Set<Policy>()
  const open: Policy[] = [top]
  for (let policy = open.pop(); policy !== undefined; policy = open.pop()) {
    if (found.has(policy)) continue
    found.add(policy)
    for (const { to, isAside } of referencesOf(policy)) {
      const below = policies.get(to)
      if (isAside !== true && below !== undefined) open.push(below)
    }
  }
  return [...found].toSorted((a, b) => compareCodePoints(a.id, b.id))
}
