// A stand-in for a certificate transparency log: it signs a promise (SCT) for each precertificate, as RFC 6962 section 3.2
// says, and keeps nothing. It is the one part of the rehearsal that is no real program, because none can be had.

import { createHash, createPublicKey, type KeyObject, sign, X509Certificate } from 'node:crypto'
import { children, der, oid, sequence } from './der.ts'
import { type HttpServer, serve } from './http-server.ts'

const POISON = oid('1.3.6.1.4.1.11129.2.4.3')
const EXTENSIONS_TAG = 0xa3

/** @param privateKey P-256 */
export function serveCertificateLog(privateKey: KeyObject): Promise<HttpServer> {
  const publicKey = createPublicKey(privateKey)
  const id = sha256(publicKey.export({ type: 'spki', format: 'der' })).toString('base64')
  return serve(() => ({
    'POST /ct/v1/add-pre-chain': (body) => {
      const { chain } = JSON.parse(body) as { chain: readonly string[] }
      const [precertificate, issuer] = chain.map((text) => Buffer.from(text, 'base64'))
      if (precertificate === undefined || issuer === undefined) throw new Error('No chain')
      const timestamp = Date.now()
      const signature = sign('sha256', signedPart(precertificate, issuer, timestamp), privateKey)
      const length = Buffer.alloc(2)
      length.writeUInt16BE(signature.length)
      // SHA-256 is 4 and ECDSA is 3 (RFC 5246 section 7.4.1.4.1).
      const digitallySigned = Buffer.concat([Buffer.from([4, 3]), length, signature])
      return {
        body: {
          sct_version: 0,
          id,
          timestamp,
          extensions: '',
          signature: digitallySigned.toString('base64'),
        },
      }
    },
  }))
}

/** Version 1, signature type 0, time, entry type 1 (precertificate), issuer's key, certificate, no extensions. */
function signedPart(precertificate: Buffer, issuer: Buffer, timestamp: number): Buffer {
  const tbs = withoutPoison(precertificate)
  const head = Buffer.alloc(12)
  head.writeBigUInt64BE(BigInt(timestamp), 2)
  head.writeUInt16BE(1, 10)
  const issuerKey = new X509Certificate(issuer).publicKey.export({ type: 'spki', format: 'der' })
  const length = Buffer.alloc(3)
  length.writeUIntBE(tbs.length, 0, 3)
  return Buffer.concat([head, sha256(issuerKey), length, tbs, Buffer.alloc(2)])
}

/** The part of a certificate that is signed, without the extension that keeps a precertificate from being used. */
function withoutPoison(certificate: Buffer): Buffer {
  const tbs = children(certificate)[0]?.whole ?? Buffer.alloc(0)
  const fields = children(tbs).map(({ whole, content }) => {
    if (whole[0] !== EXTENSIONS_TAG) return whole
    const kept = children(content).filter(({ content }) => !content.includes(POISON))
    const list = sequence(...kept.map(({ whole }) => whole))
    return der(EXTENSIONS_TAG, list)
  })
  return sequence(...fields)
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
