// A provenance held against what the verifier expects of it (VA-3): compared exactly, one check for each expectation.

import { type Check, quote } from '../../core/index.ts'
import {
  judgeParameters,
  type KnownPredicate,
  PARAMETER_TEMPLATES,
  PREDICATE_TYPES,
} from '../../statement/index.ts'
import { failed, passed } from '../check.ts'
import type { Expectation, ProvenanceExpectation } from '../expectation.ts'
import type { SignerIdentity } from '../signer/find-signer.ts'
import { describeAsked } from './asked.ts'
import { checkPair, namesOfBuilder } from './builder-pair.ts'
import { certifiedSource, checkCertifiedSource } from './certified-source.ts'
import { compareText } from './comparison.ts'
import { checkParameter } from './parameter-check.ts'
import { type ProvenanceFacts, readProvenanceFacts } from './provenance-facts.ts'
import { checkSource } from './source-check.ts'

const PROVENANCE_TYPES: ReadonlySet<unknown> = new Set([
  PREDICATE_TYPES.provenance,
  PREDICATE_TYPES['provenance-v0.2'],
])

type Question = Pick<Expectation, 'provenance' | 'unsafeUncertifiedProvenance'>

/** Every expectation as a check, of a predicate that is a provenance; and that it says nothing else than its signer's certificate. */
export function checkProvenance(
  predicate: KnownPredicate | undefined,
  signer: SignerIdentity,
  expectation: Question,
): readonly Check[] {
  const facts = predicate === undefined ? undefined : readProvenanceFacts(predicate)
  return facts === undefined ? [] : checkFacts(facts, signer, expectation)
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

function checkFacts(
  facts: ProvenanceFacts,
  signer: SignerIdentity,
  { provenance: expected = {}, unsafeUncertifiedProvenance = false }: Question,
): readonly Check[] {
  const { builderId, buildType, parameters = [] } = expected
  const certified = unsafeUncertifiedProvenance ? undefined : certifiedSource(signer)
  return [
    ...describeState(facts),
    ...checkTemplate(facts),
    ...(certified === undefined
      ? []
      : checkCertifiedSource(certified, facts.findSource(certified))),
    ...(unsafeUncertifiedProvenance ? [] : checkPair(facts.builderId, signer, builderId)),
    ...checkSource(facts, certified, expected),
    ...checkBuilder(namesOfBuilder(facts.builderId, signer), builderId),
    ...compareText('build type', 'verify/build-type', buildType, facts.buildType),
    ...parameters.map((parameter) => checkParameter(facts, parameter)),
  ]
}

function checkBuilder(names: readonly string[], expected: string | undefined): readonly Check[] {
  const found = names.find((name) => name === expected) ?? names[0]
  return compareText('builder', 'verify/builder-id', expected, found)
}

/** Shown, and judged by policies: a dirty tree is not what its commit says. */
function describeState({ sourceState }: ProvenanceFacts): readonly Check[] {
  if (sourceState === undefined) return []
  const message = `The builder says that the source was ${quote(sourceState)}`
  return [passed('source-state', message, { found: quote(sourceState) })]
}

/** PROV-3, VA-4: of a build type that we know, every external parameter is known too. */
function checkTemplate({ buildType, parameters }: ProvenanceFacts): readonly Check[] {
  const template = PARAMETER_TEMPLATES.get(buildType)
  if (template === undefined) return []
  const judged = judgeParameters(parameters, template)
  if (judged.ok) {
    return [
      passed('parameters', 'The build has no other parameters than its type', {
        expected: `those of ${quote(buildType)}`,
        found: Object.keys(parameters).map(quote).join(', ') || 'none',
      }),
    ]
  }
  const message = 'The build has parameters that its type does not know'
  const because = judged.problems
  return [failed('parameters', 'rejected', 'verify/parameter-unexpected', message, { because })]
}
