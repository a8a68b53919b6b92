export type { BundleVerdict } from './bundle-verdict.ts'
export type {
  Expectation,
  ExpectedArtifact,
  ExpectedArtifacts,
  FoundSet,
  ProvenanceExpectation,
} from './expectation.ts'

export type { VerifyCode, VerifyProblem } from './problem.ts'
export type { VerifyRequest } from './request.ts'
export {
  type ArtifactSignature,
  isVerified,
  type Judgement,
  type KeySigner,
  type MatchedSubject,
  type Origin,
  type Verified,
} from './verified.ts'
export {
  type NamedBundle,
  type RunRequest,
  type RunVerdict,
  verifyBundle,
  verifyBundles,
} from './verify-bundles.ts'
