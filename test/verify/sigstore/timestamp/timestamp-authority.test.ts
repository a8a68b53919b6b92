import { describe, expect, it } from 'vitest'
import { checkTimestamps } from '../../../../src/verify/sigstore/timestamp/timestamps.ts'
import { generalizedTime, nothing, tlv, utcTime } from '../der-writer.ts'
import { SIGNED_AT, YEAR } from '../test-authority.ts'
import { extension, IDS, makeKey, type TestExtension } from '../test-certificate.ts'
import { makeTsa, stamp, type TokenOptions, type TsaOptions } from '../test-timestamp.ts'
import {
  codesOf,
  judge,
  judgeTsa,
  MALFORMED,
  ROOT,
  rootOf,
  SIGNATURE,
  TSA,
  without,
} from './question.ts'

describe('the certificate of a timestamp authority', () => {
  const changed = (extensions: (usual: readonly TestExtension[]) => readonly TestExtension[]) =>
    judgeTsa({ changeSigner: (it) => ({ ...it, extensions: extensions(it.extensions) }) })
  const purposes = (ids: readonly string[], isCritical = true) =>
    changed((usual) => [...without(usual, IDS.purposes), extension.purposes(ids, isCritical)])
  const WRONG = ['verify/timestamp-certificate']

  it('has one purpose, critical (TS-4, A-21)', () => {
    expect(purposes([IDS.timeStamping])).toEqual([])
    expect(purposes([IDS.timeStamping], false)).toEqual(WRONG)
    expect(purposes([IDS.timeStamping, IDS.codeSigning])).toEqual(WRONG)
    expect(purposes([IDS.codeSigning])).toEqual(WRONG)
    expect(changed((usual) => without(usual, IDS.purposes))).toEqual(WRONG)
  })

  it('may sign, and is no authority', () => {
    const usage = (...bits: readonly number[]) =>
      changed((usual) => [...without(usual, IDS.keyUsage), extension.keyUsage(...bits)])
    expect(usage(1)).toEqual([])
    expect(usage(0, 1)).toEqual([])
    expect(changed((usual) => without(usual, IDS.keyUsage))).toEqual([])
    expect(usage(5)).toEqual(WRONG)
    expect(changed((usual) => [...usual, extension.authority()])).toEqual(WRONG)
  })

  it('has no critical extension that nobody knows', () => {
    const unknown = { id: '1.2.3.4', value: nothing() }
    expect(changed((usual) => [...usual, unknown])).toEqual([])
    expect(changed((usual) => [...usual, { ...unknown, isCritical: true }])).toEqual(WRONG)
  })

  it('has a key that counts', () => {
    expect(judgeTsa({ key: makeKey('secp256k1') })).toEqual(WRONG)
  })

  it.each<[string, TsaOptions]>([
    [
      'another authority signed it',
      { changeSigner: (it) => ({ ...it, issuerKey: makeKey('P-384') }) },
    ],
    ['it names another issuer', { changeSigner: (it) => ({ ...it, issuer: 'another' }) }],
    ['it is signed with SHA-1', { changeSigner: (it) => ({ ...it, algorithm: 'ecdsa-sha1' }) }],
    [
      'the root is no authority',
      { changeRoot: (it) => ({ ...it, extensions: without(it.extensions, IDS.basicConstraints) }) },
    ],
    [
      'the root is for other purposes',
      {
        changeRoot: (it) => ({
          ...it,
          extensions: [...it.extensions, extension.purposes([IDS.codeSigning])],
        }),
      },
    ],
    ['the root can not be read', { changeRoot: (it) => ({ ...it, version: 0 }) }],
  ])('is on no path where %s', (_, options) => {
    expect(judgeTsa(options)).toEqual(['verify/timestamp-certificate-path'])
  })

  it('is on no path where no certificate stands above it', () => {
    const { authority } = TSA
    const alone = { ...TSA, authority: { ...authority, certificates: [TSA.certificate] as const } }
    expect(judge({}, alone)).toEqual(['verify/timestamp-certificate-path'])
  })

  it('is on a path under a root for timestamps', () => {
    const changeRoot: TsaOptions['changeRoot'] = (it) => ({
      ...it,
      extensions: [...it.extensions, extension.purposes([IDS.timeStamping])],
    })
    expect(judgeTsa({ changeRoot })).toEqual([])
  })
})

describe('the time of a timestamp', () => {
  const timeOf = (options: TokenOptions) =>
    checkTimestamps([stamp(TSA, SIGNATURE, options)], SIGNATURE, [ROOT]).times.map(({ at }) => at)

  it('lies in the window of every certificate of the authority, whose ends belong to it (CS-3, TS-6)', () => {
    const ended: TsaOptions['changeSigner'] = (it) => ({ ...it, notAfter: SIGNED_AT })
    for (const options of [{ changeSigner: ended }, { changeRoot: ended }]) {
      expect(judgeTsa(options)).toEqual([])
      expect(judgeTsa(options, { at: SIGNED_AT + 1_000 })).toEqual([
        'verify/timestamp-certificate-time',
      ])
      expect(judgeTsa(options, { fraction: '001' })).toEqual(['verify/timestamp-certificate-time'])
    }
  })

  it('lies in the time of the authority in the trusted root, whose ends belong to it (A-27)', () => {
    const until = (end: number) => judgeTsa({ validFor: { start: 0, end } })
    const from = (start: number) => judgeTsa({ validFor: { start } })
    expect(until(SIGNED_AT)).toEqual([])
    expect(until(SIGNED_AT - 1)).toEqual(['verify/timestamp-authority-time'])
    expect(from(SIGNED_AT)).toEqual([])
    expect(from(SIGNED_AT + 1)).toEqual(['verify/timestamp-authority-time'])
  })

  it('is not lent the window of another authority (A-19)', () => {
    const retired = makeTsa({ validFor: { start: 0, end: SIGNED_AT - YEAR } })
    const open = makeTsa({ name: 'open' })
    expect(codesOf([stamp(retired, SIGNATURE)], rootOf(retired, open))).toEqual([
      'verify/timestamp-authority-time',
    ])
    const again = { ...retired, authority: { ...retired.authority, validFor: { start: 0 } } }
    expect(codesOf([stamp(retired, SIGNATURE)], rootOf(retired, again))).toEqual([])
  })

  it('may have a fraction of any length; what is below a millisecond is dropped (TS-5)', () => {
    expect(timeOf({ fraction: '5' })).toEqual([SIGNED_AT + 500])
    expect(timeOf({ fraction: '25' })).toEqual([SIGNED_AT + 250])
    expect(timeOf({ fraction: '123456789123' })).toEqual([SIGNED_AT + 123])
  })

  it.each([
    ['zeros at the end of its fraction', generalizedTime(SIGNED_AT, '500')],
    ['an offset', tlv(0x18, Buffer.from('20260110120000+0000'))],
    ['no zone', tlv(0x18, Buffer.from('20260110120000'))],
    ['no seconds', tlv(0x18, Buffer.from('202601101200Z'))],
    ['a point without a fraction', tlv(0x18, Buffer.from('20260110120000.Z'))],
    ['a comma', tlv(0x18, Buffer.from('20260110120000,5Z'))],
    ['a day that does not exist', tlv(0x18, Buffer.from('20260230120000Z'))],
    ['two digits for the year', utcTime(SIGNED_AT)],
    ['another string type', tlv(0x0c, Buffer.from('20260110120000Z'))],
  ])('is refused with %s', (_, genTime) => {
    expect(judge({ genTime })).toEqual(MALFORMED)
  })
})
