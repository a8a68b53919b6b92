// A question about timestamps in one call.

import type { NamedRoot } from '../../../../src/trust/index.ts'
import { checkTimestamps } from '../../../../src/verify/sigstore/timestamp/timestamps.ts'
import { makeRoot } from '../test-authority.ts'
import type { TestExtension } from '../test-certificate.ts'
import {
  makeTsa,
  stamp,
  type TestTsa,
  type TokenOptions,
  type TsaOptions,
} from '../test-timestamp.ts'

export const SIGNATURE = Buffer.from('the bytes of a signature')
export const TSA = makeTsa()

export const rootOf = (...tsas: readonly TestTsa[]): NamedRoot =>
  makeRoot({ timestampAuthorities: tsas.map(({ authority }) => authority) })

export const ROOT = rootOf(TSA)

export const codesOf = (timestamps: readonly Uint8Array[], root: NamedRoot = ROOT) =>
  checkTimestamps(timestamps, SIGNATURE, [root]).checks.flatMap(({ code }) => code ?? [])

/** The codes for a token that was made in one way. */
export const judge = (options: TokenOptions, tsa: TestTsa = TSA) =>
  codesOf([stamp(tsa, SIGNATURE, options)], rootOf(tsa))

/** The codes for a good token of an authority that was made in one way. */
export const judgeTsa = (options: TsaOptions, token: TokenOptions = {}) =>
  judge(token, makeTsa(options))

export const MALFORMED = ['verify/timestamp-malformed']
export const without = (extensions: readonly TestExtension[], id: string) =>
  extensions.filter((one) => one.id !== id)
