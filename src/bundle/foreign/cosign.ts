// What cosign wrote before it knew bundles: one JSON object (`--bundle`), or a signature with its
// certificate in files of their own (`.sig`, `.pem`). Read, and never written.

import {
  bytesAt,
  isJsonObject,
  type JsonObject,
  judge,
  LIMITS,
  memberOf,
  objectAt,
  parseBase64,
  parseJson,
  refuseUnknown,
  type Result,
  textAt,
} from '../../core/index.ts'
import type { Bundle, BundleContent, BundleKeyMaterial } from '../bundle.ts'
import type { LogEntry } from '../log-entry.ts'
import { readEnvelope } from '../parse.ts'
import { type Place, placeOf } from '../place.ts'
import type { BundleProblem } from '../problem.ts'
import { isPublicKey, readCertificates } from './pem.ts'

const MEMBERS = ['base64Signature', 'cert', 'rekorBundle']
const PAYLOAD_MEMBERS = ['body', 'integratedTime', 'logIndex', 'logID']

/** Seconds in the most that a `Date` can hold. */
const SECONDS_MAX = 8_640_000_000_000

/** Reads `{ base64Signature, cert, rekorBundle }`, of `sign-blob` and of `attest-blob`. */
export function parseCosignBundle(value: JsonObject): Result<Bundle, BundleProblem> {
  const place = placeOf(value)
  refuseUnknown(place, MEMBERS)
  const isLogged = memberOf(place, 'rekorBundle') !== undefined
  const bundle: Bundle = {
    // The log's promise and no proof: what version 0.1 has.
    version: '0.1',
    keyMaterial: readKeyMaterial(textAt(place, 'cert', ''), { ...place, at: '/cert' }),
    logEntries: isLogged ? [readEntry(objectAt(place, 'rekorBundle'))] : [],
    timestamps: [],
    content: readSignature(bytesAt(place, 'base64Signature'), {
      ...place,
      at: '/base64Signature',
    }),
  }
  return judge(bundle, place.problems)
}

/** Files that stand for one bundle, as they are. */
export interface DetachedSignature {
  readonly signature: Uint8Array
  /** Absent where a key signed. */
  readonly certificate?: Uint8Array
  /** The certificates after the signer's; authorities come from trusted roots alone. */
  readonly certificateChain?: Uint8Array
  /** An RFC 3161 response in DER, or in the JSON that cosign puts around it. */
  readonly timestamp?: Uint8Array
}

/** Reads a signature, or the envelope that `attest-blob` wrote for one, with the files beside it. */
export function parseDetached(files: DetachedSignature): Result<Bundle, BundleProblem> {
  const problems: BundleProblem[] = []
  const fileAt = (at: string): Place => placeOf({}, { at, problems })
  const { certificate, certificateChain, timestamp } = files
  if (certificate === undefined && certificateChain !== undefined) {
    const message = 'Expected the certificate of the signer with the chain, found the chain alone'
    problems.push({ code: 'bundle/certificate', message, at: 'certificate chain' })
  }
  const certificates = [
    ...readCertificateFile(certificate, fileAt('certificate')),
    ...readCertificateFile(certificateChain, fileAt('certificate chain')),
  ]
  const bundle: Bundle = {
    version: '0.1',
    keyMaterial: chainOf(certificates, fileAt('certificate chain')),
    logEntries: [],
    timestamps: timestamp === undefined ? [] : [readTimestamp(timestamp, fileAt('timestamp'))],
    content: readDetachedSignature(files.signature, fileAt('signature')),
  }
  return judge(bundle, problems)
}

function readCertificateFile(bytes: Uint8Array | undefined, place: Place): readonly Uint8Array[] {
  if (bytes === undefined) return []
  // What is no text becomes text that is no certificate, which is told as that.
  return readCertificates(Buffer.from(bytes).toString('latin1'), place)
}

/** Text ends where bytes begin that no text has: `--b64=false` and other tools write the bare signature. */
const TEXT = /^[\t\n\r -~]*$/

function readDetachedSignature(bytes: Uint8Array, place: Place): BundleContent {
  const text = Buffer.from(bytes).toString('latin1')
  if (!TEXT.test(text)) return { kind: 'message', signature: Uint8Array.from(bytes) }
  const trimmed = text.trim()
  if (trimmed.startsWith('{')) return readSignature(bytes, place)
  const signature = parseBase64(trimmed)
  if (signature.ok && signature.value.length > 0) return readSignature(signature.value, place)
  const message = 'Expected a signature in canonical base64, or its bare bytes'
  place.problems.push({ code: 'bundle/base64', message, at: place.at })
  return { kind: 'message', signature: bytes }
}

