// What is remembered of one question changes the answer to no other, whichever is asked first.

import { describe, expect, it } from 'vitest'
import { judgeNote, type NamedRoot, parseNote } from '../../../src/trust/index.ts'
import { parseCertificate } from '../../../src/verify/sigstore/certificate/certificate.ts'
import { type Leaf, readLeaf } from '../../../src/verify/sigstore/certificate/leaf.ts'
import { checkPromises } from '../../../src/verify/sigstore/certificate/promises.ts'
import { noteKeyOf } from '../../../src/verify/sigstore/log/log-name.ts'
import { checkTimestamps } from '../../../src/verify/sigstore/timestamp/timestamps.ts'
import { isSignedByLog } from '../../../src/verify/sigstore/witness-signature.ts'
import { testKey } from '../keys.ts'
import { codesOf, findPath, leafOf, rootOf } from './certificate/path-question.ts'
import { makeAuthority, makeLeaf, makeLog, makeRoot, SIGNED_AT, YEAR } from './test-authority.ts'
import { extension, makeKey } from './test-certificate.ts'
import { createTestLog, signNote } from './test-log.ts'
import { makeTsa, stamp } from './test-timestamp.ts'

/** The first question before and after the second, the second before and after the first, each pair with bytes of its own. */
function inBothOrders<Case>(
  makeCase: () => Case,
  first: (one: Case) => unknown,
  second: (one: Case) => unknown,
): readonly unknown[] {
  const one = makeCase()
  const another = makeCase()
  return [
    [first(one), second(one), first(one)],
    [second(another), first(another), second(another)],
  ]
}

const orders = (first: unknown, second: unknown) => [
  [first, second, first],
  [second, first, second],
]

describe('what is remembered', () => {
  it('of a leaf under one root says nothing under another', () => {
    const answers = inBothOrders(
      () => ({ by: makeAuthority(), leaf: leafOf({ key: makeKey() }) }),
      ({ leaf }) => codesOf(leaf, rootOf(makeAuthority({ name: 'stranger' }))),
      ({ by, leaf }) => codesOf(leaf, rootOf(by)),
    )
    expect(answers).toEqual(orders(['verify/certificate-authority-unknown'], []))
  })

  it('of a leaf at one time says nothing of another', () => {
    const root = rootOf(makeAuthority())
    const answers = inBothOrders(
      () => leafOf({ key: makeKey() }),
      (leaf) => codesOf(leaf, root, [SIGNED_AT - 1]),
      (leaf) => codesOf(leaf, root, [SIGNED_AT]),
    )
    expect(answers).toEqual(orders(['verify/certificate-time'], []))
  })

  it('of an authority in one period says nothing of another period', () => {
    const ended = { start: SIGNED_AT - YEAR, end: SIGNED_AT - 1 }
    const answers = inBothOrders(
      () => leafOf({ key: makeKey() }),
      (leaf) => codesOf(leaf, rootOf(makeAuthority({ validFor: ended }))),
      (leaf) => codesOf(leaf, rootOf(makeAuthority())),
    )
    expect(answers).toEqual(orders(['verify/certificate-authority-time'], []))
  })

  it('of the signature on one leaf says nothing of another that claims the same issuer', () => {
    const by = makeAuthority()
    const { name, key } = by.issuer
    const root = rootOf(by)
    const forger = { ...by, issuer: { name, key: makeKey('P-384') } }
    const extensions = [extension.authorityKeyId(key)]
    const answers = inBothOrders(
      makeKey,
      (leafKey) => codesOf(leafOf({ by: forger, key: leafKey, extensions }), root),
      (leafKey) => codesOf(leafOf({ by, key: leafKey, extensions }), root),
    )
    expect(answers).toEqual(orders(['verify/certificate-forged'], []))
  })

  it('of a chain says nothing of the leaf alone', () => {
    const stranger = makeAuthority({ name: 'stranger' })
    const answers = inBothOrders(
      () => makeLeaf({ key: makeKey() }),
      (der) => readLeaf([der, stranger.intermediate]).checks.map(({ code }) => code),
      (der) => readLeaf([der]).checks.map(({ code }) => code),
    )
    expect(answers).toEqual(orders(['verify/certificate-chain'], [undefined]))
  })

  it('of a certificate does not change with the bytes that it was read from', () => {
    const good = makeLeaf({ key: makeKey() })
    const bytes = Buffer.from(good)
    const first = parseCertificate(bytes)
    bytes.fill(0)
    expect(parseCertificate(bytes).ok).toBe(false)
    expect(parseCertificate(good)).toBe(first)
    expect(first.ok && Buffer.from(first.value.der).equals(good)).toBe(true)
  })

  it('of a promise of one log says nothing of a log with its name and another key', () => {
    const by = makeAuthority()
    const log = makeLog()
    const impostor = { ...makeLog(makeKey()), logId: log.logId }
    const under = (certificateLogs: NamedRoot['root']['certificateLogs']) =>
      makeRoot({ certificateLogs, certificateAuthorities: [by.authority] })
    const judge = (leaf: Leaf, root: NamedRoot) => {
      const { path } = findPath(leaf, root, [])
      return path && [checkPromises(leaf, path, root)].flatMap(({ code }) => code ?? [])
    }
    const answers = inBothOrders(
      () => leafOf({ by, key: makeKey() }),
      (leaf) => judge(leaf, under([impostor])),
      (leaf) => judge(leaf, under([log])),
    )
    expect(answers).toEqual(orders(['verify/sct-invalid'], []))
  })

  it('of a checkpoint of one log says nothing of a log with its name and another key', () => {
    let size = 0
    const answers = inBothOrders(
      () => {
        const own = createTestLog()
        const text = `log.example\n${++size}\n${Buffer.alloc(32, 7).toString('base64')}\n`
        const note = parseNote(signNote(text, [own.signer]))
        if (!note.ok) throw new Error('Expected a note')
        return { own, note: note.value }
      },
      ({ own, note }) =>
        judgeNote(
          note,
          { ...noteKeyOf(own.log), key: testKey('another log').publicKey },
          isSignedByLog,
        ),
      ({ own, note }) => judgeNote(note, noteKeyOf(own.log), isSignedByLog),
    )
    expect(answers).toEqual(orders('invalid', 'signed'))
  })

  it('of a timestamp says nothing of other bytes, and nothing under another root', () => {
    const codes = (timestamp: Uint8Array, text: string, root: NamedRoot) =>
      checkTimestamps([timestamp], Buffer.from(text), [root]).checks.flatMap(
        ({ code }) => code ?? [],
      )
    const makeCase = () => {
      const tsa = makeTsa()
      const root = makeRoot({ timestampAuthorities: [tsa.authority] })
      return { timestamp: stamp(tsa, Buffer.from('signature'), {}), root }
    }
    const accepted = ({ timestamp, root }: ReturnType<typeof makeCase>) =>
      codes(timestamp, 'signature', root)
    expect(
      inBothOrders(makeCase, ({ timestamp, root }) => codes(timestamp, 'another', root), accepted),
    ).toEqual(orders(['verify/timestamp-imprint'], []))
    expect(
      inBothOrders(
        makeCase,
        ({ timestamp }) => codes(timestamp, 'signature', makeRoot({ timestampAuthorities: [] })),
        accepted,
      ),
    ).toEqual(orders(['verify/timestamp-authority-unknown'], []))
  })
})
