// DER as hexadecimal, and what a reader makes of it.

import { type DerValue, parseDer } from '../../../src/core/index.ts'

/** What a reader makes of bytes in hexadecimal: the value, or `core/der`. */
export function readHex<T>(hex: string, read: (value: DerValue) => T): T | string {
  const result = parseDer(Buffer.from(hex, 'hex'), read)
  return result.ok ? result.value : result.problems[0].code
}

export const REFUSED = 'core/der'
export const hexOf = (value: DerValue) => Buffer.from(value.content).toString('hex')
export const ascii = (tag: number, text: string) =>
  Buffer.concat([Buffer.from([tag, text.length]), Buffer.from(text)]).toString('hex')
