export { AssayError } from './assay-error.ts'
export { type Base64Alphabet, encodeBase64, parseBase64 } from './base64.ts'
export { encodeHex, encodeUtf8, equalBytes, parseUtf8 } from './bytes.ts'
export {
  checkDerTree,
  childrenOf,
  constructedTag,
  DER_TAGS,
  type DerFields,
  type DerValue,
  expectTag,
  failDer,
  fieldsOf,
  onlyChildOf,
  parseDer,
  primitiveTag,
  readBitOctets,
  readBits,
  readBoolean,
  readCount,
  readGeneralizedTime,
  readIntegerBytes,
  readOctets,
  readOid,
  readText,
  readTime,
  readUtf8,
  readWhole,
} from './der/index.ts'
export { freezeDeep } from './freeze.ts'
export { encodeCanonicalJson } from './json/canonical-json.ts'
export { compareCodePoints } from './code-points.ts'
export { countOf, withArticle } from './count.ts'
export { type JsonLimits, type JsonStarts, parseJson } from './json/strict-json.ts'
export { type JsonLine, splitJsonLines } from './json/json-lines.ts'
export { encodeJsonPointer } from './json/json-pointer.ts'
export {
  bytesAt,
  bytesListAt,
  int64At,
  type JsonPlace,
  memberOf,
  objectAt,
  objectsAt,
  type PlaceCodes,
  refuseUnknown,
  tellAt,
  textAt,
} from './json/place.ts'
export { type Breach, parseBySchema } from './json/schema.ts'
export { encodeDocument, escapeJson } from './json/json-text.ts'
export { isJsonObject, type JsonObject, type JsonValue, membersOf } from './json/json-value.ts'
export { LIMITS } from './limits.ts'
export type { CoreProblem } from './problem.ts'
export { escapeText, quote } from './quote.ts'
export { shellWord } from './shell-word.ts'
export { accept, judge, type Problem, type Problems, type Result, refuse } from './result.ts'
export { encodeTimestamp, type Instant, parseTimestamp, TIMESTAMP_PATTERN } from './timestamp.ts'
export {
  acceptedCheck,
  type Check,
  combineOutcomes,
  failedChecks,
  groupChecks,
  type Outcome,
  refusedCheck,
} from './verdict.ts'
