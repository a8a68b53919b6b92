// Reads a trusted root (sigstore_trustroot.proto, protobuf's JSON), versions 0.1 and 0.2: narrowed by hand, for every trust document
// that holds one is read through here.

import { X509Certificate } from 'node:crypto'
import {
  accept,
  equalBytes,
  isJsonObject,
  type JsonObject,
  type JsonValue,
  judge,
  LIMITS,
  parseJson,
  quote,
  type Result,
  refuse,
} from '../../../core/index.ts'
import type { TrustProblem } from '../../problem.ts'
import { isKeyDigest, isLogId } from './log-id.ts'
import { parseLogKey } from './log-key.ts'
import {
  bytesAt,
  memberOf,
  objectAt,
  objectsAt,
  type RootPlace,
  refuseUnknown,
  tell,
  textAt,
} from './root-member.ts'
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

function parseRootJson(bytes: Uint8Array): Result<JsonObject, TrustProblem> {
  const json = parseJson(bytes, { bytesMax: LIMITS.trustBytesMax })
  if (json.ok && isJsonObject(json.value)) return accept(json.value)
  return refuse({
    code: 'trust/root-format',
    message: 'Expected a trusted root in JSON',
    ...(!json.ok && { because: json.problems }),
  })
}

/**
 * The documents of a file: one trusted root on any number of lines, or JSON Lines with one on each, as `gh attestation trusted-root`
 * prints them.
 *
 * @returns documents that {@link parseTrustedRoot} accepts, at least one
 */
export function parseRootLines(bytes: Uint8Array): Result<readonly JsonObject[], TrustProblem> {
  const whole = parseRootJson(bytes)
  const lines = splitLines(bytes)
  // A document that is damaged is no list of lines: the first line tells which of them it is.
  const isList = lines.length > 1 && lines.slice(0, 1).every(({ part }) => parseRootJson(part).ok)
  if (whole.ok || !isList) return checkRoot(whole)
  const read = lines.map(({ line, part }) => ({ line, root: checkRoot(parseRootJson(part)) }))
  const problems = read.flatMap(({ line, root }) =>
    root.ok ? [] : root.problems.map((problem) => atLine(problem, line)),
  )
  return judge(
    read.flatMap(({ root }) => (root.ok ? root.value : [])),
    problems,
  )
}

function checkRoot(
  document: Result<JsonObject, TrustProblem>,
): Result<readonly JsonObject[], TrustProblem> {
  if (!document.ok) return document
  const root = parseTrustedRootJson(document.value)
  return root.ok ? accept([document.value]) : root
}

function atLine(problem: TrustProblem, line: number): TrustProblem {
  const { at } = problem
  return { ...problem, at: at === undefined ? `line ${line}` : `line ${line}, ${at}` }
}

/** Lines end at the byte 0A and nowhere else; empty ones are skipped, and so is the carriage return before it. */
function splitLines(bytes: Uint8Array): readonly { line: number; part: Uint8Array }[] {
  const lines = []
  for (let line = 1, start = 0; start < bytes.length; line++) {
    const newline = bytes.indexOf(0x0a, start)
    const end = newline < 0 ? bytes.length : newline
    const part = bytes.subarray(start, end)
    if (part.some((byte) => byte > 0x20)) lines.push({ line, part })
    start = end + 1
  }
  return lines
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
  const place: RootPlace = { value: document, path: [], problems: [] }
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
    tell(place, undefined, { code: 'trust/root-empty', message })
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
    tell(place, 'hashAlgorithm', { code: 'trust/root-member', message })
  }
  const baseUrl = textAt(place, 'baseUrl')
  const operator = textAt(place, 'operator')
  const logId = readKeyId(place, 'logId')
  const checkpointKeyId =
    memberOf(place, 'checkpointKeyId') === undefined
      ? undefined
      : readKeyId(place, 'checkpointKeyId')
  const keyPlace = objectAt(place, 'publicKey')
  refuseUnknown(keyPlace, ['rawBytes', 'keyDetails', 'validFor'])
  const validFor = readValidity(keyPlace)
  const bytes = bytesAt(keyPlace, 'rawBytes')
  if (bytes === undefined) return []
  const publicKey = parseLogKey(bytes, textAt(keyPlace, 'keyDetails'))
  if (!publicKey.ok) {
    for (const problem of publicKey.problems) tell(keyPlace, undefined, problem)
    return []
  }
  if (validFor === undefined || logId === undefined) return []
  const isOwnId = kind === 'certificate' ? isKeyDigest : isLogId
  if (!isOwnId(logId, publicKey.value)) {
    const message = 'Expected the identifier of the log to be computed from its key'
    tell(place, 'logId', { code: 'trust/root-log-id', message })
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

function readKeyId(place: RootPlace, name: string): Uint8Array | undefined {
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
  const uri = textAt(place, 'uri')
  const operator = textAt(place, 'operator')
  const validFor = readValidity(place)
  const chain = objectAt(place, 'certChain')
  refuseUnknown(chain, ['certificates'])
  const places = objectsAt(chain, 'certificates', LIMITS.certificateChainMax)
  const [first, ...others] = places.flatMap(readCertificate)
  if (places.length === 0) {
    const message = 'Expected at least one certificate, found none'
    tell(chain, 'certificates', { code: 'trust/root-certificate', message })
  }
  if (first === undefined || validFor === undefined) return []
  return [{ uri, certificates: [first, ...others], validFor, ...(operator !== '' && { operator }) }]
}

function readCertificate(place: RootPlace): Uint8Array[] {
  refuseUnknown(place, ['rawBytes'])
  const bytes = bytesAt(place, 'rawBytes')
  if (bytes === undefined) return []
  if (!isCertificate(bytes)) {
    const message = 'Expected one X.509 certificate in DER, found other bytes'
    tell(place, 'rawBytes', { code: 'trust/root-certificate', message })
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
