import type { Problem } from '../../core/index.ts'

/** Why there is no Sigstore signature: the configuration, the identity token, or what a service answered. */
export type SigstoreSignProblem = Problem<
  /** The certificate authority issued a certificate for another identity than that of the token. */
  | 'sign/certificate-identity'
  /** The certificate authority issued a certificate for another key. */
  | 'sign/certificate-mismatch'
  /** The certificate authority answered no certificate that can be read. */
  | 'sign/certificate-response'
  /** The transparency log takes no signatures of this kind of key. */
  | 'sign/log-key-type'
  /** The transparency log answered no entry that can be read. */
  | 'sign/log-response'
  /** The signing config names too few services that are known here and valid now. */
  | 'sign/service-missing'
  /** The document is no signing config of version 0.2. */
  | 'sign/signing-config'
  /** The timestamp is over other bytes than the signature, or answers another question. */
  | 'sign/timestamp-mismatch'
  /** The timestamp authority answered that it does not make the timestamp. */
  | 'sign/timestamp-refused'
  /** The timestamp authority answered no timestamp that can be read. */
  | 'sign/timestamp-response'
  /** The time of the timestamp is more than five minutes off the clock of this machine. */
  | 'sign/timestamp-time'
  /** The identity token is for another service than Sigstore. */
  | 'sign/token-audience'
  /** The identity token is no longer valid. */
  | 'sign/token-expired'
  /** The identity token, or the bearer token that it is asked for with, can not be read. */
  | 'sign/token-malformed'
  /** There is no identity token. */
  | 'sign/token-missing'
  /** The identity token names nobody, or a mail address that nobody has verified. */
  | 'sign/token-subject'
  /** The repository is not public, and what would be published names it. */
  | 'sign/visibility-private'
>
