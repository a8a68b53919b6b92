// Bundles whose parts are all good, written so that two readers may read two things.

import { digestOf, signedBundle, statement } from '../../../release.ts'
import type { Family } from '../attack.ts'
import { ARTIFACT, type Making, STATEMENT } from '../scene.ts'

/** A bundle as JSON, as far as it is changed here. */
interface OpenBundle {
  mediaType: unknown
  verificationMaterial: OpenMaterial
  dsseEnvelope: { signatures: [OpenSignature, ...OpenSignature[]] }
  messageSignature: { messageDigest: object }
}

interface OpenSignature {
  sig: string
  keyid?: string
}

interface OpenMaterial {
  certificate?: unknown
  tlogEntries: [object, ...object[]]
  timestampVerificationData: { rfc3161Timestamps: [unknown, ...unknown[]] }
}

/** Changes the bundle, or gives another in its place. */
const json = (change: (bundle: OpenBundle) => unknown): Making => ({
  text: (text) => {
    const bundle = JSON.parse(text) as OpenBundle
    return JSON.stringify(change(bundle) ?? bundle)
  },
})

const mediaType = (type: unknown) => json((bundle) => ({ ...bundle, mediaType: type }))

/** The signature in base64, spelt in another way. */
const spelt = (spell: (base64: string) => string) =>
  json(({ dsseEnvelope }) => {
    const [signature] = dsseEnvelope.signatures
    signature.sig = spell(signature.sig)
  })

const material = (change: (material: OpenMaterial) => void) =>
  json(({ verificationMaterial }) => change(verificationMaterial))

/** The digest that a message signature names for people. */
const hinted = (members: object): Making => ({
  content: 'message',
  ...json(({ messageSignature }) => {
    Object.assign(messageSignature.messageDigest, members)
  }),
})

/** The verifier has the digest of what it asks about, and no bytes. */
const byDigest = (artifact: string): Making => ({
  expectation: {
    artifacts: {
      kind: 'artifacts',
      artifacts: [{ name: 'artifact', digest: { sha256: digestOf(artifact) }, isFileDigest: true }],
    },
  },
})
const BY_DIGEST = byDigest(ARTIFACT)

