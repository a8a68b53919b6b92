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
import { isKeyDigest, isLogId } from './log-id.ts'
import { parseLogKey } from './log-key.ts'
import { type RootPlace, rootPlaceOf } from './root-place.ts'
import { readValidity } from './root-validity.ts'
import type { CertificateAuthority, TransparencyLog, TrustedRoot } from './trusted-root.ts'

/** TR-1: these and no others. */
const MEDIA_TYPES: readonly (JsonValue | undefined)[] = [
  'application/vnd.dev.sigstore.trustedroot.v0.2+json',
  'application/vnd.dev.sigstore.trustedroot.v0.1+json',
  'application/vnd.dev.sigstore.trustedroot+json;version=0.2',
  'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
]

const MEMBERS = ['mediaType', 'tlogs', 'certificateAuthorities', 'ctlogs', 'timestampAuthorities']
const LOG_MEMBERS = [
  'baseUrl',
  'hashAlgorithm',
  'publicKey',
  'logId',
  'checkpointKeyId',
  'operator',
]
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
  const root: TrustedRoot = {
    transparencyLogs: list('tlogs').flatMap((log) => readLog(log, 'transparency')),
    certificateLogs: list('ctlogs').flatMap((log) => readLog(log, 'certificate')),
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

function readLog(place: RootPlace, kind: 'transparency' | 'certificate'): TransparencyLog[] {
  refuseUnknown(place, LOG_MEMBERS)
  const algorithm = memberOf(place, 'hashAlgorithm')
  if (algorithm !== undefined && algorithm !== 'SHA2_256') {
    const message = 'Expected "SHA2_256", the digest of the tree (RFC 6962)'
    tellAt(place, 'hashAlgorithm', { code: 'trust/root-member', message })
  }
  const baseUrl = textAt(place, 'baseUrl', '')
  const operator = textAt(place, 'operator', '')
  const logId = readKeyId(place, 'logId')
  const checkpointKeyId =
    memberOf(place, 'checkpointKeyId') === undefined
      ? undefined
      : readKeyId(place, 'checkpointKeyId')
  const keyPlace = objectAt(place, 'publicKey')
  refuseUnknown(keyPlace, ['rawBytes', 'keyDetails', 'validFor'])
  const validFor = readValidity(keyPlace)
  const bytes = bytesAt(keyPlace, 'rawBytes')
  if (bytes.length === 0) return []
  const publicKey = parseLogKey(bytes, textAt(keyPlace, 'keyDetails', ''))
  if (!publicKey.ok) {
    for (const problem of publicKey.problems) tellAt(keyPlace, undefined, problem)
    return []
  }
  if (validFor === undefined || logId.length === 0) return []
  const isOwnId = kind === 'certificate' ? isKeyDigest : isLogId
  if (!isOwnId(logId, publicKey.value)) {
    const message = 'Expected the identifier of the log to be computed from its key'
    tellAt(place, 'logId', { code: 'trust/root-log-id', message })
  }
  return [
    {
      baseUrl,
      origin: originOf(baseUrl),
      logId,
      ...(checkpointKeyId !== undefined && { checkpointKeyId }),
      publicKey: publicKey.value,
      validFor,
      ...(operator !== '' && { operator }),
    },
  ]
}

/** The name in its checkpoints: the address without scheme, port and slashes at its end (sigstore-go takes the host name too). */
function originOf(baseUrl: string): string {
  return baseUrl
    .replace(/^https?:\/\//, '')
    .replace(/:\d{1,5}(?=\/|$)/, '')
    .replace(/\/{1,8}$/, '')
}

function readKeyId(place: RootPlace, name: string): Uint8Array {
  const id = objectAt(place, name)
  refuseUnknown(id, ['keyId'])
  return bytesAt(id, 'keyId')
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
