import { generateKeyPairSync } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readLeaf } from '../../../../src/verify/sigstore/certificate/leaf.ts'
import { explicit, oid, sequence, tlv, utcTime, utf8 } from '../der-writer.ts'
import {
  ISSUER,
  LEAF_KEY,
  type LeafOptions,
  makeAuthority,
  makeLeaf,
  WORKFLOW,
} from '../test-authority.ts'
import {
  extension,
  generalName,
  IDS,
  makeKey,
  spkiOf,
  type TestExtension,
} from '../test-certificate.ts'

const codesOf = (chain: readonly [Uint8Array, ...Uint8Array[]]) =>
  readLeaf(chain).checks.flatMap(({ code }) => code ?? [])
const judge = (options: LeafOptions) => codesOf([makeLeaf(options)])
const withExtensions = (...extensions: readonly TestExtension[]) => judge({ extensions })
const named = (...names: readonly Uint8Array[]) => withExtensions(extension.names(...names))

const AUTHORITY = makeAuthority()

describe('readLeaf()', () => {
  it('reads who a certificate of Fulcio is for', () => {
    const { leaf, checks } = readLeaf([makeLeaf()])
    expect(checks.map(({ outcome }) => outcome)).toEqual(['accepted'])
    expect(leaf?.identity).toEqual({
      issuer: ISSUER,
      san: { type: 'uri', value: WORKFLOW },
      claims: {
        githubWorkflowTrigger: 'push',
        runnerEnvironment: 'github-hosted',
        sourceRepositoryIdentifier: '123456',
      },
    })
    expect(leaf?.keyType).toBe('p256')
    expect(leaf?.spki).toEqual(leaf?.publicKey.export({ type: 'spki', format: 'der' }))
  })

  it('gives the same answer for the same bytes, and no leaf where a rule is broken', () => {
    const der = makeLeaf({ extensions: [extension.authority()] })
    expect(readLeaf([der]).leaf).toBeUndefined()
    expect(readLeaf([der]).checks).toEqual(readLeaf([der]).checks)
  })

  it('tells every rule that is broken, not the first alone', () => {
    expect(
      withExtensions(
        extension.authority(),
        extension.keyUsage(5),
        extension.purposes([IDS.serverAuth]),
      ),
    ).toEqual([
      'verify/certificate-authority-leaf',
      'verify/certificate-key-usage',
      'verify/certificate-extended-key-usage',
    ])
  })

  it('refuses the certificate of an authority in place of a leaf', () => {
    expect(withExtensions(extension.authority())).toEqual(['verify/certificate-authority-leaf'])
    const noAuthority = { id: IDS.basicConstraints, value: sequence(), isCritical: true }
    expect(withExtensions(noAuthority)).toEqual([])
  })

  it('demands a key usage of digital signatures, and no other (FUL-1)', () => {
    expect(withExtensions(extension.keyUsage(0))).toEqual([])
    for (const usages of [[], [1], [5], [0, 5]]) {
      expect(withExtensions(extension.keyUsage(...usages))).toEqual([
        'verify/certificate-key-usage',
      ])
    }
    expect(judge({ without: [IDS.keyUsage] })).toEqual(['verify/certificate-key-usage'])
  })

  it('demands the purpose of signing code, and no other (FUL-1)', () => {
    const any = '2.5.29.37.0'
    expect(withExtensions(extension.purposes([IDS.codeSigning]))).toEqual([])
    for (const purposes of [[], [IDS.serverAuth], [any], [IDS.codeSigning, IDS.serverAuth]]) {
      expect(withExtensions(extension.purposes(purposes))).toEqual([
        'verify/certificate-extended-key-usage',
      ])
    }
    expect(judge({ without: [IDS.purposes] })).toEqual(['verify/certificate-extended-key-usage'])
  })

  it('refuses critical extensions that it does not know, such as the poison of a precertificate', () => {
    const poison = { id: IDS.poison, value: Buffer.from('0500', 'hex') }
    expect(withExtensions({ ...poison, isCritical: true })).toEqual([
      'verify/certificate-extension-unknown',
    ])
    expect(withExtensions(poison)).toEqual([])
  })

  it('takes one URI, one e-mail address or one user name as the identity', () => {
    for (const [name, type, value] of [
      [generalName.uri('https://a.example/x'), 'uri', 'https://a.example/x'],
      [generalName.email('a@b.example'), 'email', 'a@b.example'],
      [generalName.user('ann!b.example'), 'other-name', 'ann!b.example'],
    ] as const) {
      const { leaf } = readLeaf([makeLeaf({ extensions: [extension.names(name)] })])
      expect(leaf?.identity.san).toEqual({ type, value })
    }
  })

  it.each([
    ['no name', []],
    ['two names', [generalName.uri(WORKFLOW), generalName.email('a@b.example')]],
    ['the same name twice', [generalName.uri(WORKFLOW), generalName.uri(WORKFLOW)]],
    ['a host', [generalName.dns('a.example')]],
    ['an empty name', [generalName.uri('')]],
    ['a NUL (A-105)', [generalName.email('a@b.example\0.evil.example')]],
    ['a line break', [generalName.uri(`${WORKFLOW}\n`)]],
    ['a URI that is not ASCII (A-101)', [generalName.uri('https://gіthub.com/o/r')]],
    ['a name above 4 KiB', [generalName.uri(`https://a.example/${'a'.repeat(4_096)}`)]],
    ['a user name of another type', [generalName.user('ann', '1.3.6.1.4.1.57264.1.70')]],
    [
      'a user name that is not UTF-8',
      [explicit(0, oid(`${IDS.fulcio}.7`), explicit(0, tlv(0x0c, Buffer.from([0xff]))))],
    ],
    [
      'a user name of another string type',
      [explicit(0, oid(`${IDS.fulcio}.7`), explicit(0, tlv(0x16, Buffer.from('ann'))))],
    ],
    [
      'two user names in one',
      [explicit(0, oid(`${IDS.fulcio}.7`), explicit(0, utf8('a'), utf8('b')))],
    ],
  ])('refuses %s', (_, names) => {
    expect(named(...names)).toEqual(['verify/certificate-name'])
  })

  it('refuses a certificate without any subject alternative name', () => {
    expect(judge({ without: [IDS.name] })).toEqual(['verify/certificate-name'])
  })

  it('accepts a name of exactly 4 KiB', () => {
    expect(named(generalName.uri(`https:${'a'.repeat(4_090)}`))).toEqual([])
  })

  it.each([
    ['P-256', makeKey('P-256')],
    ['P-384', makeKey('P-384')],
    ['P-521', makeKey('P-521')],
    ['Ed25519', generateKeyPairSync('ed25519')],
    ['RSA of 2048 bits', generateKeyPairSync('rsa', { modulusLength: 2_048 })],
  ])('accepts a key of %s', (_, key) => {
    expect(judge({ key })).toEqual([])
  })

  it.each([
    ['secp256k1', makeKey('secp256k1')],
    ['RSA of 1024 bits (A-28)', generateKeyPairSync('rsa', { modulusLength: 1_024 })],
    ['Ed448', generateKeyPairSync('ed448')],
    ['X25519, which signs nothing', generateKeyPairSync('x25519')],
  ])('refuses a key of %s', (_, key) => {
    expect(judge({ key })).toEqual(['verify/certificate-key'])
  })

  it('refuses a signature algorithm with SHA-1, and accepts one with SHA-512 (A-28)', () => {
    const signedBy = (algorithm: 'ecdsa-sha1' | 'ecdsa-sha512') =>
      judge({ change: (certificate) => ({ ...certificate, algorithm }) })
    expect(signedBy('ecdsa-sha1')).toEqual(['verify/certificate-algorithm'])
    expect(signedBy('ecdsa-sha512')).toEqual([])
  })

  it.each([
    ['an older version', makeLeaf({ change: (leaf) => ({ ...leaf, version: 1 }) })],
    [
      'two signature algorithms',
      makeLeaf({ change: (leaf) => ({ ...leaf, outerAlgorithm: 'ecdsa-sha256' }) }),
    ],
    [
      'the same extension twice',
      makeLeaf({
        change: (leaf) => ({ ...leaf, extensions: [...leaf.extensions, extension.claim(15, '9')] }),
      }),
    ],
    [
      'no extensions',
      makeLeaf({ change: (leaf) => ({ ...leaf, extensions: [] }), scts: () => [] }),
    ],
    [
      'a path length without an authority',
      makeLeaf({
        extensions: [{ id: IDS.basicConstraints, value: sequence(Buffer.from('020100', 'hex')) }],
      }),
    ],
    [
      'one time of validity',
      makeLeaf({ change: (leaf) => ({ ...leaf, validity: sequence(utcTime(leaf.notBefore)) }) }),
    ],
    [
      'a default that is written out',
      makeLeaf({ extensions: [{ ...extension.claim(15, '9'), saysNotCritical: true }] }),
    ],
    ['a byte after its end', Buffer.concat([makeLeaf(), Buffer.alloc(1)])],
    ['its end cut off', makeLeaf().subarray(0, -1)],
    ['text', Buffer.from('-----BEGIN CERTIFICATE-----')],
    ['nothing', new Uint8Array()],
  ])('can not read a certificate with %s', (_, der) => {
    expect(codesOf([der])).toEqual(['verify/certificate-malformed'])
  })

  it('refuses a key that is not on its curve', () => {
    const der = makeLeaf()
    const spki = spkiOf(LEAF_KEY)
    der.writeUInt8(
      der.readUInt8(der.indexOf(spki) + spki.length - 1) ^ 1,
      der.indexOf(spki) + spki.length - 1,
    )
    expect(codesOf([der])).toEqual(['verify/certificate-key'])
  })

  it('never throws on what is not a certificate', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => {
        expect(readLeaf([bytes]).leaf).toBeUndefined()
      }),
    )
  })

  it('never throws on a certificate with any byte changed', () => {
    const der = makeLeaf()
    fc.assert(
      fc.property(fc.nat(der.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = Uint8Array.from(der)
        changed[at] = (changed[at] ?? 0) ^ mask
        expect(readLeaf([changed]).checks.length).toBeGreaterThan(0)
      }),
      { numRuns: 400 },
    )
  })
})

describe('the certificates that come along with a leaf', () => {
  const leaf = makeLeaf()
  const { intermediate, rootCertificate } = AUTHORITY

  it('follow each other from the leaf up, and are not used', () => {
    expect(codesOf([leaf, intermediate])).toEqual([])
    expect(codesOf([leaf, intermediate, rootCertificate])).toEqual([])
  })

  it.each([
    ['a root stands in their midst (A-12)', [rootCertificate, intermediate]],
    ['a root stands alone', [rootCertificate]],
    ['one is a leaf again', [makeLeaf()]],
    ['one can not be read', [Buffer.from('3000', 'hex')]],
  ])('are refused where %s', (_, others) => {
    expect(codesOf([leaf, ...others])).toEqual(['verify/certificate-chain'])
  })
})
