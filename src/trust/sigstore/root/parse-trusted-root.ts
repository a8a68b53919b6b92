// Reads a trusted root (sigstore_trustroot.proto, protobuf's JSON), versions 0.1 and 0.2: narrowed by hand, for every trust document
// that holds one is read through here.

import { X509Certificate } from 'node:crypto'
import {
  accept,
  bytesAt,
  equalBytes,
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
  tellAt,
  textAt,
} from '../../../core/index.ts'
import type { TrustProblem } from '../../problem.ts'
import { readLogs } from './root-log.ts'
import { type RootPlace, rootPlaceOf } from './root-place.ts'
import { readValidity } from './root-validity.ts'
import type { CertificateAuthority, TrustedRoot } from './trusted-root.ts'

/** TR-1: these and no others. */
const MEDIA_TYPES: readonly (JsonValue | undefined)[] = [
  'application/vnd.dev.sigstore.trustedroot.v0.2+json',
  'application/vnd.dev.sigstore.trustedroot.v0.1+json',
  'application/vnd.dev.sigstore.trustedroot+json;version=0.2',
  'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
]

const MEMBERS = ['mediaType', 'tlogs', 'certificateAuthorities', 'ctlogs', 'timestampAuthorities']
const AUTHORITY_MEMBERS = ['subject', 'uri', 'certChain', 'validFor', 'operator']

/** Reads `trusted_root.json`, or tells every problem of it. */
export function parseTrustedRoot(bytes: Uint8Array): Result<TrustedRoot, TrustProblem> {
  const document = parseRootJson(bytes)
  return document.ok ? parseTrustedRootJson(document.value) : document
}

/** The document alone, in strict JSON; what it says, {@link parseTrustedRootJson} judges. */
export function parseRootJson(bytes: Uint8Array): Result<JsonObject, TrustProblem> {
  const json = parseJson(bytes, { bytesMax: LIMITS.trustBytesMax })
  if (json.ok && isJsonObject(json.value)) return accept(json.value)
  return refuse({
    code: 'trust/root-format',
    message: 'Expected a trusted root in JSON',
    ...(!json.ok && { because: json.problems }),
  })
}

/** {@link parseTrustedRoot} for a document that strict JSON gave. */
export function parseTrustedRootJson(document: JsonObject): Result<TrustedRoot, TrustProblem> {
  const { mediaType } = document
  if (!MEDIA_TYPES.includes(mediaType)) {
    return refuse({
      code: 'trust/root-format',
      message: `Expected a Sigstore trusted root of version 0.1 or 0.2, found ${
        typeof mediaType === 'string' ? quote(mediaType) : 'no media type'
      }`,
      at: '/mediaType',
    })
  }
  const place = rootPlaceOf(document)
  refuseUnknown(place, MEMBERS)
  const list = (name: string): readonly RootPlace[] =>
    objectsAt(place, name, LIMITS.rootInstancesMax)
  const transparencyLogs = readLogs(list('tlogs'), 'log')
  const certificateLogs = readLogs(list('ctlogs'), 'certificate log')
  const root: TrustedRoot = {
    transparencyLogs: transparencyLogs.usable,
    certificateLogs: certificateLogs.usable,
    unusableLogs: [...transparencyLogs.unusable, ...certificateLogs.unusable],
    certificateAuthorities: list('certificateAuthorities').flatMap(readAuthority),
    timestampAuthorities: list('timestampAuthorities').flatMap(readAuthority),
  }
  if (place.problems.length === 0 && isEmpty(root)) {
    const message = 'Expected a trusted root with a log or an authority, found none'
    tellAt(place, undefined, { code: 'trust/root-empty', message })
  }
  return judge(root, place.problems)
}

function isEmpty(root: TrustedRoot): boolean {
  const parts: readonly (readonly unknown[])[] = Object.values(root)
  return parts.every(({ length }) => length === 0)
}

function readAuthority(place: RootPlace): CertificateAuthority[] {
  refuseUnknown(place, AUTHORITY_MEMBERS)
  // It repeats what the certificates say, and nothing is decided by it.
  if (memberOf(place, 'subject') !== undefined) {
    refuseUnknown(objectAt(place, 'subject'), ['organization', 'commonName'])
  }
  const uri = textAt(place, 'uri', '')
  const operator = textAt(place, 'operator', '')
  const validFor = readValidity(place)
  const chain = objectAt(place, 'certChain')
  refuseUnknown(chain, ['certificates'])
  const places = objectsAt(chain, 'certificates', LIMITS.certificateChainMax)
  const [first, ...others] = places.flatMap(readCertificate)
  if (places.length === 0) {
    const message = 'Expected at least one certificate, found none'
    tellAt(chain, 'certificates', { code: 'trust/root-certificate', message })
  }
  if (first === undefined || validFor === undefined) return []
  return [{ uri, certificates: [first, ...others], validFor, ...(operator !== '' && { operator }) }]
}

function readCertificate(place: RootPlace): Uint8Array[] {
  refuseUnknown(place, ['rawBytes'])
  const bytes = bytesAt(place, 'rawBytes')
  if (bytes.length === 0) return []
  if (!isCertificate(bytes)) {
    const message = 'Expected one X.509 certificate in DER, found other bytes'
    tellAt(place, 'rawBytes', { code: 'trust/root-certificate', message })
  }
  return [bytes]
}

/** Also PEM and what follows a certificate would be read by OpenSSL. */
function isCertificate(bytes: Uint8Array): boolean {
  try {
    return equalBytes(new X509Certificate(bytes).raw, bytes)
  } catch {
    return false
  }
}
