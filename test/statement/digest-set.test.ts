import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { compareDigests, isAcceptedAlgorithm, parseStatement } from '../../src/statement/index.ts'
import { encodeUtf8 } from '../../src/core/index.ts'

const A = 'a'.repeat(64)
const B = 'b'.repeat(64)
const LONG = 'c'.repeat(128)

/** The problem codes of a statement whose one subject has this digest. */
function codesOf(digest: unknown): string | string[] {
  const statement = parseStatement(
    encodeUtf8(
      JSON.stringify({
        _type: 'https://in-toto.io/Statement/v1',
        subject: [{ digest }],
        predicateType: 'https://example.com/type',
      }),
    ),
  )
  if (statement.ok) return 'accepted'
  return statement.problems.map(({ code, at }) => `${code} ${at}`)
}

describe('DigestSet', () => {
  it.each([
    ['upper case', { sha256: A.toUpperCase() }, { sha256: A }],
    ['one digit less', { sha256: A.slice(1) }, { sha256: B }],
    ['one digit more', { sha256: `${A}a` }, { sha384: 'a'.repeat(96) }],
    ['a prefix', { sha256: `0x${A.slice(2)}` }, { dirHash: A }],
    ['a newline at the end', { sha256: `${A}\n` }, { sha512: LONG }],
    ['other characters', { sha256: `${A.slice(2)}zz` }, { gitCommit: A.slice(24) }],
    ['nothing', { sha256: '' }, { gitCommit: A }],
    ['a number', { sha256: 1 }, { gitBlob: A }],
    ['null', { sha256: null }, { gitTree: A }],
    ['a short commit id', { gitCommit: A.slice(57) }, { gitTag: A }],
  ])('with %s is refused', (_, refused, accepted) => {
    const [algorithm] = Object.keys(refused)
    expect(codesOf(refused)).toEqual([`statement/digest /subject/0/digest/${algorithm}`])
    expect(codesOf(accepted)).toBe('accepted')
  })

  it.each([
    ['an empty one', {}],
    ['a list', []],
    ['text', A],
    ['none', undefined],
  ])('that is %s is refused', (_, digest) => {
    expect(codesOf(digest)).toEqual(['statement/digest /subject/0/digest'])
  })

  it('tells a name with a slash by a JSON Pointer', () => {
    expect(codesOf({ 'a/~b': 1 })).toEqual(['statement/digest /subject/0/digest/a~1~0b'])
  })

  it.each([
    'SHA256',
    'sha-256',
    'RSA-SHA256',
    'md5',
    'sha1',
    'arn',
    'dirHash1',
    'constructor',
    'toString',
  ])('under the name %s is read and never compared', (algorithm) => {
    expect(codesOf({ [algorithm]: A })).toBe('accepted')
    expect(isAcceptedAlgorithm(algorithm)).toBe(false)
    expect(compareDigests({ [algorithm]: A }, { [algorithm]: A })).toBe('incomparable')
  })
})

describe('compareDigests()', () => {
  it.each([
    ['equal', { sha256: A }, { sha256: A, sha512: LONG }],
    ['equal', { sha256: A, sha512: LONG }, { sha256: A, sha512: LONG, md5: 'x' }],
    ['different', { sha256: A }, { sha256: B }],
    // X6: one that agrees does not outweigh one that does not.
    ['contradiction', { sha256: A, sha512: LONG }, { sha256: A, sha512: `${LONG.slice(1)}d` }],
    ['incomparable', { sha256: A }, { sha512: LONG }],
    ['incomparable', { sha256: A }, {}],
    // A digest of a tree is never one of a file.
    ['incomparable', { sha256: A }, { dirHash: A }],
    // Equal nonsense proves nothing.
    ['different', { sha256: 'x' }, { sha256: 'x' }],
  ])('finds %s', (expected, one, other) => {
    expect(compareDigests(one, other)).toBe(expected)
  })

  it('gives the same answer both ways round', () => {
    const digest = fc.constantFrom(A, B)
    const set = fc.record({ sha256: digest, dirHash: digest, md5: digest }, { requiredKeys: [] })
    fc.assert(
      fc.property(set, set, (one, other) => {
        expect(compareDigests(one, other)).toBe(compareDigests(other, one))
      }),
    )
  })
})
