// The identifier octets of DER (ITU-T X.690 section 8.1.2) that certificates, timestamps and keys use.

/** Tags by name; each is the whole identifier octet, so that a constructed string is not the same as a primitive one. */
export const DER_TAGS = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  utf8String: 0x0c,
  utcTime: 0x17,
  generalizedTime: 0x18,
  sequence: 0x30,
  set: 0x31,
} as const

/** `[number]` around or in place of a primitive value. */
export function primitiveTag(number: number): number {
  return 0x80 | number
}

/** `[number]` around or in place of a constructed value. */
export function constructedTag(number: number): number {
  return 0xa0 | number
}
