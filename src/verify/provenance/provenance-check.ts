// Which evidence is a provenance, and that there is one where one is expected (VA-3). What it says is looked at in `fact-checks.ts`.

import { type Check, quote } from '../../core/index.ts'
import { type KnownPredicate, PREDICATE_TYPES } from '../../statement/index.ts'
import { failed } from '../check.ts'
import type { ProvenanceExpectation } from '../expectation.ts'
import type { SignerIdentity } from '../signer/find-signer.ts'
import { describeAsked } from './asked.ts'
import { checkFacts, type FactQuestion } from './fact-checks.ts'

const PROVENANCE_TYPES: ReadonlySet<unknown> = new Set([
  PREDICATE_TYPES.provenance,
  PREDICATE_TYPES['provenance-v0.2'],
])

/** Every expectation as a check, of a predicate that is a provenance; and that it says nothing else than its signer's certificate. */
export function checkProvenance(
  predicate: KnownPredicate | undefined,
  signer: SignerIdentity,
  expectation: FactQuestion,
): readonly Check[] {
  if (predicate?.name !== 'provenance' && predicate?.name !== 'provenance-v0.2') return []
  return checkFacts(predicate, signer, expectation)
}

/** True for evidence that is a provenance of a version that we read. */
export function isProvenance({ value }: { readonly value: object }): boolean {
  return 'predicateType' in value && PROVENANCE_TYPES.has(value.predicateType)
}

/** expectations that nothing can meet are not met. */
export function provenanceMissing(
  asked: ProvenanceExpectation,
  evidence: readonly { readonly value: object }[],
): Check {
  const message = 'A provenance is expected, and there is none'
  const found = new Set(evidence.map(describeValue))
  return failed('provenance', 'missing', 'verify/provenance-missing', message, {
    expected: describeAsked(asked),
    found: [...found].join(', ') || 'none',
  })
}

function describeValue({ value }: { readonly value: object }): string {
  return 'predicateType' in value
    ? `a statement of the type ${quote(String(value.predicateType))}`
    : 'the signature of a bare artifact'
}
