// A whole Sigstore instance in this process, behind one server on loopback: certificate authority, certificate log, both versions of
// Rekor, timestamp authority. Each answer can be made wrong before it is given.

import { createPublicKey, verify } from 'node:crypto'
import type { ServerResponse } from 'node:http'
import { encodePem, type TransparencyLog } from '../../../src/trust/index.ts'
import { type Asked, startServer, type TestServer } from '../network/misbehaving-server.ts'
import {
  type LeafOptions,
  makeAuthority,
  makeLeaf,
  makeLog,
  ROOT_KEY,
  SIGNED_AT,
  YEAR,
} from '../../verify/sigstore/test-authority.ts'
import { createTestLog, type TestLog } from '../../verify/sigstore/test-log.ts'
import { type LogRequest, logV1, logV2 } from './loopback-logs.ts'
import {
  readTimestampRequest,
  signTimestamp,
  TIMESTAMP_CHAIN,
  type TimestampAnswer,
} from './loopback-timestamps.ts'

/** What of the instance is wrong. */
export interface Faults {
  /** Answers in place of a service; `false` lets the service answer. */
  readonly answer?: (response: ServerResponse, asked: Asked) => boolean
  readonly certificate?: (options: LeafOptions) => LeafOptions
  /** The envelope or digest that is logged. */
  readonly logged?: (request: LogRequest) => LogRequest
  readonly timestamp?: (answer: TimestampAnswer) => TimestampAnswer
}

/** A running instance and the documents that name it. */
export interface LoopbackServices extends TestServer {
  readonly trustedRoot: object
  signingConfig(logVersion: 1 | 2): object
}

/** When everything is signed, a minute after the certificates begin. */
export const STAMPED_AT = SIGNED_AT + 60_000

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const AUTHORITY = makeAuthority()
const unchanged = (request: LogRequest) => request

/** Starts it; it ends with the test. */
export async function startServices(faults: Faults = {}): Promise<LoopbackServices> {
  // The name of a log in its checkpoints is the host of its address.
  const logs = { 1: makeTestLog(1), 2: makeTestLog(2) }
  const server = await startServer((response, asked) => {
    if (faults.answer?.(response, asked) === true) return
    const answer = answerTo(asked, faults, logs)
    response.writeHead(answer === undefined ? 404 : 201).end(answer)
  })
  const { url } = server
  const service = (address: string, majorApiVersion: number) => ({
    url: address,
    majorApiVersion,
    validFor: { start: new Date(SIGNED_AT - YEAR).toISOString() },
    operator: 'loopback',
  })
  return {
    ...server,
    trustedRoot: describeRoot(url, logs),
    signingConfig: (logVersion) => ({
      mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
      caUrls: [service(url, 1)],
      rekorTlogUrls: [service(url, logVersion)],
      rekorTlogConfig: { selector: 'ALL' },
      tsaUrls: [service(`${url}/timestamp`, 1)],
      tsaConfig: { selector: 'EXACT', count: 1 },
    }),
  }
}

function makeTestLog(generation: 1 | 2): TestLog {
  const log = createTestLog({
    name: '127.0.0.1',
    generation,
    validFor: { start: SIGNED_AT - YEAR },
  })
  log.append({ apiVersion: '0.0.1', kind: 'first', spec: {} })
  return log
}

type Logs = Readonly<Record<1 | 2, TestLog>>

function answerTo({ path, body }: Asked, faults: Faults, logs: Logs): string | Buffer | undefined {
  switch (path) {
    case '/api/v2/signingCert':
      return issueCertificate(body, faults)
    case '/api/v2/log/entries':
      return logV2(body, logs[2], faults.logged ?? unchanged)
    case '/api/v1/log/entries':
      return logV1(body, logs[1], faults.logged ?? unchanged)
    case '/timestamp': {
      const answer = { ...readTimestampRequest(body), at: STAMPED_AT }
      return signTimestamp(faults.timestamp?.(answer) ?? answer)
    }
    default:
      return undefined
  }
}

function issueCertificate(body: Buffer, { certificate }: Faults): string | undefined {
  const { credentials, publicKeyRequest } = JSON.parse(body.toString()) as {
    credentials: { oidcIdentityToken: string }
    publicKeyRequest: { publicKey: { content: string }; proofOfPossession: string }
  }
  const [, payload = ''] = credentials.oidcIdentityToken.split('.')
  const { sub, email = sub } = JSON.parse(Buffer.from(payload, 'base64url').toString()) as {
    sub: string
    email?: string
  }
  const publicKey = createPublicKey(publicKeyRequest.publicKey.content)
  const proof = Buffer.from(publicKeyRequest.proofOfPossession, 'base64')
  if (!verify('sha256', Buffer.from(email), publicKey, proof)) return undefined
  // Whose private half is asked for by nobody.
  const options = { by: AUTHORITY, key: { publicKey, privateKey: ROOT_KEY.privateKey } }
  const leaf = makeLeaf(certificate?.(options) ?? options)
  const chain = [leaf, ...AUTHORITY.authority.certificates]
  const certificates = chain.map((der) => encodePem('CERTIFICATE', der))
  return JSON.stringify({ signedCertificateEmbeddedSct: { chain: { certificates } } })
}

function describeRoot(url: string, logs: Logs): object {
  const validFor = { start: new Date(SIGNED_AT - YEAR).toISOString() }
  const log = ({
    logId,
    publicKey: { spki, type },
  }: Pick<TransparencyLog, 'logId' | 'publicKey'>) => ({
    baseUrl: url,
    hashAlgorithm: 'SHA2_256',
    publicKey: {
      rawBytes: base64(spki),
      keyDetails: type === 'ed25519' ? 'PKIX_ED25519' : 'PKIX_ECDSA_P256_SHA_256',
      validFor,
    },
    logId: { keyId: base64(logId) },
  })
  const authority = (chain: readonly Uint8Array[]) => ({
    subject: { organization: 'loopback', commonName: 'loopback' },
    uri: url,
    certChain: { certificates: chain.map((der) => ({ rawBytes: base64(der) })) },
    validFor,
  })
  return {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: [log(logs[1].log), log(logs[2].log)],
    certificateAuthorities: [authority(AUTHORITY.authority.certificates)],
    ctlogs: [log(makeLog())],
    timestampAuthorities: [authority(TIMESTAMP_CHAIN)],
  }
}
