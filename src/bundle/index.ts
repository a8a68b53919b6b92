export type {
  Bundle,
  BundleContent,
  BundleKeyMaterial,
  BundleVersion,
  Envelope,
} from './bundle.ts'
export { encodeBundle } from './encode.ts'
export { type BundleLine, parseBundleLines } from './lines.ts'
export { type InclusionProof, type LogEntry, parseLogEntry } from './log-entry.ts'
export { encodePae, IN_TOTO_PAYLOAD_TYPE, isInTotoPayloadType } from './pae.ts'
export { parseBundle } from './parse.ts'
export type { BundleProblem } from './problem.ts'
