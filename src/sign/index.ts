export {
  encodeEncryptedKey,
  encodeUnsafeUnencryptedKey,
  GENERATED_TYPES,
  type GeneratedType,
  generatePrivateKey,
} from './generate.ts'
export { signCompactJws, signJose } from './jose.ts'
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
  signerRequestSchema,
  signerResponseSchema,
} from './signer-protocol.ts'
export {
  CERTIFICATE_PATH,
  encodeCertificateRequest,
  parseCertificateResponse,
} from './sigstore/certificate.ts'
export {
  type IdentityToken,
  judgeVisibility,
  parseIdentityToken,
  SIGSTORE_AUDIENCE,
} from './sigstore/identity-token.ts'
export {
  encodeLogRequestV1,
  encodeLogRequestV2,
  LOG_PATHS,
  type LogContent,
} from './sigstore/log-request.ts'
export { parseLogResponseV1, parseLogResponseV2 } from './sigstore/log-response.ts'
export type { SigstoreSignProblem } from './sigstore/problem.ts'
export { type SelectedServices, selectServices } from './sigstore/service-selection.ts'
export { parseSigningConfig, type Service, type SigningConfig } from './sigstore/signing-config.ts'
export { type HolderFinding, judgeHolder, type TokenHolder } from './sigstore/token-holder.ts'
export {
  encodeTimestampRequest,
  judgeTimestampResponse,
  type TimestampQuestion,
} from './sigstore/timestamp.ts'
