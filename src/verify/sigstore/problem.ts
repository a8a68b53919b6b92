import type { Problem } from '../../core/index.ts'

/** What can be wrong with certificates, log entries and timestamps. The comment at each code is what `docs/errors.md` says of it. */
export type SigstoreProblem = Problem<
  /** The certificate can not be read, or is no X.509 v3 certificate in DER. */
  | 'verify/certificate-malformed'
  /** The certificate of the signer is one of an authority. */
  | 'verify/certificate-authority-leaf'
  /** The certificate may not be used to make signatures. */
  | 'verify/certificate-key-usage'
  /** The certificate is not made for signing code. */
  | 'verify/certificate-extended-key-usage'
  /** The certificate has a critical extension that we do not know. */
  | 'verify/certificate-extension-unknown'
  /** The certificate does not name exactly one identity. */
  | 'verify/certificate-name'
  /** The key in the certificate is too weak, or of a kind that is not accepted. */
  | 'verify/certificate-key'
  /** The certificate is signed with an algorithm that is too weak, or not known. */
  | 'verify/certificate-algorithm'
  /** The certificates that came along do not follow each other from the signer's up, as where a root stands in their midst. */
  | 'verify/certificate-chain'
  /** No authority of a trusted root issued the certificate. */
  | 'verify/certificate-authority-unknown'
  /** The certificate names a trusted authority as its issuer, and that authority did not sign it. */
  | 'verify/certificate-forged'
  /** The path from the certificate to its root breaks a rule: an issuer that is no authority, a path that is too long, names that do not follow. */
  | 'verify/certificate-path'
  /** The certificate was not valid when the signature was made. */
  | 'verify/certificate-time'
  /** A certificate of the authority, or its place in the trusted root, was not valid when the signature was made. */
  | 'verify/certificate-authority-time'
  /** The certificate carries no promise of a certificate log (SCT). */
  | 'verify/sct-missing'
  /** No trusted root knows the certificate log that gave the promise. */
  | 'verify/sct-log-unknown'
  /** The promises of certificate logs in the certificate can not be read. */
  | 'verify/sct-malformed'
  /** The promise of the certificate log is not its word about this certificate. */
  | 'verify/sct-invalid'
  /** The certificate log was not trusted at the time of its promise. */
  | 'verify/sct-log-time'
  /** The certificate has a claim that can not be read. */
  | 'verify/claim-malformed'
  /** The certificate names two issuers that differ. */
  | 'verify/issuer-ambiguous'
  /** The certificate does not say which identity provider vouches for its holder. */
  | 'verify/issuer-missing'
  /** The trust document names no identity, so that a certificate can stand for nobody. */
  | 'verify/identity-none'
  /** Several identities of the trust document fit the certificate, and are not one principal of one kind. */
  | 'verify/identity-ambiguous'
  /** The certificate is for another identity than those that the trust document names. */
  | 'verify/identity-unexpected'
  /** The identity is the right one, and the identity provider that vouches for it is another. */
  | 'verify/issuer-unexpected'
  /** The identity is the right one, and a claim that the trust document pins has another value or is absent. */
  | 'verify/claim-unexpected'
  /** The signature does not fit the signed bytes under the key of the certificate. */
  | 'verify/certificate-signature-invalid'
  /** Nothing vouches for the time of the signature, and a certificate counts only for a time. */
  | 'verify/time-missing'
  /** The signature is vouched for only after the time that the verifier asked for. */
  | 'verify/time-later'
  /** A log entry is needed, and there is none that counts. */
  | 'verify/log-entry-missing'
  /** No trusted root knows the log of the entry. */
  | 'verify/log-unknown'
  /** The log was not trusted at the time of the entry. */
  | 'verify/log-time'
  /** The log entry is of a kind or version that we do not know. */
  | 'verify/log-entry-kind'
  /** The body of the log entry can not be read. */
  | 'verify/log-entry-malformed'
  /** The log entry is about another signature. */
  | 'verify/log-signature-mismatch'
  /** The log entry is about another certificate or key. */
  | 'verify/log-key-mismatch'
  /** The log entry is about another artifact or payload. */
  | 'verify/log-digest-mismatch'
  /** The log's signed promise (SET) is needed in this version of the bundle, and absent. */
  | 'verify/log-promise-missing'
  /** The log's signed promise (SET) is not its word about this entry. */
  | 'verify/log-promise-invalid'
  /** The proof that the log holds the entry is absent. */
  | 'verify/log-proof-missing'
  /** The proof does not lead from the entry to the root of the log. */
  | 'verify/log-proof-invalid'
  /** The proof comes without a checkpoint, so that the log did not sign where it leads. */
  | 'verify/checkpoint-missing'
  /** The checkpoint of the log can not be read. */
  | 'verify/checkpoint-malformed'
  /** The checkpoint carries no signature of the log. */
  | 'verify/checkpoint-unsigned'
  /** The log's signature does not fit the checkpoint. */
  | 'verify/checkpoint-signature-invalid'
  /** The log signed the checkpoint, and its first line names another log. */
  | 'verify/checkpoint-origin'
  /** The proof names another root or size than the signed checkpoint. */
  | 'verify/checkpoint-mismatch'
  /** The same log entry is there twice. */
  | 'verify/log-entry-duplicate'
  /** A timestamp is needed, and there is none that counts. */
  | 'verify/timestamp-missing'
  /** The timestamp can not be read, or breaks the rules of RFC 3161. */
  | 'verify/timestamp-malformed'
  /** The authority answered that it did not make a timestamp. */
  | 'verify/timestamp-status'
  /** The timestamp is over other bytes than the signature. */
  | 'verify/timestamp-imprint'
  /** The timestamp uses a digest that is too weak, or not known. */
  | 'verify/timestamp-algorithm'
  /** No trusted root knows the authority that made the timestamp. */
  | 'verify/timestamp-authority-unknown'
  /** The timestamp names another certificate as its signer than the trusted one. */
  | 'verify/timestamp-signer'
  /** What the authority signed is about another timestamp than the one that is there. */
  | 'verify/timestamp-digest'
  /** The signature of the timestamp does not fit. */
  | 'verify/timestamp-signature-invalid'
  /** The certificate of the timestamp authority is not made for that, and for that alone. */
  | 'verify/timestamp-certificate'
  /** The certificates of the timestamp authority in the trusted root do not form a path. */
  | 'verify/timestamp-certificate-path'
  /** A certificate of the timestamp authority was not valid at the time that it vouches for. */
  | 'verify/timestamp-certificate-time'
  /** The timestamp authority was not trusted at the time that it vouches for. */
  | 'verify/timestamp-authority-time'
  /** The same timestamp is there twice. */
  | 'verify/timestamp-duplicate'
  /** The second verifier, the one of the Sigstore project, does not accept what we would. */
  | 'verify/second-verifier'
  /** There is a certificate, a log entry or a timestamp that a trusted root could judge, and the caller did not load the part that does. */
  | 'verify/sigstore-not-loaded'
>
