// The algorithms by which certificates may be signed. A-28: nothing with SHA-1 or MD5; RSA in its PKCS #1 v1.5 form alone.

const ALGORITHMS: ReadonlySet<string> = new Set([
  // ECDSA with SHA-256, SHA-384, SHA-512 (RFC 5758 section 3.2).
  '1.2.840.10045.4.3.2',
  '1.2.840.10045.4.3.3',
  '1.2.840.10045.4.3.4',
  // RSA with SHA-256, SHA-384, SHA-512 (RFC 4055 section 5).
  '1.2.840.113549.1.1.11',
  '1.2.840.113549.1.1.12',
  '1.2.840.113549.1.1.13',
  // Ed25519 (RFC 8410 section 3).
  '1.3.101.112',
])

/** True for an algorithm whose signatures on certificates count. */
export function isKnownAlgorithm(id: string): boolean {
  return ALGORITHMS.has(id)
}
