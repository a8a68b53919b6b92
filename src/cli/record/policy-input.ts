// The policy that a record is made under, and the evidence definition that it answers.

import { accept, type JsonObject, quote, type Result, refuse } from '../../core/index.ts'
import type { Policy, PolicyKind, Registry } from '../../policy/index.ts'
import type { Family, HeaderParts, ReleaseReference } from '../../record/index.ts'
import { parseArtifactSetId } from '../../statement/index.ts'
import type { CliProblem } from '../problem.ts'
import type { PolicyFlags } from './record-flags.ts'

/** The policies that the gate of a release rests on, as they are now. */
export function policiesOfRelease(
  registry: Registry | undefined,
  release: Pick<ReleaseReference, 'artifactSetId'> | undefined,
): readonly Policy[] {
  const id = parseArtifactSetId(release?.artifactSetId ?? '')
  return id.ok ? (registry?.policiesOf(id.value.target) ?? []) : []
}

/** A policy as a record names it: by the digest of what it says now. */
export function referenceOf({ id, digest }: Policy): JsonObject {
  return { id, sha256: digest }
}

/** What a record says besides its members, but for the time at which it is made. */
export function readHeader(
  { name, policyKind }: Family,
  { policy, evidence }: PolicyFlags,
  sources: {
    readonly registry: Registry | undefined
    readonly release: ReleaseReference | undefined
  },
): Result<HeaderParts> {
  const { registry, release } = sources
  if (evidence !== undefined && registry?.of('evidence').has(evidence) === false) {
    return refuse<CliProblem>({
      code: 'cli/record-policy',
      message: `Expected an evidence definition of the policies, found ${quote(evidence)}`,
      at: '--evidence',
      hint: `There are ${[...registry.of('evidence').keys()].join(', ')}`,
    })
  }
  const header = {
    ...(release !== undefined && { release }),
    ...(evidence !== undefined && { evidence }),
  }
  if (policyKind === undefined) return accept(header)
  const found = findPolicy(policyKind, { policy, registry, release })
  if (!found.ok) {
    const [problem] = found.problems
    return refuse({ ...problem, message: `${problem.message} for a record of the family ${name}` })
  }
  return accept({ ...header, policy: found.value })
}

function findPolicy(
  kind: PolicyKind,
  {
    policy,
    registry,
    release,
  }: {
    readonly policy: string | undefined
    readonly registry: Registry | undefined
    readonly release: ReleaseReference | undefined
  },
): Result<string, CliProblem> {
  if (registry === undefined) {
    return policy === undefined
      ? missing(`Expected --policies DIR or --policy ID, found neither`)
      : accept(policy)
  }
  const listed = policiesOfRelease(registry, release).filter((each) => each.kind === kind)
  const ids = listed.map(({ id }) => id)
  if (policy !== undefined) {
    if (registry.of(kind).has(policy)) return accept(policy)
    return missing(`Expected a policy of the kind ${kind}, found ${quote(policy)}`, ids)
  }
  const [only, ...others] = ids
  if (only === undefined) {
    return missing(`Expected a policy of the kind ${kind} for the target, found none`)
  }
  if (others.length === 0) return accept(only)
  return missing(
    `Expected --policy ID, found ${ids.length} of the kind ${kind} to choose from`,
    ids,
  )
}

function missing(message: string, ids: readonly string[] = []): Result<never, CliProblem> {
  return refuse({
    code: 'cli/record-policy',
    message,
    at: '--policy',
    ...(ids.length > 0 && { hint: `Listed for the target: ${ids.join(', ')}` }),
  })
}
