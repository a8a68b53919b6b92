// A transparency log entry (sigstore_rekor.proto), as far as its shape goes; what it proves is
// judged where logs are trusted.

import {
  bytesAt,
  bytesListAt,
  type Instant,
  int64At,
  isJsonObject,
  type JsonValue,
  judge,
  LIMITS,
  memberOf,
  objectAt,
  refuse,
  refuseUnknown,
  type Result,
  textAt,
} from '../core/index.ts'
import { type Place, placeOf } from './place.ts'
import type { BundleProblem } from './problem.ts'

/**
 * What a bundle says that a log holds. Unproven, every member of it.
 *
 * @example { logIndex: 27246492n, logId: Uint8Array, kind: 'dsse', version: '0.0.1', integratedTime: 1689177396000,
 *   inclusionPromise: Uint8Array, inclusionProof, canonicalizedBody: Uint8Array }
 */
export interface LogEntry {
  /** Over all shards of the log; {@link InclusionProof.logIndex} is within one (RK-4). */
  readonly logIndex: bigint
  readonly logId: Uint8Array
  readonly kind: string
  readonly version: string
  /** Absent where it is 0 or not there, as in every entry of Rekor v2 (RK-2). */
  readonly integratedTime?: Instant
  /** The log's signed entry timestamp (SET). */
  readonly inclusionPromise?: Uint8Array
  readonly inclusionProof?: InclusionProof
  /** The leaf of the log, as it was hashed. */
  readonly canonicalizedBody: Uint8Array
}

/** RFC 6962 section 2.1.1, with the log's signed statement of its own root. */
export interface InclusionProof {
  readonly logIndex: bigint
  /** 32 bytes, as are the {@link hashes}; the root that counts is the one in the {@link checkpoint} (RK-4). */
  readonly rootHash: Uint8Array
  readonly treeSize: bigint
  readonly hashes: readonly Uint8Array[]
  /** A signed note (C2SP signed-note.md). */
  readonly checkpoint?: string
}

const MEMBERS = [
  'logIndex',
  'logId',
  'kindVersion',
  'integratedTime',
  'inclusionPromise',
  'inclusionProof',
  'canonicalizedBody',
]
const PROOF_MEMBERS = ['logIndex', 'rootHash', 'treeSize', 'hashes', 'checkpoint']

/** Seconds in the most that a `Date` can hold. */
const SECONDS_MAX = 8_640_000_000_000n
const HASH_BYTES = 32

/** Reads an entry by itself, as a log of version 2 answers it. */
export function parseLogEntry(json: JsonValue): Result<LogEntry, BundleProblem> {
  if (!isJsonObject(json)) {
    return refuse({ code: 'bundle/member', message: 'Expected a log entry, found no JSON object' })
  }
  const place = placeOf(json)
  return judge(readLogEntry(place), place.problems)
}

/** Reads one entry; what is wrong with it is told in the place. */
export function readLogEntry(entry: Place): LogEntry {
  refuseUnknown(entry, MEMBERS)
  const logId = objectAt(entry, 'logId')
  refuseUnknown(logId, ['keyId'])
  const kindVersion = objectAt(entry, 'kindVersion')
  refuseUnknown(kindVersion, ['kind', 'version'])
  const seconds = int64At(entry, 'integratedTime', SECONDS_MAX)
  return {
    logIndex: int64At(entry, 'logIndex'),
    logId: bytesAt(logId, 'keyId'),
    kind: textAt(kindVersion, 'kind'),
    version: textAt(kindVersion, 'version'),
    ...(seconds > 0n && { integratedTime: Number(seconds) * 1000 }),
    ...(memberOf(entry, 'inclusionPromise') !== undefined && {
      inclusionPromise: readPromise(objectAt(entry, 'inclusionPromise')),
    }),
    ...(memberOf(entry, 'inclusionProof') !== undefined && {
      inclusionProof: readProof(objectAt(entry, 'inclusionProof')),
    }),
    // SB-7: without it nothing ties the proof to the signature.
    canonicalizedBody: bytesAt(entry, 'canonicalizedBody'),
  }
}

function readPromise(promise: Place): Uint8Array {
  refuseUnknown(promise, ['signedEntryTimestamp'])
  return bytesAt(promise, 'signedEntryTimestamp')
}

function readProof(proof: Place): InclusionProof {
  refuseUnknown(proof, PROOF_MEMBERS)
  const rootHash = bytesAt(proof, 'rootHash')
  const hashes = bytesListAt(proof, 'hashes', LIMITS.proofHashesMax)
  refuseOtherSize(rootHash, `${proof.at}/rootHash`, proof)
  hashes.forEach((hash, index) => refuseOtherSize(hash, `${proof.at}/hashes/${index}`, proof))
  const checkpoint = readCheckpoint(proof)
  return {
    logIndex: int64At(proof, 'logIndex'),
    rootHash,
    treeSize: int64At(proof, 'treeSize'),
    hashes,
    ...(checkpoint !== '' && { checkpoint }),
  }
}

function readCheckpoint(proof: Place): string {
  if (memberOf(proof, 'checkpoint') === undefined) return ''
  const checkpoint = objectAt(proof, 'checkpoint')
  refuseUnknown(checkpoint, ['envelope'])
  const envelope = textAt(checkpoint, 'envelope', '')
  const size = Buffer.byteLength(envelope)
  if (size <= LIMITS.checkpointBytesMax) return envelope
  proof.problems.push({
    code: 'bundle/limit',
    message: `Expected at most ${LIMITS.checkpointBytesMax} bytes, found ${size}`,
    at: `${checkpoint.at}/envelope`,
  })
  return ''
}

/** Bytes that could not be read are empty, and have been told. */
function refuseOtherSize(hash: Uint8Array, at: string, { problems }: Place): void {
  if (hash.length === HASH_BYTES || hash.length === 0) return
  const message = `Expected a SHA-256 digest of ${HASH_BYTES} bytes, found ${hash.length}`
  problems.push({ code: 'bundle/member', message, at })
}
