// A transparency log for tests, with a real tree: it takes bodies, and gives entries as Rekor v1 and v2 do. Whoever attacks it gets
// at every part before it is signed.

import { createHash, type KeyObject, sign } from 'node:crypto'
import type { LogEntry } from '../../../src/bundle/index.ts'
import {
  encodeCanonicalJson,
  encodeTimestamp,
  type Instant,
  type JsonObject,
} from '../../../src/core/index.ts'
import type {
  LogKey,
  NamedRoot,
  TransparencyLog,
  ValidityPeriod,
} from '../../../src/trust/index.ts'
import { freshKey, testKey } from '../keys.ts'
import { inclusionOf, rootOf } from '../../digest/merkle/test-tree.ts'

/** What a log is; {@link createTestLog} has a default for everything. */
export interface TestLogOptions {
  /** Its name: host, and path where there is one. */
  readonly name?: string
  /** 1: P-256 keys, promises, a checkpoint that names the tree. 2: Ed25519, checkpoints alone. */
  readonly generation?: 1 | 2
  readonly validFor?: ValidityPeriod
  readonly operator?: string
  /** What earlier shards of the log hold: the index that v1 gives out is that much higher. */
  readonly offset?: bigint
}

/** Signs by the name and key id that its lines in a note have. */
export interface NoteSigner {
  readonly name: string
  readonly keyId: Uint8Array
  sign(text: Uint8Array): Uint8Array
}

/** How an entry is asked for. */
export interface EntryOptions {
  /** When the log took it in: v1 only. */
  readonly at?: Instant
  /** `false` leaves the promise out. */
  readonly promise?: boolean
  /** `false` leaves the proof out. */
  readonly proof?: boolean
  /** Leaves of the tree that the proof is for; by default all. */
  readonly size?: number
  /** More signatures of the checkpoint, after the log's own. */
  readonly cosigners?: readonly NoteSigner[]
}

export interface TestLog {
  /** As a trusted root has it. */
  readonly log: TransparencyLog
  readonly signer: NoteSigner
  /** Signs anything with the key of the log: for attacks by the log itself. */
  sign(bytes: Uint8Array): Uint8Array
  /** Takes a body in, and gives its place in the tree. */
  append(body: JsonObject): number
  /** The entry at that place. */
  entry(index: number, options?: EntryOptions): LogEntry
  /** A signed checkpoint over the first leaves. */
  checkpoint(size?: number, signers?: readonly NoteSigner[]): string
  /** The promise of Rekor v1 over the entry as it is, whatever it says. */
  promise(entry: LogEntry): Uint8Array
}

/** When the logs of tests take entries in, unless a test says otherwise. */
export const LOGGED_AT: Instant = Date.UTC(2026, 3, 10, 12)

const TREE_ID = '2605736670972794746'

/** A fresh log. Ed25519 keys follow from the name; P-256 keys are new in each run. */
export function createTestLog({
  name = 'log.example',
  generation = 2,
  validFor = { start: Date.UTC(2026, 0, 1) },
  operator,
  offset = generation === 1 ? 1_000n : 0n,
}: TestLogOptions = {}): TestLog {
  const isFirst = generation === 1
  const { publicKey, privateKey } = isFirst ? freshKey('P-256', 'sha256') : testKey(`log ${name}`)
  const key = logKeyOf(publicKey)
  const logId = isFirst ? sha256(key.spki) : noteKeyId(name, key)
  const log: TransparencyLog = {
    baseUrl: `https://${name}`,
    origin: name,
    logId,
    publicKey: key,
    validFor,
    ...(operator !== undefined && { operator }),
  }
  const leaves: Uint8Array[] = []
  const signBytes = (bytes: Uint8Array) => signWith(privateKey, bytes)
  const signer: NoteSigner = { name, keyId: logId.subarray(0, 4), sign: signBytes }
  const origin = isFirst ? `${name} - ${TREE_ID}` : name

  const checkpoint: TestLog['checkpoint'] = (size = leaves.length, signers = [signer]) =>
    signNote(`${origin}\n${size}\n${base64(rootOf(leaves.slice(0, size)))}\n`, signers)

  const promise = (entry: LogEntry): Uint8Array =>
    signBytes(
      canonical({
        body: base64(entry.canonicalizedBody),
        integratedTime: (entry.integratedTime ?? 0) / 1000,
        logID: Buffer.from(entry.logId).toString('hex'),
        logIndex: Number(entry.logIndex),
      }),
    )

  return {
    log,
    signer,
    sign: signBytes,
    checkpoint,
    promise,
    append: (body) => leaves.push(canonical(body)) - 1,
    entry: (index, options = {}) => {
      const { at = LOGGED_AT, size = leaves.length, cosigners = [] } = options
      const canonicalizedBody = leaves[index] ?? new Uint8Array()
      const bare: LogEntry = {
        logIndex: offset + BigInt(index),
        logId,
        ...kindOf(canonicalizedBody),
        ...(isFirst && { integratedTime: at }),
        canonicalizedBody,
      }
      const inclusionProof = {
        logIndex: BigInt(index),
        rootHash: rootOf(leaves.slice(0, size)),
        treeSize: BigInt(size),
        hashes: inclusionOf(index, leaves.slice(0, size)),
        checkpoint: checkpoint(size, [signer, ...cosigners]),
      }
      return {
        ...bare,
        ...(isFirst && options.promise !== false && { inclusionPromise: promise(bare) }),
        ...(options.proof !== false && { inclusionProof }),
      }
    },
  }
}

