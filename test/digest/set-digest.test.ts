import { describe, expect, it } from 'vitest'
import {
  DIGEST_HEX_LENGTH,
  type DigestAlgorithm,
  digestBytes,
  digestSet,
} from '../../src/digest/index.ts'
import { artifact } from './artifacts.ts'

describe('digestBytes()', () => {
  // NIST FIPS 180-4, examples of "abc".
  it.each([
    ['sha256', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'sha384',
      'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
    ],
    [
      'sha512',
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    ],
  ] satisfies [DigestAlgorithm, string][])('gives the published %s of "abc"', (name, digest) => {
    expect(digestBytes(name, Buffer.from('abc'))).toBe(digest)
    expect(digest).toHaveLength(DIGEST_HEX_LENGTH[name])
  })
})

describe('digestSet()', () => {
  // Computed with Go's dirhash.Hash1 and with sha256sum.
  const files = [
    artifact('B', 'B'),
    artifact('a', 'a'),
    artifact('sub/x', 's'),
    artifact('\ue000', 'pua'),
    artifact('\uff21', 'fw'),
    artifact('\u{1f600}', 'emoji'),
  ]

  it('is the dirHash, whose order is that of bytes and not of UTF-16 units', () => {
    const dirHash = 'fec22cb1ec4031d5d43cf2a6fbda993e0fb12d98860bded0d0acd2e5301b7a3b'
    expect(digestSet(files)).toBe(dirHash)
    expect(digestSet(files.toReversed())).toBe(dirHash)
  })

  it('follows the rule of Hash1 where the shell would escape', () => {
    const withBackslash = [...files, artifact('back\\slash', 'bs')]
    expect(digestSet(withBackslash)).toBe(
      '6b6a2fdeacd8172ea9ce3379f9880a5f25e6253a273adaa1f56fcd977323937e',
    )
  })
})
