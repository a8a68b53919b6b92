// Certificates that a trusted authority signed, and that are none for signing. The second verifier takes most of them.

import { generateKeyPairSync } from 'node:crypto'
import { boolean, explicit, integer, oid, sequence, utf8 } from '../../der-writer.ts'
import { type LeafOptions, LEAF_KEY, makeAuthority, WORKFLOW } from '../../test-authority.ts'
import { extension, generalName, IDS, makeKey, type TestExtension } from '../../test-certificate.ts'
import type { Attack, Family } from '../attack.ts'
import type { Making } from '../scene.ts'

const withLeaf = (leaf: LeafOptions): Making => ({ leaf })
const withExtensions = (...extensions: readonly TestExtension[]) => withLeaf({ extensions })
const withNames = (...names: readonly Uint8Array[]) => withExtensions(extension.names(...names))
const ANY_PURPOSE = '2.5.29.37.0'

/** The certificate as it stands in the bundle, changed after it was signed. */
const changed = (change: (der: Buffer) => Uint8Array): Making => ({
  bundle: (bundle, { certificate }) => ({
    ...bundle,
    keyMaterial: { kind: 'certificate', certificate: Uint8Array.from(change(certificate)) },
  }),
})

/** In a bundle of version 0.2, which holds a chain. */
const chained = (...others: readonly Uint8Array[]): Making => ({
  text: (text) => {
    const bundle = JSON.parse(text)
    const { certificate, ...rest } = bundle.verificationMaterial
    const certificates = others.map((der) => ({ rawBytes: Buffer.from(der).toString('base64') }))
    const x509CertificateChain = { certificates: [certificate, ...certificates] }
    return JSON.stringify({
      ...bundle,
      mediaType: 'application/vnd.dev.sigstore.bundle+json;version=0.2',
      verificationMaterial: { ...rest, x509CertificateChain },
    })
  },
})

const { intermediate, rootCertificate } = makeAuthority()
const EVIL = makeAuthority({ name: 'evil' })

/** Signed by an authority of the attacker's own, which comes along. */
const ownAuthority = (...chain: readonly Uint8Array[]): Making => ({
  ...chained(...chain),
  leaf: { by: EVIL },
})

const NAMES: Attack = {
  ids: ['SJ-2', 'A-105'],
  defect: 'the certificate does not have exactly one readable name',
  codes: ['verify/certificate-name'],
  ways: {
    'the trusted one first': withNames(
      generalName.uri(WORKFLOW),
      generalName.uri('https://evil.example'),
    ),
    'the trusted one last': withNames(
      generalName.email('evil@example.org'),
      generalName.uri(WORKFLOW),
    ),
    'twice the same': withNames(generalName.uri(WORKFLOW), generalName.uri(WORKFLOW)),
    'a user name beside it': withNames(generalName.uri(WORKFLOW), generalName.user('evil')),
    none: withLeaf({ without: [IDS.name] }),
    'an empty list': withNames(),
    'a NUL': withNames(generalName.uri(`${WORKFLOW}\0.evil.example`)),
    'a line break': withNames(generalName.uri(`${WORKFLOW}\n`)),
    'another letter (A-101)': withNames(generalName.uri(WORKFLOW.replace('github', 'g\u0456thub'))),
    'a host': withNames(generalName.dns('github.com')),
    'an address': withNames(generalName.raw(0x87, Buffer.of(127, 0, 0, 1))),
    'another kind of otherName': withNames(generalName.user(WORKFLOW, '1.3.6.1.4.1.311.20.2.3')),
    'two texts in an otherName': withNames(
      explicit(0, oid(`${IDS.fulcio}.7`), explicit(0, utf8(WORKFLOW), utf8(WORKFLOW))),
    ),
  },
}

const READING: Attack = {
  ids: ['A-105'],
  defect: 'the certificate is no strict DER',
  codes: ['verify/certificate-malformed'],
  ways: {
    'a byte after its end': changed((der) => Buffer.concat([der, Buffer.alloc(1)])),
    'its end cut off': changed((der) => der.subarray(0, -1)),
    'an extension twice': withLeaf({
      change: (leaf) => ({ ...leaf, extensions: [...leaf.extensions, extension.claim(15, '9')] }),
    }),
    'two names in two extensions': withLeaf({
      change: (leaf) => ({
        ...leaf,
        extensions: [...leaf.extensions, extension.names(generalName.uri('https://evil.example'))],
      }),
    }),
    'a default written out': withExtensions({ ...extension.claim(15, '9'), saysNotCritical: true }),
    'two signature algorithms': withLeaf({
      change: (leaf) => ({ ...leaf, outerAlgorithm: 'ecdsa-sha256' }),
    }),
    'an older version': withLeaf({ change: (leaf) => ({ ...leaf, version: 1 }) }),
    'a path length without an authority': withExtensions({
      id: IDS.basicConstraints,
      value: sequence(integer(0)),
      isCritical: true,
    }),
    'a truth value of 1': withExtensions({
      id: IDS.basicConstraints,
      value: sequence(Buffer.from('010101', 'hex')),
      isCritical: true,
    }),
  },
}

