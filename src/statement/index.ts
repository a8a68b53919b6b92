export {
  type ArtifactSetId,
  buildArtifactSetId,
  parseArtifactSetId,
} from './artifact-set-id.ts'
export {
  compareDigests,
  type DigestComparison,
  type DigestSet,
  isAcceptedAlgorithm,
} from './digest-set.ts'
export type { ResourceDescriptor } from './field-types.ts'
export { type KnownPredicate, parsePredicate, predicateNameOf } from './predicate.ts'
export { PREDICATE_TYPES, type PredicateName } from './predicate-types.ts'
export { CYCLONEDX_SCHEMA, type CycloneDx } from './predicates/cyclonedx.ts'
export type { NpmPublish } from './predicates/npm-publish.ts'
export type { PypiPublish } from './predicates/pypi-publish.ts'
export { PROVENANCE_SCHEMA, type Provenance } from './predicates/provenance.ts'
export { PROVENANCE_V02_SCHEMA, type ProvenanceV02 } from './predicates/provenance-v0.2.ts'
export { type Release, RELEASE_SCHEMA } from './predicates/release.ts'
export { TEST_RESULT_SCHEMA, type TestResult, testResultOf } from './predicates/test-result.ts'
export { FAILED, hasReached, isReachable } from './predicates/slsa-result.ts'
export {
  VERIFICATION_RESULT_SCHEMA,
  type VerificationResult,
} from './predicates/verification-result.ts'
export {
  parseVerificationSummary,
  VERIFICATION_SUMMARY_SCHEMA,
  type VerificationSummary,
} from './predicates/verification-summary.ts'
export type { StatementProblem } from './problem.ts'
export {
  type BuildEnvironment,
  type BuildRun,
  describeRun,
  ENVIRONMENT_NAMES,
} from './provenance/build-environment.ts'
export {
  BUILD_TYPES,
  judgeParameters,
  PARAMETER_TEMPLATES,
  type ParameterTemplate,
} from './provenance/build-types.ts'
export { buildProvenance, type ProvenanceParts } from './provenance/build.ts'
export { findSecrets, maskSecrets } from './secret.ts'
export {
  encodeStatement,
  parseStatement,
  type Statement,
  type StatementVersion,
  type Subject,
} from './statement.ts'
export { STATEMENT_SCHEMA } from './statement-schema.ts'
export { buildArtifactSubjects, buildSetSubjects, MANIFEST_NAME } from './subjects.ts'
export { hasCredentials, isUri } from './uri.ts'
