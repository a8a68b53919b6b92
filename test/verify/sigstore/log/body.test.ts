import { describe, expect, it } from 'vitest'
import { encodeCanonicalJson, type JsonObject, type JsonValue } from '../../../../src/core/index.ts'
import { encodePem } from '../../../../src/trust/index.ts'
import { parseBody } from '../../../../src/verify/sigstore/log/body/body.ts'
import { checkBody, type LoggedQuestion } from '../../../../src/verify/sigstore/log/entry-match.ts'
import {
  dsseV1,
  dsseV2,
  envelopeV2,
  hashedRekordV1,
  hashedRekordV2,
  intotoV2,
} from '../test-bodies.ts'
import { createTestLog } from '../test-log.ts'
import {
  ARTIFACT,
  BY_CERTIFICATE,
  BY_KEY,
  CERTIFICATE,
  codesOf,
  digest,
  DSSE,
  ENVELOPE,
  MESSAGE,
  SIGNATURE,
  SPKI,
} from './signed.ts'

const entryOf = (body: JsonObject) => {
  const log = createTestLog({ generation: 1 })
  return log.entry(log.append(body))
}
const check = (body: JsonObject, question: LoggedQuestion) =>
  codesOf({ checks: checkBody(entryOf(body), question) })
const base64 = (bytes: Uint8Array | string) => Buffer.from(bytes).toString('base64')

/** The body with another value at a place, or without it. */
function changed(body: JsonObject, path: string, value?: JsonValue): JsonObject {
  const [name = '', ...rest] = path.split('.')
  const copy: Record<string, JsonValue> = { ...body }
  if (rest.length > 0) {
    const inner = copy[name] as JsonObject
    const next = changed(inner, rest.join('.'), value)
    copy[name] = Array.isArray(inner) ? Object.values(next) : next
  } else if (value === undefined) delete copy[name]
  else copy[name] = value
  return copy
}

/** Each kind, about the same signature by the same key. */
const KINDS: readonly (readonly [name: string, body: JsonObject, question: LoggedQuestion])[] = [
  ['hashedrekord 0.0.1', hashedRekordV1(ARTIFACT, SIGNATURE, BY_KEY), MESSAGE],
  ['hashedrekord 0.0.2', hashedRekordV2(ARTIFACT, SIGNATURE, BY_KEY), MESSAGE],
  ['hashedrekord 0.0.2 of an envelope', envelopeV2(ENVELOPE, BY_KEY), DSSE],
  ['dsse 0.0.1', dsseV1(ENVELOPE, BY_KEY), DSSE],
  ['dsse 0.0.2', dsseV2(ENVELOPE, BY_KEY), DSSE],
  ['intoto 0.0.2', intotoV2(ENVELOPE, BY_KEY), DSSE],
  ['intoto 0.0.2 with the payload', intotoV2(ENVELOPE, BY_KEY, { hasPayload: true }), DSSE],
]

describe.each(KINDS)('an entry of %s', (name, body, question) => {
  it('is about the signature that it logs', () => {
    expect(check(body, question)).toEqual([])
  })

  it('is not about another signature by the same key over the same bytes', () => {
    const signature = Buffer.concat([question.signature.subarray(0, -1), Buffer.of(0)])
    expect(check(body, { ...question, signature })).toEqual(['verify/log-signature-mismatch'])
    const longer = Buffer.concat([question.signature, Buffer.of(0)])
    expect(check(body, { ...question, signature: longer })).toEqual([
      'verify/log-signature-mismatch',
    ])
  })

  it('is not about another key, and not about a certificate', () => {
    const spki = Uint8Array.from(SPKI)
    spki[40] = (spki[40] ?? 0) ^ 1
    const verifiers = [{ spki }, { certificate: SPKI }]
    for (const verifier of verifiers) {
      expect(check(body, { ...question, verifier })).toEqual(['verify/log-key-mismatch'])
    }
  })

  it('is not about other bytes', () => {
    const others: readonly LoggedQuestion['content'][] = [
      { kind: 'message', digests: { sha256: digest('sha256', Buffer.from('other')) } },
      { kind: 'message', digests: { sha512: digest('sha512', ARTIFACT) } },
      { kind: 'dsse', envelope: { ...ENVELOPE, payload: Buffer.from('{}') } },
    ]
    for (const content of others) {
      expect(check(body, { ...question, content })).toEqual(['verify/log-digest-mismatch'])
    }
  })

  it('tells everything that it is not about', () => {
    const content = { kind: 'message' as const, digests: {} }
    const verifier = { certificate: CERTIFICATE }
    expect(check(body, { signature: Buffer.of(1), content, verifier })).toEqual([
      'verify/log-signature-mismatch',
      'verify/log-key-mismatch',
      'verify/log-digest-mismatch',
    ])
  })

  it('has no member that its kind does not know, and lacks none', () => {
    const spec = body['spec'] as JsonObject
    const wrong = [
      { ...body, more: 1 },
      { ...body, spec: { ...spec, more: 1 } },
      { ...body, spec: {} },
      changed(body, 'kind'),
    ]
    for (const other of wrong) {
      // The entry names the kind, as the body may not.
      const entry = { ...entryOf(other), kind: name.split(' ')[0] ?? '' }
      expect(codesOf({ checks: checkBody(entry, question) })).toEqual([
        'verify/log-entry-malformed',
      ])
    }
  })
})

