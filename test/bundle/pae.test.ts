import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodePae, IN_TOTO_PAYLOAD_TYPE, isInTotoPayloadType } from '../../src/bundle/index.ts'
import { encodeUtf8 } from '../../src/core/index.ts'

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString()

describe('encodePae()', () => {
  it('gives the example of the DSSE specification', () => {
    const pae = encodePae('http://example.com/HelloWorld', encodeUtf8('hello world'))
    expect(text(pae)).toBe('DSSEv1 29 http://example.com/HelloWorld 11 hello world')
    expect(createHash('sha256').update(pae).digest('hex')).toBe(
      '217751fac2c4f14edb2c9297fbc34abcb016ba88e74757e875ec4ac16fb6b6a1',
    )
  })

  it('counts bytes, not characters', () => {
    expect(text(encodePae('application/x-é', new Uint8Array()))).toBe(
      'DSSEv1 16 application/x-é 0 ',
    )
  })

  it('gives different bytes for different pairs of type and payload', () => {
    const pair = fc.tuple(fc.string(), fc.uint8Array())
    fc.assert(
      fc.property(pair, pair, ([typeA, a], [typeB, b]) => {
        const same = typeA === typeB && Buffer.compare(a, b) === 0
        expect(Buffer.compare(encodePae(typeA, a), encodePae(typeB, b)) === 0).toBe(same)
      }),
    )
  })
})

describe('isInTotoPayloadType()', () => {
  it.each([
    IN_TOTO_PAYLOAD_TYPE,
    'application/vnd.in-toto.provenance+json',
    'application/vnd.in-toto.test-result+json',
    'application/vnd.in-toto.vulns_02+json',
  ])('takes %s', (type) => expect(isInTotoPayloadType(type)).toBe(true))

  it.each([
    'application/vnd.in-toto-evil+json',
    'application/vnd.in-toto',
    'application/vnd.in-toto+jsonx',
    'application/vnd.in-toto.+json',
    'application/vnd.in-toto..a+json',
    'application/vnd.in-toto+JSON',
    'Application/vnd.in-toto+json',
    ' application/vnd.in-toto+json',
    'application/vnd.in-toto+json\n',
    'text/plain',
    '',
  ])('refuses %j', (type) => expect(isInTotoPayloadType(type)).toBe(false))
})
