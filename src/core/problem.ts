import type { Problem } from './result.ts'

export type CoreProblem = Problem<
  | 'core/base64'
  | 'core/canonical-json'
  | 'core/json-byte-order-mark'
  | 'core/json-depth'
  | 'core/json-duplicate-key'
  | 'core/json-lone-surrogate'
  | 'core/json-number-unsafe'
  | 'core/json-prototype-key'
  | 'core/json-size'
  | 'core/json-syntax'
  | 'core/json-trailing'
  | 'core/timestamp'
  | 'core/utf8'
>
