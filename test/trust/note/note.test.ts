import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  describeSignatures,
  judgeNote,
  type NoteKey,
  parseCheckpoint,
  parseNote,
} from '../../../src/trust/index.ts'
import { freshKey } from '../../verify/keys.ts'
import {
  createNoteSigner,
  createTestLog,
  type NoteSigner,
  signNote,
} from '../../verify/sigstore/test-log.ts'

const LOG = createTestLog()
const ROOT = Buffer.alloc(32, 7).toString('base64')
const TEXT = `log.example\n736\n${ROOT}\n`
const SIGNED = signNote(TEXT, [LOG.signer])
const WITNESS = createNoteSigner('witness.example/w1')

const codeOf = (envelope: string) => {
  const parsed = parseCheckpoint(envelope)
  return parsed.ok ? 'accepted' : parsed.problems[0].code
}
const signed = (text: string) => signNote(text, [LOG.signer])
const KEY: NoteKey = {
  names: ['log.example'],
  keyId: LOG.signer.keyId,
  key: LOG.log.publicKey,
}
const standingOf = (envelope: string, key = KEY) => {
  const note = parseNote(envelope)
  return note.ok ? judgeNote(note.value, key) : note.problems[0].code
}

describe('parseCheckpoint()', () => {
  it('reads origin, size and root', () => {
    const parsed = parseCheckpoint(SIGNED)
    expect(parsed.ok && parsed.value).toMatchObject({
      origin: 'log.example',
      size: 736n,
      root: new Uint8Array(32).fill(7),
      note: { text: TEXT, signatures: [{ name: 'log.example' }] },
    })
  })

  it.each([
    ['with extension lines', signed(`${TEXT}Timestamp: 1689177396617352539\nmore\n`)],
    ['of an empty tree', signed(`log.example\n0\n${ROOT}\n`)],
    ['of the largest tree', signed(`log.example\n${2n ** 63n - 1n}\n${ROOT}\n`)],
    ['with other characters than ASCII in its name', signed(`l\u00F6g.example\n1\n${ROOT}\n`)],
    ['with lines that look like signatures in its text', signed(`${TEXT}\u2014 a YWJjZGVm\n`)],
    ['without any signature', `${TEXT}\n`],
    ['with 64 signatures', signNote(TEXT, Array<NoteSigner>(64).fill(LOG.signer))],
  ])('accepts one %s', (_, envelope) => {
    expect(codeOf(envelope)).toBe('accepted')
  })

  it.each([
    ['nothing', ''],
    ['no blank line', TEXT],
    ['no line but the blank one', '\n\n'],
    ['no origin', signed(`736\n${ROOT}\n`)],
    ['no size', signed(`log.example\n${ROOT}\n`)],
    ['no root', signed('log.example\n736\n')],
    ['an empty origin', signed(`\n736\n${ROOT}\n`)],
    ['an empty size', signed(`log.example\n\n${ROOT}\n`)],
    ['an empty line after the root', signed(`${TEXT}\n`)],
    ['a second blank line before the signatures', SIGNED.replace('\n\n', '\n\n\n')],
    ['a hexadecimal size', signed(`log.example\n0x10\n${ROOT}\n`)],
    ['a size with a leading zero', signed(`log.example\n012\n${ROOT}\n`)],
    ['a signed size', signed(`log.example\n+12\n${ROOT}\n`)],
    ['a negative size', signed(`log.example\n-12\n${ROOT}\n`)],
    ['a size with blanks', signed(`log.example\n 12\n${ROOT}\n`)],
    ['a size in digits of another script', signed(`log.example\n\u0661\n${ROOT}\n`)],
    ['a size beyond an int64', signed(`log.example\n${2n ** 63n}\n${ROOT}\n`)],
    ['a size of 20 digits', signed(`log.example\n${'1'.repeat(20)}\n${ROOT}\n`)],
    ['a short root', signed(`log.example\n736\n${Buffer.alloc(31).toString('base64')}\n`)],
    ['a long root', signed(`log.example\n736\n${Buffer.alloc(33).toString('base64')}\n`)],
    ['a root without padding', signed(`log.example\n736\n${ROOT.slice(0, -1)}\n`)],
    ['a root in base64url', signed(`log.example\n736\n${'_'.repeat(43)}=\n`)],
    ['a carriage return', SIGNED.replaceAll('\n', '\r\n')],
    ['a tabulator', signed(`${TEXT}a\tb\n`)],
    ['a null', signed(`${TEXT}a\u0000b\n`)],
    ['a lone surrogate', SIGNED.replace('736', '736\uD800')],
    ['no newline at the end', SIGNED.slice(0, -1)],
    ['a signature with a hyphen', SIGNED.replace('\u2014', '-')],
    ['a signature without a name', SIGNED.replace('\u2014 log.example', '\u2014 ')],
    ['a signature with a plus sign in its name', SIGNED.replace('\u2014 log', '\u2014 a+log')],
    ['a signature with two blanks', SIGNED.replace('\u2014 ', '\u2014  ')],
    [
      'a signature with a hard blank in its name',
      SIGNED.replace('\u2014 log', '\u2014 a\u00A0log'),
    ],
    ['a signature and a blank after it', SIGNED.replace(/\n$/, ' \n')],
    ['a signature of a key id alone', `${TEXT}\n\u2014 log.example YWJjZA==\n`],
    ['a signature that is no base64', `${TEXT}\n\u2014 log.example YWJjZGVmZ\n`],
    ['text below its signatures', `${SIGNED}more\n`],
    ['65 signatures', signNote(TEXT, Array<NoteSigner>(65).fill(LOG.signer))],
    ['more than 64 KiB', signed(`${TEXT}${'x'.repeat(65_536)}\n`)],
  ])('refuses one with %s', (_, envelope) => {
    expect(codeOf(envelope)).toMatch(/^trust\/(?:checkpoint|note)-malformed$/)
  })

  it('tells a note that can not be read from one that is no checkpoint', () => {
    expect(codeOf(TEXT)).toBe('trust/note-malformed')
    expect(codeOf(signed(`log.example\n736\n`))).toBe('trust/checkpoint-malformed')
  })
})

