import { describe, expect, it } from 'vitest'
import {
  type DerValue,
  readBitOctets,
  readBits,
  readBoolean,
  readCount,
  readGeneralizedTime,
  readIntegerBytes,
  readOid,
  readText,
  readTime,
} from '../../../src/core/index.ts'
import { ascii, readHex, REFUSED } from './hex.ts'

describe('a value', () => {
  it('is a boolean of one octet, 00 or ff', () => {
    expect(readHex('0101ff', readBoolean)).toBe(true)
    expect(readHex('010100', readBoolean)).toBe(false)
    for (const hex of ['010101', '0100', '0102ffff', '020100']) {
      expect(readHex(hex, readBoolean)).toBe(REFUSED)
    }
  })

  it('is an integer in as few octets as can be', () => {
    const read = (value: DerValue) => Buffer.from(readIntegerBytes(value)).toString('hex')
    for (const hex of ['00', '7f', '80', '0080', 'ff7f', '8000']) {
      const length = (hex.length / 2).toString(16).padStart(2, '0')
      expect(readHex(`02${length}${hex}`, read)).toBe(hex)
    }
    for (const hex of ['0200', '0202007f', '0202ff80', '0202ffff', '02020000', '0401ff']) {
      expect(readHex(hex, read)).toBe(REFUSED)
    }
  })

  it('is a count from 0 on', () => {
    expect(readHex('020100', readCount)).toBe(0)
    expect(readHex('02020080', readCount)).toBe(128)
    expect(readHex('02067fffffffffff', readCount)).toBe(2 ** 47 - 1)
    for (const hex of ['0201ff', '020700800000000000'])
      expect(readHex(hex, readCount)).toBe(REFUSED)
  })

  it('is an object identifier of whole arcs', () => {
    expect(readHex('06092a864886f70d010702', readOid)).toBe('1.2.840.113549.1.7.2')
    expect(readHex('0603551d0f', readOid)).toBe('2.5.29.15')
    expect(readHex('0603883703', readOid)).toBe('2.999.3')
    expect(readHex('060100', readOid)).toBe('0.0')
    for (const hex of [
      '0600',
      '060188',
      '06022a80',
      '06032a8001',
      '060180',
      '060a2affffffffffffffff7f',
    ]) {
      expect(readHex(hex, readOid)).toBe(REFUSED)
    }
  })

  it('is a string of bits: whole octets, or the numbers of those that are set', () => {
    const octets = (value: DerValue) => Buffer.from(readBitOctets(value)).toString('hex')
    expect(readHex('030200aa', octets)).toBe('aa')
    for (const hex of ['030201aa', '0300', '0401aa']) expect(readHex(hex, octets)).toBe(REFUSED)
    expect(readHex('03020780', readBits)).toEqual([0])
    expect(readHex('03020106', readBits)).toEqual([5, 6])
    expect(readHex('0303070080', readBits)).toEqual([8])
    expect(readHex('030100', readBits)).toEqual([])
    for (const hex of [
      '03020680',
      '03020781',
      '03020000',
      '030101',
      '0300',
      '03020880',
      '030200',
    ]) {
      expect(readHex(hex, readBits)).toBe(REFUSED)
    }
  })

  it('is text in strict UTF-8', () => {
    expect(readHex('0c03e282ac', readText)).toBe('€')
    expect(readHex('0c00', readText)).toBe('')
    for (const hex of ['0c02e282', '0c02c080', '130161'])
      expect(readHex(hex, readText)).toBe(REFUSED)
  })

  it('is a time with two digits for the years 1950 to 2049, or with four', () => {
    const utc = (text: string) => readHex(ascii(0x17, text), readTime)
    const general = (text: string) => readHex(ascii(0x18, text), readTime)
    expect(utc('260110120000Z')).toBe(Date.UTC(2026, 0, 10, 12))
    expect(utc('500101000000Z')).toBe(Date.UTC(1950, 0, 1))
    expect(utc('491231235959Z')).toBe(Date.UTC(2049, 11, 31, 23, 59, 59))
    expect(general('20500101000000Z')).toBe(Date.UTC(2050, 0, 1))
    for (const text of [
      '2601101200Z',
      '260110120000+0000',
      '260230120000Z',
      '260110126000Z',
      '260110120000',
    ]) {
      expect(utc(text)).toBe(REFUSED)
    }
    for (const text of ['20500101000000.5Z', '205001010000Z', '20500101000000', '500101000000Z']) {
      expect(general(text)).toBe(REFUSED)
    }
    expect(readHex(ascii(0x0c, '260110120000Z'), readTime)).toBe(REFUSED)
  })

  it('is a time with a fraction of any length', () => {
    const read = (text: string) => readHex(ascii(0x18, text), readGeneralizedTime)
    const whole = Date.UTC(2026, 0, 10, 12)
    expect(read('20260110120000Z')).toBe(whole)
    expect(read('20260110120000.1Z')).toBe(whole + 100)
    expect(read('20260110120000.0009Z')).toBe(whole)
    expect(read(`20260110120000.${'9'.repeat(60)}Z`)).toBe(whole + 999)
    for (const fraction of ['.', '.0', '.10', ',1', `.${'9'.repeat(65)}`]) {
      expect(read(`20260110120000${fraction}Z`)).toBe(REFUSED)
    }
    expect(readHex(ascii(0x17, '260110120000Z'), readGeneralizedTime)).toBe(REFUSED)
  })
})
