// The objects inside the body of a log entry, and the parts that bodies are made of. Every reader tells what is wrong in the place that
// it was given, so that all is told.

import {
  bytesAt,
  type JsonObject,
  type JsonPlace,
  LIMITS,
  memberOf,
  objectAt,
  objectsAt,
  parseBase64,
  parseUtf8,
  type PlaceCodes,
  refuseUnknown,
  tellAt,
  textAt,
} from '../../../../core/index.ts'
import { parsePem } from '../../../../trust/index.ts'
import type { SigstoreProblem } from '../../problem.ts'
import type { LogDigest, LoggedVerifier } from './logged-signature.ts'

/** An object of the body. */
export type BodyPlace = JsonPlace<SigstoreProblem>

/** A digest, as entries name them. */
interface NamedDigest {
  readonly algorithm: LogDigest
  readonly digest: Uint8Array
}

const MALFORMED = 'verify/log-entry-malformed'
const CODES: PlaceCodes<SigstoreProblem['code']> = {
  member: MALFORMED,
  memberUnknown: MALFORMED,
  base64: MALFORMED,
  limit: MALFORMED,
}
const NO_BYTES = new Uint8Array()

/** The whole body, of which nothing was read yet. */
export function bodyPlaceOf(value: JsonObject): BodyPlace {
  return { value, at: '', problems: [], codes: CODES }
}

/** The object under this name, which has no other members than these. */
export function partAt(place: BodyPlace, name: string, members: readonly string[]): BodyPlace {
  const part = objectAt(place, name)
  refuseUnknown(part, members)
  return part
}

/** The `spec` of a body that says itself what the entry says that it is. */
export function specOf(
  body: BodyPlace,
  { kind, version }: { readonly kind: string; readonly version: string },
  members: readonly string[],
): BodyPlace {
  refuseUnknown(body, ['apiVersion', 'kind', 'spec'])
  for (const [name, expected] of [
    ['apiVersion', version],
    ['kind', kind],
  ] as const) {
    if (textAt(body, name) !== expected) malformed(body, name, `Expected "${expected}"`)
  }
  return partAt(body, 'spec', members)
}

/** SB-2, A-13: one signature, as in the bundle. */
export function onlySignatureAt(place: BodyPlace, members: readonly string[]): BodyPlace {
  const signatures = objectsAt(place, 'signatures', LIMITS.signaturesMax)
  const [only] = signatures
  if (only === undefined || signatures.length > 1) {
    malformed(place, 'signatures', `Expected one signature, found ${signatures.length}`)
    return { ...place, value: {}, problems: [] }
  }
  refuseUnknown(only, members)
  return only
}

/** Base64 of text in base64, as `intoto` 0.0.2 has it. */
export function doubleBytesAt(place: BodyPlace, name: string): Uint8Array {
  const outer = bytesAt(place, name)
  const inner = parseBase64(Buffer.from(outer).toString('latin1'))
  if (inner.ok) return inner.value
  malformed(place, name, 'Expected base64 of canonical base64')
  return NO_BYTES
}

const LABELS: ReadonlyMap<string | undefined, LoggedVerifier['kind']> = new Map([
  ['CERTIFICATE', 'certificate'],
  ['PUBLIC KEY', 'public-key'],
])

/** One certificate or key in PEM, in base64 once more, as Rekor v1 has it. */
export function pemAt(place: BodyPlace, name: string): LoggedVerifier {
  const text = parseUtf8(bytesAt(place, name))
  const blocks = text.ok ? parsePem(text.value) : text
  const [block, ...others] = blocks.ok ? blocks.value : []
  const kind = LABELS.get(block?.label)
  if (block !== undefined && kind !== undefined && others.length === 0) {
    return { kind, der: block.bytes }
  }
  malformed(place, name, 'Expected one certificate or public key in PEM, in base64')
  return { kind: 'public-key', der: NO_BYTES }
}

/** Lower-case hexadecimal. */
const HEX = /^(?:[0-9a-f]{2})+$/

const ALGORITHMS_V1: ReadonlyMap<string, LogDigest> = new Map([
  ['sha256', 'sha256'],
  ['sha384', 'sha384'],
  ['sha512', 'sha512'],
])

/** `{"algorithm": "sha256", "value": "<hex>"}`, as Rekor v1 names digests. */
export function digestV1At(place: BodyPlace, name: string): NamedDigest {
  const digest = partAt(place, name, ['algorithm', 'value'])
  const algorithm = algorithmOf(digest, ALGORITHMS_V1)
  const value = textAt(digest, 'value')
  if (!HEX.test(value)) malformed(digest, 'value', 'Expected lower-case hexadecimal digits')
  return { algorithm, digest: Uint8Array.from(Buffer.from(value, 'hex')) }
}

const ALGORITHMS_V2: ReadonlyMap<string, LogDigest> = new Map([
  ['SHA2_256', 'sha256'],
  ['SHA2_384', 'sha384'],
  ['SHA2_512', 'sha512'],
])

/** `{"algorithm": "SHA2_256", "digest": "<base64>"}`, as Rekor v2 does. */
export function digestV2At(place: BodyPlace, name: string): NamedDigest {
  const digest = partAt(place, name, ['algorithm', 'digest'])
  return { algorithm: algorithmOf(digest, ALGORITHMS_V2), digest: bytesAt(digest, 'digest') }
}

function algorithmOf(digest: BodyPlace, known: ReadonlyMap<string, LogDigest>): LogDigest {
  const algorithm = known.get(textAt(digest, 'algorithm'))
  if (algorithm !== undefined) return algorithm
  malformed(digest, 'algorithm', `Expected one of ${[...known.keys()].join(', ')}`)
  return 'sha256'
}

/** A certificate or a key in DER, as Rekor v2 has it. What algorithm it is for, the key itself says. */
export function verifierAt(place: BodyPlace): LoggedVerifier {
  const verifier = partAt(place, 'verifier', ['keyDetails', 'x509Certificate', 'publicKey'])
  textAt(verifier, 'keyDetails')
  const isKey = memberOf(verifier, 'publicKey') !== undefined
  const isCertificate = memberOf(verifier, 'x509Certificate') !== undefined
  if (isKey && isCertificate) {
    malformed(verifier, undefined, 'Expected a certificate or a public key, found both')
  }
  const name = isKey ? 'publicKey' : 'x509Certificate'
  const der = bytesAt(partAt(verifier, name, ['rawBytes']), 'rawBytes')
  return { kind: isKey ? 'public-key' : 'certificate', der }
}

function malformed(place: BodyPlace, name: string | undefined, message: string): void {
  tellAt(place, name, { code: MALFORMED, message })
}