describe('judgeNote()', () => {
  it('knows the signature of the log, wherever it stands', () => {
    expect(standingOf(SIGNED)).toBe('signed')
    expect(standingOf(signNote(TEXT, [WITNESS, LOG.signer]))).toBe('signed')
    expect(standingOf(signNote(TEXT, [LOG.signer, WITNESS]))).toBe('signed')
    expect(standingOf(signNote(TEXT, [LOG.signer, LOG.signer]))).toBe('signed')
  })

  it('ignores what is under another name or another key id', () => {
    const otherId = { ...LOG.signer, keyId: Uint8Array.of(1, 2, 3, 4) }
    const otherName = { ...LOG.signer, name: 'evil.example' }
    expect(standingOf(signNote(TEXT, []))).toBe('unsigned')
    expect(standingOf(signNote(TEXT, [WITNESS]))).toBe('unsigned')
    expect(standingOf(signNote(TEXT, [otherId]))).toBe('unsigned')
    expect(standingOf(signNote(TEXT, [otherName]))).toBe('unsigned')
    expect(standingOf(signNote(TEXT, [otherId, otherName, LOG.signer]))).toBe('signed')
  })

  it('refuses the note for one signature of the log that does not fit', () => {
    const forged = { ...LOG.signer, sign: () => new Uint8Array(64) }
    expect(standingOf(signNote(TEXT, [forged]))).toBe('invalid')
    expect(standingOf(signNote(TEXT, [LOG.signer, forged]))).toBe('invalid')
    expect(standingOf(signNote(TEXT, [forged, LOG.signer]))).toBe('invalid')
  })

  it('asks for the text and each signature of the key, and takes the answer', () => {
    const note = parseNote(signNote(TEXT, [WITNESS, LOG.signer]))
    const asked: string[] = []
    const ask = (answer: boolean) =>
      note.ok &&
      judgeNote(note.value, KEY, (key, bytes, signature) => {
        asked.push(`${key.type} ${Buffer.from(bytes).toString()} ${signature.length}`)
        return answer
      })
    expect(ask(true)).toBe('signed')
    expect(ask(false)).toBe('invalid')
    expect(asked).toEqual([`ed25519 ${TEXT} 64`, `ed25519 ${TEXT} 64`])
  })

  it.each([
    '.',
    '.*',
    'log',
    'log.exampl',
    'evillog.example',
    'log.example.evil',
    'Log.example',
    '(a+)+$',
  ])('takes the name %j for no other than itself', (name) => {
    expect(standingOf(SIGNED, { ...KEY, names: [name] })).toBe('unsigned')
  })

  it('refuses a note of which any bit of the text was turned', () => {
    const text = Buffer.from(TEXT)
    for (let bit = 0; bit < text.length * 8; bit++) {
      const turned = Buffer.from(text)
      turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      // latin1: what is no UTF-8 can not stand in a text.
      const envelope = SIGNED.replace(TEXT, turned.toString('latin1'))
      expect(standingOf(envelope), `bit ${bit}`).not.toBe('signed')
    }
  })

  it('refuses a signature of which any bit was turned', () => {
    const note = parseNote(SIGNED)
    const [own] = note.ok ? note.value.signatures : []
    if (!note.ok || own === undefined) throw new Error('the note is signed')
    for (let bit = 0; bit < own.signature.length * 8; bit++) {
      const signature = Uint8Array.from(own.signature)
      signature[bit >> 3] = (signature[bit >> 3] ?? 0) ^ (1 << (bit & 7))
      const turned = { ...note.value, signatures: [{ ...own, signature }] }
      expect(judgeNote(turned, KEY), `bit ${bit}`).toBe('invalid')
    }
  })

  it('takes no time for hostile text', () => {
    const started = performance.now()
    for (const part of ['\n', '\u2014 ', '\u2014 a ', '\n\n', 'A', ' ']) {
      expect(codeOf(part.repeat(8_000))).toMatch(/malformed$/)
    }
    expect(performance.now() - started).toBeLessThan(500)
  })

  it('throws for no text at all', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(codeOf(`${text}\n\n${text}`)).toMatch(/accepted|malformed/)
      }),
    )
  })
})

