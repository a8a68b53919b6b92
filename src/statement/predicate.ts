// From a predicate type to the reader of its predicates. PM-1: a type is compared as a whole
// string, its version is never parsed out.

import { accept, type JsonObject, quote, type Result, refuse } from '../core/index.ts'
import { PREDICATE_TYPES, type PredicateName } from './predicate-types.ts'
import { type CycloneDx, parseCycloneDx } from './predicates/cyclonedx.ts'
import { type NpmPublish, parseNpmPublish } from './predicates/npm-publish.ts'
import { type PypiPublish, parsePypiPublish } from './predicates/pypi-publish.ts'
import { parseProvenance } from './predicates/plain-provenance.ts'
import type { Provenance } from './predicates/provenance.ts'
import { type ProvenanceV02, parseProvenanceV02 } from './predicates/provenance-v0.2.ts'
import { parseRelease, parseReleaseV01, type Release } from './predicates/release.ts'
import { parseTestResult, type TestResult } from './predicates/test-result.ts'
import {
  parseVerificationResult,
  type VerificationResult,
} from './predicates/verification-result.ts'
import {
  parseVerificationSummary,
  type VerificationSummary,
} from './predicates/verification-summary.ts'
import type { StatementProblem } from './problem.ts'

/** A predicate that we know, by the short name of its type. */
export type KnownPredicate =
  | { readonly name: 'provenance'; readonly value: Provenance }
  | { readonly name: 'provenance-v0.2'; readonly value: ProvenanceV02 }
  | { readonly name: 'vsa'; readonly value: VerificationSummary }
  | { readonly name: 'svr'; readonly value: VerificationResult }
  | { readonly name: 'test-result'; readonly value: TestResult }
  | { readonly name: 'release'; readonly value: Release }
  | { readonly name: 'release-v0.1'; readonly value: Release }
  | { readonly name: 'npm-publish'; readonly value: NpmPublish }
  | { readonly name: 'pypi-publish'; readonly value: PypiPublish }
  | { readonly name: 'cyclonedx'; readonly value: CycloneDx }

type Reader = (predicate: JsonObject) => Result<KnownPredicate['value'], StatementProblem>

const READERS: Readonly<Record<PredicateName, Reader>> = {
  provenance: parseProvenance,
  'provenance-v0.2': parseProvenanceV02,
  vsa: parseVerificationSummary,
  svr: parseVerificationResult,
  'test-result': parseTestResult,
  release: parseRelease,
  'release-v0.1': parseReleaseV01,
  'npm-publish': parseNpmPublish,
  'pypi-publish': parsePypiPublish,
  cyclonedx: parseCycloneDx,
}

/** The versions that tools append to CycloneDX's type URI, and the example of its page too (A8). */
const CYCLONEDX_VERSIONS = ['1.2', '1.3', '1.4', '1.5', '1.6', '1.7']

const NAMES: ReadonlyMap<string, PredicateName> = new Map([
  ...Object.entries(PREDICATE_TYPES).map(
    ([name, uri]) => [uri as string, name as PredicateName] as const,
  ),
  ...CYCLONEDX_VERSIONS.map(
    (version) => [`${PREDICATE_TYPES.cyclonedx}/v${version}`, 'cyclonedx'] as const,
  ),
])

/** The short name of a type URI that we know. */
export function predicateNameOf(predicateType: string): PredicateName | undefined {
  return NAMES.get(predicateType)
}

/**
 * Reads a predicate of a type that we know.
 *
 * @returns the typed predicate; `statement/predicate-type` for another type, whose predicates
 * nobody here can judge
 */
export function parsePredicate(
  predicateType: string,
  predicate: JsonObject,
): Result<KnownPredicate, StatementProblem> {
  const name = predicateNameOf(predicateType)
  if (name === undefined) {
    return refuse({
      code: 'statement/predicate-type',
      message: `Expected a known predicate type, found ${quote(predicateType)}`,
      at: '/predicateType',
    })
  }
  const value = READERS[name](predicate)
  // The table above pairs each name with the reader of its type.
  return value.ok ? accept({ name, value: value.value } as KnownPredicate) : value
}
