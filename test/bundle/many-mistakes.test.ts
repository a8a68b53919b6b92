// Documents that are wrong a hundred thousand times: refused like any other, with the first of the mistakes.

import { describe, expect, it } from 'vitest'
import { parseBundle } from '../../src/bundle/index.ts'
import { encodeUtf8, LIMITS, type Result } from '../../src/core/index.ts'
import { parseManifest } from '../../src/digest/index.ts'
import { parsePredicate, parseStatement, PREDICATE_TYPES } from '../../src/statement/index.ts'
import { parseTrust } from '../../src/trust/index.ts'

const MANY = 200_000
const members = Array.from({ length: MANY }, (_, index) => `"m${index}":1`).join(',')
const numbers = Array.from({ length: MANY }, () => 1)

describe('a document that is wrong very often', () => {
  const cases: readonly (readonly [string, () => Result<unknown>])[] = [
    ['bundle', () => parseBundle(encodeUtf8(`{"mediaType":"x",${members}}`))],
    ['manifest', () => parseManifest(encodeUtf8('x\n'.repeat(MANY)))],
    [
      'trust document',
      () =>
        parseTrust(
          encodeUtf8(`{"schema":"assay/trust/v1","keys":[],"roles":${JSON.stringify(numbers)}}`),
        ),
    ],
    ['trust document with unknown members', () => parseTrust(encodeUtf8(`{${members}}`))],
    [
      'statement',
      () =>
        parseStatement(
          encodeUtf8(
            `{"_type":"https://in-toto.io/Statement/v1","predicateType":"x:y","subject":[{"digest":{${members}}}]}`,
          ),
        ),
    ],
    [
      'predicate',
      () =>
        parsePredicate(PREDICATE_TYPES.provenance, {
          buildDefinition: { resolvedDependencies: numbers },
        }),
    ],
  ]
  it.each(cases)('is refused: %s', (_, parse) => {
    const parsed = parse()
    expect(parsed.ok).toBe(false)
    expect(!parsed.ok && parsed.problems.length).toBeLessThanOrEqual(LIMITS.problemsMax)
  })
})
