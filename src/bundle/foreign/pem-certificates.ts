// Certificates as cosign writes them beside a signature: PEM (RFC 7468), or the base64 of it.

import { LIMITS, parseBase64, parseUtf8 } from '../../core/index.ts'
import type { Place } from '../place.ts'

const BLOCK =
  /-----BEGIN CERTIFICATE-----\r?\n(?<body>[A-Za-z0-9+/=\r\n]+?)\r?\n-----END CERTIFICATE-----(?:\r?\n|$)/y

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
  const pem = text.startsWith('-----') ? text : decodeText(text)
  const certificates = pem === undefined ? undefined : readBlocks(pem.trim())
  if (certificates === undefined) {
    const message = 'Expected certificates in PEM or in its base64, and nothing else'
    problems.push({ code: 'bundle/certificate', message, at })
    return []
  }
  if (certificates.length > LIMITS.certificateChainMax) {
    const message = `Expected at most ${LIMITS.certificateChainMax} certificates, found ${certificates.length}`
    problems.push({ code: 'bundle/limit', message, at })
    return []
  }
  return certificates
}

function decodeText(text: string): string | undefined {
  const bytes = parseBase64(text.trim())
  if (!bytes.ok) return undefined
  const decoded = parseUtf8(bytes.value)
  return decoded.ok ? decoded.value : undefined
}

function readBlocks(pem: string): readonly Uint8Array[] | undefined {
  const certificates: Uint8Array[] = []
  BLOCK.lastIndex = 0
  while (BLOCK.lastIndex < pem.length) {
    const body = BLOCK.exec(pem)?.groups?.['body']
    // A sticky expression begins again where it does not fit.
    if (body === undefined) return undefined
    const der = parseBase64(body.replaceAll(/[\r\n]/g, ''))
    if (!der.ok || der.value.length === 0 || der.value.length > LIMITS.derBytesMax) return undefined
    certificates.push(der.value)
  }
  return certificates.length === 0 ? undefined : certificates
}
