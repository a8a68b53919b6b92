export { judgeKey, type KeyStanding, type SigningTime } from './key-standing.ts'
export type { TrustProblem } from './problem.ts'
export { isSameKey, type KeyType, type PublicKey, parsePublicKey } from './public-key.ts'
export {
  findRole,
  isRoleFor,
  principalOf,
  RELEASE_ROLE,
  type RevocationReason,
  type Role,
  type TrustDocument,
  type TrustedKey,
} from './trust-document.ts'