/** Of `attest-blob`, the signature is the whole envelope; no other signature is JSON. */
function readSignature(bytes: Uint8Array, place: Place): BundleContent {
  const json = parseJson(bytes, { stringMax: LIMITS.envelopeBytesMax })
  if (json.ok && isJsonObject(json.value)) {
    return { kind: 'dsse', envelope: readEnvelope({ ...place, value: json.value }) }
  }
  return { kind: 'message', signature: bytes }
}

/** Where a key signed, older versions wrote the public key; whose it is, the trust document says. */
function readKeyMaterial(text: string, place: Place): BundleKeyMaterial {
  return chainOf(text === '' || isPublicKey(text) ? [] : readCertificates(text, place), place)
}

/** Without a certificate, a key signed; a certificate that could not be read has been told. */
function chainOf(
  [leaf, ...others]: readonly Uint8Array[],
  { at, problems }: Place,
): BundleKeyMaterial {
  if (leaf === undefined) return { kind: 'public-key', hint: '' }
  const count = others.length + 1
  if (count > LIMITS.certificateChainMax) {
    const message = `Expected at most ${LIMITS.certificateChainMax} certificates, found ${count}`
    problems.push({ code: 'bundle/limit', message, at })
  }
  return { kind: 'certificate-chain', certificates: [leaf, ...others] }
}

function readTimestamp(bytes: Uint8Array, place: Place): Uint8Array {
  const json = parseJson(bytes)
  if (!json.ok || !isJsonObject(json.value)) return Uint8Array.from(bytes)
  const document = { ...place, value: json.value }
  refuseUnknown(document, ['SignedRFC3161Timestamp'])
  return bytesAt(document, 'SignedRFC3161Timestamp')
}

function readEntry(entry: Place): LogEntry {
  refuseUnknown(entry, ['SignedEntryTimestamp', 'Payload'])
  const payload = objectAt(entry, 'Payload')
  refuseUnknown(payload, PAYLOAD_MEMBERS)
  const canonicalizedBody = bytesAt(payload, 'body')
  const seconds = countAt(payload, 'integratedTime', SECONDS_MAX)
  return {
    logIndex: BigInt(countAt(payload, 'logIndex', Number.MAX_SAFE_INTEGER)),
    logId: readLogId(payload),
    ...readKind(canonicalizedBody, { ...payload, at: `${payload.at}/body` }),
    ...(seconds > 0 && { integratedTime: seconds * 1000 }),
    inclusionPromise: bytesAt(entry, 'SignedEntryTimestamp'),
    canonicalizedBody,
  }
}

/** Go writes its int64 as a JSON number here; one that is not exact was refused with the JSON (JSON-1). */
function countAt(place: Place, name: string, most: number): number {
  const value = memberOf(place, name)
  if (typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most) {
    return value
  }
  const message = `Expected a whole number from 0 to ${most}`
  place.problems.push({ code: 'bundle/member', message, at: `${place.at}/${name}` })
  return 0
}

function readLogId(payload: Place): Uint8Array {
  const text = textAt(payload, 'logID')
  if (/^(?:[0-9a-f]{2}){1,64}$/.test(text)) return Uint8Array.from(Buffer.from(text, 'hex'))
  const message = 'Expected the id of a log in lower-case hexadecimal digits'
  payload.problems.push({ code: 'bundle/member', message, at: `${payload.at}/logID` })
  return new Uint8Array()
}

/** A bundle says beside the body what it is; here only the body does. */
function readKind(body: Uint8Array, { at, problems }: Place): Pick<LogEntry, 'kind' | 'version'> {
  const json = parseJson(body, { stringMax: LIMITS.envelopeBytesMax })
  const { kind, apiVersion } = json.ok && isJsonObject(json.value) ? json.value : {}
  if (typeof kind === 'string' && typeof apiVersion === 'string') {
    return { kind, version: apiVersion }
  }
  if (body.length > 0) {
    const message = 'Expected the body of a log entry, which says its kind and version'
    problems.push({ code: 'bundle/log-body', message, at })
  }
  return { kind: '', version: '' }
}
