// The trust document of the scene as a file, for tests of the command line.

import { encodeTimestamp } from '../../../src/core/index.ts'
import { encodeTrust, type NamedRoot, type TrustDocument } from '../../../src/trust/index.ts'
import { TRUST } from './scene.ts'

/** `trust.json`, with a change. */
export function encodeNpmTrust(change: Partial<TrustDocument> = {}): Uint8Array {
  const roots = TRUST.roots.map((root) => ({ ...root, document: documentOf(root) }))
  return encodeTrust({ ...TRUST, roots, ...change } as TrustDocument)
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')

/** The scene's root as a `trusted_root.json`. */
function documentOf({ root }: NamedRoot): object {
  const [log] = root.transparencyLogs
  const [authority] = root.certificateAuthorities
  if (log === undefined || authority === undefined) throw new Error('Expected a log, an authority')
  const start = (at: number) => ({ start: encodeTimestamp(at) })
  return {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: [
      {
        baseUrl: log.baseUrl,
        hashAlgorithm: 'SHA2_256',
        publicKey: {
          rawBytes: log.publicKey.key.export({ type: 'spki', format: 'der' }).toString('base64'),
          keyDetails: 'PKIX_ECDSA_P256_SHA_256',
          validFor: start(log.validFor.start),
        },
        logId: { keyId: base64(log.logId) },
      },
    ],
    certificateAuthorities: [
      {
        uri: authority.uri,
        certChain: {
          certificates: authority.certificates.map((der) => ({ rawBytes: base64(der) })),
        },
        validFor: start(authority.validFor.start),
      },
    ],
  }
}
