// Who else saw the head: witnesses cosign it with the time, and a split view needs as many of them to lie as are asked for.

import { type Check, countOf, encodeTimestamp, type Instant, quote } from '../../core/index.ts'
import {
  isSameNoteKey,
  judgeCosignature,
  type NamedNoteKey,
  type Note,
  noteKeyOfKind,
} from '../../trust/index.ts'
import { failed, passed } from '../check.ts'
import type { Cosigner } from './signed-head.ts'

/** What the known witnesses say. */
export interface Cosigners {
  readonly witnesses: readonly Cosigner[]
  readonly times: readonly Instant[]
  /** Names under which a cosignature stands that is not of its witness. */
  readonly invalid: readonly string[]
}

/** The keys of which a head may be signed, and how many witnesses are asked for. */
interface Question {
  readonly keys: readonly NamedNoteKey[]
  readonly witnesses: readonly NamedNoteKey[]
  readonly quorum: number
}

/** The witnesses that cosigned. A key that has two names counts once, and one of the ledger itself is no witness. */
export function findCosigners(note: Note, { keys, witnesses }: Question): Cosigners {
  const counted: NamedNoteKey[] = [...keys]
  const found: Cosigner[] = []
  const invalid: string[] = []
  for (const witness of witnesses) {
    const at = judgeCosignature(note, noteKeyOfKind(witness, 'cosignature'))
    if (at === 'invalid') invalid.push(witness.name)
    if (typeof at !== 'number' || counted.some((key) => isSameNoteKey(key, witness))) continue
    counted.push(witness)
    found.push({ name: witness.name, at })
  }
  return { witnesses: found, times: found.map(({ at }) => at), invalid }
}

/** The check of the quorum, where one is asked for or a cosignature is wrong. */
export function checkQuorum(
  { witnesses, invalid }: Cosigners,
  { quorum }: Question,
): readonly Check[] {
  const name = 'checkpoint-witnesses'
  if (invalid.length > 0) {
    const message = `A cosignature of ${invalid.map(quote).join(' and ')} does not fit the head`
    return [failed(name, 'rejected', 'ledger/checkpoint-signature-invalid', message)]
  }
  if (quorum === 0) return []
  const expected = `at least ${countOf(quorum, 'witness')}`
  const names = witnesses.map(({ name, at }) => `${quote(name)} at ${encodeTimestamp(at)}`)
  const found = names.length === 0 ? 'none' : names.join(', ')
  if (witnesses.length >= quorum) {
    return [passed(name, 'Enough witnesses saw the head', { expected, found })]
  }
  const message = 'Too few witnesses saw the head'
  return [failed(name, 'missing', 'ledger/witness-quorum', message, { expected, found })]
}
