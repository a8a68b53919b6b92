import { describe, expect, it } from 'vitest'
import { failedChecks } from '../../src/core/index.ts'
import { checkAge, signCheckpoint, verifyCheckpoint } from '../../src/ledger/index.ts'
import { encodeNote, noteKeyOfKind } from '../../src/trust/index.ts'
import { freshKey } from '../verify/keys.ts'
import { codesOf, createLedger, entriesOf, headOf } from './test-ledger.ts'
import {
  cosign,
  EXPECTATION,
  keyOf,
  LOG,
  noteOf,
  ORIGIN,
  sign,
  SIGNED_AT,
  signerOf,
  verify,
  WITNESSES,
} from './test-heads.ts'

const LEDGER = await createLedger(entriesOf(7))
const HEAD = await headOf(LEDGER)
const CHECKPOINT = await sign(LEDGER)
const [W1 = LOG, W2 = LOG, W3 = LOG] = WITNESSES
const hours = (count: number) => count * 3_600_000

const verdict = (...given: Parameters<typeof verify>) => {
  const { check, head } = verify(...given)
  expect(head !== undefined).toBe(check.outcome === 'accepted')
  return failedChecks(check).map(({ outcome, code }) => `${outcome} ${code}`)
}

describe('a signed head', () => {
  it('is a checkpoint with two signatures of each key', () => {
    const root = Buffer.from(HEAD.root).toString('base64')
    const { text, signatures } = noteOf(CHECKPOINT)
    expect(text).toBe(`${ORIGIN}\n7\n${root}\n`)
    expect(signatures.map(({ name, signature }) => `${name} ${signature.length}`)).toEqual([
      `${ORIGIN} 64`,
      `${ORIGIN} 72`,
    ])
  })

  it('tells its size, its root, who signed it and when', () => {
    const { head } = verify(CHECKPOINT)
    expect(head).toMatchObject({
      ...{ origin: ORIGIN, size: 7, signers: [ORIGIN], witnesses: [], at: SIGNED_AT },
      note: CHECKPOINT,
    })
    expect(Buffer.from(head?.root ?? []).equals(HEAD.root)).toBe(true)
  })

  it('may be signed by several keys, and carry lines of its own', async () => {
    const other = signerOf('ledger.example/next')
    const unsigned = { origin: ORIGIN, ...HEAD, extensions: ['more', 'lines'] }
    const signed = await signCheckpoint(unsigned, [LOG, other], SIGNED_AT)
    const text = Buffer.from(signed.ok ? signed.value : []).toString()
    expect(noteOf(text).text).toMatch(/\nmore\nlines\n$/)
    expect(verify(text).head?.signers).toEqual([ORIGIN])
    expect(verify(text, { keys: [keyOf(LOG), keyOf(other)] }).head?.signers).toHaveLength(2)
    expect(verdict(text, { keys: [keyOf(other)] })).toEqual([])
  })

  it('tells no time where it carries no cosignature', () => {
    const note = noteOf(CHECKPOINT)
    const untimed = encodeNote({ ...note, signatures: note.signatures.slice(0, 1) })
    expect(verify(untimed).head?.at).toBeUndefined()
    expect(verdict(untimed)).toEqual([])
  })

  it.each(['', 'x\n', `${CHECKPOINT}x`, CHECKPOINT.replace('\n7\n', '\n07\n')])(
    'is none as %j',
    (text) => {
      expect(verdict(text)).toEqual(['rejected ledger/checkpoint-malformed'])
    },
  )

  it('is none in bytes that are not UTF-8', () => {
    const bytes = Buffer.concat([Buffer.from(CHECKPOINT), Uint8Array.of(0xff)])
    expect(verifyCheckpoint(bytes, EXPECTATION).check.code).toBe('ledger/checkpoint-malformed')
  })

  it('is none over more entries than can be counted (A-73)', async () => {
    const largest = Number.MAX_SAFE_INTEGER
    const text = async (size: number) => {
      const signed = await signCheckpoint({ origin: ORIGIN, ...HEAD, size }, [LOG], SIGNED_AT)
      return Buffer.from(signed.ok ? signed.value : []).toString()
    }
    expect(verdict(await text(largest))).toEqual([])
    expect(verdict(await text(largest + 1))).toEqual(['rejected ledger/checkpoint-malformed'])
  })

  it('of another ledger is refused', async () => {
    const other = await sign(LEDGER, { origin: 'ledger.example/api' })
    expect(verdict(other)).toEqual(['rejected ledger/checkpoint-origin'])
    expect(verdict(other, { origin: 'ledger.example/api' })).toEqual([])
  })

  it('without a signature of a known key is refused', () => {
    const stranger = keyOf(signerOf(ORIGIN, 'stranger'))
    for (const keys of [[], [stranger], [keyOf(W1)]]) {
      expect(verdict(CHECKPOINT, { keys })).toEqual(['rejected ledger/checkpoint-unsigned'])
    }
    expect(verdict(CHECKPOINT, { keys: [stranger, keyOf(LOG)] })).toEqual([])
  })

  it('with the time alone signed is not signed', () => {
    const note = noteOf(CHECKPOINT)
    const timed = encodeNote({ ...note, signatures: note.signatures.slice(1) })
    expect(verdict(timed)).toEqual(['rejected ledger/checkpoint-unsigned'])
  })

  it('is refused for any bit that was turned in what is signed', () => {
    const { text } = noteOf(CHECKPOINT)
    for (let bit = 0; bit < text.length * 8; bit++) {
      const turned = Buffer.from(CHECKPOINT)
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      expect(verify(turned.toString('latin1')).head, `bit ${bit}`).toBeUndefined()
    }
  })

  it('is refused for one signature of a known key that does not fit', () => {
    const note = noteOf(CHECKPOINT)
    for (const wrong of [0, 1]) {
      const signatures = note.signatures.map((line, at) => {
        return at === wrong ? { ...line, signature: line.signature.toReversed() } : line
      })
      expect(verdict(encodeNote({ ...note, signatures }))).toEqual([
        'rejected ledger/checkpoint-signature-invalid',
      ])
    }
  })
})

