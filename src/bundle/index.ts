export type {
  Bundle,
  BundleContent,
  BundleKeyMaterial,
  BundleVersion,
  Envelope,
} from './bundle.ts'
export { encodeBundle } from './encode.ts'
export { type BundleFile, type FoundBundle, parseBundleFile } from './file.ts'
export { type DetachedSignature, parseDetached } from './foreign/cosign.ts'
export { type BundleLine, parseBundleLines } from './lines.ts'
export { type InclusionProof, type LogEntry, parseLogEntry } from './log-entry.ts'
export { type DeclaredBundle, parseNpmAttestations } from './foreign/npm.ts'
export { encodePae, IN_TOTO_PAYLOAD_TYPE, isInTotoPayloadType } from './pae.ts'
export { parseBundle } from './parse.ts'
export type { BundleProblem } from './problem.ts'
export {
  parseTimestampResponse,
  TIMESTAMP_INFO,
  type TimestampResponse,
  type TimestampToken,
} from './timestamp/response.ts'
