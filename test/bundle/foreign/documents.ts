// Documents of others that hold what a bundle does, for tests that change them.

import { type BundleFile, parseBundleFile } from '../../../src/bundle/index.ts'
import { encodeUtf8, type Problem, type Result } from '../../../src/core/index.ts'
import { ENTRY } from '../log-entry-cases.ts'

export type Members = Readonly<Record<string, unknown>>

/** A wheel's attestation, signed by nobody. */
export const ATTESTATION = {
  version: 1,
  verification_material: { certificate: 'AQID', transparency_entries: [ENTRY] },
  envelope: { statement: 'e30=', signature: 'AQID' },
}

export const PUBLISHER = { kind: 'GitHub', repository: 'o/r', workflow: 'release.yml' }

/** What an index serves. */
export const PROVENANCE = {
  version: 1,
  attestation_bundles: [{ publisher: PUBLISHER, attestations: [ATTESTATION] }],
}

/** PEM of the bytes 1, 2, 3, as if they were a certificate. */
export const PEM = '-----BEGIN CERTIFICATE-----\nAQID\n-----END CERTIFICATE-----\n'

export const toBase64 = (text: string): string => Buffer.from(text).toString('base64')

/** The body of an entry, as a log hashed it. */
const BODY = toBase64('{"apiVersion":"0.0.1","kind":"hashedrekord","spec":{}}')
export const PAYLOAD = { body: BODY, integratedTime: 1700000000, logIndex: 7, logID: 'c0d2' }

/** What cosign wrote before it knew bundles. */
export const COSIGN = {
  base64Signature: 'AQID',
  cert: toBase64(PEM),
  rekorBundle: { SignedEntryTimestamp: 'BAUG', Payload: PAYLOAD },
}

/** A file that holds this document. */
export function readDocument(document: unknown): Result<BundleFile> {
  return parseBundleFile(encodeUtf8(JSON.stringify(document)))
}

/** `accepted`, or each code with its place. */
export function codesOf(result: Result<unknown>): string | string[] {
  if (result.ok) return 'accepted'
  return result.problems.map(({ code, at }: Problem) => `${code} ${at ?? ''}`.trim())
}

/** For the only bundle of a file; of the file where it can not be read as one. */
export function codesOfOnly(document: unknown): string | string[] {
  const file = readDocument(document)
  if (!file.ok) return codesOf(file)
  const [only, ...others] = file.value.bundles
  if (only === undefined || others.length > 0) throw new Error('Expected one bundle')
  return codesOf(only.bundle)
}
