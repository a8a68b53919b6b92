// A provenance held against what the verifier expects of it (VA-3): compared exactly, one check for each expectation.

import { type Check, quote } from '../../core/index.ts'
import { judgeParameters, PARAMETER_TEMPLATES } from '../../statement/index.ts'
import { failed, passed } from '../check.ts'
import type { Expectation } from '../expectation.ts'
import type { SignerIdentity } from '../signer/find-signer.ts'
import { checkPair, namesOfBuilder } from './builder-pair.ts'
import { certifiedSource, checkCertifiedSource } from './certified-source.ts'
import { compareText } from './comparison.ts'
import { checkParameter } from './parameter-check.ts'
import { type KnownProvenance, type ProvenanceFacts, factsOf } from './provenance-facts.ts'
import { checkSource } from './source-check.ts'

/** What is asked of the facts of a provenance. */
export type FactQuestion = Pick<Expectation, 'provenance' | 'unsafeUncertifiedProvenance'>

/** Every expectation as a check; and that the provenance says nothing else than its signer's certificate. */
export function checkFacts(
  provenance: KnownProvenance,
  signer: SignerIdentity,
  { provenance: expected = {}, unsafeUncertifiedProvenance = false }: FactQuestion,
): readonly Check[] {
  const facts = factsOf(provenance)
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
