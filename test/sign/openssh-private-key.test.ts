import { describe, expect, it } from 'vitest'
import { parsePrivateKey } from '../../src/sign/index.ts'
import { encodePem } from '../../src/trust/index.ts'
import { codes, ED25519_JWK } from '../trust/keys.ts'

/** RFC 8037 appendix A.1. */
const SEED = Buffer.from('nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A', 'base64url')
const POINT = Buffer.from(ED25519_JWK.x, 'base64url')

const count = (value: number) => Buffer.from(value.toString(16).padStart(8, '0'), 'hex')
const field = (value: Uint8Array | string) => {
  const bytes = Buffer.from(value)
  return Buffer.concat([count(bytes.length), bytes])
}
const blob = (point: Uint8Array) => Buffer.concat([field('ssh-ed25519'), field(point)])

/** PROTOCOL.key, with any part replaced. */
function encode({
  magic = 'openssh-key-v1\0',
  cipher = 'none',
  kdf = 'none',
  keys = 1,
  outer = blob(POINT),
  checks = [7, 7],
  type = 'ssh-ed25519',
  point = POINT,
  pair = Buffer.concat([SEED, POINT]),
  padding = Uint8Array.of(1, 2, 3),
  rest = new Uint8Array(),
}: {
  magic?: string
  cipher?: string
  kdf?: string
  keys?: number
  outer?: Uint8Array
  checks?: readonly number[]
  type?: string
  point?: Uint8Array
  pair?: Uint8Array
  padding?: Uint8Array
  rest?: Uint8Array
} = {}): Uint8Array {
  const secrets = [
    ...checks.map(count),
    field(type),
    field(point),
    field(pair),
    field('a comment'),
    padding,
  ]
  return Buffer.concat([
    Buffer.from(magic),
    field(cipher),
    field(kdf),
    field(''),
    count(keys),
    field(outer),
    field(Buffer.concat(secrets)),
    rest,
  ])
}

const parse = (bytes: Uint8Array) => {
  return parsePrivateKey(Buffer.from(encodePem('OPENSSH PRIVATE KEY', bytes)))
}

describe('a private key of OpenSSH', () => {
  it('is the key of RFC 8037 in its own form', () => {
    expect(parse(encode())).toMatchObject({
      ok: true,
      value: { publicKey: { keyId: 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k' } },
    })
  })

  const other = Buffer.from(
    'PUAXw-hDiVqStwqnTRt-vJyYLM8uxJaMwM1V8Sr0Zgw', // RFC 8032 section 7.1, test 2
    'base64url',
  )
  it.each<[string, string, Uint8Array]>([
    ['another magic', 'sign/key-damaged', encode({ magic: 'openssh-key-v2\0' })],
    ['nothing', 'sign/key-damaged', new Uint8Array()],
    ['a cipher', 'sign/key-encryption', encode({ cipher: 'aes256-ctr', kdf: 'bcrypt' })],
    ['a key derivation alone', 'sign/key-encryption', encode({ kdf: 'bcrypt' })],
    ['two keys', 'sign/key-damaged', encode({ keys: 2 })],
    ['no key', 'sign/key-damaged', encode({ keys: 0 })],
    ['bytes after the end', 'sign/key-damaged', encode({ rest: Uint8Array.of(0) })],
    ['two check numbers', 'sign/key-damaged', encode({ checks: [7, 8] })],
    ['half a check number', 'sign/key-damaged', encode({ checks: [7] })],
    ['a kind of key that is not read', 'sign/key-format', encode({ type: 'ssh-dss' })],
    ['a hardware key', 'sign/key-format', encode({ type: 'sk-ssh-ed25519@openssh.com' })],
    ['another kind outside', 'trust/key-invalid', encode({ outer: field('ssh-rsa') })],
    ['a short pair', 'sign/key-damaged', encode({ pair: SEED })],
    ['a pair with another point', 'sign/key-damaged', encode({ point: other })],
    ['other padding', 'sign/key-damaged', encode({ padding: Uint8Array.of(1, 2, 4) })],
    [
      'a point that is not of its seed, everywhere',
      'sign/key-mismatch',
      encode({ outer: blob(other), point: other, pair: Buffer.concat([SEED, other]) }),
    ],
    ['the outer point of another key', 'sign/key-mismatch', encode({ outer: blob(other) })],
  ])('is refused with %s (%s)', (_, code, bytes) => {
    expect(codes(parse(bytes))).toEqual([code])
  })

  it('is refused wherever it is cut', () => {
    const whole = encode()
    for (let length = 0; length < whole.length; length++) {
      expect(parse(whole.subarray(0, length)).ok).toBe(false)
    }
  })
})
