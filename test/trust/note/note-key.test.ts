import { describe, expect, it } from 'vitest'
import {
  buildNoteKey,
  encodeCosignature,
  encodeCosigned,
  encodeNote,
  encodeNoteKey,
  isSameNoteKey,
  judgeCosignature,
  noteKeyOfKind,
  parseNoteKey,
} from '../../../src/trust/index.ts'
import { freshKey, testKey } from '../../verify/keys.ts'

const { publicKey, sign } = testKey('note key')
const codeOf = (result: ReturnType<typeof parseNoteKey>) =>
  result.ok ? 'accepted' : result.problems[0].code
const keyOf = (name: string) => {
  const key = buildNoteKey(name, 'signature', publicKey)
  if (!key.ok) throw new Error(key.problems[0].message)
  return key.value
}
const KEY = keyOf('example.com/foo')
const TIMED = noteKeyOfKind(KEY, 'cosignature')
const TEXT = encodeNoteKey(KEY)

describe('the text of a note key', () => {
  it('has the name, the id and the key with its type', () => {
    const [name, id = '', base64 = ''] = TEXT.split(/\+(.{8})\+/)
    expect(name).toBe('example.com/foo')
    expect(id).toBe(Buffer.from(KEY.keyId).toString('hex'))
    const bytes = Buffer.from(base64, 'base64')
    expect(bytes).toHaveLength(33)
    expect(bytes[0]).toBe(1)
    expect(Buffer.from(encodeNoteKey(TIMED).slice(-44), 'base64')[0]).toBe(4)
  })

  it('reads what others write: the key of the checksum database of Go', () => {
    const text = 'sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8'
    const key = parseNoteKey(text)
    expect(key.ok && { name: key.value.name, kind: key.value.kind }).toEqual({
      name: 'sum.golang.org',
      kind: 'signature',
    })
    expect(key.ok && encodeNoteKey(key.value)).toBe(text)
  })

  it('is read back, for either kind', () => {
    for (const key of [KEY, TIMED]) {
      const again = parseNoteKey(encodeNoteKey(key))
      expect(again.ok && encodeNoteKey(again.value)).toBe(encodeNoteKey(key))
      expect(again.ok && again.value.kind).toBe(key.kind)
    }
  })

  const id = Buffer.from(KEY.keyId).toString('hex')
  it.each([
    ['nothing', ''],
    ['no key', `example.com/foo+${id}+`],
    ['another id', TEXT.replace(id, '00000000')],
    ['an id in upper case', TEXT.replace(id, `${id.slice(0, 7)}G`)],
    ['another name', TEXT.replace('foo', 'bar')],
    ['a blank in its name', TEXT.replace('foo', 'f o')],
    ['another type of key', TEXT.replace('+AQ', '+Ag').replace('+Ab', '+Ag')],
    ['base64 that is not canonical', `${TEXT}=`],
    ['a key that is cut', TEXT.slice(0, -4)],
  ])('refuses %s', (_, text) => {
    expect(codeOf(parseNoteKey(TEXT))).toBe('accepted')
    expect(codeOf(parseNoteKey(text))).toBe('trust/note-key')
  })

  it('refuses a weak key', () => {
    const zero = Buffer.concat([Uint8Array.of(1), Buffer.alloc(32)]).toString('base64')
    expect(codeOf(parseNoteKey(`a+00000000+${zero}`))).toBe('trust/key-weak')
  })
})

describe('buildNoteKey()', () => {
  it.each(['', 'a b', 'a+b', 'a\nb', 'a\u00A0b', '\uD800'])('refuses the name %j', (name) => {
    expect(codeOf(buildNoteKey(name, 'signature', publicKey))).toBe('trust/note-key')
  })

  it('takes Ed25519 keys alone', () => {
    const { publicKey: other } = freshKey('P-256', 'sha256')
    expect(codeOf(buildNoteKey('a', 'signature', other))).toBe('trust/note-key')
    expect(codeOf(buildNoteKey('a', 'signature', publicKey))).toBe('accepted')
  })

  it('knows a key again under another name', () => {
    expect(isSameNoteKey(KEY, noteKeyOfKind(keyOf('other'), 'cosignature'))).toBe(true)
    const other = buildNoteKey('example.com/foo', 'signature', testKey('other').publicKey)
    expect(other.ok && isSameNoteKey(KEY, other.value)).toBe(false)
  })
})

describe('judgeCosignature()', () => {
  const text = 'example.com/foo\n7\nAAAA\n'
  const at = Date.UTC(2026, 3, 10)
  const line = (bytes: Uint8Array, { name, keyId } = TIMED) => ({ name, keyId, signature: bytes })
  const cosigned = (time = at, over = time) =>
    line(encodeCosignature(time, sign(encodeCosigned(text, over))))
  const judge = (...signatures: ReturnType<typeof line>[]) =>
    judgeCosignature({ text, signatures }, TIMED)

  it('tells when a witness signed, the latest of several times', () => {
    expect(judge(cosigned())).toBe(at)
    expect(judge(cosigned(at + 999))).toBe(at)
    expect(judge(cosigned(), cosigned(at + 5000), cosigned(at + 1000))).toBe(at + 5000)
  })

  it('ignores other names and ids', () => {
    expect(judge()).toBe('unsigned')
    expect(judge(line(new Uint8Array(72), KEY))).toBe('unsigned')
    expect(judge(line(new Uint8Array(72), { ...TIMED, name: 'other' }))).toBe('unsigned')
  })

  it('refuses another time, none, and one beyond every clock', () => {
    expect(judge(cosigned(at, at + 1000))).toBe('invalid')
    expect(judge(cosigned(0))).toBe('invalid')
    expect(judge(cosigned(253_402_300_800_000))).toBe('invalid')
    expect(judge(cosigned(253_402_300_799_000))).toBe(253_402_300_799_000)
  })

  it('refuses a plain signature, and any that does not fit beside one that does', () => {
    const plain = line(sign(Buffer.from(text)))
    expect(judge(plain)).toBe('invalid')
    expect(judge(cosigned(), plain)).toBe('invalid')
    expect(judge(plain, cosigned())).toBe('invalid')
    expect(judge(cosigned(), plain, cosigned())).toBe('invalid')
  })

  it('has its time in eight bytes of seconds, the high one first', () => {
    const { signature } = cosigned(1_679_315_147_000)
    expect(signature).toHaveLength(72)
    expect([...signature.subarray(0, 8)]).toEqual([0, 0, 0, 0, 0x64, 0x18, 0x50, 0xcb])
    expect(encodeNote({ text, signatures: [] })).toBe(`${text}\n`)
  })
})
