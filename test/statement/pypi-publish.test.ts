import { expect, it } from 'vitest'
import { encodeUtf8 } from '../../src/core/index.ts'
import { parsePredicate, parseStatement, PREDICATE_TYPES } from '../../src/statement/index.ts'

/** `accepted`, or the codes of the statement or its predicate. */
function judge(predicate: string): string | string[] {
  const type = PREDICATE_TYPES['pypi-publish']
  const text = `{"_type":"https://in-toto.io/Statement/v1","subject":[{"digest":{"sha256":"${'a'.repeat(64)}"}}],"predicateType":"${type}"${predicate}}`
  const statement = parseStatement(encodeUtf8(text))
  if (!statement.ok) return statement.problems.map(({ code }) => code)
  const known = parsePredicate(type, statement.value.predicate)
  return known.ok ? 'accepted' : known.problems.map(({ code }) => code)
}

it.each(['', ',"predicate":null', ',"predicate":{}'])(
  'A publish attestation of PyPI has nothing for a predicate: %j',
  (predicate) => expect(judge(predicate)).toBe('accepted'),
)

it.each([
  [',"predicate":{"publisher":"x"}', 'statement/predicate'],
  [',"predicate":{"a":null}', 'statement/predicate'],
  [',"predicate":[]', 'statement/member'],
])('A publish attestation of PyPI with %j is refused', (predicate, code) =>
  expect(judge(predicate)).toEqual([code]),
)
