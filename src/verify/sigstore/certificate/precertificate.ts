// What a certificate log signed (RFC 6962 section 3.2): the certificate as it was before the log's own promise was written into it.

import { createHash } from 'node:crypto'
import { childrenOf, constructedTag, DER_TAGS } from '../../../core/index.ts'
import type { Certificate } from './certificate.ts'
import { EXTENSIONS } from './extensions.ts'
import type { Sct } from './sct.ts'

const SCT_V1 = 0
const CERTIFICATE_TIMESTAMP = 0
const PRECERT_ENTRY = 1

/** The signed part of the certificate without its list of timestamps; every other byte stays as it is. */
export function encodePrecertificate({ signed, extensions }: Certificate): Uint8Array {
  const fields = childrenOf(signed)
  const list = extensions.get(EXTENSIONS.certificateTimestamps)
  const others = [...extensions.values()].filter((extension) => extension !== list)
  const rest = encode(
    constructedTag(3),
    encode(DER_TAGS.sequence, ...others.map(({ bytes }) => bytes)),
  )
  const kept = fields.map((field) => (field.tag === constructedTag(3) ? rest : field.bytes))
  return encode(DER_TAGS.sequence, ...kept)
}

/**
 * The bytes under the signature of one timestamp.
 *
 * @param issuerSpki of the verified issuer, never of one that only bears its name (CS-4)
 */
export function encodeSignedEntry(
  { timestamp, extensions }: Sct,
  issuerSpki: Uint8Array,
  precertificate: Uint8Array,
): Uint8Array {
  const head = Buffer.alloc(12)
  head.writeUInt8(SCT_V1, 0)
  head.writeUInt8(CERTIFICATE_TIMESTAMP, 1)
  head.writeBigUInt64BE(BigInt(timestamp), 2)
  head.writeUInt16BE(PRECERT_ENTRY, 10)
  const length = Buffer.alloc(3)
  length.writeUIntBE(precertificate.length, 0, 3)
  const extensionsLength = Buffer.alloc(2)
  extensionsLength.writeUInt16BE(extensions.length)
  const issuerKeyHash = createHash('sha256').update(issuerSpki).digest()
  return Buffer.concat([head, issuerKeyHash, length, precertificate, extensionsLength, extensions])
}

function encode(tag: number, ...contents: readonly Uint8Array[]): Uint8Array {
  const content = Buffer.concat(contents)
  return Buffer.concat([Uint8Array.of(tag), encodeLength(content.length), content])
}

/** X.690 section 10.1; certificates stay below 2^24 bytes. */
function encodeLength(length: number): Uint8Array {
  if (length < 0x80) return Uint8Array.of(length)
  const octets = [length >> 16, (length >> 8) & 0xff, length & 0xff]
  const minimal = octets.slice(octets.findIndex((octet) => octet > 0))
  return Uint8Array.of(0x80 | minimal.length, ...minimal)
}
