// What the authority vouches for: TSTInfo (RFC 3161 section 2.4.2).

import {
  childrenOf,
  constructedTag,
  DER_TAGS,
  type DerValue,
  failDer,
  fieldsOf,
  type Instant,
  primitiveTag,
  readBoolean,
  readCount,
  readGeneralizedTime,
  readIntegerBytes,
  readOctets,
  readOid,
} from '../../core/index.ts'

/** The bytes that were stamped, by their digest, and when. */
export interface TokenInfo {
  /** Object identifier of the digest. */
  readonly imprintAlgorithm: string
  readonly imprint: Uint8Array
  readonly serialNumber: Uint8Array
  /** The accuracy beside it widens nothing: what is compared is this instant. */
  readonly at: Instant
  /** The octets of the number that whoever asked has chosen; nobody who reads a bundle knows it. */
  readonly nonce?: Uint8Array
}

/** TS-5: at least 160 bits have to be accepted, and no authority has more; one octet for the sign. */
const SERIAL_BYTES_MAX = 21

/** Reads it; runs inside `parseDer`. */
export function readTokenInfo(value: DerValue): TokenInfo {
  const fields = fieldsOf(value)
  if (readCount(fields.take(DER_TAGS.integer)) !== 1)
    failDer('Expected timestamp information of version 1')
  // The policy is whatever the authority says.
  fields.take(DER_TAGS.oid)
  const imprint = fieldsOf(fields.take(DER_TAGS.sequence))
  const imprintAlgorithm = readAlgorithm(imprint.take(DER_TAGS.sequence))
  const digest = readOctets(imprint.take(DER_TAGS.octetString))
  imprint.end()
  const serialNumber = readIntegerBytes(fields.take(DER_TAGS.integer))
  if (serialNumber.length > SERIAL_BYTES_MAX)
    failDer('Expected a serial number of at most 160 bits')
  const at = readGeneralizedTime(fields.take(DER_TAGS.generalizedTime))
  checkAccuracy(fields.takeIf(DER_TAGS.sequence))
  const ordering = fields.takeIf(DER_TAGS.boolean)
  if (ordering !== undefined && !readBoolean(ordering)) failDer('Expected no default value')
  const nonce = fields.takeIf(DER_TAGS.integer)
  fields.takeIf(constructedTag(0))
  checkExtensions(fields.takeIf(constructedTag(1)))
  fields.end()
  return {
    imprintAlgorithm,
    imprint: digest,
    serialNumber,
    at,
    ...(nonce !== undefined && { nonce: readIntegerBytes(nonce) }),
  }
}

/** The identifier of an AlgorithmIdentifier that has no parameters, or null ones. */
export function readAlgorithm(value: DerValue): string {
  const fields = fieldsOf(value)
  const id = readOid(fields.take(DER_TAGS.oid))
  fields.takeIf(DER_TAGS.null)
  fields.end()
  return id
}

/** Seconds, and milli- and microseconds from 1 to 999. */
function checkAccuracy(value: DerValue | undefined): void {
  if (value === undefined) return
  const fields = fieldsOf(value)
  const seconds = fields.takeIf(DER_TAGS.integer)
  if (seconds !== undefined) readCount(seconds)
  for (const tag of [primitiveTag(0), primitiveTag(1)]) {
    const part = fields.takeIf(tag)
    const count = part === undefined ? 1 : readCount(part, tag)
    if (count < 1 || count > 999) failDer('Expected an accuracy with parts of 1 to 999')
  }
  fields.end()
}

/** None is known here, so none may be critical. */
function checkExtensions(value: DerValue | undefined): void {
  for (const extension of value === undefined ? [] : childrenOf(value)) {
    if (childrenOf(extension).some(({ tag }) => tag === DER_TAGS.boolean)) {
      failDer('Expected no critical extension in a timestamp, found one')
    }
  }
}
