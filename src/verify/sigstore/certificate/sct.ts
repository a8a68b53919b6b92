// Signed certificate timestamps as a certificate carries them (RFC 6962 section 3.3): a TLS vector inside an octet string.

import {
  type CoreProblem,
  failDer,
  type Instant,
  parseDer,
  readOctets,
  type Result,
} from '../../../core/index.ts'

/** The promise of a certificate log to hold a certificate. */
export interface Sct {
  readonly logId: Uint8Array
  readonly timestamp: Instant
  /** Opaque; logs of the static kind write the index of the entry here. The signature covers them. */
  readonly extensions: Uint8Array
  /** TLS HashAlgorithm and SignatureAlgorithm (RFC 5246 section 7.4.1.4.1). */
  readonly algorithm: readonly [hash: number, signature: number]
  readonly signature: Uint8Array
}

/** The value of the extension: no vector may be cut off or leave bytes behind. */
export function parseScts(extension: Uint8Array): Result<readonly Sct[], CoreProblem> {
  return parseDer(extension, (value) => {
    const whole = readerOf(readOctets(value))
    const list = readerOf(whole.vector())
    whole.end()
    const scts: Sct[] = []
    while (list.left() > 0) scts.push(readSct(list.vector()))
    return scts
  })
}

/** The last instant that a date can hold. */
const INSTANT_MAX = 8.64e15

/** Section 3.2. */
function readSct(bytes: Uint8Array): Sct {
  const reader = readerOf(bytes)
  const [version] = reader.take(1)
  if (version !== 0) failDer('Expected a certificate timestamp of version 1, found another')
  const logId = reader.take(32)
  // Milliseconds in 64 bits; a date ends long before.
  const timestamp = Number(Buffer.from(reader.take(8)).readBigUInt64BE())
  if (timestamp > INSTANT_MAX) failDer('Expected a time in milliseconds, found a larger number')
  const extensions = reader.vector()
  const [hash = 0, signature = 0] = reader.take(2)
  const sct = {
    logId,
    timestamp,
    extensions,
    algorithm: [hash, signature],
    signature: reader.vector(),
  } as const
  reader.end()
  return sct
}

function readerOf(bytes: Uint8Array) {
  let at = 0
  const take = (length: number): Uint8Array => {
    if (at + length > bytes.length)
      failDer('Expected a whole certificate timestamp, found a part of one')
    at += length
    return bytes.subarray(at - length, at)
  }
  return {
    take,
    /** A vector with a length of two octets. */
    vector: () => {
      const [high = 0, low = 0] = take(2)
      return take(high * 256 + low)
    },
    left: () => bytes.length - at,
    end: () => {
      if (at < bytes.length)
        failDer('Expected the end of a certificate timestamp, found more bytes')
    },
  }
}
