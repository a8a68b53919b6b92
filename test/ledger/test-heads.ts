// Signed heads for tests: by the keys of tests, over real ledgers.

import type { Instant } from '../../src/core/index.ts'
import {
  type HeadExpectation,
  type HeadSigner,
  type LedgerTree,
  signCheckpoint,
  type SignedHead,
  verifyCheckpoint,
} from '../../src/ledger/index.ts'
import {
  buildNoteKey,
  encodeCosignature,
  encodeCosigned,
  encodeNote,
  type NamedNoteKey,
  type Note,
  noteKeyOfKind,
  parseNote,
} from '../../src/trust/index.ts'
import { testKey } from '../verify/keys.ts'
import { expectValue, headOf } from './test-ledger.ts'

export const ORIGIN = 'ledger.example/web'

/** When the heads of tests are signed, unless a test says otherwise. */
export const SIGNED_AT: Instant = Date.UTC(2026, 3, 10, 12)

/** Whoever signs notes under a name, by default with a key of the same name. */
export function signerOf(name: string, key = name): HeadSigner {
  const { publicKey, sign } = testKey(`note ${key}`)
  return { name, publicKey, sign: async (bytes) => sign(bytes) }
}

/** The key that verifies what {@link signerOf} signs. */
export function keyOf({ name, publicKey }: HeadSigner): NamedNoteKey {
  return expectValue(buildNoteKey(name, 'signature', publicKey))
}

export const LOG = signerOf(ORIGIN)
export const WITNESSES = ['w1.example', 'w2.example', 'w3.example'].map((name) => signerOf(name))

/** The ledger of tests, signed by its own key alone. */
export const EXPECTATION: HeadExpectation = {
  origin: ORIGIN,
  keys: [keyOf(LOG)],
  witnesses: WITNESSES.map(keyOf),
  quorum: 0,
}

/** A checkpoint over the whole ledger. */
export async function sign(
  tree: LedgerTree,
  { signers = [LOG], at = SIGNED_AT, origin = ORIGIN } = {},
): Promise<string> {
  const head = await headOf(tree)
  return Buffer.from(expectValue(await signCheckpoint({ origin, ...head }, signers, at))).toString()
}

/** The checkpoint with the cosignature of a witness. */
export async function cosign(
  checkpoint: string,
  witness: HeadSigner,
  at: Instant = SIGNED_AT,
): Promise<string> {
  const note = noteOf(checkpoint)
  const { name, keyId } = noteKeyOfKind(keyOf(witness), 'cosignature')
  const signature = encodeCosignature(at, await witness.sign(encodeCosigned(note.text, at)))
  return encodeNote({ ...note, signatures: [...note.signatures, { name, keyId, signature }] })
}

/** The note, which is known to be one. */
export function noteOf(text: string): Note {
  return expectValue(parseNote(text))
}

/** What the keys say of a checkpoint. */
export function verify(checkpoint: string, change: Partial<HeadExpectation> = {}) {
  return verifyCheckpoint(Buffer.from(checkpoint), { ...EXPECTATION, ...change })
}

/** The head of a whole ledger, signed and verified. */
export async function signedHead(tree: LedgerTree, signer = LOG): Promise<SignedHead> {
  const { check, head } = verify(await sign(tree, { signers: [signer] }), {
    keys: [keyOf(signer)],
  })
  if (head === undefined) throw new Error(check.message)
  return head
}
