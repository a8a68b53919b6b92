// Reads a Sigstore bundle in protobuf's JSON form (sigstore_bundle.proto), versions 0.1 to 0.3.
// Narrowed by hand: this runs for every bundle that is verified. The result shares no memory with
// the input, so nobody can change it afterwards.

import {
  bytesAt,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  judge,
  LIMITS,
  memberOf,
  objectAt,
  objectsAt,
  parseJson,
  quote,
  refuse,
  refuseUnknown,
  type Result,
  textAt,
} from '../core/index.ts'
import type { Bundle, BundleContent, BundleKeyMaterial, BundleVersion, Envelope } from './bundle.ts'
import { readLogEntry } from './log-entry.ts'
import { type Place, placeOf } from './place.ts'
import type { BundleProblem } from './problem.ts'

/** SB-1: these and no others. */
const MEDIA_TYPES: ReadonlyMap<JsonValue | undefined, BundleVersion> = new Map([
  ['application/vnd.dev.sigstore.bundle.v0.3+json', '0.3'],
  ['application/vnd.dev.sigstore.bundle+json;version=0.3', '0.3'],
  ['application/vnd.dev.sigstore.bundle+json;version=0.2', '0.2'],
  ['application/vnd.dev.sigstore.bundle+json;version=0.1', '0.1'],
])

const MEMBERS = ['mediaType', 'verificationMaterial', 'dsseEnvelope', 'messageSignature']
const KEY_MEMBERS = ['publicKey', 'certificate', 'x509CertificateChain']
const MATERIAL_MEMBERS = [...KEY_MEMBERS, 'tlogEntries', 'timestampVerificationData']

/**
 * Reads one bundle, or tells every problem of it.
 *
 * A member that we do not know is refused, for a protobuf reader may take a name such as
 * `dsse_envelope` for the real one (SB-12); only in the envelope are they ignored, as DSSE-7
 * demands.
 */
export function parseBundle(bytes: Uint8Array): Result<Bundle, BundleProblem> {
  const json = parseJson(bytes, { stringMax: LIMITS.envelopeBytesMax })
  if (!json.ok) {
    return refuse({
      code: 'bundle/json',
      message: 'Expected a bundle in JSON',
      because: json.problems,
    })
  }
  if (!isJsonObject(json.value)) {
    return refuse({ code: 'bundle/json', message: 'Expected a bundle, found no JSON object' })
  }
  return parseBundleObject(json.value)
}

/** The same of a bundle that lies in another document, which was read strictly. */
export function parseBundleObject(value: JsonObject): Result<Bundle, BundleProblem> {
  const version = MEDIA_TYPES.get(value['mediaType'])
  if (version === undefined) return refuse(unknownMediaType(value))

  const place = placeOf(value)
  refuseUnknown(place, MEMBERS)
  const material = objectAt(place, 'verificationMaterial')
  refuseUnknown(material, MATERIAL_MEMBERS)
  const entries = objectsAt(material, 'tlogEntries', LIMITS.logEntriesMax)
  const bundle: Bundle = {
    version,
    keyMaterial: readKeyMaterial(material, version),
    logEntries: entries.map(readLogEntry),
    timestamps: readTimestamps(material),
    content: readContent(place),
  }
  checkHint(bundle, place)
  return judge(bundle, place.problems)
}

function unknownMediaType({ mediaType }: JsonObject): BundleProblem {
  return {
    code: 'bundle/media-type',
    message: `Expected a Sigstore bundle of version 0.1 to 0.3, found ${
      typeof mediaType === 'string' ? quote(mediaType) : 'no media type'
    }`,
    at: '/mediaType',
  }
}

function readKeyMaterial(material: Place, version: BundleVersion): BundleKeyMaterial {
  const [kind, ...others] = KEY_MEMBERS.filter((name) => memberOf(material, name) !== undefined)
  if (kind === 'publicKey' && others.length === 0) {
    const key = objectAt(material, kind)
    refuseUnknown(key, ['hint'])
    return { kind: 'public-key', hint: textAt(key, 'hint', '') }
  }
  // SB-4: the leaf alone since 0.3, the chain before.
  if (kind === 'certificate' && others.length === 0 && version === '0.3') {
    return { kind: 'certificate', certificate: readCertificate(objectAt(material, kind)) }
  }
  if (kind === 'x509CertificateChain' && others.length === 0 && version !== '0.3') {
    const chain = objectAt(material, kind)
    refuseUnknown(chain, ['certificates'])
    const places = objectsAt(chain, 'certificates', LIMITS.certificateChainMax)
    const [leaf, ...others] = places.map(readCertificate)
    if (leaf !== undefined) return { kind: 'certificate-chain', certificates: [leaf, ...others] }
  }
  const certificates = version === '0.3' ? 'one certificate' : 'one certificate chain'
  material.problems.push({
    code: 'bundle/key-material',
    message: `Expected one public key or ${certificates} in a bundle of version ${version}`,
    at: material.at,
  })
  return { kind: 'public-key', hint: '' }
}

