// A provenance held against what the verifier expects of it (VA-3): compared exactly, one check for each expectation.

import { type Check, quote } from '../../core/index.ts'
import {
  judgeParameters,
  type KnownPredicate,
  PARAMETER_TEMPLATES,
  PREDICATE_TYPES,
} from '../../statement/index.ts'
import { failed, passed } from '../check.ts'
import type { ProvenanceExpectation } from '../expectation.ts'
import { checkParameter } from './parameter-check.ts'
import type { VerifyCode } from '../problem.ts'
import { type ProvenanceFacts, readProvenanceFacts } from './provenance-facts.ts'
import { parseSourceUri, type SourceClaim } from './source-claim.ts'

const PROVENANCE_TYPES: ReadonlySet<unknown> = new Set([
  PREDICATE_TYPES.provenance,
  PREDICATE_TYPES['provenance-v0.2'],
])

/** Every expectation as a check, of a predicate that is a provenance. */
export function checkProvenance(
  predicate: KnownPredicate | undefined,
  expected: ProvenanceExpectation = {},
): readonly Check[] {
  const facts = predicate === undefined ? undefined : readProvenanceFacts(predicate)
  return facts === undefined ? [] : checkFacts(facts, expected)
}

/** True for evidence that is a provenance of a version that we read. */
export function isProvenance({ value }: { readonly value: object }): boolean {
  return 'predicateType' in value && PROVENANCE_TYPES.has(value.predicateType)
}

/** expectations that nothing can meet are not met. */
export function provenanceMissing(): Check {
  const message = 'A provenance is expected, and there is none'
  return failed('provenance', 'missing', 'verify/provenance-missing', message)
}

function checkFacts(facts: ProvenanceFacts, expected: ProvenanceExpectation): readonly Check[] {
  const { builderId, buildType, parameters = [] } = expected
  return [
    ...describeState(facts),
    ...checkTemplate(facts),
    ...checkSource(facts, expected),
    ...compare('builder', 'verify/builder-id', builderId, facts.builderId),
    ...compare('build type', 'verify/build-type', buildType, facts.buildType),
    ...parameters.map((parameter) => checkParameter(facts, parameter)),
  ]
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
  if (judged.ok) return [passed('parameters', 'The build has no other parameters than its type')]
  const message = 'The build has parameters that its type does not know'
  const because = judged.problems
  return [failed('parameters', 'rejected', 'verify/parameter-unexpected', message, { because })]
}

/** whole strings. Nothing was expected: nothing is checked. */
function compare(
  what: string,
  code: VerifyCode,
  expected: string | undefined,
  found: string | undefined,
): readonly Check[] {
  if (expected === undefined) return []
  const name = what.toLowerCase().replaceAll(' ', '-')
  const facts = { expected: quote(expected), found: found === undefined ? 'none' : quote(found) }
  if (expected === found) return [passed(name, `The ${what} is the expected one`, facts)]
  return [failed(name, 'rejected', code, `The ${what} is not the expected one`, facts)]
}

function checkSource(
  { findSource }: ProvenanceFacts,
  expected: ProvenanceExpectation,
): readonly Check[] {
  const { sourceUri, sourceDigest, sourceTag, sourceBranch } = expected
  if ((sourceUri ?? sourceDigest ?? sourceTag ?? sourceBranch) === undefined) return []
  const source = findSource()
  if (source === 'none') {
    const message = 'The provenance does not name its source'
    return [failed('source', 'missing', 'verify/source-missing', message)]
  }
  if (source === 'several') {
    const message = 'The provenance names several sources, or its parts disagree about the one'
    return [failed('source', 'rejected', 'verify/source-ambiguous', message)]
  }
  const { commit, ref } = source
  return [
    ...(sourceUri === undefined ? [] : compareUri(sourceUri, source)),
    ...compare('source digest', 'verify/source-digest', sourceDigest, commit),
    ...compare('source tag', 'verify/source-tag', prefixed('refs/tags/', sourceTag), ref),
    ...compare('source branch', 'verify/source-branch', prefixed('refs/heads/', sourceBranch), ref),
  ]
}

function prefixed(prefix: string, name: string | undefined): string | undefined {
  return name === undefined ? undefined : `${prefix}${name}`
}

/** `host/path` stands for `https://host/path`; a ref is compared only where the expectation has one. */
function compareUri(expected: string, source: SourceClaim): readonly Check[] {
  const full = expected.includes('://') ? expected : `https://${expected}`
  const { uri = full, ref } = parseSourceUri(full) ?? {}
  return [
    ...compare('source URI', 'verify/source-uri', uri, source.uri),
    ...compare('source ref', 'verify/source-uri', ref, source.ref),
  ]
}
