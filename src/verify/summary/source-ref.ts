// Where a revision was, by the summary of its source control (SLSA v1.2, verifying source revisions; SRC-9): the refs of the commit that is asked about.

import { type Check, quote } from '../../core/index.ts'
import type { KnownPredicate, Statement, Subject } from '../../statement/index.ts'
import { failed, passed } from '../check.ts'
import type { Expectation, ExpectedArtifacts } from '../expectation.ts'

/** Every commit that is asked about was on the ref, as its own subject says it. What another subject says is of another commit. */
export function checkSourceRef(
  predicate: KnownPredicate | undefined,
  { subjects }: Statement,
  { artifacts, summary }: Expectation,
): readonly Check[] {
  const expected = summary?.sourceRef
  if (expected === undefined || predicate?.name !== 'vsa') return []
  const refs = commitsOf(artifacts).map((commit) =>
    subjects.filter(({ digest }) => digest['gitCommit'] === commit).flatMap(refsOf),
  )
  const facts = { expected: quote(expected), found: refs.flat().map(quote).join(', ') || 'none' }
  if (refs.length > 0 && refs.every((own) => own.includes(expected))) {
    return [passed('source-ref', 'The revision was on the expected ref', facts)]
  }
  const message = 'The summary does not say that the revision was on the expected ref'
  return [failed('source-ref', 'rejected', 'verify/source-ref', message, facts)]
}

function commitsOf(artifacts: ExpectedArtifacts): readonly string[] {
  if (artifacts.kind !== 'artifacts') return []
  return artifacts.artifacts.flatMap(({ digest }) => digest['gitCommit'] ?? [])
}

/** SRC-8: fully qualified, and compared as they are. */
function refsOf({ annotations }: Subject): readonly string[] {
  const refs = annotations?.['sourceRefs']
  return Array.isArray(refs) ? refs.filter((ref) => typeof ref === 'string') : []
}
