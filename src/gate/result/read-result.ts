// Reading a signed result: as a JSON document, or as compact JWS. What is read is only well formed; who signed it is judged after.

import {
  accept,
  encodeBase64,
  encodeUtf8,
  equalBytes,
  isJsonObject,
  type JsonValue,
  parseBase64,
  parseBySchema,
  parseJson,
  parseUtf8,
  type Result,
  refuse,
} from '../../core/index.ts'
import type { GateProblem } from '../problem.ts'
import {
  encodePreimage,
  preimageSchema,
  RESULT_JWS_TYPE,
  type ResultClaim,
  type ResultPayload,
  type ResultPreimage,
  resultPayloadSchema,
  signedResultSchema,
} from './signed-result.ts'

/** A result of which nothing is believed yet. */
export interface UnverifiedResult {
  readonly form: 'json' | 'jws'
  readonly payload: ResultPayload
  /** Of the payload's preimage, for a person: the commitment is to its bytes. */
  readonly preimage: ResultPreimage
  /** What stands around the signed bytes, and has to say the same. */
  readonly members: Readonly<Partial<Record<ResultClaim, string>>>
  readonly signedBytes: Uint8Array
  readonly signature: Uint8Array
}

const RESULT_BYTES_MAX = 1024 * 1024

/** Reads it. */
export function parseSignedResult(bytes: Uint8Array): Result<UnverifiedResult, GateProblem> {
  if (bytes.length > RESULT_BYTES_MAX) {
    return malformed(`Expected at most ${RESULT_BYTES_MAX} bytes, found ${bytes.length}`)
  }
  const text = parseUtf8(bytes)
  if (!text.ok) return text
  return text.value.trimStart().startsWith('{')
    ? parseDocument(text.value)
    : parseCompact(text.value.trim())
}

function parseDocument(text: string): Result<UnverifiedResult, GateProblem> {
  const json = parseJson(text, { bytesMax: RESULT_BYTES_MAX })
  if (!json.ok) return json
  const document = parseBySchema(signedResultSchema, json.value, breach)
  if (!document.ok) return document
  const { schema: _, payload, signature, ...members } = document.value
  const bytes = decode(payload)
  if (!bytes.ok) return bytes
  return readParts('json', { members, signature, payload: bytes.value, signedBytes: bytes.value })
}

/** RFC 7515 section 7.1, with a header of exactly `alg`, `kid` and `typ`: a critical extension is refused like any other member. */
function parseCompact(text: string): Result<UnverifiedResult, GateProblem> {
  const [first = '', second = '', signature, ...more] = text.split('.')
  if (signature === undefined || more.length > 0) {
    return malformed('Expected a signed result as JSON or as compact JWS, found something else')
  }
  const header = decode(first)
  if (!header.ok) return header
  const read = parseJson(header.value, { bytesMax: RESULT_BYTES_MAX })
  if (!read.ok) return read
  const members = membersOfHeader(read.value)
  if (members === undefined) {
    return malformed(`Expected a header of alg, kid and the typ "${RESULT_JWS_TYPE}"`)
  }
  const payload = decode(second)
  if (!payload.ok) return payload
  const signedBytes = encodeUtf8(`${first}.${second}`)
  return readParts('jws', { members, signature, payload: payload.value, signedBytes })
}

function membersOfHeader(header: JsonValue): UnverifiedResult['members'] | undefined {
  if (!isJsonObject(header)) return undefined
  const { alg, kid, typ, ...others } = header
  const isOurs = typ === RESULT_JWS_TYPE && Object.keys(others).length === 0
  if (!isOurs || typeof alg !== 'string' || typeof kid !== 'string') return undefined
  return { sig_alg: alg, kid }
}

interface Parts {
  readonly members: UnverifiedResult['members']
  readonly signature: string
  readonly payload: Uint8Array
  readonly signedBytes: Uint8Array
}

function readParts(
  form: UnverifiedResult['form'],
  { members, signature: encoded, payload: bytes, signedBytes }: Parts,
): Result<UnverifiedResult, GateProblem> {
  const signature = decode(encoded)
  if (!signature.ok) return signature
  const json = parseJson(bytes, { bytesMax: RESULT_BYTES_MAX })
  if (!json.ok) return json
  const payload = parseBySchema(resultPayloadSchema, json.value, breach)
  if (!payload.ok) return payload
  const stated = parseJson(payload.value.preimage, { bytesMax: RESULT_BYTES_MAX })
  if (!stated.ok) return stated
  const preimage = parseBySchema(preimageSchema, stated.value, breach)
  if (!preimage.ok) return preimage
  const sound = checkConsistent(payload.value, preimage.value)
  if (!sound.ok) return sound
  return accept({
    form,
    payload: payload.value,
    preimage: preimage.value,
    members,
    signedBytes,
    signature: signature.value,
  })
}

/** What no result of a gate can say, whoever signed it. */
function checkConsistent(
  { exceptions, verdict, preimage: text }: ResultPayload,
  stated: ResultPreimage,
): Result<undefined, GateProblem> {
  if (!equalBytes(encodePreimage(stated), encodeUtf8(text))) {
    return malformed('Expected the preimage as canonical JSON (RFC 8785), found another form')
  }
  if (exceptions === undefined) return accept(undefined)
  if (stated.strict === true) {
    return malformed(
      'Expected no exception where none counts, found a strict result that names some',
    )
  }
  return verdict === 'continue'
    ? accept(undefined)
    : malformed(`Expected exceptions of a result that continues, found one that is ${verdict}`)
}

/** RFC 7515 section 2: base64url without padding. */
function decode(text: string): Result<Uint8Array, GateProblem> {
  const bytes = parseBase64(text, 'base64url')
  if (bytes.ok && encodeBase64(bytes.value, 'base64url') !== text) {
    return malformed('Expected base64url without padding')
  }
  return bytes
}

function breach({ message, at }: { readonly message: string; readonly at?: string }): GateProblem {
  return { code: 'gate/result', message, ...(at !== undefined && { at }) }
}

function malformed(message: string): Result<never, GateProblem> {
  return refuse({ code: 'gate/result', message })
}
