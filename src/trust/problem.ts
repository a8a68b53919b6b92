import type { CoreProblem, Problem } from '../core/index.ts'

/** Why a public key or a trust document was refused. */
export type TrustProblem =
  | CoreProblem
  | Problem<
      /** A member of the trust document is missing, unknown, or of another shape than its schema has. */
      | 'trust/document'
      /** A key of a kind, curve or use that no signature here has. */
      | 'trust/key-algorithm'
      /** One key stands in the document under two names, and would count twice. */
      | 'trust/key-duplicate'
      /** No public key in PEM, JWK or OpenSSH form. */
      | 'trust/key-format'
      /** A public key that is damaged, or spelt in another way than its one canonical one. */
      | 'trust/key-invalid'
      /** A private key, where only its public half may be. */
      | 'trust/key-private'
      /** A file that is too large to be a key. */
      | 'trust/key-size'
      /** No key of the document has this name. */
      | 'trust/key-unknown'
      /** A key that others could break: a short RSA modulus, a small exponent, a point of small order. */
      | 'trust/key-weak'
      /** Two names that are one to a reader, or one entry twice in a list. */
      | 'trust/name-duplicate'
      /** A revocation can become stricter, never milder. */
      | 'trust/revoked-already'
      /** The role is built in and can not be declared. */
      | 'trust/role-reserved'
      /** A key or a role names a role that the document does not declare. */
      | 'trust/role-unknown'
      /** A key whose validity ends before it begins. */
      | 'trust/validity'
    >
