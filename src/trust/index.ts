export { buildEmptyTrust, describeTrust, encodeTrust, parseTrust } from './trust-json.ts'
export { trustDocumentSchema } from './document-schema.ts'
export {
  addBuilder,
  addIdentity,
  addKey,
  addRegistryKeys,
  addRole,
  addRoot,
  addVerifier,
  removeEntry,
  replaceRoot,
  revokeKey,
} from './edit.ts'
export { findDraftKey, isOfDrafts, principalsOnBothSides } from './draft-signers.ts'
export { DRAFT_TYPES, isDraftType } from './draft-type.ts'
export { encodeJoseSignature, isJoseSignedBy } from './key/jose-signature.ts'
export { isSignedBy, SIGNATURE_DIGESTS, SIGNATURE_FORM } from './key/signature.ts'
export { EXAMPLE_KEY_IDS, isExampleKey } from './example-key.ts'
export { parseJwk } from './key/jwk.ts'
export { buildJwks, joseAlgorithmOf, parseJwks, type PublishedKey } from './jwks.ts'
export { describeWindow, judgeKey, type KeyStanding, type SigningTime } from './key-standing.ts'
export { parseOpenSshBlob } from './key/openssh-public-key.ts'
export { encodePem, isPem, type PemBlock, parsePem } from './key/pem.ts'
export { encodePublicKey, readKeyObject } from './key/pem-public-key.ts'
export { type Checkpoint, encodeCheckpoint, parseCheckpoint } from './note/checkpoint.ts'
export { encodeCosignature, encodeCosigned, judgeCosignature } from './note/cosignature.ts'
export {
  describeSignatures,
  encodeNote,
  judgeNote,
  type Note,
  type NoteKey,
  type NoteSignature,
  parseNote,
} from './note/note.ts'
export {
  buildNoteKey,
  encodeNoteKey,
  isSameNoteKey,
  type NamedNoteKey,
  type NoteKeyKind,
  parseNoteKey,
  noteKeyOfKind,
} from './note/note-key.ts'
export type { TrustProblem } from './problem.ts'
export { isSameKey, type KeyType, type PublicKey, parsePublicKey } from './key/public-key.ts'
export {
  findRole,
  isRoleFor,
  principalOf,
  principalsWith,
  RELEASE_ROLE,
  type RevocationReason,
  type Role,
  type TrustDocument,
  type TrustedKey,
} from './trust-document.ts'
export {
  buildLevelOf,
  isVerifierOf,
  type TrustedBuilder,
  type TrustedVerifier,
} from './trusted-pair.ts'
export {
  CLAIM_ARCS,
  type CertificateIdentity,
  type CertificateName,
  type ClaimName,
  type TrustedIdentity,
} from './sigstore/identity/certificate-identity.ts'
export {
  describeIdentity,
  type IdentityDifference,
  matchIdentity,
} from './sigstore/identity/identity-match.ts'
export { parseTrustedRoot } from './sigstore/root/parse-trusted-root.ts'
export { loadPublicGoodRoot } from './sigstore/root/public-good.ts'
export { PUBLIC_GOOD_ROOTS } from './sigstore/root/public-good-digest.ts'
export {
  compareRoots,
  type RootChange,
  type RootDifference,
} from './sigstore/root/root-difference.ts'
export { parseRootLines } from './sigstore/root/root-lines.ts'
export { judgeRoot, type RootMember } from './sigstore/root/root-standing.ts'
export { parseRegistryKeys } from './sigstore/registry-key-file.ts'
export type { RegistryKey } from './sigstore/registry-key.ts'
export type {
  CertificateAuthority,
  LogKey,
  NamedRoot,
  RootMark,
  TransparencyLog,
  TrustedRoot,
  UnusableLog,
} from './sigstore/root/trusted-root.ts'
export {
  describePeriod,
  isWithin,
  standingAt,
  type ValidityPeriod,
} from './sigstore/root/validity-period.ts'
