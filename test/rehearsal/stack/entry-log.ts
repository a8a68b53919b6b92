// A transparency log with the interface of Rekor v1, whose server needs databases that a rehearsal can not have: entries of
// the kinds hashedrekord 0.0.1 and dsse 0.0.1, in canonical JSON, in a real Merkle tree, with promises and checkpoints.
// It believes signatures that it is given; Rekor itself would check them.

import { createHash, createPublicKey, type KeyObject, sign, X509Certificate } from 'node:crypto'
import { encodeCanonicalJson, type JsonValue } from '../../../src/core/index.ts'
import { type HttpServer, type Reply, serve } from './http-server.ts'
import { hashLeaf, hashTree, proveInclusion } from './merkle-tree.ts'

/** A log says its tree in the origin of a checkpoint, and begins the names of entries with it. */
const TREE_ID = '1193050959916656506'

interface ProposedEntry {
  readonly kind: string
  readonly apiVersion: string
  readonly spec: {
    readonly data?: { readonly hash: JsonValue }
    readonly signature?: {
      readonly content: string
      readonly publicKey: { readonly content: string }
    }
    readonly proposedContent?: {
      readonly envelope: string
      readonly verifiers: readonly string[]
    }
  }
}

interface Envelope {
  readonly payload: string
  readonly signatures: readonly { readonly sig: string }[]
}

/** @param privateKey P-256 */
export function serveEntryLog(privateKey: KeyObject): Promise<HttpServer> {
  const publicKey = createPublicKey(privateKey)
  const logId = sha256(publicKey.export({ type: 'spki', format: 'der' }))
  return serve((url) => {
    const log = createLog(new URL(url).hostname, logId, privateKey)
    // The proof of an only entry is empty, which some verifiers refuse.
    log(encodeEntry({ kind: 'rehearsal', apiVersion: '0.0.1', spec: {} }))
    return {
      'GET /api/v1/log/publicKey': () => ({
        body: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
      }),
      'POST /api/v1/log/entries': (body) => log(encodeEntry(shapeEntry(JSON.parse(body)))),
    }
  })
}

function createLog(host: string, logId: Buffer, key: KeyObject): (body: Buffer) => Reply {
  const leaves: Buffer[] = []
  return (body) => {
    const leaf = hashLeaf(body)
    const uuid = BigInt(TREE_ID).toString(16).padStart(16, '0') + leaf.toString('hex')
    const location = `/api/v1/log/entries/${uuid}`
    if (leaves.some((known) => known.equals(leaf))) {
      const message = 'an equivalent entry already exists in the transparency log'
      return { status: 409, headers: { location }, body: { code: 409, message } }
    }
    leaves.push(leaf)
    const logIndex = leaves.length - 1
    const root = hashTree(leaves)
    const note = `${host} - ${TREE_ID}\n${leaves.length}\n${root.toString('base64')}\n`
    const entry = {
      body: body.toString('base64'),
      integratedTime: Math.floor(Date.now() / 1000),
      logID: logId.toString('hex'),
      logIndex,
    }
    const verification = {
      inclusionProof: {
        checkpoint: signNote(note, host, logId, key),
        hashes: proveInclusion(logIndex, leaves).map((hash) => hash.toString('hex')),
        logIndex,
        rootHash: root.toString('hex'),
        treeSize: leaves.length,
      },
      signedEntryTimestamp: sign('sha256', encodeEntry(entry), key).toString('base64'),
    }
    return {
      status: 201,
      // sigstore-go finds the entry in the answer by the ETag.
      headers: { location, etag: uuid },
      body: { [uuid]: { ...entry, verification } },
    }
  }
}

/** What Rekor keeps of an entry that it is sent. */
function shapeEntry({ kind, apiVersion, spec }: ProposedEntry): JsonValue {
  if (kind === 'hashedrekord' && apiVersion === '0.0.1' && spec.data && spec.signature) {
    const { data, signature } = spec
    const publicKey = { content: canonicalPem(signature.publicKey.content) }
    const signed = { content: signature.content, publicKey }
    return { apiVersion, kind, spec: { data: { hash: data.hash }, signature: signed } }
  }
  if (kind === 'dsse' && apiVersion === '0.0.1' && spec.proposedContent) {
    const { envelope: text, verifiers } = spec.proposedContent
    const envelope = JSON.parse(text) as Envelope
    const hashOf = (bytes: Uint8Array) => ({
      algorithm: 'sha256',
      value: sha256(bytes).toString('hex'),
    })
    return {
      apiVersion,
      kind,
      spec: {
        // Of the text as it came: Rekor does not canonicalize it.
        envelopeHash: hashOf(Buffer.from(text)),
        payloadHash: hashOf(Buffer.from(envelope.payload, 'base64')),
        signatures: envelope.signatures.map(({ sig }, index) => ({
          signature: sig,
          verifier: canonicalPem(verifiers[index] ?? verifiers[0] ?? ''),
        })),
      },
    }
  }
  throw new Error(`This log takes hashedrekord and dsse 0.0.1, not ${kind} ${apiVersion}`)
}

/** Rekor writes a certificate or key anew, in 64 columns and with a newline at the end; sigstore-python compares it so. */
function canonicalPem(base64: string): string {
  const pem = Buffer.from(base64, 'base64').toString()
  const canonical = pem.includes('BEGIN CERTIFICATE')
    ? new X509Certificate(pem).toString()
    : createPublicKey(pem).export({ type: 'spki', format: 'pem' }).toString()
  return Buffer.from(canonical).toString('base64')
}

/** C2SP signed-note, with the key hint that Rekor v1 uses: the first bytes of the log id. */
function signNote(note: string, name: string, logId: Buffer, key: KeyObject): string {
  const signature = sign('sha256', Buffer.from(note), key)
  const signed = Buffer.concat([logId.subarray(0, 4), signature]).toString('base64')
  return `${note}\n\u2014 ${name} ${signed}\n`
}

function encodeEntry(value: JsonValue): Buffer {
  const encoded = encodeCanonicalJson(value)
  if (!encoded.ok) throw new Error(encoded.problems[0].message)
  return Buffer.from(encoded.value)
}

function sha256(bytes: Uint8Array): Buffer {
  return createHash('sha256').update(bytes).digest()
}
