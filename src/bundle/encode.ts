// Writes a Sigstore bundle of version 0.3, members in the order of sigstore_bundle.proto.

import { encodeBase64, encodeUtf8, type JsonObject, type JsonValue } from '../core/index.ts'
import type { Bundle, BundleContent, BundleKeyMaterial } from './bundle.ts'
import type { InclusionProof, LogEntry } from './log-entry.ts'

/**
 * The bundle as one line of JSON, ended by a newline, so that files of it can be joined to JSON Lines.
 *
 * @param bundle of version 0.3: older ones are read, and never written, for what they hold beyond it would be lost
 */
export function encodeBundle(bundle: Bundle & { readonly version: '0.3' }): Uint8Array {
  const { keyMaterial, logEntries, timestamps, content } = bundle
  const document: JsonObject = {
    mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
    verificationMaterial: {
      ...encodeKeyMaterial(keyMaterial),
      ...(logEntries.length > 0 && { tlogEntries: logEntries.map(encodeLogEntry) }),
      ...(timestamps.length > 0 && {
        timestampVerificationData: {
          rfc3161Timestamps: timestamps.map((bytes) => ({ signedTimestamp: encodeBase64(bytes) })),
        },
      }),
    },
    ...encodeContent(content),
  }
  return encodeUtf8(`${JSON.stringify(document)}\n`)
}

function encodeKeyMaterial(material: BundleKeyMaterial): Record<string, JsonValue> {
  if (material.kind === 'public-key') return { publicKey: { hint: material.hint } }
  const [leaf] = material.kind === 'certificate' ? [material.certificate] : material.certificates
  // SB-4: 0.3 has the leaf alone; intermediates come from the trusted root.
  return { certificate: { rawBytes: encodeBase64(leaf) } }
}

function encodeLogEntry(entry: LogEntry): JsonObject {
  const { integratedTime, inclusionPromise, inclusionProof } = entry
  return {
    logIndex: String(entry.logIndex),
    logId: { keyId: encodeBase64(entry.logId) },
    kindVersion: { kind: entry.kind, version: entry.version },
    ...(integratedTime !== undefined && {
      integratedTime: String(Math.trunc(integratedTime / 1000)),
    }),
    ...(inclusionPromise && {
      inclusionPromise: { signedEntryTimestamp: encodeBase64(inclusionPromise) },
    }),
    ...(inclusionProof && { inclusionProof: encodeProof(inclusionProof) }),
    canonicalizedBody: encodeBase64(entry.canonicalizedBody),
  }
}

function encodeProof(proof: InclusionProof): JsonObject {
  return {
    logIndex: String(proof.logIndex),
    rootHash: encodeBase64(proof.rootHash),
    treeSize: String(proof.treeSize),
    hashes: proof.hashes.map((hash) => encodeBase64(hash)),
    ...(proof.checkpoint !== undefined && { checkpoint: { envelope: proof.checkpoint } }),
  }
}

function encodeContent(content: BundleContent): Record<string, JsonValue> {
  if (content.kind === 'dsse') {
    const { payloadType, payload, signature, keyid } = content.envelope
    return {
      dsseEnvelope: {
        payload: encodeBase64(payload),
        payloadType,
        signatures: [{ sig: encodeBase64(signature), ...(keyid !== undefined && { keyid }) }],
      },
    }
  }
  const { digestHint, signature } = content
  return {
    messageSignature: {
      ...(digestHint && {
        messageDigest: {
          algorithm: digestHint.algorithm,
          digest: encodeBase64(digestHint.digest),
        },
      }),
      signature: encodeBase64(signature),
    },
  }
}