/** A root with these logs, and nothing else. */
export function rootWith(...transparencyLogs: readonly TransparencyLog[]): NamedRoot {
  const document: JsonObject = {
    mediaType: 'application/vnd.dev.sigstore.trustedroot+json;version=0.1',
    tlogs: transparencyLogs.map(logJson),
  }
  return {
    name: 'practice',
    mark: 'rehearsal',
    root: {
      transparencyLogs,
      certificateLogs: [],
      unusableLogs: [],
      certificateAuthorities: [],
      timestampAuthorities: [],
    },
    document,
    digest: Buffer.from(sha256(canonical(document))).toString('hex'),
    isPublicGood: false,
  }
}

const KEY_DETAILS: Readonly<Partial<Record<LogKey['type'], string>>> = {
  p256: 'PKIX_ECDSA_P256_SHA_256',
  ed25519: 'PKIX_ED25519',
}

/** The log as `trusted_root.json` writes it. */
function logJson({ baseUrl, publicKey, validFor, logId, operator }: TransparencyLog): JsonObject {
  const { start, end } = validFor
  return {
    baseUrl,
    hashAlgorithm: 'SHA2_256',
    publicKey: {
      rawBytes: base64(publicKey.spki),
      keyDetails: KEY_DETAILS[publicKey.type] ?? publicKey.type,
      validFor: {
        start: encodeTimestamp(start),
        ...(end !== undefined && { end: encodeTimestamp(end) }),
      },
    },
    logId: { keyId: base64(logId) },
    ...(operator !== undefined && { operator }),
  }
}

/** A note with a line for each signer. */
export function signNote(text: string, signers: readonly NoteSigner[]): string {
  const lines = signers.map(({ name, keyId, sign: signText }) => {
    const bytes = Buffer.concat([keyId, signText(Buffer.from(text))])
    return `\u2014 ${name} ${base64(bytes)}\n`
  })
  return `${text}\n${lines.join('')}`
}

/** A witness, or anyone else who signs notes. */
export function createNoteSigner(name: string): NoteSigner {
  const { publicKey, privateKey } = testKey(`note ${name}`)
  const keyId = noteKeyId(name, logKeyOf(publicKey)).subarray(0, 4)
  return { name, keyId, sign: (text) => signWith(privateKey, text) }
}

/** C2SP signed-note: over name, newline, the type of Ed25519 and the bare key. */
function noteKeyId(name: string, { spki }: LogKey): Uint8Array {
  return sha256(Buffer.concat([Buffer.from(`${name}\n\u0001`), spki.subarray(-32)]))
}

function logKeyOf({ type, key }: Pick<LogKey, 'type' | 'key'>): LogKey {
  return { type, key, spki: new Uint8Array(key.export({ format: 'der', type: 'spki' })) }
}

function signWith(key: KeyObject, bytes: Uint8Array): Uint8Array {
  return sign(key.asymmetricKeyType === 'ed25519' ? null : 'sha256', bytes, key)
}

function kindOf(body: Uint8Array): { readonly kind: string; readonly version: string } {
  const { kind, apiVersion } = JSON.parse(Buffer.from(body).toString()) as Record<string, string>
  return { kind: String(kind), version: String(apiVersion) }
}

function canonical(value: JsonObject): Uint8Array {
  const bytes = encodeCanonicalJson(value)
  if (!bytes.ok) throw new Error(bytes.problems[0].message)
  return bytes.value
}

function sha256(bytes: Uint8Array): Uint8Array {
  return createHash('sha256').update(bytes).digest()
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64')
}
