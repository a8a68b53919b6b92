// The proof that a log holds an entry: from the body, over its hashes, to a root that the log signed (RK-4).

import type { InclusionProof, LogEntry } from '../../../bundle/index.ts'
import { type Check, countOf, equalBytes, quote } from '../../../core/index.ts'
import { hashLeaf, isIncluded } from '../../../digest/index.ts'
import {
  type Checkpoint,
  describeSignatures,
  judgeNote,
  parseCheckpoint,
} from '../../../trust/index.ts'
import { failed, passed } from '../../check.ts'
import { isSignedByLog } from '../witness-signature.ts'
import { isRekorV2 } from './body/body.ts'
import { isOriginOf, noteKeyOf } from './log-name.ts'
import type { TrustedLog, TrustedLogs } from './trusted-log.ts'

/** The check, and the logs that signed for the entry: none where it failed. */
export interface ProofFinding {
  readonly check: Check
  readonly logs: readonly TrustedLog[]
}

type Refusal = Extract<Parameters<typeof failed>[2], `verify/checkpoint-${string}`>

/**
 * Checks the proof of an entry under the logs that it may be of.
 *
 * @param needsCheckpoint false for a bundle of version 0.1, where the promise vouches and the proof alone shows nothing
 */
export function checkProof(
  entry: LogEntry,
  proof: InclusionProof,
  { logs, needsCheckpoint }: { readonly logs: TrustedLogs; readonly needsCheckpoint: boolean },
): ProofFinding {
  if (proof.checkpoint === undefined) {
    const { treeSize: size, rootHash: root } = proof
    const path = checkPath(entry, proof, { size, root })
    if (path.outcome !== 'accepted') return { check: path, logs: [] }
    const message = 'The proof comes without a signed checkpoint, and shows nothing'
    if (!needsCheckpoint) return { check: passed('log-proof', message), logs }
    const check = failed('log-proof', 'missing', 'verify/checkpoint-missing', message)
    return { check, logs: [] }
  }
  const parsed = parseCheckpoint(proof.checkpoint)
  if (!parsed.ok) {
    const [{ message }] = parsed.problems
    return refused('verify/checkpoint-malformed', message)
  }
  const checkpoint = parsed.value
  const signers = findSigners(checkpoint, logs)
  if (signers.refusal !== undefined) return signers.refusal
  // RK-4: what the proof says of root and size is not signed; it may not contradict what is.
  if (!equalBytes(proof.rootHash, checkpoint.root) || proof.treeSize !== checkpoint.size) {
    const message = 'The proof names another root or size than the checkpoint that the log signed'
    return refused('verify/checkpoint-mismatch', message, {
      expected: `${countOf(checkpoint.size, 'entry')} under the root of the checkpoint`,
      found: `${countOf(proof.treeSize, 'entry')}, or another root`,
    })
  }
  const check = checkPath(entry, proof, checkpoint)
  return { check, logs: check.outcome === 'accepted' ? signers.logs : [] }
}

type Signers =
  | { readonly logs: readonly TrustedLog[]; readonly refusal?: undefined }
  | { readonly refusal: ProofFinding }

/** The logs that signed the checkpoint and that it is of. */
function findSigners(checkpoint: Checkpoint, logs: readonly TrustedLog[]): Signers {
  const names = logs.map(({ log }) => quote(log.origin)).join(' or ')
  const judged = logs.map((trusted) => ({
    trusted,
    standing: judgeNote(checkpoint.note, noteKeyOf(trusted.log), isSignedByLog),
  }))
  const signers = judged.filter(({ standing }) => standing === 'signed')
  if (signers.length === 0) {
    const found = quote(describeSignatures(checkpoint.note))
    const facts = { expected: `a signature of ${names}`, found }
    if (judged.some(({ standing }) => standing === 'invalid')) {
      const message = `The signature of ${names} does not fit the checkpoint`
      return { refusal: refused('verify/checkpoint-signature-invalid', message, facts) }
    }
    const message = `The checkpoint carries no signature of ${names}`
    return { refusal: refused('verify/checkpoint-unsigned', message, facts) }
  }
  const own = signers.filter(({ trusted }) => isOriginOf(checkpoint, trusted.log))
  if (own.length > 0) return { logs: own.map(({ trusted }) => trusted) }
  const message = 'The checkpoint is of another log than the one that signed it'
  const facts = { expected: names, found: quote(checkpoint.origin) }
  return { refusal: refused('verify/checkpoint-origin', message, facts) }
}

/** The hashes, from the entry to this root. */
function checkPath(
  entry: LogEntry,
  { logIndex: index, hashes }: InclusionProof,
  { size, root }: Pick<Checkpoint, 'size' | 'root'>,
): Check {
  const leaf = hashLeaf(entry.canonicalizedBody)
  const place = `the entry ${index} of ${size}`
  const isPlaced = !isRekorV2(entry) || entry.logIndex === index
  if (isPlaced && isIncluded({ leaf, index, size, hashes, root })) {
    return passed('log-proof', 'The log holds the entry', { found: place })
  }
  const message = 'The proof does not lead from the log entry to the root of the log'
  return failed('log-proof', 'rejected', 'verify/log-proof-invalid', message, {
    expected: `hashes that lead from ${place} to the root`,
    found: isPlaced ? `${hashes.length} other hashes` : `the entry ${entry.logIndex}`,
  })
}

function refused(code: Refusal, message: string, facts = {}): ProofFinding {
  return { check: failed('log-proof', 'rejected', code, message, facts), logs: [] }
}
