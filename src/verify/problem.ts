import type { Problem } from '../core/index.ts'
import type { SigstoreProblem } from './sigstore/problem.ts'

/** Everything that can be wrong with evidence. The comment at each code is what `docs/errors.md` says of it. */
export type VerifyProblem = Problem<
  /** The clock, or the time to judge as of, is no whole number of milliseconds since 1970 that lies between the years 2000 and 9999. */
  | 'verify/time-malformed'
  /** The question has a member that is not known, lacks one that is needed, or has a yes or no that is neither. */
  | 'verify/question-malformed'
  /** There is no bundle to verify, or none of the predicate type that was asked for. */
  | 'verify/no-bundle'
  /** There is no artifact, digest or set that the evidence could be about. */
  | 'verify/nothing-to-verify'
  /** The bundle can not be read as one. */
  | 'verify/bundle-malformed'
  /** The bundle was signed with a certificate, and the trust document has no root that could vouch for it. */
  | 'verify/certificate-untrusted'
  /** No key of the trust document made the signature. */
  | 'verify/key-unknown'
  /** The signature does not fit the signed bytes under the key that the bundle hints at. */
  | 'verify/signature-invalid'
  /** The key is valid only from a later time on. */
  | 'verify/key-not-yet-valid'
  /** The key was valid only until an earlier time. */
  | 'verify/key-expired'
  /** The key was retired before the time that is judged. */
  | 'verify/key-retired'
  /** The key is compromised, and no independent time shows that the signature is older than that. */
  | 'verify/key-compromised'
  /** The trust document trusts one of the published example keys, whose private half everybody has. */
  | 'verify/key-example'
  /** Another key or identity of the trust document signed than the one that was asked for. */
  | 'verify/signer-unexpected'
  /** The signer that was asked for is no key and no identity of the trust document. */
  | 'verify/signer-unknown'
  /** No role of the signer may sign this predicate type for this target. */
  | 'verify/role-missing'
  /** Whoever signed drafts, and may sign nothing else: no record, no policy, no artifact, and no evidence of any kind. */
  | 'verify/draft-signer'
  /** The evidence is for another target or for none, or the signer may sign for some targets only and none is expected. */
  | 'verify/target'
  /** The evidence is for another channel, or for none. */
  | 'verify/channel'
  /** The role asks for more different principals than have signed; who holds a key with a role that it must be distinct from does not count. */
  | 'verify/role-threshold'
  /** The signed payload is not of the in-toto type. */
  | 'verify/payload-type'
  /** The signed payload can not be read as a statement. */
  | 'verify/statement-malformed'
  /** The statement is of a version that was not asked for. */
  | 'verify/statement-version'
  /** A statement is needed here, and the bundle holds the signature of a bare artifact. */
  | 'verify/statement-expected'
  /** The statement is of another predicate type than the one that was asked for. */
  | 'verify/predicate-type'
  /** The predicate breaks the rules of its own type. */
  | 'verify/predicate-malformed'
  /** No subject of the statement has the digest of the artifact. */
  | 'verify/subject-missing'
  /** A subject has one digest of the artifact and another that is not of the artifact. */
  | 'verify/subject-contradiction'
  /** No subject has a digest of an accepted algorithm that can be compared. */
  | 'verify/subject-incomparable'
  /** A subject has no name, or the same as another, so that the set can not be compared by names. */
  | 'verify/subject-name'
  /** The set digest in the statement is not the one of the set. */
  | 'verify/set-digest'
  /** A symbolic link lies in the set, which no signature covers. */
  | 'verify/link-extra'
  /** The signature of a bare artifact can be checked only over its bytes, and there is only a digest. */
  | 'verify/bytes-missing'
  /** A digest alone can be of what an envelope signs as well as of an artifact; nobody said that it was made from a file. */
  | 'verify/digest-alone'
  /** The digest that the bundle names for the signed artifact is not of the artifact, or is of no known algorithm. */
  | 'verify/digest-hint'
  /** The artifact is what an envelope signs, so that the signature of an envelope would count as one of the artifact. */
  | 'verify/artifact-is-envelope'
  /** Expectations of a provenance were given, and no provenance. */
  | 'verify/provenance-missing'
  /** The provenance does not say from which source the artifacts were built. */
  | 'verify/source-missing'
  /** The provenance names several sources, or two parts of it disagree about the source. */
  | 'verify/source-ambiguous'
  /** The artifacts were built from another repository. */
  | 'verify/source-uri'
  /** The artifacts were built from another commit. */
  | 'verify/source-digest'
  /** The artifacts were built from another tag, or from none. */
  | 'verify/source-tag'
  /** The artifacts were built from another branch, or from none. */
  | 'verify/source-branch'
  /** The tag of the source is not of the expected version, or of none. */
  | 'verify/source-versioned-tag'
  /** A tag was expected and the provenance names a branch, or the other way round. */
  | 'verify/source-ref-kind'
  /** The provenance names another source than the certificate of its signer: another repository, ref or commit. */
  | 'verify/source-certificate'
  /** The provenance names a builder that the holder of the certificate can not speak for. */
  | 'verify/builder-signer'
  /** The builder that was asked for is none that the provenance of a package of npm can name. */
  | 'verify/builder-unknown'
  /** Another builder made the artifacts. */
  | 'verify/builder-id'
  /** The artifacts were built in another way. */
  | 'verify/build-type'
  /** The build had a parameter that its build type does not know, and that may have changed it. */
  | 'verify/parameter-unexpected'
  /** A parameter of the build had another value. */
  | 'verify/parameter'
  /** The build had no such parameter. */
  | 'verify/parameter-missing'
  /** A package is expected, and the statement does not name the artifact by a canonical purl with a version. */
  | 'verify/package-unnamed'
  /** The artifact is a package of another name. */
  | 'verify/package-name'
  /** The artifact is another version of the package. */
  | 'verify/package-version'
  /** The statement is about something else than this package of npm by its purl and SHA-512, or about more. */
  | 'verify/package-subject'
  /** The registry's word is about another package or version, or from no registry. */
  | 'verify/package-published'
  /** A verification summary stands beside the artifact, and nothing was said of what it has to say. */
  | 'verify/summary-unasked'
  /** Expectations of a verification summary were given, and no summary. */
  | 'verify/summary-missing'
  /** A verification summary names a verifier for whom its signer does not speak by the trust document. */
  | 'verify/verifier-signer'
  /** A verification summary is by another verifier. */
  | 'verify/verifier-id'
  /** A verification summary is about another resource. */
  | 'verify/resource-uri'
  /** A verification summary says that the artifact failed. */
  | 'verify/verification-result'
  /** A verification summary does not say that this level, or what else was asked for, was reached. */
  | 'verify/verified-level'
  /** A verification summary is by another policy, or by another version of it. */
  | 'verify/summary-policy'
  /** It is asked how old a verification summary is, and it does not say when was verified. */
  | 'verify/summary-undated'
  /** A verification summary is older than it may be. */
  | 'verify/summary-stale'
  /** A verification summary says that was verified after it was signed, or in the future. */
  | 'verify/summary-time'
  /** A verification summary does not say that the revision was on the ref that was asked for. */
  | 'verify/source-ref'
  /** What is declared beside the bundle about its type is not so. */
  | 'verify/attestation-type'
  /** One of the two attestations of a package of npm is not there: its provenance, or the registry's word that it was published. */
  | 'verify/attestation-missing'
  /** Among the attestations of a package of npm is one that does not belong there, or one twice. */
  | 'verify/attestation-unexpected'
  /** A key signed where a certificate must, or another key than one of the registry. */
  | 'verify/attestation-signer'
  /** An attestation of a package index is of a type that PEP 740 does not have. */
  | 'verify/distribution-type'
  /** An attestation of a package index is signed with another kind of key than PEP 740 allows. */
  | 'verify/distribution-signature'
  /** An attestation of a package index is not about exactly one wheel or sdist with its SHA-256. */
  | 'verify/distribution-subject'
  /** An attestation of a package index is about a distribution of another name than the file has. */
  | 'verify/distribution-name'
>

/** A code alone. */
export type VerifyCode = VerifyProblem['code'] | SigstoreProblem['code']