export const DOCUMENTS: Family = {
  name: 'documents',
  attacks: [
    {
      ids: ['A-13', 'SJ-16'],
      defect: 'an envelope and a message signature are both there',
      codes: ['bundle/content'],
      ways: {
        both: json((bundle) => {
          const [{ sig }] = bundle.dsseEnvelope.signatures
          Object.assign(bundle, { messageSignature: { signature: sig } })
        }),
      },
    },
    {
      ids: ['A-13'],
      defect: 'the envelope has two signatures, or none',
      codes: ['bundle/signatures'],
      ways: {
        'a foreign one first': json(({ dsseEnvelope }) => {
          dsseEnvelope.signatures.unshift({ sig: 'AAAA' })
        }),
        'a foreign one last': json(({ dsseEnvelope }) => {
          dsseEnvelope.signatures.push({ sig: 'AAAA' })
        }),
        none: json(({ dsseEnvelope }) => {
          Object.assign(dsseEnvelope, { signatures: [] })
        }),
      },
    },
    {
      ids: ['SJ-7'],
      defect: 'the media type is not exactly one of a bundle',
      codes: ['bundle/media-type'],
      ways: Object.fromEntries(
        [
          'application/vnd.dev.sigstore.bundle.v0.9+json',
          'application/vnd.dev.sigstore.bundle.v0.3+jsonEVIL',
          'application/vnd.dev.sigstore.bundle.v0.3+json ',
          'application/json',
          3,
          undefined,
        ].map((type) => [String(type), mediaType(type)]),
      ),
      twin: mediaType('application/vnd.dev.sigstore.bundle+json;version=0.3'),
    },
    {
      ids: ['SJ-6'],
      defect: 'a member is not known',
      codes: ['bundle/member-unknown'],
      ways: {
        'of the bundle': json((bundle) => {
          Object.assign(bundle, { more: true })
        }),
        'of the log entry': material(({ tlogEntries }) => {
          Object.assign(tlogEntries[0], { more: true })
        }),
        'the protobuf name of the envelope': json((bundle) => {
          Object.assign(bundle, { dsse_envelope: bundle.dsseEnvelope })
        }),
      },
    },
    {
      ids: ['SJ-6', 'A-96'],
      defect: 'base64 is spelt in another way',
      codes: ['bundle/base64'],
      ways: {
        'junk within': spelt((sig) => `${sig.slice(0, 4)}!${sig.slice(4)}`),
        'a line break within': spelt((sig) => `${sig.slice(0, 4)}\n${sig.slice(4)}`),
        'blanks at the end': spelt((sig) => `${sig} `),
        'more after the end': spelt((sig) => `${sig}=`),
      },
    },
    {
      ids: ['A-14'],
      defect: 'the hint and the key id of the envelope differ',
      codes: ['bundle/hint'],
      ways: {
        'of a key': json((bundle) => {
          Object.assign(bundle, { verificationMaterial: { publicKey: { hint: 'one' } } })
          bundle.dsseEnvelope.signatures[0].keyid = 'another'
        }),
      },
    },
    {
      ids: ['A-12', 'A-35'],
      defect: 'a certificate and a key are both there, or neither, or a chain where there is none',
      codes: ['bundle/key-material'],
      ways: {
        both: material((it) => {
          Object.assign(it, { publicKey: { hint: 'key' } })
        }),
        neither: material((it) => {
          delete it.certificate
        }),
        'a chain': material((it) => {
          Object.assign(it, { x509CertificateChain: { certificates: [it.certificate] } })
          delete it.certificate
        }),
      },
    },
    {
      ids: ['SJ-11'],
      defect: 'there are more log entries or timestamps than anybody reads',
      codes: ['bundle/limit'],
      ways: {
        'log entries': material((it) => {
          const [one] = it.tlogEntries
          it.tlogEntries.push(...Array.from({ length: 999 }, () => one))
        }),
        timestamps: material((it) => {
          const [one] = it.timestampVerificationData.rfc3161Timestamps
          it.timestampVerificationData.rfc3161Timestamps.push(
            ...Array.from({ length: 32 }, () => one),
          )
        }),
      },
    },
    {
      ids: ['A-10'],
      defect: 'a number is none of 64 bits, or spelt in another way',
      codes: ['bundle/member'],
      ways: Object.fromEntries(
        ['-1', '01', '0x1', '1.0', '', ' 1', '9223372036854775808', 1e300, 1.5].map((index) => [
          JSON.stringify(index),
          material(({ tlogEntries }) => {
            Object.assign(tlogEntries[0], { logIndex: index })
          }),
        ]),
      ),
    },
    {
      ids: ['A-01', 'A-92', 'SJ-9'],
      defect: 'the digest that the bundle names is not of the artifact, or of no known algorithm',
      codes: ['verify/digest-hint'],
      ways: {
        'of nothing': hinted({ digest: Buffer.alloc(32).toString('base64') }),
        empty: hinted({ digest: 'AA==' }),
        ...Object.fromEntries(
          ['SHA3_256', 'SHA2_384', 'sha256', 'constructor', 'toString', '__proto__'].map(
            (algorithm) => [algorithm, hinted({ algorithm })],
          ),
        ),
      },
      twin: { content: 'message' },
    },
    {
      ids: ['A-01', 'SJ-9'],
      defect: 'the digest that the bundle names is not the one at hand, where the bytes are not',
      codes: ['verify/digest-hint'],
      ways: {
        'of nothing': { ...hinted({ digest: Buffer.alloc(32).toString('base64') }), ...BY_DIGEST },
        constructor: { ...hinted({ algorithm: 'constructor' }), ...BY_DIGEST },
      },
      twin: { content: 'message', ...BY_DIGEST },
      alike: 'the bytes are one way to have the digest',
    },
    {
      ids: ['A-01'],
      defect: 'only a digest is at hand, and it is of another artifact',
      codes: [
        'verify/certificate-signature-invalid',
        'verify/log-digest-mismatch',
        'verify/log-entry-missing',
      ],
      ways: {
        'in Rekor v1': { content: 'message', ...byDigest('another') },
        'in Rekor v2': { content: 'message', log: { generation: 2 }, ...byDigest('another') },
      },
      twin: { content: 'message', log: { generation: 2 }, ...BY_DIGEST },
    },
    {
      ids: ['SJ-5'],
      defect: 'the envelope is about another artifact',
      codes: ['verify/subject-missing'],
      ways: {
        'of another release': {
          statement: {
            ...STATEMENT,
            subject: [{ name: 'artifact', digest: { sha256: digestOf('another') } }],
          },
        },
      },
    },
    {
      ids: ['A-14'],
      defect: 'the envelope of another signer stands under the certificate',
      codes: [
        'verify/certificate-signature-invalid',
        'verify/log-digest-mismatch',
        'verify/log-entry-missing',
        'verify/log-signature-mismatch',
        'verify/time-missing',
        'verify/timestamp-imprint',
      ],
      ways: {
        spliced: json((bundle) => ({
          ...bundle,
          dsseEnvelope: signedBundle(statement())['dsseEnvelope'],
        })),
      },
    },
  ],
}
