import type { Problem } from './result.ts'

/** What is wrong with bytes and texts, whatever document they are from. */
export type CoreProblem = Problem<
  /** The text is not base64, or is not the one way to write its bytes: wrong characters, missing padding, bits left over. */
  | 'core/base64'
  /** The value has no canonical JSON: it holds a lone surrogate or a number that JSON can not hold. */
  | 'core/canonical-json'
  /** The bytes are not DER, or not the structure that was expected there. */
  | 'core/der'
  /** The document begins with a byte order mark. */
  | 'core/json-byte-order-mark'
  /** The document is nested deeper than anything that is read here. */
  | 'core/json-depth'
  /** An object has the same key twice, however it is escaped. */
  | 'core/json-duplicate-key'
  /** A string holds half of a surrogate pair, which no UTF-8 can carry. */
  | 'core/json-lone-surrogate'
  /** A number can not be held exactly: an integer beyond 2^53, or one that overflows. */
  | 'core/json-number-unsafe'
  /** An object has the key `__proto__`. */
  | 'core/json-prototype-key'
  /** The document or one of its strings is larger than anything that is read here. */
  | 'core/json-size'
  /** The document is not JSON. */
  | 'core/json-syntax'
  /** Something follows the end of the document. */
  | 'core/json-trailing'
  /** The text is no RFC 3339 time in UTC, or names a time that does not exist. */
  | 'core/timestamp'
  /** The bytes are not UTF-8. */
  | 'core/utf8'
>
