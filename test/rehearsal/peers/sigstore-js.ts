// @sigstore/sign and @sigstore/verify, in this process.

import { createHash, createPrivateKey, createPublicKey, sign, X509Certificate } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { bundleFromJSON, bundleToJSON } from '@sigstore/bundle'
import { TransparencyLogEntry, TrustedRoot } from '@sigstore/protobuf-specs'
import {
  DSSEBundleBuilder,
  FulcioSigner,
  RekorWitness,
  type Signer,
  TSAWitness,
  type Witness,
} from '@sigstore/sign'
import { toSignedEntity, toTrustMaterial, Verifier } from '@sigstore/verify'
import { encodePae } from '../../../src/bundle/index.ts'
import type { Rehearsal } from '../rehearsal.ts'
import {
  type PeerVerdict,
  type SigningOrder,
  signingConfigName,
  type VerificationQuestion,
} from './question.ts'

/** Signs the statement as it is. */
export async function attestWithSigstoreJs(
  order: SigningOrder,
  urls: Rehearsal['urls'],
): Promise<string> {
  const { folder, mode, statement, token } = order
  const timestamp = new TSAWitness({ tsaBaseURL: new URL(urls.timestampAuthority).origin })
  const witnesses: Record<typeof mode, Witness[]> = {
    'keyless, Rekor v2': [hashedRekordWitness(urls.rekor), timestamp],
    'keyless, Rekor v1': [
      new RekorWitness({ rekorBaseURL: urls.rekorV1, entryType: 'dsse' }),
      timestamp,
    ],
    'key, timestamp': [timestamp],
    key: [],
  }
  const signer = mode.startsWith('keyless')
    ? new FulcioSigner({
        fulcioBaseURL: urls.fulcio,
        identityProvider: { getToken: () => Promise.resolve(token) },
      })
    : keySigner(order)
  const builder = new DSSEBundleBuilder({ signer, witnesses: witnesses[mode] })
  const data = readFileSync(statement)
  const bundle = await builder.create({ data, type: 'application/vnd.in-toto+json' })
  const path = join(folder, `sigstore-js.${signingConfigName(mode)}.sigstore.json`)
  writeFileSync(path, JSON.stringify(bundleToJSON(bundle)))
  return path
}

/** @sigstore/verify compares no artifact with a statement: only the signature and its signer are judged. */
export function verifyWithSigstoreJs(question: VerificationQuestion): PeerVerdict {
  const { artifact, bundle, documents, log, signer, time } = question
  try {
    const root = TrustedRoot.fromJSON(JSON.parse(readFileSync(documents.trustedRoot, 'utf8')))
    const keys = 'key' in signer ? { key: readFileSync(signer.key) } : undefined
    const material = toTrustMaterial(root, () => {
      if (keys === undefined) throw new Error('Expected a certificate, found a key')
      return { publicKey: createPublicKey(keys.key), validFor: () => true }
    })
    const verifier = new Verifier(material, {
      tlogThreshold: log ? 1 : 0,
      timestampThreshold: time ? 1 : 0,
    })
    const parsed = bundleFromJSON(JSON.parse(readFileSync(bundle, 'utf8')))
    const isMessage = parsed.content.$case === 'messageSignature'
    const entity = toSignedEntity(parsed, isMessage ? readFileSync(artifact) : undefined)
    const found = verifier.verify(entity).identity
    if ('issuer' in signer) {
      if (found?.extensions?.issuer !== signer.issuer) throw new Error('Another issuer')
      if (found.subjectAlternativeName !== signer.identity) throw new Error('Another identity')
    }
    return { accepted: true, output: '' }
  } catch (error) {
    return { accepted: false, output: String(error) }
  }
}

function keySigner({ key, publicKey }: SigningOrder): Signer {
  const privateKey = createPrivateKey(readFileSync(key))
  const pem = readFileSync(publicKey, 'utf8')
  return {
    // The builder copies a hint into the envelope's keyid, and then cosign and sigstore-go refuse the envelope.
    sign: (data) =>
      Promise.resolve({
        signature: sign('sha256', data, privateKey),
        key: { $case: 'publicKey', publicKey: pem, hint: '' },
      }),
  }
}

/** The library's own witness sends Rekor v2 a kind of entry that it does not take: this logs the envelope's PAE instead. */
function hashedRekordWitness(rekorUrl: string): Witness {
  return {
    testify: async (content, certificate) => {
      if (content.$case !== 'dsseEnvelope') throw new Error('Expected an envelope')
      const { payload, payloadType, signatures } = content.dsseEnvelope
      const digest = createHash('sha256').update(encodePae(payloadType, payload)).digest('base64')
      const rawBytes = new X509Certificate(certificate).raw.toString('base64')
      const response = await fetch(`${rekorUrl}/api/v2/log/entries`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          hashedRekordRequestV002: {
            digest,
            signature: {
              content: signatures[0]?.sig.toString('base64'),
              verifier: { x509Certificate: { rawBytes }, keyDetails: 'PKIX_ECDSA_P256_SHA_256' },
            },
          },
        }),
      })
      if (!response.ok) throw new Error(`Rekor refused: ${await response.text()}`)
      const { logId, kindVersion, ...entry } = TransparencyLogEntry.fromJSON(await response.json())
      if (logId === undefined || kindVersion === undefined) throw new Error('Not an entry')
      return { tlogEntries: [{ ...entry, logId, kindVersion }] }
    },
  }
}