export const CERTIFICATES: Family = {
  name: 'certificates',
  attacks: [
    NAMES,
    READING,
    {
      ids: ['SJ-3'],
      defect: 'the certificate is one of an authority',
      codes: ['verify/certificate-authority-leaf'],
      ways: {
        'any path': withExtensions(extension.authority()),
        'no path': withExtensions(extension.authority(0)),
        'not critical': withExtensions({
          id: IDS.basicConstraints,
          value: sequence(boolean(true)),
        }),
      },
    },
    {
      ids: ['SJ-3'],
      defect: 'the certificate is not for signing code, or for more',
      codes: ['verify/certificate-extended-key-usage'],
      ways: {
        'for servers': withExtensions(extension.purposes([IDS.serverAuth])),
        'for timestamps': withExtensions(extension.purposes([IDS.timeStamping])),
        'for servers too': withExtensions(extension.purposes([IDS.codeSigning, IDS.serverAuth])),
        'for anything': withExtensions(extension.purposes([ANY_PURPOSE])),
        'for nothing': withExtensions(extension.purposes([])),
        unsaid: withLeaf({ without: [IDS.purposes] }),
      },
    },
    {
      ids: [],
      defect: 'the key in the certificate may do something else than sign, or more',
      codes: ['verify/certificate-key-usage'],
      ways: {
        'sign certificates': withExtensions(extension.keyUsage(5)),
        'sign certificates too': withExtensions(extension.keyUsage(0, 5)),
        'agree on keys': withExtensions(extension.keyUsage(4)),
        nothing: withExtensions(extension.keyUsage()),
        unsaid: withLeaf({ without: [IDS.keyUsage] }),
      },
    },
    {
      ids: ['SJ-3'],
      defect: 'a critical extension is not known',
      codes: ['verify/certificate-extension-unknown'],
      ways: {
        'the poison of a precertificate': withExtensions({
          id: IDS.poison,
          value: Buffer.from('0500', 'hex'),
          isCritical: true,
        }),
        'limits on names': withExtensions({
          id: '2.5.29.30',
          value: sequence(),
          isCritical: true,
        }),
        'a claim': withExtensions({ ...extension.claim(23, 'production'), isCritical: true }),
      },
      twin: withExtensions(extension.claim(23, 'production')),
    },
    {
      ids: ['A-28'],
      defect: 'the certificate is signed with SHA-1',
      codes: ['verify/certificate-algorithm'],
      ways: { ecdsa: withLeaf({ change: (leaf) => ({ ...leaf, algorithm: 'ecdsa-sha1' }) }) },
      twin: withLeaf({ change: (leaf) => ({ ...leaf, algorithm: 'ecdsa-sha512' }) }),
    },
    {
      ids: ['A-28'],
      defect: 'the key in the certificate does not count',
      codes: ['verify/certificate-key'],
      ways: {
        'RSA of 1024 bits': { key: generateKeyPairSync('rsa', { modulusLength: 1_024 }) },
        'a curve of its own': { key: makeKey('secp256k1') },
      },
      twin: { key: generateKeyPairSync('rsa', { modulusLength: 2_048 }) },
    },
    {
      ids: ['A-28', 'SJ-14'],
      defect: 'the signature is not one that the key in the certificate makes over these bytes',
      codes: ['verify/certificate-signature-invalid'],
      ways: {
        'over SHA-1': { digest: 'sha1' },
        'over SHA-512, by P-256': { digest: 'sha512' },
        'over SHA-256, by P-384': { key: makeKey('P-384'), digest: 'sha256' },
        'by another key': { leaf: { key: makeKey('P-256') } },
      },
      twin: { key: makeKey('P-384'), digest: 'sha384' },
    },
    {
      ids: [],
      defect: 'a claim can not be read',
      codes: ['verify/claim-malformed'],
      ways: {
        'bare text where DER is due': withExtensions({
          id: `${IDS.fulcio}.15`,
          value: Buffer.from('123456'),
        }),
        'a byte after it': withExtensions({
          id: `${IDS.fulcio}.15`,
          value: Buffer.concat([utf8('123456'), Buffer.alloc(1)]),
        }),
        'an issuer that is no UTF-8': withExtensions({
          id: `${IDS.fulcio}.1`,
          value: Buffer.of(0xff),
        }),
      },
    },
    {
      ids: ['A-12'],
      defect: 'the attacker brings an authority along',
      codes: ['verify/certificate-authority-unknown'],
      ways: {
        'the whole chain': ownAuthority(EVIL.intermediate, EVIL.rootCertificate),
        'the intermediate alone': ownAuthority(EVIL.intermediate),
      },
      twin: chained(intermediate, rootCertificate),
    },
    {
      ids: ['A-12'],
      defect: 'what comes along does not lead up from the certificate',
      codes: ['verify/certificate-chain'],
      ways: {
        'the root alone': chained(rootCertificate),
        'the root first': chained(rootCertificate, intermediate),
        'a chain of others': chained(EVIL.intermediate, EVIL.rootCertificate),
        'no certificate': chained(sequence()),
      },
      twin: chained(intermediate),
    },
    {
      ids: ['A-12'],
      defect: 'the certificate bears the name of a trusted authority that did not sign it',
      codes: ['verify/certificate-forged'],
      ways: {
        'signed by its own key': withLeaf({
          change: (leaf) => ({ ...leaf, issuerKey: LEAF_KEY, algorithm: 'ecdsa-sha256' }),
        }),
        'signed by another key of the kind': withLeaf({
          change: (leaf) => ({ ...leaf, issuerKey: makeKey('P-384') }),
        }),
      },
    },
    {
      ids: ['A-12'],
      defect: 'a certificate of the trusted root itself stands in place of the signer',
      codes: [
        'verify/certificate-authority-leaf',
        'verify/certificate-extended-key-usage',
        'verify/certificate-key-usage',
        'verify/certificate-name',
        'verify/issuer-missing',
      ],
      ways: { 'the root': changed(() => rootCertificate) },
    },
  ],
}
