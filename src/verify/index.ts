export type { BundleVerdict } from './bundle-verdict.ts'
export type {
  Expectation,
  ExpectedArtifact,
  ExpectedArtifacts,
  FoundSet,
  PackageExpectation,
  ProvenanceExpectation,
  SummaryExpectation,
} from './expectation.ts'

export { npmPurlOf } from './npm/purl.ts'
export type { ProvenanceClaims } from './provenance/provenance-claims.ts'
export type { SourceClaim } from './provenance/source-claim.ts'
export { isVersionedTag } from './provenance/versioned-tag.ts'
export type { VerifyCode, VerifyProblem } from './problem.ts'
export type { NamedBundle, RunRequest, VerifyRequest } from './request.ts'
export { type StatedRequest, type StatedVerdict, verifyStated } from './stated-evidence.ts'
export { selectBundles, type UnaskedBundle } from './selection.ts'
export {
  type ArtifactSignature,
  isVerified,
  type CertificateSigner,
  type JudgedTime,
  type KeySigner,
  type MatchedSubject,
  type Origin,
  type SigningRoot,
  type TrustedSigner,
  type Verified,
  type VouchedTime,
} from './verified.ts'
export {
  type RunVerdict,
  verifyBundle,
  verifyBundles,
} from './verify-bundles.ts'
export { judgeSummary } from './summary/summary-check.ts'
export {
  type CertificateReader,
  loadCertificateReader,
} from './sigstore/load-certificate-reader.ts'
export type { UnverifiedCertificate } from './sigstore/certificate/unverified-certificate.ts'
export { loadSigstore } from './sigstore/load.ts'
export { needsSigstore } from './signer/sigstore-need.ts'
export type { Sigstore } from './sigstore/sigstore.ts'
export type { SigstoreProblem } from './sigstore/problem.ts'