describe('an entry with a certificate', () => {
  it.each([
    ['hashedrekord 0.0.1', hashedRekordV1(ARTIFACT, SIGNATURE, BY_CERTIFICATE), MESSAGE],
    ['hashedrekord 0.0.2', hashedRekordV2(ARTIFACT, SIGNATURE, BY_CERTIFICATE), MESSAGE],
    ['dsse 0.0.1', dsseV1(ENVELOPE, BY_CERTIFICATE), DSSE],
    ['dsse 0.0.2', dsseV2(ENVELOPE, BY_CERTIFICATE), DSSE],
    ['intoto 0.0.2', intotoV2(ENVELOPE, BY_CERTIFICATE), DSSE],
  ])('of %s is about that certificate alone', (_, body, question) => {
    expect(check(body, { ...question, verifier: BY_CERTIFICATE })).toEqual([])
    const wrong = [
      { certificate: Buffer.concat([CERTIFICATE, Buffer.of(0)]) },
      { certificate: CERTIFICATE.subarray(1) },
      { spki: CERTIFICATE },
      BY_KEY,
    ]
    for (const verifier of wrong) {
      expect(check(body, { ...question, verifier })).toEqual(['verify/log-key-mismatch'])
    }
  })
})

describe('an entry over an envelope', () => {
  it('of hashedrekord 0.0.1 is about its PAE', () => {
    const pae = hashedRekordV1(Buffer.from('payload'), ENVELOPE.signature, BY_KEY)
    expect(check(pae, DSSE)).toEqual(['verify/log-digest-mismatch'])
  })

  it('of intoto is about its payload type too', () => {
    const body = intotoV2({ ...ENVELOPE, payloadType: 'text/plain' }, BY_KEY)
    expect(check(body, DSSE)).toEqual(['verify/log-digest-mismatch'])
  })

  it.each(['sha384', 'sha512'])('is compared by %s where it names that', (algorithm) => {
    const value = Buffer.from(digest(algorithm, ENVELOPE.payload)).toString('hex')
    const body = changed(dsseV1(ENVELOPE, BY_KEY), 'spec.payloadHash', { algorithm, value })
    expect(check(body, DSSE)).toEqual([])
    const wrong = { algorithm, value: value.replace(/^./, (digit) => (digit === '0' ? '1' : '0')) }
    expect(check(changed(body, 'spec.payloadHash', wrong), DSSE)).toEqual([
      'verify/log-digest-mismatch',
    ])
  })
})

describe('an entry over an artifact', () => {
  it.each([
    ['SHA2_384', 'sha384'],
    ['SHA2_512', 'sha512'],
  ])('is compared by %s where it names that', (algorithm, name) => {
    const sum = digest(name, ARTIFACT)
    const body = changed(
      hashedRekordV2(ARTIFACT, SIGNATURE, BY_KEY),
      'spec.hashedRekordV002.data',
      { algorithm, digest: base64(sum) },
    )
    const digests = { sha256: digest('sha256', ARTIFACT), [name]: sum }
    expect(check(body, { ...MESSAGE, content: { kind: 'message', digests } })).toEqual([])
    expect(check(body, MESSAGE)).toEqual(['verify/log-digest-mismatch'])
  })
})

