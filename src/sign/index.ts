export {
  encodeEncryptedKey,
  encodeUnsafeUnencryptedKey,
  GENERATED_TYPES,
  type GeneratedType,
  generatePrivateKey,
} from './generate.ts'
export { createLocalSigner } from './local-signer.ts'
export { type PrivateKey, parsePrivateKey } from './private-key.ts'
export type { SignProblem } from './problem.ts'
export { signStatement } from './sign-statement.ts'
export type { Signer } from './signer.ts'
export {
  encodePublicKeyRequest,
  encodeSignRequest,
  parsePublicKeyResponse,
  parseSignResponse,
  signerResponseSchema,
} from './signer-protocol.ts'
