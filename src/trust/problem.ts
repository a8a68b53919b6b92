import type { CoreProblem, Problem } from '../core/index.ts'

/** Why a public key or a trust document was refused. */
export type TrustProblem =
  | CoreProblem
  | Problem<
      /** A signed note is no checkpoint: its lines are not an origin, a size and a root. */
      | 'trust/checkpoint-malformed'
      /** A member of the trust document is missing, unknown, or of another shape than its schema has. */
      | 'trust/document'
      /** A key or identity has a role of drafts beside one that is none: it could sign what it drafts. */
      | 'trust/draft-mixed'
      /** A key of drafts was to be published: results are signed by nobody who drafts. */
      | 'trust/jwks-draft'
      /** No JWK Set, or one whose keys have no thumbprints as ids, bounds that can not be read, or stand there twice. */
      | 'trust/jwks'
      /** A key that others may hold was to be published: whoever knows nothing of revocations would accept what they sign. */
      | 'trust/jwks-compromised'
      /** A key was to be published as a past one, and the trust document does not say when it ended. */
      | 'trust/jwks-past'
      /** A key of a kind, curve or use that no signature here has. */
      | 'trust/key-algorithm'
      /** An identity stands in the document under two names, and would count twice. */
      | 'trust/identity-duplicate'
      /** The issuer of an identity is no https address. */
      | 'trust/identity-issuer'
      /** The name of an identity is no URI, e-mail address or user name, or has a pattern where none may be. */
      | 'trust/identity-san'
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
      /** No entry of the document that can be removed has this name. */
      | 'trust/name-unknown'
      /** Two names that are one to a reader, or one entry twice in a list. */
      | 'trust/name-duplicate'
      /** A key of signed notes that can not be read, is of another kind than Ed25519, or has an id or a name that is not its own. */
      | 'trust/note-key'
      /** A signed note that can not be read, or is larger than one may be. */
      | 'trust/note-malformed'
      /** A verifier or a builder stands in the document twice with one signer, and could be believed two things. */
      | 'trust/pair-duplicate'
      /** A file that holds no keys of a package registry. */
      | 'trust/registry-keys'
      /** A key of a registry has ended, and a document says that it ends later or never: it may be an older one. */
      | 'trust/registry-key-ended'
      /** A revocation can become stricter, never milder. */
      | 'trust/revoked-already'
      /** A certificate of a trusted root can not be read, or there is none. */
      | 'trust/root-certificate'
      /** One trusted root stands in the document twice. */
      | 'trust/root-duplicate'
      /** A trusted root has no log and no authority: it could judge nothing. */
      | 'trust/root-empty'
      /** The document is no trusted root, or one of a version that can not be read. */
      | 'trust/root-format'
      /** The key of a log is damaged, weak, or not of the kind that the root says. */
      | 'trust/root-key'
      /** A log's identifier is not the one of its key. */
      | 'trust/root-log-id'
      /** A member of a trusted root is missing or has another form than the format says. */
      | 'trust/root-member'
      /** A trusted root has a member that the format does not have, or has under another name. */
      | 'trust/root-member-unknown'
      /** A root that should take the place of another one has nothing in common with it: it is of another instance. */
      | 'trust/root-unrelated'
      /** Since when a log or an authority is trusted is not said, or its end is before its start. */
      | 'trust/root-validity'
      /** The role is built in and can not be declared. */
      | 'trust/role-reserved'
      /** A key or a role names a role that the document does not declare. */
      | 'trust/role-unknown'
      /** A verifier or a builder names a signer that is no key and no identity of the document. */
      | 'trust/signer-unknown'
      /** The id of a verifier or a builder would let a reader in: it has a login, or a secret parameter. */
      | 'trust/uri-credentials'
      /** A key whose validity ends before it begins. */
      | 'trust/validity'
    >
