// RFC 8785 (JCS): the one serialisation of a JSON value. The only door to `canonicalize`.

import canonicalize from 'canonicalize'
import { encodeUtf8 } from '../bytes.ts'
import type { JsonValue } from './json-value.ts'
import type { CoreProblem } from '../problem.ts'
import { accept, type Result, refuse } from '../result.ts'

/**
 * The value's canonical bytes: members sorted by UTF-16 code units, numbers as ECMAScript prints them, UTF-8.
 *
 * @returns `core/canonical-json` for lone surrogates and numbers that JSON has no word for (RFC 8785 section 3.2.2)
 */
export function encodeCanonicalJson(value: JsonValue): Result<Uint8Array, CoreProblem> {
  try {
    const text = canonicalize(value)
    if (text !== undefined) return accept(encodeUtf8(text))
  } catch {
    // canonicalize throws where RFC 8785 says that there is no output; the reasons are the ones named below.
  }
  return refuse({
    code: 'core/canonical-json',
    message: 'Expected a JSON value, found a lone surrogate or a number that JSON can not hold',
  })
}
