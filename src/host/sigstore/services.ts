// The services of Sigstore, each asked once: certificate authority, transparency log, timestamp authority.

import { randomBytes } from 'node:crypto'
import { accept, type Result } from '../../core/index.ts'
import type { LogEntry } from '../../bundle/index.ts'
import {
  CERTIFICATE_PATH,
  encodeCertificateRequest,
  encodeLogRequestV1,
  encodeLogRequestV2,
  encodeTimestampRequest,
  type IdentityToken,
  LOG_PATHS,
  type LogContent,
  parseCertificateResponse,
  parseLogResponseV1,
  parseLogResponseV2,
  judgeTimestampResponse,
  type Signer,
} from '../../sign/index.ts'
import type { Host } from '../host.ts'

type Door = Pick<Host, 'request'>

const JSON_TYPE = 'application/json'

/** A log of version 2 answers when its next checkpoint is signed; other clients wait 20 s and more. */
const LOG_TIMES = { tryTimeoutMs: 45_000, deadlineMs: 120_000 } as const

/** The certificate for the signer's key in the name of the token, DER. */
export async function requestCertificate(
  { request }: Door,
  authority: string,
  { token, signer }: { readonly token: IdentityToken; readonly signer: Signer },
): Promise<Result<Uint8Array>> {
  const response = await request({
    url: joinUrl(authority, CERTIFICATE_PATH),
    method: 'POST',
    contentType: JSON_TYPE,
    body: await encodeCertificateRequest(token, signer),
    secrets: [token.text],
  })
  return response.ok ? parseCertificateResponse(response.value.body, signer) : response
}

/** A timestamp over the signature, of now: the whole response, DER. */
export async function requestTimestamp(
  { request, now }: Door & Pick<Host, 'now'>,
  authority: string,
  signature: Uint8Array,
): Promise<Result<Uint8Array>> {
  const question = { signature, nonce: randomBytes(8) }
  const response = await request({
    url: authority,
    method: 'POST',
    contentType: 'application/timestamp-query',
    accept: 'application/timestamp-reply',
    body: encodeTimestampRequest(question),
  })
  if (!response.ok) return response
  return judgeTimestampResponse(response.value.body, { ...question, now: now() })
}

/** Writes the signature to a log, where it stays. */
export async function requestLogEntry(
  { request }: Door,
  log: { readonly url: string; readonly majorApiVersion?: number },
  content: LogContent,
): Promise<Result<LogEntry>> {
  if (log.majorApiVersion === 1) return requestLogEntryV1({ request }, log.url, content)
  const body = encodeLogRequestV2(content)
  if (!body.ok) return body
  const response = await request({
    url: joinUrl(log.url, LOG_PATHS[2]),
    method: 'POST',
    contentType: JSON_TYPE,
    body: body.value,
    // Where nobody says the version, a log that does not know the address is one of version 1.
    ...(log.majorApiVersion === undefined && { statuses: [404] }),
    ...LOG_TIMES,
  })
  if (!response.ok) return response
  if (response.value.status === 404) return requestLogEntryV1({ request }, log.url, content)
  return parseLogResponseV2(response.value.body)
}

async function requestLogEntryV1(
  { request }: Door,
  url: string,
  content: LogContent,
): Promise<Result<LogEntry>> {
  const address = joinUrl(url, LOG_PATHS[1])
  const response = await request({
    url: address,
    method: 'POST',
    contentType: JSON_TYPE,
    body: encodeLogRequestV1(content),
    statuses: [409],
    ...LOG_TIMES,
  })
  if (!response.ok) return response
  const found = await readLogged({ request }, address, response.value)
  return found.ok ? parseLogResponseV1(found.value) : found
}

/** The log has the entry already where the answer to a first try was lost; it says under which id. */
async function readLogged(
  { request }: Door,
  address: string,
  { status, location = '', body }: { status: number; location?: string; body: Uint8Array },
): Promise<Result<Uint8Array>> {
  const [id] = /[0-9a-f]{64,80}$/.exec(location) ?? []
  if (status !== 409 || id === undefined) return accept(body)
  const response = await request({ url: `${address}/${id}`, method: 'GET', ...LOG_TIMES })
  return response.ok ? accept(response.value.body) : response
}

function joinUrl(base: string, path: string): string {
  return `${base.replace(/\/+$/, '')}${path}`
}
