import { describe, expect, it } from 'vitest'
import {
  type AuthorityOptions,
  INTERMEDIATE_KEY,
  makeAuthority,
  makeRoot,
} from '../test-authority.ts'
import { extension, IDS, makeKey, type TestExtension } from '../test-certificate.ts'
import { codesOf, findPath, judge, leafOf, rootOf } from './path-question.ts'

const withoutExtension = (id: string) => (certificate: { extensions: readonly TestExtension[] }) =>
  certificate.extensions.filter((one) => one.id !== id)

describe('checkPath()', () => {
  it('finds the authority that issued the leaf', () => {
    const by = makeAuthority()
    const root = rootOf(makeAuthority({ name: 'other' }), by)
    const { path, checks } = findPath(leafOf({ by }), root)
    expect(checks.map(({ outcome }) => outcome)).toEqual(['accepted', 'accepted', 'accepted'])
    expect(path?.root.name).toBe('test')
  })

  it('accepts a root that issues leaves itself', () => {
    expect(judge({ isFlat: true })).toEqual([])
  })

  it('says nothing about time where no time is given', () => {
    const { path, checks } = findPath(leafOf(), makeRoot(), [])
    expect(checks.map(({ name }) => name)).toEqual(['certificate-path'])
    expect(path?.authority.uri).toBe('https://test.example')
  })

  it('refuses a leaf of an authority that no root knows', () => {
    const stranger = makeAuthority({ name: 'stranger' })
    expect(codesOf(leafOf({ by: stranger }), makeRoot())).toEqual([
      'verify/certificate-authority-unknown',
    ])
  })

  it('tells authorities of one name apart by their keys, as those of public-good and staging', () => {
    const key = makeKey('P-384')
    const staging = { ...makeAuthority(), issuer: { name: 'test intermediate', key } }
    const leaf = leafOf({ by: staging })
    expect(codesOf(leaf, makeRoot())).toEqual(['verify/certificate-authority-unknown'])
    expect(findPath(leaf, makeRoot()).checks[0]).toMatchObject({
      expected: expect.stringMatching(
        /^an authority of ".+" with the key id [0-9a-f]{40}$/,
      ) as string,
      found: expect.stringMatching(
        /"CN=test intermediate" with the key id [0-9a-f]{40}$/,
      ) as string,
      hint: expect.stringContaining('--trust FILE --name NAME (--live | --rehearsal)') as string,
    })
    expect(codesOf(leafOf(), makeRoot())).toEqual([])
  })

  it('names some of many authorities, and says where a leaf names no key', () => {
    const many = Array.from({ length: 7 }, (_, index) =>
      makeAuthority({
        name: `other-${index}`,
        changeIntermediate: (it) => ({
          ...it,
          extensions: [extension.subjectKeyId(makeKey('P-256'))],
        }),
      }),
    )
    const leaf = leafOf({ by: makeAuthority(), without: [IDS.authorityKeyId] })
    expect(findPath(leaf, rootOf(...many)).checks[0]).toMatchObject({
      code: 'verify/certificate-authority-unknown',
      expected: expect.stringMatching(/ and 2 more$/) as string,
      found: expect.stringMatching(/ with no key id$/) as string,
    })
    expect(codesOf(leaf, rootOf(...many, makeAuthority()))).toEqual([])
  })

  it('refuses a leaf that only claims to be of the authority', () => {
    const forger = {
      ...makeAuthority(),
      issuer: { name: 'test intermediate', key: makeKey('P-384') },
    }
    const leaf = leafOf({ by: forger, extensions: [extension.authorityKeyId(INTERMEDIATE_KEY)] })
    expect(codesOf(leaf, makeRoot())).toEqual(['verify/certificate-forged'])
    const nameless = leafOf({ by: forger, without: [IDS.authorityKeyId] })
    expect(codesOf(nameless, makeRoot())).toEqual(['verify/certificate-forged'])
  })

  it('finds the issuer by its name alone where the leaf names no key', () => {
    expect(codesOf(leafOf({ without: [IDS.authorityKeyId] }), makeRoot())).toEqual([])
  })

  it.each<[string, AuthorityOptions]>([
    [
      'an issuer that is no authority',
      {
        changeIntermediate: (it) => ({
          ...it,
          extensions: withoutExtension(IDS.basicConstraints)(it),
        }),
      },
    ],
    [
      'an issuer that may not sign certificates',
      {
        changeIntermediate: (it) => ({
          ...it,
          extensions: [...withoutExtension(IDS.keyUsage)(it), extension.keyUsage(0)],
        }),
      },
    ],
    [
      'an issuer without a key usage',
      { changeIntermediate: (it) => ({ ...it, extensions: withoutExtension(IDS.keyUsage)(it) }) },
    ],
    [
      'an issuer for other purposes',
      {
        changeIntermediate: (it) => ({
          ...it,
          extensions: [...withoutExtension(IDS.purposes)(it), extension.purposes([IDS.serverAuth])],
        }),
      },
    ],
    [
      'a root for other purposes',
      {
        changeRoot: (it) => ({
          ...it,
          extensions: [...it.extensions, extension.purposes([IDS.timeStamping])],
        }),
      },
    ],
    [
      'an issuer with a critical extension that nobody knows',
      {
        changeIntermediate: (it) => ({
          ...it,
          extensions: [
            ...it.extensions,
            { id: '2.5.29.30', value: Buffer.from('3000', 'hex'), isCritical: true },
          ],
        }),
      },
    ],
    [
      'a root that allows no authority below it',
      {
        changeRoot: (it) => ({
          ...it,
          extensions: [extension.authority(0), ...withoutExtension(IDS.basicConstraints)(it)],
        }),
      },
    ],
    [
      'an intermediate that names another root',
      { changeIntermediate: (it) => ({ ...it, issuer: 'another root' }) },
    ],
    [
      'an intermediate that another root signed',
      { changeIntermediate: (it) => ({ ...it, issuerKey: makeKey('P-384') }) },
    ],
    [
      'a root that did not sign itself',
      { changeRoot: (it) => ({ ...it, issuerKey: makeKey('P-384') }) },
    ],
    [
      'an intermediate signed with SHA-1 (A-28)',
      { changeIntermediate: (it) => ({ ...it, algorithm: 'ecdsa-sha1' }) },
    ],
    ['a root of an older version', { changeRoot: (it) => ({ ...it, version: 0 }) }],
  ])('refuses %s', (_, options) => {
    expect(judge(options)).toEqual(['verify/certificate-path'])
  })

  it.each<[string, AuthorityOptions]>([
    [
      'without limits of length',
      {
        changeRoot: (it) => ({
          ...it,
          extensions: [extension.authority(), ...withoutExtension(IDS.basicConstraints)(it)],
        }),
      },
    ],
    [
      'for any purpose',
      {
        changeIntermediate: (it) => ({
          ...it,
          extensions: [...withoutExtension(IDS.purposes)(it), extension.purposes(['2.5.29.37.0'])],
        }),
      },
    ],
    [
      'without purposes',
      { changeIntermediate: (it) => ({ ...it, extensions: withoutExtension(IDS.purposes)(it) }) },
    ],
    [
      'under an anchor that another authority issued',
      { changeRoot: (it) => ({ ...it, issuer: 'above', issuerKey: makeKey('P-384') }) },
    ],
    [
      'with an extension that is not critical',
      {
        changeIntermediate: (it) => ({
          ...it,
          extensions: [...it.extensions, { id: '2.5.29.32', value: Buffer.from('3000', 'hex') }],
        }),
      },
    ],
  ])('accepts an authority %s', (_, options) => {
    expect(judge(options)).toEqual([])
  })

  it('refuses an authority whose key does not count', () => {
    const key = makeKey('secp256k1')
    const weak = makeAuthority({ changeIntermediate: (it) => ({ ...it, key }) })
    const leaf = leafOf({ by: { ...weak, issuer: { name: 'test intermediate', key } } })
    const byName = leafOf({
      by: { ...weak, issuer: { name: 'test intermediate', key } },
      without: [IDS.authorityKeyId],
    })
    expect(codesOf(leaf, rootOf(weak))).toEqual(['verify/certificate-authority-unknown'])
    expect(codesOf(byName, rootOf(weak))).toEqual(['verify/certificate-path'])
  })

  it('takes no part of a root that a weak key signed', () => {
    const key = makeKey('secp256k1')
    const weak = makeAuthority({
      changeRoot: (it) => ({ ...it, key, issuerKey: key }),
      changeIntermediate: (it) => ({
        ...it,
        issuerKey: key,
        extensions: it.extensions.filter(({ id }) => id !== IDS.authorityKeyId),
      }),
    })
    expect(codesOf(leafOf({ by: weak }), rootOf(weak))).toEqual(['verify/certificate-path'])
  })

  it('passes over an authority whose first certificate can not be read', () => {
    const { authority } = makeAuthority()
    const broken = { ...authority, certificates: [Buffer.from('3000', 'hex')] as const }
    expect(codesOf(leafOf(), makeRoot({ certificateAuthorities: [broken, authority] }))).toEqual([])
    expect(codesOf(leafOf(), makeRoot({ certificateAuthorities: [broken] }))).toEqual([
      'verify/certificate-authority-unknown',
    ])
  })
})
