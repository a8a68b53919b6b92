import { describe, expect, it } from 'vitest'
import {
  bytesAt,
  bytesListAt,
  encodeBase64,
  int64At,
  type JsonObject,
  type JsonPlace,
  LIMITS,
  memberOf,
  objectAt,
  objectsAt,
  type Problem,
  refuseUnknown,
  tellAt,
  textAt,
} from '../../../src/core/index.ts'

const CODES = {
  member: 'test/member',
  memberUnknown: 'test/member-unknown',
  base64: 'test/base64',
  limit: 'test/limit',
}

/** What the reader gives of the object, and each code with its place. */
function read(
  value: JsonObject,
  reader: (place: JsonPlace<Problem>) => unknown,
): readonly unknown[] {
  const place = { value, at: '', problems: [] as Problem[], codes: CODES }
  const found = reader(place)
  return [
    found,
    ...place.problems.map(({ code, at }) => (at === undefined ? code : `${code} ${at}`)),
  ]
}

describe('a place in a document', () => {
  it('has null for a member that is not set, and none that is inherited', () => {
    expect(read({ a: null }, (place) => memberOf(place, 'a'))).toEqual([undefined])
    expect(read({ a: 0 }, (place) => memberOf(place, 'a'))).toEqual([0])
    expect(read({}, (place) => memberOf(place, 'constructor'))).toEqual([undefined])
  })

  it('tells what is not known of it', () => {
    expect(read({ a: 1, b: null }, (place) => refuseUnknown(place, ['a']))).toEqual([
      undefined,
      'test/member-unknown',
    ])
    expect(read({ a: { b: 1 } }, (place) => refuseUnknown(objectAt(place, 'a'), ['c']))).toEqual([
      undefined,
      'test/member-unknown /a',
    ])
    expect(read({ a: 1 }, (place) => refuseUnknown(place, ['a']))).toEqual([undefined])
  })

  it('tells a problem of its own where it is', () => {
    const problem = { code: 'test/own', message: 'Expected another' }
    expect(read({}, (place) => tellAt(place, undefined, problem))).toEqual([undefined, 'test/own'])
    expect(read({}, (place) => tellAt(place, 'a', problem))).toEqual([undefined, 'test/own /a'])
  })

  it('tells of an object that is not there, and of nothing in it', () => {
    const inner = (place: JsonPlace<Problem>) => textAt(objectAt(place, 'a'), 'b')
    expect(read({ a: { b: 'x' } }, inner)).toEqual(['x'])
    expect(read({}, inner)).toEqual(['', 'test/member /a'])
    expect(read({ a: [] }, inner)).toEqual(['', 'test/member /a'])
  })

  it('reads lists of objects, as many as may be', () => {
    const inner = (place: JsonPlace<Problem>) => objectsAt(place, 'a', 2).map(({ at }) => at)
    expect(read({ a: [{}, {}] }, inner)).toEqual([['/a/0', '/a/1']])
    expect(read({ a: null }, inner)).toEqual([[]])
    expect(read({ a: [{}, 1] }, inner)).toEqual([['/a/0', '/a/1'], 'test/member /a/1'])
    expect(read({ a: {} }, inner)).toEqual([[], 'test/member /a'])
    expect(read({ a: [{}, {}, {}] }, inner)).toEqual([[], 'test/limit /a'])
  })

  it('reads text, which may have a fallback', () => {
    expect(read({ a: 'x' }, (place) => textAt(place, 'a', 'y'))).toEqual(['x'])
    expect(read({}, (place) => textAt(place, 'a', 'y'))).toEqual(['y'])
    expect(read({}, (place) => textAt(place, 'a'))).toEqual(['', 'test/member /a'])
    expect(read({ a: 1 }, (place) => textAt(place, 'a', ''))).toEqual(['', 'test/member /a'])
  })

  it('reads whole numbers that are written as text', () => {
    const number = (place: JsonPlace<Problem>) => int64At(place, 'a')
    expect(read({ a: '9223372036854775807' }, number)).toEqual([2n ** 63n - 1n])
    expect(read({}, number)).toEqual([0n])
    for (const a of ['9223372036854775808', 1, '01', '-1', '1.0', '']) {
      expect(read({ a }, number), String(a)).toEqual([0n, 'test/member /a'])
    }
    expect(read({ a: '8' }, (place) => int64At(place, 'a', 7n))).toEqual([0n, 'test/member /a'])
  })

  it('reads bytes, at least one', () => {
    const bytes = (place: JsonPlace<Problem>) => Buffer.from(bytesAt(place, 'a')).toString('hex')
    expect(read({ a: '+w==' }, bytes)).toEqual(['fb'])
    expect(read({ a: '-w==' }, bytes)).toEqual(['', 'test/base64 /a'])
    expect(read({ a: '' }, bytes)).toEqual(['', 'test/member /a'])
    expect(read({ a: 1 }, bytes)).toEqual(['', 'test/member /a'])
    const either = (place: JsonPlace<Problem>) =>
      Buffer.from(bytesAt(place, 'a', 'base64', 'base64url')).toString('hex')
    expect(read({ a: '-w==' }, either)).toEqual(['fb'])
  })

  it('reads bytes up to the limit', () => {
    const length = (place: JsonPlace<Problem>) => bytesAt(place, 'a').length
    const most = encodeBase64(new Uint8Array(LIMITS.payloadBytesMax))
    const more = encodeBase64(new Uint8Array(LIMITS.payloadBytesMax + 1))
    expect(read({ a: most }, length)).toEqual([LIMITS.payloadBytesMax])
    expect(read({ a: more }, length)).toEqual([0, 'test/limit /a'])
  })

  it('reads lists of bytes', () => {
    const lengths = (place: JsonPlace<Problem>) => bytesListAt(place, 'a', 2).map((b) => b.length)
    expect(read({ a: ['AA==', 'AAA='] }, lengths)).toEqual([[1, 2]])
    expect(read({ a: ['AA==', ''] }, lengths)).toEqual([[1, 0], 'test/member /a/1'])
  })
})
