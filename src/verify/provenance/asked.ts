// What is asked of a provenance, in words: for the checks that say that nothing is there to be compared with it.

import { quote } from '../../core/index.ts'
import type { ProvenanceExpectation } from '../expectation.ts'

/** Only the source: the repository, its commit, and the ref. */
export function describeAskedSource(asked: ProvenanceExpectation): string {
  return describe([
    ['source URI', asked.sourceUri],
    ['source digest', asked.sourceDigest],
    ['source tag', asked.sourceTag],
    ['source versioned tag', asked.sourceVersionedTag],
    ['source branch', asked.sourceBranch],
  ])
}

/** Everything. */
export function describeAsked(asked: ProvenanceExpectation): string {
  const { builderId, buildType, parameters = [] } = asked
  const others = describe([
    ['builder', builderId],
    ['build type', buildType],
    ...parameters.map(({ name, value }) => [`parameter ${quote(name)}`, value] as const),
  ])
  const all = [describeAskedSource(asked), others].filter((part) => part !== '')
  return ['a provenance', ...all].join(', ')
}

function describe(parts: readonly (readonly [what: string, value: string | undefined])[]): string {
  return parts
    .flatMap(([what, value]) => (value === undefined ? [] : `${what} ${quote(value)}`))
    .join(', ')
}
