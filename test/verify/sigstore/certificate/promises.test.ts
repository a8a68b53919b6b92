import { generateKeyPairSync } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { TransparencyLog } from '../../../../src/trust/index.ts'
import { readLeaf } from '../../../../src/verify/sigstore/certificate/leaf.ts'
import { checkPromises } from '../../../../src/verify/sigstore/certificate/promises.ts'
import { octets } from '../der-writer.ts'
import {
  encodeSct,
  type LeafOptions,
  makeAuthority,
  makeLeaf,
  makeLog,
  makeRoot,
  type SctOptions,
  SIGNED_AT,
  sctExtension,
  vector,
} from '../test-authority.ts'
import { findPath } from './path-question.ts'
import { encodeSigned, extension, IDS, makeKey, spkiOf } from '../test-certificate.ts'

const OTHER_KEY = makeKey()

/** The checks of a leaf, under a root that knows these logs. */
function checksOf(options: LeafOptions, logs: readonly TransparencyLog[] = [makeLog()]) {
  const by = options.by ?? makeAuthority()
  const root = makeRoot({ certificateLogs: logs, certificateAuthorities: [by.authority] })
  const { leaf } = readLeaf([makeLeaf({ by, ...options })])
  const { path } = leaf === undefined ? {} : findPath(leaf, root)
  if (leaf === undefined || path === undefined) throw new Error('Expected a leaf with a path')
  return [checkPromises(leaf, path, root)]
}

const codesOf = (...question: Parameters<typeof checksOf>) =>
  checksOf(...question).flatMap(({ code }) => code ?? [])

/** A leaf with one promise for each of these. */
const promised = (...made: readonly SctOptions[]): LeafOptions => ({
  scts: (request) => made.map((options) => encodeSct(request, options)),
})

/** A leaf whose extension of promises holds these bytes. */
const withList = (value: Uint8Array): LeafOptions => ({
  scts: () => [],
  extensions: [{ id: IDS.scts, value }],
})

