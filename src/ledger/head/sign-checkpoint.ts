// A head is signed: by each key over the text, and once more with the time (C2SP tlog-checkpoint, tlog-cosignature).

import { encodeUtf8, type Instant, quote, type Result, accept, refuse } from '../../core/index.ts'
import {
  buildNoteKey,
  encodeCheckpoint,
  encodeCosignature,
  encodeCosigned,
  encodeNote,
  judgeCosignature,
  judgeNote,
  type NamedNoteKey,
  noteKeyOfKind,
  type NoteSignature,
  type PublicKey,
  type TrustProblem,
} from '../../trust/index.ts'
import type { LedgerProblem } from '../problem.ts'
import type { TreeHead } from '../tree/head.ts'

/** Whatever can sign for the ledger: a verifier carries no signing code, so that it comes from outside. */
export interface HeadSigner {
  /** The name that the signature has in the note. */
  readonly name: string
  readonly publicKey: PublicKey
  sign(bytes: Uint8Array): Promise<Uint8Array>
}

/** What the head will say. */
export interface UnsignedCheckpoint extends TreeHead {
  readonly origin: string
  /** Lines after the root; none of them is empty. */
  readonly extensions?: readonly string[]
}

/**
 * Signs a head.
 *
 * @param at when, to be told in the cosignature; in whole seconds
 * @returns the checkpoint as a file holds it: two signatures for each key
 */
export async function signCheckpoint(
  { origin, size, root, extensions = [] }: UnsignedCheckpoint,
  signers: readonly HeadSigner[],
  at: Instant,
): Promise<Result<Uint8Array, LedgerProblem | TrustProblem>> {
  const text = encodeCheckpoint({ origin, size: BigInt(size), root, extensions })
  const signatures: NoteSignature[] = []
  for (const signer of signers) {
    const { name, publicKey } = signer
    const key = buildNoteKey(name, 'signature', publicKey)
    if (!key.ok) return key
    const timed = noteKeyOfKind(key.value, 'cosignature')
    const signature = await signer.sign(encodeUtf8(text))
    const cosignature = encodeCosignature(at, await signer.sign(encodeCosigned(text, at)))
    const own = [lineOf(key.value, signature), lineOf(timed, cosignature)]
    const note = { text, signatures: own }
    // Where another program signs, or a device, it may have signed something else.
    const isOwn =
      judgeNote(note, key.value) === 'signed' && typeof judgeCosignature(note, timed) === 'number'
    if (!isOwn) {
      const message = `Expected a signature by the key of ${quote(name)}, found another`
      return refuse({ code: 'ledger/checkpoint-signer', message })
    }
    signatures.push(...own)
  }
  return accept(encodeUtf8(encodeNote({ text, signatures })))
}

function lineOf({ name, keyId }: NamedNoteKey, signature: Uint8Array): NoteSignature {
  return { name, keyId, signature }
}
