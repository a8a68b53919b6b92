// What a proof proves, by the keys of the ledger and nothing else of it.

import {
  accept,
  type Check,
  countOf,
  encodeUtf8,
  groupChecks,
  LIMITS,
  quote,
  type Result,
} from '../../../core/index.ts'
import { digestBytes, hashLeaf, isConsistent, isIncluded } from '../../../digest/index.ts'
import type { Host } from '../../../host/index.ts'
import {
  encodeEntry,
  type HeadExpectation,
  type SignedHead,
  verifyCheckpoint,
} from '../../../ledger/index.ts'
import type { LedgerProof } from './proof-document.ts'

interface Question {
  readonly expectation: HeadExpectation
  /** File of the record that the proof shall be about. */
  readonly record?: string
}

/** The verdict about a proof. */
export async function checkProof(
  host: Host,
  proof: LedgerProof,
  { expectation, record }: Question,
): Promise<Result<Check>> {
  const { check, head } = verifyCheckpoint(encodeUtf8(proof.checkpoint), expectation)
  const checks: Check[] = [check]
  if (head !== undefined && proof.inclusion !== undefined) {
    checks.push(checkInclusion(proof.inclusion, head))
  }
  if (head !== undefined && proof.consistency !== undefined) {
    const older = verifyCheckpoint(encodeUtf8(proof.consistency.checkpoint), {
      ...expectation,
      quorum: 0,
    })
    checks.push({ ...older.check, name: 'ledger-head-older' })
    if (older.head !== undefined) {
      checks.push(checkConsistency(proof.consistency.hashes, older.head, head))
    }
  }
  if (proof.inclusion === undefined && proof.consistency === undefined) {
    checks.push(failed('proof', 'missing', 'The document proves nothing'))
  }
  if (record !== undefined) {
    const bytes = await host.readBytes(record, { bytesMax: LIMITS.envelopeBytesMax })
    if (!bytes.ok) return bytes
    checks.push(checkRecord(proof, digestBytes('sha256', bytes.value)))
  }
  return accept(groupChecks('ledger-proof', 'The proof', checks))
}

function checkInclusion(
  { index, entry, hashes }: NonNullable<LedgerProof['inclusion']>,
  { size, root }: SignedHead,
): Check {
  const claim = { index: BigInt(index), size: BigInt(size), leaf: hashLeaf(encodeEntry(entry)) }
  if (!isIncluded({ ...claim, hashes, root })) {
    return failed('inclusion', 'rejected', 'The entry does not stand under the signed head')
  }
  const message = `Entry ${index} of ${size} is the record ${quote(entry.sha256)} of ${quote(entry.release)}`
  return { name: 'inclusion', outcome: 'accepted', message }
}

function checkConsistency(
  hashes: readonly Uint8Array[],
  older: SignedHead,
  head: SignedHead,
): Check {
  const sizes = { from: BigInt(older.size), to: BigInt(head.size) }
  if (isConsistent({ ...sizes, fromRoot: older.root, toRoot: head.root, hashes })) {
    const message = `The head of ${countOf(head.size, 'entry')} continues the one of ${older.size}`
    return { name: 'consistency', outcome: 'accepted', message }
  }
  return failed('consistency', 'rejected', 'The head does not continue the older one')
}

function checkRecord({ inclusion }: LedgerProof, sha256: string): Check {
  const expected = inclusion?.entry.sha256 ?? 'an entry'
  if (sha256 === inclusion?.entry.sha256) {
    return { name: 'record', outcome: 'accepted', message: 'The proof is about this record' }
  }
  const check = failed('record', 'rejected', 'The proof is about another record')
  return { ...check, expected, found: sha256 }
}

function failed(name: string, outcome: 'rejected' | 'missing', message: string): Check {
  return { name, outcome, code: 'cli/ledger-proof', message }
}
