import { describe, expect, it } from 'vitest'
import { hashLeaf, isConsistent, isIncluded } from '../../src/digest/index.ts'
import {
  encodeEntry,
  proveConsistency,
  proveInclusion,
  readEarlier,
} from '../../src/ledger/index.ts'
import { encodeNoteKey, noteKeyOfKind, parseNoteKey } from '../../src/trust/index.ts'
import { askPeer, hasFsck, hasPeer, runFsck, writeLedger } from './outside-readers.ts'
import {
  append,
  createLedger,
  entriesOf,
  expectValue,
  headOf,
  type TestLedger,
  withFile,
} from './test-ledger.ts'
import { cosign, keyOf, LOG, ORIGIN, sign, SIGNED_AT, verify, WITNESSES } from './test-heads.ts'

const KEY = encodeNoteKey(keyOf(LOG))
const SIZES = [1, 2, 7, 255, 256, 257, 512, 700]
const toBase64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const ofBase64 = (text: string) => new Uint8Array(Buffer.from(text, 'base64'))

describe.skipIf(!hasFsck)('fsck of Tessera', () => {
  it.each(SIZES)('finds nothing wrong with a ledger of %i entries', async (size) => {
    const ledger = await createLedger(entriesOf(size), 100)
    expect(runFsck(writeLedger(ledger, await sign(ledger)), KEY)).toBe('')
  })

  it('finds nothing wrong where entries lie after the signed head', async () => {
    const signed = await createLedger(entriesOf(300))
    const checkpoint = await sign(signed)
    for (const count of [1, 200, 300]) {
      let longer = signed
      for (let at = 0; at < count; at += 100) {
        const step = Math.min(100, count - at)
        longer = await append(longer, entriesOf(step, longer.size), [300])
      }
      expect(runFsck(writeLedger(longer, checkpoint), KEY), String(count)).toBe('')
    }
  })

  it('finds what we find: a changed entry, a changed hash, a tile that is gone', async () => {
    const ledger = await createLedger(entriesOf(300))
    const checkpoint = await sign(ledger)
    const other = await createLedger(entriesOf(300).with(60, entriesOf(1, 999)[0] as never))
    const changed = (path: string) => withFile(ledger, path, other.files.get(path))
    for (const damaged of [
      changed('tile/entries/000'),
      changed('tile/0/000'),
      withFile(ledger, 'tile/1/000.p/1', undefined),
    ]) {
      expect(runFsck(writeLedger(damaged, checkpoint), KEY)).not.toBe('')
    }
    expect(runFsck(writeLedger(other, await sign(other)), KEY)).toBe('')
  })
})

describe.skipIf(!hasPeer)('tlog and note of Go', () => {
  it.each(SIZES)('take our proofs and heads, and we take theirs, over %i entries', async (size) => {
    const ledger = await createLedger(entriesOf(size))
    const { root } = await headOf(ledger)
    const asked = await proofsOf(ledger)
    const checkpoint = await sign(ledger)
    const said = askPeer({ dir: writeLedger(ledger, checkpoint), ...knownKeys(), ...asked })
    expect(said).toMatchObject({ size, refused: [], unverified: 0 })
    for (const { index, leaf } of asked.inclusion) {
      const hashes = (said.inclusion[index] ?? []).map(ofBase64)
      const claim = { index: BigInt(index), size: BigInt(size), leaf: ofBase64(leaf) }
      expect(isIncluded({ ...claim, hashes, root }), `entry ${index}`).toBe(true)
    }
    for (const { from, root: fromRoot } of asked.consistency) {
      const hashes = (said.consistency[from] ?? []).map(ofBase64)
      const claim = { from: BigInt(from), to: BigInt(size), toRoot: root }
      const roots = { fromRoot: ofBase64(fromRoot) }
      expect(isConsistent({ ...claim, ...roots, hashes }), `from ${from}`).toBe(true)
    }
  })

  it('read our signatures, and when a witness signed', async () => {
    const ledger = await createLedger(entriesOf(7))
    let checkpoint = await sign(ledger)
    for (const witness of WITNESSES) checkpoint = await cosign(checkpoint, witness)
    const { signatures, unverified } = askPeer({
      dir: writeLedger(ledger, checkpoint),
      ...knownKeys(),
      cosigners: WITNESSES.slice(1).map((witness) => encodeNoteKey(keyOf(witness))),
      inclusion: [],
      consistency: [],
    })
    const time = SIGNED_AT / 1000
    expect(signatures).toEqual([
      { name: ORIGIN, time: 0 },
      { name: 'w2.example', time },
      { name: 'w3.example', time },
    ])
    // Our own cosignature, and the witness that it was not told of.
    expect(unverified).toBe(2)
  })

  it('sign what we read', async () => {
    const ledger = await createLedger(entriesOf(7))
    const dir = writeLedger(ledger, await sign(ledger))
    const request = { dir, ...knownKeys(), inclusion: [], consistency: [] }
    const { note, key, cosigner } = askPeer(request)
    const [log, witness] = [key, cosigner].map((text) => expectValue(parseNoteKey(text)))
    if (log === undefined || witness === undefined) throw new Error('two keys were given')
    expect([log.kind, witness.kind]).toEqual(['signature', 'cosignature'])
    const { check, head } = verify(note, { keys: [log], witnesses: [witness], quorum: 1 })
    expect(check.outcome).toBe('accepted')
    expect(head).toMatchObject({ size: 7, signers: [ORIGIN] })
    expect(head?.witnesses).toMatchObject([{ name: 'witness.example/go' }])
    expect(verify(note, { keys: [keyOf(LOG)] }).head).toBeUndefined()
  })

  it('refuse a proof of ours that is made false, and a head that is signed by others', async () => {
    const ledger = await createLedger(entriesOf(300))
    const dir = writeLedger(ledger, await sign(ledger))
    const { inclusion, consistency } = await proofsOf(ledger)
    const wrong = {
      inclusion: inclusion.map((proof) => ({ ...proof, hashes: proof.hashes.toReversed() })),
      consistency: consistency.map((proof) => ({ ...proof, root: inclusion[0]?.leaf ?? '' })),
    }
    const { refused } = askPeer({ dir, ...knownKeys(), ...wrong })
    // The tree of one entry has its hash as its root.
    expect(refused).toHaveLength(inclusion.length + consistency.length - 1)
    const [stranger = LOG] = WITNESSES
    expect(() =>
      askPeer({ dir, keys: [encodeNoteKey(keyOf(stranger))], cosigners: [], ...wrong }),
    ).toThrow('no verifiable signatures')
  })
})

function knownKeys() {
  return { keys: [KEY], cosigners: [encodeNoteKey(noteKeyOfKind(keyOf(LOG), 'cosignature'))] }
}

/** Our proofs: of every seventh entry, and from every seventh size. */
async function proofsOf(ledger: TestLedger) {
  const { reader, size } = ledger
  const inclusion = []
  const consistency = []
  for (const [index, entry] of entriesOf(size).entries()) {
    if (index % 7 !== 0 && index !== size - 1) continue
    const hashes = expectValue(await proveInclusion(reader, size, index)).map(toBase64)
    inclusion.push({ index, leaf: toBase64(hashLeaf(encodeEntry(entry))), hashes })
    const from = index + 1
    const { root } = await headOf({ reader: readEarlier(ledger), size: from })
    const steps = expectValue(await proveConsistency(reader, from, size)).map(toBase64)
    consistency.push({ from, root: toBase64(root), hashes: steps })
  }
  return { inclusion, consistency }
}
