// Entries as transparency logs answer them.

import type { LogEntry } from '../../../src/bundle/index.ts'

const base64 = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('base64')
const hex = (bytes: Uint8Array | undefined) => Buffer.from(bytes ?? []).toString('hex')

/** An entry as Rekor v1 answers it. */
export function answerV1(entry: LogEntry, changes: object = {}) {
  const { inclusionProof: proof, inclusionPromise } = entry
  return {
    ['ab'.repeat(40)]: {
      body: base64(entry.canonicalizedBody),
      integratedTime: (entry.integratedTime ?? 0) / 1_000,
      logID: hex(entry.logId),
      logIndex: Number(entry.logIndex),
      verification: {
        inclusionProof: {
          checkpoint: proof?.checkpoint,
          hashes: proof?.hashes.map(hex),
          logIndex: Number(proof?.logIndex),
          rootHash: hex(proof?.rootHash),
          treeSize: Number(proof?.treeSize),
        },
        signedEntryTimestamp: base64(inclusionPromise),
      },
      ...changes,
    },
  }
}

/** An entry as Rekor v2 answers it, which is as a bundle has it. */
export function answerV2({ logIndex, logId, kind, version, ...entry }: LogEntry) {
  const { inclusionProof: proof, canonicalizedBody } = entry
  return {
    logIndex: String(logIndex),
    logId: { keyId: base64(logId) },
    kindVersion: { kind, version },
    integratedTime: '0',
    inclusionProof: {
      logIndex: String(proof?.logIndex),
      rootHash: base64(proof?.rootHash),
      treeSize: String(proof?.treeSize),
      hashes: proof?.hashes.map(base64),
      checkpoint: { envelope: proof?.checkpoint },
    },
    canonicalizedBody: base64(canonicalizedBody),
  }
}