describe('describeSignatures()', () => {
  const describe = (envelope: string) => {
    const note = parseNote(envelope)
    return note.ok && describeSignatures(note.value)
  }

  it('names a few of those who signed, and says when there is nobody', () => {
    expect(describe(`${TEXT}\n`)).toBe('no signature')
    expect(describe(SIGNED)).toMatch(/^signatures of log\.example \(key id [0-9a-f]{8}\)$/)
    const many = describe(signNote(TEXT, [WITNESS, WITNESS, LOG.signer, LOG.signer]))
    expect(String(many).match(/key id/g)).toHaveLength(3)
  })
})

describe('a log with another kind of key', () => {
  it.each([
    ['P-256', 'sha256'],
    ['P-384', 'sha384'],
    ['P-521', 'sha512'],
    ['rsa', 'sha256'],
  ] as const)('%s signs with %s, and with no other key', (type, digest) => {
    const key = freshKey(type, digest)
    const other = freshKey(type, digest)
    const known = { ...KEY, key: key.publicKey }
    expect(standingOf(signNote(TEXT, [{ ...LOG.signer, sign: key.sign }]), known)).toBe('signed')
    expect(standingOf(signNote(TEXT, [{ ...LOG.signer, sign: other.sign }]), known)).toBe('invalid')
  })

  it('signs with one digest alone', () => {
    const key = freshKey('P-384', 'sha256')
    const known = { ...KEY, key: key.publicKey }
    expect(standingOf(signNote(TEXT, [{ ...LOG.signer, sign: key.sign }]), known)).toBe('invalid')
  })
})
