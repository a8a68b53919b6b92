// The signed head of a ledger (C2SP tlog-checkpoint), judged by the keys that are known of it and of its witnesses.

import { type Check, groupChecks, type Instant, parseUtf8, quote } from '../../core/index.ts'
import {
  describeSignatures,
  judgeCosignature,
  judgeNote,
  type NamedNoteKey,
  type Note,
  noteKeyOfKind,
  parseCheckpoint,
} from '../../trust/index.ts'
import { failed, passed } from '../check.ts'
import { SignedHead } from './signed-head.ts'
import { checkQuorum, findCosigners } from './witnesses.ts'

/** Who may sign the head of which ledger. Nothing of it has a default. */
export interface HeadExpectation {
  /** The name of the ledger: the first line of the checkpoint, compared exactly. */
  readonly origin: string
  /** Keys of the ledger. The signature of one suffices, and none may be wrong. */
  readonly keys: readonly NamedNoteKey[]
  readonly witnesses: readonly NamedNoteKey[]
  /** How many different witnesses must have cosigned. */
  readonly quorum: number
}

/** The verdict, and the head where it is accepted. */
export interface HeadFinding {
  readonly check: Check
  readonly head?: SignedHead
}

const NAME = 'ledger-head'

/**
 * Judges a checkpoint (CP-1 to CP-3, CP-5): its form, whose it is, who signed it, and who cosigned it and when.
 *
 * Signatures of unknown keys are ignored; one of a known key that does not fit spoils all (CP-2).
 */
export function verifyCheckpoint(bytes: Uint8Array, expectation: HeadExpectation): HeadFinding {
  const text = parseUtf8(bytes)
  if (!text.ok) return malformed(text.problems[0].message)
  const parsed = parseCheckpoint(text.value)
  if (!parsed.ok) return malformed(parsed.problems[0].message)
  const { origin, root, note } = parsed.value
  const size = Number(parsed.value.size)
  if (!Number.isSafeInteger(size)) {
    return malformed(`Expected a size that can be counted, found ${parsed.value.size}`)
  }
  const signers = findSigners(note, expectation.keys)
  const cosigners = findCosigners(note, expectation)
  const check = groupChecks(NAME, 'The head of the ledger', [
    checkOrigin(origin, expectation.origin),
    checkSigners(note, signers, expectation.keys),
    ...checkQuorum(cosigners, expectation),
  ])
  if (check.outcome !== 'accepted') return { check }
  const { quorum } = expectation
  const at = vouchedTime(signers.times, cosigners.times, quorum)
  const head = new SignedHead({
    ...{ origin, size, root, note: text.value },
    signers: signers.names,
    witnesses: cosigners.witnesses,
    ...(at !== undefined && { at }),
  })
  return { check, head }
}

interface Signers {
  readonly names: readonly string[]
  readonly invalid: readonly string[]
  /** Of the cosignatures that the ledger adds to its own signatures. */
  readonly times: readonly Instant[]
}

/** The keys of the ledger that signed the text; each may also have signed it with the time. */
function findSigners(note: Note, keys: readonly NamedNoteKey[]): Signers {
  const judged = keys.map((key) => ({
    name: key.name,
    standing: judgeNote(note, noteKeyOfKind(key, 'signature')),
    time: judgeCosignature(note, noteKeyOfKind(key, 'cosignature')),
  }))
  return {
    names: judged.filter(({ standing }) => standing === 'signed').map(({ name }) => name),
    invalid: judged
      .filter(({ standing, time }) => standing === 'invalid' || time === 'invalid')
      .map(({ name }) => name),
    times: judged.flatMap(({ time }) => (typeof time === 'number' ? time : [])),
  }
}

function checkOrigin(found: string, expected: string): Check {
  const name = 'checkpoint-origin'
  if (found === expected) return passed(name, `The head is of the ledger ${quote(expected)}`)
  const message = 'The head is of another ledger'
  const facts = { expected: quote(expected), found: quote(found) }
  return failed(name, 'rejected', 'ledger/checkpoint-origin', message, facts)
}

function checkSigners(note: Note, signers: Signers, keys: readonly NamedNoteKey[]): Check {
  const name = 'checkpoint-signature'
  if (signers.invalid.length > 0) {
    const names = signers.invalid.map(quote).join(' and ')
    const message = `A signature of ${names} does not fit the head`
    return failed(name, 'rejected', 'ledger/checkpoint-signature-invalid', message)
  }
  if (signers.names.length > 0) {
    return passed(name, `The head is signed by ${signers.names.map(quote).join(' and ')}`)
  }
  const expected = keys.length === 0 ? 'a key of the ledger' : keys.map(nameOf).join(' or ')
  const facts = { expected, found: quote(describeSignatures(note)) }
  const message = 'The head carries no signature of the ledger'
  return failed(name, 'rejected', 'ledger/checkpoint-unsigned', message, facts)
}

/** With a quorum, the time by which that many witnesses had seen the head; else the latest that anybody says. */
function vouchedTime(
  own: readonly Instant[],
  witnessed: readonly Instant[],
  quorum: number,
): Instant | undefined {
  const times = quorum > 0 ? witnessed : [...own, ...witnessed]
  return times.toSorted((a, b) => b - a)[Math.max(0, quorum - 1)]
}

function nameOf({ name }: NamedNoteKey): string {
  return quote(name)
}

function malformed(found: string): HeadFinding {
  const message = 'The head of the ledger can not be read'
  return { check: failed(NAME, 'rejected', 'ledger/checkpoint-malformed', message, { found }) }
}