describe('parseBody()', () => {
  const v1 = hashedRekordV1(ARTIFACT, SIGNATURE, BY_KEY)
  const v2 = hashedRekordV2(ARTIFACT, SIGNATURE, BY_KEY)
  const codeOf = (entry: Parameters<typeof parseBody>[0]) => {
    const parsed = parseBody(entry)
    return parsed.ok ? 'accepted' : parsed.problems[0].code
  }

  it.each([
    ['intoto', '0.0.1'],
    ['hashedrekord', '0.0.3'],
    ['hashedrekord', '0.0.1 '],
    ['HashedRekord', '0.0.1'],
    ['rekord', '0.0.1'],
    ['', ''],
    ['__proto__', '0.0.1'],
  ])('refuses the kind %j in version %j', (kind, version) => {
    expect(codeOf({ ...entryOf(v1), kind, version })).toBe('verify/log-entry-kind')
    expect(codeOf(entryOf(v1))).toBe('accepted')
  })

  it.each([
    ['hashedrekord', '0.0.2', v1],
    ['hashedrekord', '0.0.1', v2],
    ['dsse', '0.0.1', v1],
  ])('refuses the body of another kind than %s %s', (kind, version, body) => {
    expect(codeOf({ ...entryOf(body), kind, version })).toBe('verify/log-entry-malformed')
  })

  it.each([
    ['nothing', ''],
    ['no JSON', '{'],
    ['a list', '[]'],
    ['a text', '"hashedrekord"'],
    ['null', 'null'],
    ['a member twice', '{"kind":"hashedrekord","kind":"hashedrekord"}'],
    ['no UTF-8', '\u00FF'],
  ])('refuses %s', (_, text) => {
    const canonicalizedBody = Buffer.from(text, 'latin1')
    const entry = { kind: 'hashedrekord', version: '0.0.1', canonicalizedBody }
    expect(codeOf(entry)).toBe('verify/log-entry-malformed')
  })

  const content = 'spec.signature.content'
  const key = 'spec.signature.publicKey.content'
  const hash = 'spec.data.hash'
  const pem = encodePem('PUBLIC KEY', SPKI)
  it.each([
    ['a signature in base64url', v1, content, '_-=='],
    ['a signature with a newline', v1, content, `${base64(SIGNATURE)}\n`],
    ['a signature that is no text', v1, content, 1],
    ['a signature of no bytes', v1, content, ''],
    ['a key in DER', v1, key, base64(SPKI)],
    ['a key in bare PEM', v1, key, pem],
    ['two keys', v1, key, base64(`${pem}${pem}`)],
    ['a key under another label', v1, key, base64(encodePem('RSA PUBLIC KEY', SPKI))],
    ['a key under the label of a prototype', v1, key, base64(encodePem('CONSTRUCTOR', SPKI))],
    ['a key that is no text', v1, key, base64(Buffer.of(255))],
    ['an unknown digest', v1, hash, { algorithm: 'md5', value: '00' }],
    ['an upper-case digest', v1, hash, { algorithm: 'sha256', value: 'AB' }],
    ['half a byte of a digest', v1, hash, { algorithm: 'sha256', value: 'abc' }],
    ['an unknown digest', v2, 'spec.hashedRekordV002.data.algorithm', 'sha256'],
    ['a digest in hexadecimal', v2, 'spec.hashedRekordV002.data.digest', 'abc'],
    ['no verifier', v2, 'spec.hashedRekordV002.signature.verifier', { keyDetails: 'PKIX_ED25519' }],
    [
      'two verifiers',
      v2,
      'spec.hashedRekordV002.signature.verifier',
      {
        keyDetails: 'PKIX_ED25519',
        publicKey: { rawBytes: base64(SPKI) },
        x509Certificate: { rawBytes: base64(CERTIFICATE) },
      },
    ],
    ['no signature', dsseV1(ENVELOPE, BY_KEY), 'spec.signatures', []],
    ['no signature', dsseV2(ENVELOPE, BY_KEY), 'spec.dsseV002.signatures', []],
  ])('refuses %s', (_, body, path, value) => {
    const entry = entryOf(changed(body, path, value))
    expect(codeOf(entry)).toBe('verify/log-entry-malformed')
    expect(codeOf(entryOf(body))).toBe('accepted')
  })

  it('refuses two signatures, of which one could be checked and the other one meant', () => {
    const one = dsseV1(ENVELOPE, BY_KEY)
    const spec = one['spec'] as { readonly signatures: readonly JsonObject[] }
    const [signature = {}] = spec.signatures
    const two = changed(one, 'spec.signatures', [signature, signature])
    expect(codeOf(entryOf(two))).toBe('verify/log-entry-malformed')
  })

  it('refuses a signature of intoto that is in base64 once', () => {
    const body = intotoV2(ENVELOPE, BY_KEY)
    const once = changed(body, 'spec.content.envelope.signatures.0.sig', base64(ENVELOPE.signature))
    expect(codeOf(entryOf(once))).toBe('verify/log-entry-malformed')
  })

  it('says where the body is wrong', () => {
    const parsed = parseBody(entryOf(changed(v1, 'spec.data.hash.value', 'zz')))
    expect(!parsed.ok && parsed.problems).toMatchObject([
      { because: [{ at: '/spec/data/hash/value' }] },
    ])
  })

  it('reads a key id, which nothing follows from', () => {
    const body = intotoV2(ENVELOPE, BY_KEY)
    const named = changed(body, 'spec.content.envelope.signatures.0.keyid', 'SHA256:any')
    expect(codeOf(entryOf(named))).toBe('accepted')
  })

  it('gives the same whatever the order of members', () => {
    const canonical = encodeCanonicalJson(v1)
    const { spec, kind, apiVersion } = v1
    const text = JSON.stringify({ spec, kind, apiVersion })
    const entry = { ...entryOf(v1), canonicalizedBody: Buffer.from(text) }
    expect(canonical.ok && parseBody(entry)).toEqual(parseBody(entryOf(v1)))
  })
})
