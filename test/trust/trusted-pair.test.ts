// Pairs of a signer with the verifier or the builder that it speaks for.

import { describe, expect, it } from 'vitest'
import {
  addBuilder,
  addVerifier,
  buildLevelOf,
  encodeTrust,
  isVerifierOf,
  parseTrust,
  removeEntry,
} from '../../src/trust/index.ts'
import { KEY, parse, trust } from './documents.ts'
import { codes, newKey, valueOf } from './keys.ts'

const ID = 'https://verifier.example/v1'
const VERIFIER = { name: 'platform', id: ID, signers: ['a'] }
const BUILDER = { name: 'ci', id: 'https://ci.example/builder', signers: ['a'], buildLevel: 2 }
const OTHER_KEY = { name: 'b', publicKey: newKey().jwk, roles: ['release'] }
const TWO = trust({ keys: [KEY, OTHER_KEY] })

describe('the verifiers of a trust document', () => {
  const document = valueOf(
    parse({ ...TWO, verifiers: [VERIFIER, { ...VERIFIER, name: 'x', id: 'urn:x' }] }),
  )

  it('speak by the signature of those signers alone', () => {
    expect(isVerifierOf(document, 'a', ID)).toBe(true)
    expect(isVerifierOf(document, 'b', ID)).toBe(false)
    expect(isVerifierOf(document, 'a', `${ID}/`)).toBe(false)
    expect(isVerifierOf(valueOf(parse(TWO)), 'a', ID)).toBe(false)
  })

  it('are read as they are written, and change the digest', () => {
    expect(valueOf(parseTrust(encodeTrust(document)))).toEqual(document)
    expect(document.digest).not.toBe(valueOf(parse(TWO)).digest)
    const turned = { ...VERIFIER, signers: ['b', 'a'] }
    const sorted = { ...VERIFIER, signers: ['a', 'b'] }
    expect(valueOf(parse({ ...TWO, verifiers: [turned] })).digest).toBe(
      valueOf(parse({ ...TWO, verifiers: [sorted] })).digest,
    )
  })
})

describe('the builders of a trust document', () => {
  it('have a level by the signature of those signers alone', () => {
    const more = { ...BUILDER, name: 'ci-b', signers: ['b'], buildLevel: 3 }
    const document = valueOf(parse({ ...TWO, builders: [BUILDER, more] }))
    expect(buildLevelOf(document, 'a', BUILDER.id)).toBe(2)
    expect(buildLevelOf(document, 'b', BUILDER.id)).toBe(3)
    expect(buildLevelOf(document, 'c', BUILDER.id)).toBeUndefined()
    expect(buildLevelOf(document, 'a', 'urn:other')).toBeUndefined()
    expect(valueOf(parseTrust(encodeTrust(document)))).toEqual(document)
  })
})

describe('parseTrust()', () => {
  it.each([
    ['a signer that is not there', 'trust/signer-unknown', [{ ...VERIFIER, signers: ['b'] }]],
    ['a verifier twice', 'trust/pair-duplicate', [VERIFIER, { ...VERIFIER, name: 'again' }]],
    ['a signer twice', 'trust/name-duplicate', [{ ...VERIFIER, signers: ['a', 'a'] }]],
    ['the name of a key', 'trust/name-duplicate', [{ ...VERIFIER, name: 'A' }]],
    ['an id that is no URI', 'trust/document', [{ ...VERIFIER, id: 'verifier' }]],
    ['nobody', 'trust/document', [{ ...VERIFIER, signers: [] }]],
  ])('refuses a verifier with %s (%s)', (_, code, verifiers) => {
    expect(codes(parse({ ...trust(), verifiers }))).toEqual([code])
    expect(codes(parse({ ...trust(), verifiers: [VERIFIER] }))).toBe('accepted')
  })

  it.each([
    ['level 0', 'trust/document', [{ ...BUILDER, buildLevel: 0 }]],
    ['level 4', 'trust/document', [{ ...BUILDER, buildLevel: 4 }]],
    ['two levels', 'trust/pair-duplicate', [BUILDER, { ...BUILDER, name: 'x', buildLevel: 3 }]],
    ['a signer that is not there', 'trust/signer-unknown', [{ ...BUILDER, signers: ['nobody'] }]],
  ])('refuses a builder with %s (%s)', (_, code, builders) => {
    expect(codes(parse({ ...trust(), builders }))).toEqual([code])
    expect(codes(parse({ ...trust(), builders: [BUILDER] }))).toBe('accepted')
  })
})

describe('an edit', () => {
  it('adds a verifier and a builder, and removes each', () => {
    const before = valueOf(parse(trust()))
    const one = valueOf(addVerifier(before, VERIFIER))
    const both = valueOf(addBuilder(one, BUILDER))
    expect([both.verifiers, both.builders]).toEqual([[VERIFIER], [BUILDER]])
    const second = { ...VERIFIER, name: 'second', id: 'urn:second' }
    expect(valueOf(addVerifier(both, second)).verifiers).toHaveLength(2)
    expect(valueOf(addBuilder(both, { ...BUILDER, ...second })).builders).toHaveLength(2)
    expect(valueOf(removeEntry(both, 'ci')).digest).toBe(one.digest)
    expect(valueOf(removeEntry(one, 'platform')).digest).toBe(before.digest)
    expect(codes(addVerifier(one, { ...second, signers: ['x'] }))).toEqual(['trust/signer-unknown'])
  })
})

describe('the id of a verifier or a builder', () => {
  it.each(['https://u:p@verifier.example/v1', 'https://verifier.example/v1?token=x'])(
    'has no credentials: %s',
    (id) => {
      expect(codes(parse({ ...TWO, verifiers: [{ ...VERIFIER, id }] }))).toEqual([
        'trust/uri-credentials',
      ])
      expect(codes(parse({ ...TWO, builders: [{ ...BUILDER, id }] }))).toEqual([
        'trust/uri-credentials',
      ])
    },
  )
})
