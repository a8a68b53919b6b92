// The transparency logs of a test instance: they take what they are sent, and log it or what a test would have them log.

import { createHash } from 'node:crypto'
import { answerV1, answerV2 } from '../../sign/sigstore/log-answers.ts'
import { SIGNED_AT } from '../../verify/sigstore/test-authority.ts'
import type { TestLog } from '../../verify/sigstore/test-log.ts'

/** What is logged. */
export interface LogRequest {
  readonly signature: string
  readonly digest: string
  readonly verifier: object
}

type Faulty = (request: LogRequest) => LogRequest

/** Takes a request of this version in, and answers its entry. */
export function logV2(body: Buffer, log: TestLog, logged: Faulty): string {
  const { hashedRekordRequestV002: asked } = JSON.parse(body.toString()) as {
    hashedRekordRequestV002: { digest: string; signature: { content: string; verifier: object } }
  }
  const { content: signature, verifier } = asked.signature
  const request = { signature, digest: asked.digest, verifier }
  const { digest, ...rest } = logged(request)
  const index = log.append({
    apiVersion: '0.0.2',
    kind: 'hashedrekord',
    spec: {
      hashedRekordV002: {
        data: { algorithm: 'SHA2_256', digest },
        signature: { content: rest.signature, verifier: rest.verifier as Record<string, string> },
      },
    },
  })
  return JSON.stringify(answerV2(log.entry(index)))
}

/** Takes a request of this version in, and answers its entry. */
export function logV1(body: Buffer, log: TestLog, logged: Faulty): string {
  const { spec } = JSON.parse(body.toString()) as {
    spec: { proposedContent: { envelope: string; verifiers: readonly [string] } }
  }
  const { envelope, verifiers } = spec.proposedContent
  const { payload, signatures } = JSON.parse(envelope) as {
    payload: string
    signatures: readonly [{ sig: string }]
  }
  const request = { signature: signatures[0].sig, digest: payload, verifier: {} }
  const { signature, digest } = logged(request)
  const hash = (bytes: Uint8Array) => ({
    algorithm: 'sha256',
    value: createHash('sha256').update(bytes).digest('hex'),
  })
  const index = log.append({
    apiVersion: '0.0.1',
    kind: 'dsse',
    spec: {
      envelopeHash: hash(Buffer.from(envelope)),
      payloadHash: hash(Buffer.from(digest, 'base64')),
      signatures: [{ signature, verifier: verifiers[0] }],
    },
  })
  return JSON.stringify(answerV1(log.entry(index, { at: SIGNED_AT + 60_000 })))
}
