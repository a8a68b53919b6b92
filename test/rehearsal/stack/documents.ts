// The two documents of a Sigstore instance: whom to trust (TrustedRoot 0.1) and where to sign (SigningConfig 0.2).

import { createHash, type KeyObject } from 'node:crypto'
import type { Authority } from './certificate.ts'

/** What a client has to know of the running services. */
export interface Instance {
  readonly fulcio: { readonly url: string; readonly chain: readonly Authority[] }
  readonly rekor: Log
  readonly rekorV1: Log
  readonly certificateLog: Log
  readonly timestampAuthority: { readonly url: string; readonly chain: readonly Authority[] }
  readonly issuer: string
  /** From when on everything is valid; nothing has an end. */
  readonly start: Date
}

interface Log {
  readonly url: string
  readonly publicKey: KeyObject
}

/** A `trusted_root.json` for everything that the instance signs. */
export function buildTrustedRoot(instance: Instance) {
  const validFor = { start: instance.start.toISOString() }
  const log = ({ url, publicKey }: Log, keyId: Buffer) => ({
    baseUrl: url,
    hashAlgorithm: 'SHA2_256',
    publicKey: {
      rawBytes: spki(publicKey).toString('base64'),
      keyDetails:
        publicKey.asymmetricKeyType === 'ed25519' ? 'PKIX_ED25519' : 'PKIX_ECDSA_P256_SHA_256',
      validFor,
    },
    logId: { keyId: keyId.toString('base64') },
  })
  const authority = ({ url, chain }: { url: string; chain: readonly Authority[] }) => ({
    subject: { organization: 'Assay rehearsal', commonName: chain.at(-1)?.name },
    uri: url,
    certChain: {
      certificates: chain.map(({ certificate }) => ({ rawBytes: certificate.toString('base64') })),
    },
    validFor,
  })
  const { rekor, rekorV1, certificateLog } = instance
  return {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: [log(rekor, noteKeyId(rekor)), log(rekorV1, sha256(spki(rekorV1.publicKey)))],
    certificateAuthorities: [authority(instance.fulcio)],
    ctlogs: [log(certificateLog, sha256(spki(certificateLog.publicKey)))],
    timestampAuthorities: [authority(instance.timestampAuthority)],
  }
}

/** Which witnesses a signing config names: a log of which version, and a timestamp authority. */
export interface Witnesses {
  readonly rekor?: 1 | 2
  readonly timestamp?: true
}

/** A `signing_config.json`. */
export function buildSigningConfig(instance: Instance, witnesses: Witnesses) {
  const service = (url: string, majorApiVersion: number) => ({
    url,
    majorApiVersion,
    validFor: { start: instance.start.toISOString() },
    operator: 'rehearsal.example',
  })
  const { fulcio, rekor, rekorV1, timestampAuthority, issuer } = instance
  const { rekor: version } = witnesses
  const logs =
    version === undefined ? [] : [service((version === 2 ? rekor : rekorV1).url, version)]
  return {
    mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
    caUrls: [service(fulcio.url, 1)],
    oidcUrls: [service(issuer, 1)],
    rekorTlogUrls: logs,
    tsaUrls: witnesses.timestamp ? [service(timestampAuthority.url, 1)] : [],
    rekorTlogConfig: { selector: 'ANY' },
    tsaConfig: { selector: 'ANY' },
  }
}

/** Both documents in one, as sigstore-python takes them (ClientTrustConfig 0.1). */
export function buildTrustConfig(trustedRoot: object, signingConfig: object) {
  return {
    mediaType: 'application/vnd.dev.sigstore.clienttrustconfig.v0.1+json',
    trustedRoot,
    signingConfig,
  }
}

/** The key id of an Ed25519 key in a signed note (C2SP signed-note), of which Rekor v2 uses all the bytes. */
function noteKeyId({ url, publicKey }: Log): Buffer {
  const raw = spki(publicKey).subarray(-32)
  return sha256(Buffer.concat([Buffer.from(`${new URL(url).hostname}\n`), Buffer.from([1]), raw]))
}

function spki(key: KeyObject): Buffer {
  return key.export({ type: 'spki', format: 'der' })
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
