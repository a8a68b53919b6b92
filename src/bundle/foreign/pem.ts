// Certificates and keys as cosign writes them beside a signature: PEM (RFC 7468), or the base64 of it.

import { parseBase64, LIMITS } from '../../core/index.ts'
import type { Place } from '../place.ts'

const CERTIFICATE =
  /-----BEGIN CERTIFICATE-----\r?\n(?<body>[A-Za-z0-9+/=\r\n]+?)\r?\n-----END CERTIFICATE-----(?:\r?\n|$)/y

const PUBLIC_KEY =
  /^-----BEGIN PUBLIC KEY-----\r?\n[A-Za-z0-9+/=\r\n]+\r?\n-----END PUBLIC KEY-----$/

/**
 * The DER of each certificate, in the order of the file, and nothing beside them.
 *
 * @param place where it stands, and the list that takes its problems
 * @returns an empty list where they can not be read, which has been told
 */
export function readCertificates(
  text: string,
  { at, problems }: Pick<Place, 'at' | 'problems'>,
): readonly Uint8Array[] {
  const certificates = readBlocks(decodeText(text))
  if (certificates.length > 0) return certificates
  const message = 'Expected certificates in PEM or in its base64, and nothing else'
  problems.push({ code: 'bundle/certificate', message, at })
  return []
}

/** Is this one public key, and nothing beside it? */
export function isPublicKey(text: string): boolean {
  return PUBLIC_KEY.test(decodeText(text))
}

/** PEM out of its base64; other text as it is. */
function decodeText(text: string): string {
  const trimmed = text.trim()
  const bytes = parseBase64(trimmed)
  // PEM is ASCII, and text with dashes in it is no base64.
  return bytes.ok ? Buffer.from(bytes.value).toString('latin1').trim() : trimmed
}

/** Nothing where anything in it is no certificate. */
function readBlocks(pem: string): readonly Uint8Array[] {
  const certificates: Uint8Array[] = []
  CERTIFICATE.lastIndex = 0
  while (CERTIFICATE.lastIndex < pem.length) {
    // A sticky expression begins again where it does not fit.
    const body = CERTIFICATE.exec(pem)?.groups?.['body'] ?? ''
    const der = parseBase64(body.replaceAll(/[\r\n]/g, ''))
    if (!der.ok || der.value.length === 0 || der.value.length > LIMITS.derBytesMax) return []
    certificates.push(der.value)
  }
  return certificates
}