function readCertificate(certificate: Place): Uint8Array {
  refuseUnknown(certificate, ['rawBytes'])
  return bytesAt(certificate, 'rawBytes')
}

function readTimestamps(material: Place): readonly Uint8Array[] {
  if (memberOf(material, 'timestampVerificationData') === undefined) return []
  const data = objectAt(material, 'timestampVerificationData')
  refuseUnknown(data, ['rfc3161Timestamps'])
  return objectsAt(data, 'rfc3161Timestamps', LIMITS.timestampsMax).map((timestamp) => {
    refuseUnknown(timestamp, ['signedTimestamp'])
    return bytesAt(timestamp, 'signedTimestamp')
  })
}

function readContent(place: Place): BundleContent {
  const isEnvelope = memberOf(place, 'dsseEnvelope') !== undefined
  const isMessage = memberOf(place, 'messageSignature') !== undefined
  if (isEnvelope === isMessage) {
    place.problems.push({
      code: 'bundle/content',
      message: `Expected an envelope or a message signature, found ${isEnvelope ? 'both' : 'none'}`,
    })
    return { kind: 'message', signature: new Uint8Array() }
  }
  if (isEnvelope) {
    return { kind: 'dsse', envelope: readEnvelope(objectAt(place, 'dsseEnvelope')) }
  }
  const message = objectAt(place, 'messageSignature')
  refuseUnknown(message, ['messageDigest', 'signature'])
  const signature = bytesAt(message, 'signature')
  if (memberOf(message, 'messageDigest') === undefined) return { kind: 'message', signature }
  const digest = objectAt(message, 'messageDigest')
  refuseUnknown(digest, ['algorithm', 'digest'])
  return {
    kind: 'message',
    digestHint: { algorithm: textAt(digest, 'algorithm'), digest: bytesAt(digest, 'digest') },
    signature,
  }
}

/** Reads a DSSE envelope of exactly one signature; what is wrong with it is told in the place. */
export function readEnvelope(envelope: Place): Envelope {
  refuseTwin(envelope)
  const payloadType = textAt(envelope, 'payloadType', '')
  if (payloadType === '') {
    envelope.problems.push({
      code: 'bundle/payload-type',
      message: 'Expected the type of the payload, found none',
      at: `${envelope.at}/payloadType`,
    })
  }
  const payload = bytesAt(envelope, 'payload', 'base64', 'base64url')
  const signatures = objectsAt(envelope, 'signatures', LIMITS.signaturesMax)
  const [signature] = signatures
  // SB-2 and A-13: with two, one could be checked and the other one logged.
  if (signature === undefined || signatures.length > 1) {
    envelope.problems.push({
      code: 'bundle/signatures',
      message: `Expected exactly one signature, found ${signatures.length}`,
      at: `${envelope.at}/signatures`,
    })
    return { payloadType, payload, signature: new Uint8Array() }
  }
  const keyid = textAt(signature, 'keyid', '')
  return {
    payloadType,
    payload,
    signature: bytesAt(signature, 'sig', 'base64', 'base64url'),
    // DSSE-2: unset and empty are the same.
    ...(keyid !== '' && { keyid }),
  }
}

/** The one member of an envelope that protobuf readers take under a second name. */
function refuseTwin({ value, at, problems }: Place): void {
  if (!('payload_type' in value)) return
  const message = 'Expected "payloadType", found "payload_type"'
  problems.push({ code: 'bundle/member-unknown', message, at })
}

/** SB-3, where both say something. */
function checkHint({ keyMaterial, content }: Bundle, place: Place): void {
  if (keyMaterial.kind !== 'public-key' || content.kind !== 'dsse') return
  const { keyid } = content.envelope
  if (keyMaterial.hint === '' || keyid === undefined || keyMaterial.hint === keyid) return
  place.problems.push({
    code: 'bundle/hint',
    message: `Expected one key, found the hint ${quote(keyMaterial.hint)} and the key id ${quote(keyid)}`,
  })
}