describe('checkPromises()', () => {
  it('accepts the promise of a log that the root knows', () => {
    expect(checksOf({}).map(({ outcome, found }) => [outcome, found])).toEqual([
      ['accepted', '"https://ct.example"'],
    ])
  })

  it('accepts promises with extensions, as logs of the static kind write them', () => {
    expect(codesOf(promised({ extensions: Buffer.from('0000050000000001', 'hex') }))).toEqual([])
  })

  it('accepts a promise that stands amid the other extensions', () => {
    const late = extension.claim(23, 'production')
    const leaf: LeafOptions = {
      scts: () => [],
      change: (certificate) => {
        const { extensions } = certificate
        const request = {
          precertificate: encodeSigned({ ...certificate, extensions: [...extensions, late] }),
          issuerSpki: spkiOf(certificate.issuerKey),
        }
        return {
          ...certificate,
          extensions: [...extensions, sctExtension(encodeSct(request)), late],
        }
      },
    }
    expect(codesOf(leaf)).toEqual([])
  })

  it('accepts a log with an RSA key', () => {
    const key = generateKeyPairSync('rsa', { modulusLength: 2_048 })
    expect(codesOf(promised({ key, algorithm: [4, 1] }), [makeLog(key)])).toEqual([])
  })

  it('accepts a promise under a root that issues leaves itself', () => {
    expect(codesOf({ by: makeAuthority({ isFlat: true }) })).toEqual([])
  })

  it('refuses a certificate without any promise', () => {
    expect(codesOf({ scts: () => [] })).toEqual(['verify/sct-missing'])
    expect(codesOf(withList(octets(vector(Buffer.alloc(0)))))).toEqual(['verify/sct-missing'])
  })

  it('refuses a log that no root knows', () => {
    expect(codesOf(promised({ key: OTHER_KEY }))).toEqual(['verify/sct-log-unknown'])
    expect(codesOf({}, [])).toEqual(['verify/sct-log-unknown'])
  })

  it('does not mind a log that it does not know beside one that it knows', () => {
    expect(codesOf(promised({ key: OTHER_KEY }, {}))).toEqual([])
    expect(codesOf(promised({}, { key: OTHER_KEY }))).toEqual([])
  })

  it('refuses a forged promise of a known log, even beside a good one', () => {
    const forged = { key: OTHER_KEY, logId: makeLog().logId }
    expect(codesOf(promised(forged))).toEqual(['verify/sct-invalid'])
    expect(codesOf(promised({}, forged))).toEqual(['verify/sct-invalid'])
  })

  it.each<[string, LeafOptions]>([
    [
      'for another certificate',
      { scts: (request) => [encodeSct({ ...request, precertificate: Buffer.from('other') })] },
    ],
    [
      'for another issuer (CS-4)',
      { scts: (request) => [encodeSct({ ...request, issuerSpki: spkiOf(OTHER_KEY) })] },
    ],
    ['that calls its digest SHA-1', promised({ algorithm: [2, 3] })],
    ['over a SHA-1 digest (A-28)', promised({ digest: 'sha1' })],
    ['that calls itself RSA', promised({ algorithm: [4, 1] })],
  ])('refuses a promise %s', (_, options) => {
    expect(codesOf(options)).toEqual(['verify/sct-invalid'])
  })

  it('refuses every promise of a log whose kind of key no such log has', () => {
    const log = makeLog()
    const odd = { ...log, publicKey: { ...log.publicKey, type: 'ed25519' } } as const
    expect(codesOf({}, [odd])).toEqual(['verify/sct-invalid'])
  })

  it('refuses a promise from outside the time of the log, whose ends belong to it (A-27)', () => {
    const log = (start: number, end?: number) =>
      makeLog(undefined, { validFor: { start, ...(end !== undefined && { end }) } })
    expect(codesOf({}, [log(SIGNED_AT, SIGNED_AT)])).toEqual([])
    expect(codesOf({}, [log(SIGNED_AT + 1)])).toEqual(['verify/sct-log-time'])
    expect(codesOf({}, [log(0, SIGNED_AT - 1)])).toEqual(['verify/sct-log-time'])
    expect(codesOf({}, [log(0, SIGNED_AT - 1), log(0)])).toEqual([])
    expect(codesOf(promised({ key: OTHER_KEY }, {}), [log(SIGNED_AT + 1)])).toEqual([
      'verify/sct-log-time',
    ])
  })

  it.each<[string, (sct: Buffer) => Uint8Array]>([
    [
      'is of another version',
      (sct) => octets(vector(vector(Buffer.concat([Buffer.from([1]), sct.subarray(1)])))),
    ],
    ['is cut off', (sct) => octets(vector(vector(sct.subarray(0, -1))))],
    [
      'goes on after its end',
      (sct) => octets(vector(vector(Buffer.concat([sct, Buffer.alloc(1)])))),
    ],
    ['is empty', () => octets(vector(vector(Buffer.alloc(0))))],
    ['is longer than its list', (sct) => octets(vector(sct))],
    [
      'is of a time beyond all dates',
      (sct) =>
        octets(
          vector(
            vector(Buffer.concat([sct.subarray(0, 33), Buffer.alloc(8, 0xff), sct.subarray(41)])),
          ),
        ),
    ],
    [
      'is in a list that goes on',
      (sct) => octets(Buffer.concat([vector(vector(sct)), Buffer.alloc(1)])),
    ],
    ['is not in an octet string', (sct) => vector(vector(sct))],
  ])('refuses a promise that %s', (_, encode) => {
    const sct = encodeSct({ precertificate: Buffer.alloc(4), issuerSpki: Buffer.alloc(4) })
    expect(codesOf(withList(encode(sct)))).toEqual(['verify/sct-malformed'])
  })
})