describe('signCheckpoint()', () => {
  it('refuses a key that signs something else, and one that notes do not have', async () => {
    const unsigned = { origin: ORIGIN, ...HEAD }
    const liar = { ...LOG, sign: async () => new Uint8Array(64) }
    expect(codesOf(await signCheckpoint(unsigned, [liar], SIGNED_AT))).toEqual([
      'ledger/checkpoint-signer',
    ])
    const text = Buffer.from(noteOf(CHECKPOINT).text)
    const forgetful = { ...LOG, sign: async () => LOG.sign(text) }
    expect(codesOf(await signCheckpoint(unsigned, [forgetful], SIGNED_AT))).toEqual([
      'ledger/checkpoint-signer',
    ])
    const { publicKey } = freshKey('P-256', 'sha256')
    expect(codesOf(await signCheckpoint(unsigned, [{ ...LOG, publicKey }], SIGNED_AT))).toEqual([
      'trust/note-key',
    ])
    expect(codesOf(await signCheckpoint(unsigned, [LOG], SIGNED_AT))).toBe('accepted')
  })
})

describe('witnesses', () => {
  const withAll = async () =>
    cosign(
      await cosign(await cosign(CHECKPOINT, W1, SIGNED_AT + hours(1)), W2, SIGNED_AT + hours(2)),
      W3,
      SIGNED_AT + hours(3),
    )

  it('count when they cosigned', async () => {
    const one = await cosign(CHECKPOINT, W1)
    expect(verdict(one, { quorum: 1 })).toEqual([])
    expect(verify(one).head?.witnesses).toEqual([{ name: 'w1.example', at: SIGNED_AT }])
    expect(verdict(one, { quorum: 2 })).toEqual(['missing ledger/witness-quorum'])
    expect(verdict(CHECKPOINT, { quorum: 1 })).toEqual(['missing ledger/witness-quorum'])
    expect(verdict(await withAll(), { quorum: 3 })).toEqual([])
    expect(verdict(await withAll(), { quorum: 4 })).toEqual(['missing ledger/witness-quorum'])
  })

  it('count once each, whatever they are called, and the ledger itself does not', async () => {
    const alias = signerOf('w1.example/again', 'w1.example')
    const self = signerOf('w4.example', ORIGIN)
    const twice = await cosign(await cosign(CHECKPOINT, W1), alias)
    const witnesses = [W1, alias, self].map(keyOf)
    expect(verdict(twice, { witnesses, quorum: 2 })).toEqual(['missing ledger/witness-quorum'])
    const own = await cosign(twice, self)
    expect(verdict(own, { witnesses, quorum: 2 })).toEqual(['missing ledger/witness-quorum'])
    const other = await cosign(own, W2)
    expect(verdict(other, { witnesses: [...witnesses, keyOf(W2)], quorum: 2 })).toEqual([])
    const repeated = await cosign(await cosign(CHECKPOINT, W1), W1, SIGNED_AT + hours(1))
    expect(verdict(repeated, { quorum: 2 })).toEqual(['missing ledger/witness-quorum'])
    expect(verify(repeated).head?.witnesses).toEqual([
      { name: 'w1.example', at: SIGNED_AT + hours(1) },
    ])
  })

  it('are known by keys of either kind', async () => {
    const one = await cosign(CHECKPOINT, W1)
    const witnesses = [noteKeyOfKind(keyOf(W1), 'cosignature')]
    expect(verdict(one, { witnesses, quorum: 1 })).toEqual([])
  })

  it('that are unknown are ignored, and a wrong one that is known spoils all', async () => {
    const one = await cosign(CHECKPOINT, W1)
    const note = noteOf(one)
    const wrong = encodeNote({
      ...note,
      signatures: note.signatures.map((line) => {
        return line.name === 'w1.example'
          ? { ...line, signature: line.signature.with(70, (line.signature[70] ?? 0) ^ 1) }
          : line
      }),
    })
    expect(verdict(wrong, { witnesses: [] })).toEqual([])
    expect(verdict(wrong)).toEqual(['rejected ledger/checkpoint-signature-invalid'])
    expect(verdict(one)).toEqual([])
  })

  it('tell the time: with a quorum, when that many had seen the head', async () => {
    const all = await withAll()
    expect(verify(all).head?.at).toBe(SIGNED_AT + hours(3))
    expect(verify(all, { quorum: 1 }).head?.at).toBe(SIGNED_AT + hours(3))
    expect(verify(all, { quorum: 2 }).head?.at).toBe(SIGNED_AT + hours(2))
    expect(verify(all, { quorum: 3 }).head?.at).toBe(SIGNED_AT + hours(1))
  })
})

describe('checkAge()', () => {
  const age = (now: number, maxAgeMs: number, at: number | undefined = SIGNED_AT) => {
    const { outcome, code } = checkAge({ ...(at > 0 && { at }) }, { now, maxAgeMs })
    return code === undefined ? outcome : `${outcome} ${code}`
  }

  it('lets a head be as old as it may', () => {
    expect(age(SIGNED_AT, 0)).toBe('accepted')
    expect(age(SIGNED_AT + hours(24), hours(24))).toBe('accepted')
    expect(age(SIGNED_AT + hours(24) + 1, hours(24))).toBe('stale ledger/head-stale')
    expect(age(SIGNED_AT, Number.MAX_SAFE_INTEGER)).toBe('accepted')
  })

  it('does not judge a head of a later time, or of none', () => {
    expect(age(SIGNED_AT - 1, hours(24))).toBe('error ledger/head-time-later')
    expect(age(SIGNED_AT, hours(24), 0)).toBe('missing ledger/head-time-missing')
  })
})
