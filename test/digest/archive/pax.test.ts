import { describe, expect, it } from 'vitest'
import { scanTar } from '../../../src/digest/index.ts'
import { codesOf } from '../artifacts.ts'
import { paxEntry, tarArchive } from './tar-archive.ts'

const scan = (content: string, type = 'x') =>
  scanTar([tarArchive({ name: 'PaxHeader', type, content }, { name: 'a' })])
const scanRecord = (key: string, value: string, type = 'x') =>
  scan(String(paxEntry([[key, value]]).content), type)

describe('an extended header', () => {
  it('gives the next entry its path, and only that one', async () => {
    const archive = tarArchive(
      paxEntry([
        ['mtime', '1700000000.5'],
        ['path', 'é/\u{1f600}'],
      ]),
      { name: 'short' },
      { name: 'b' },
    )
    const entries = await scanTar([archive])
    expect(entries.ok && entries.value.map(({ name }) => name)).toEqual(['é/\u{1f600}', 'b'])
  })

  // what could give an entry two meanings, and the nearest thing that can not.
  it.each([
    ['size', '0', 'mtime', '0'],
    ['linkpath', 'b', 'comment', 'b'],
    ['GNU.sparse.major', '1', 'comment', '1'],
    ['SCHILY.xattr.user.a', 'b', 'path', 'b'],
    ['uid', '0', 'mtime', '-1'],
    ['SCHILY.dev', '1', 'atime', '1700000000.5'],
    ['gname', 'users', 'ctime', '-1.5'],
    ['atime', 'now', 'atime', '1'],
    ['ctime', '1e9', 'ctime', '1'],
    ['mtime', 'now', 'mtime', '1.5'],
    ['mtime', '', 'mtime', '1'],
    ['path', '', 'path', 'b'],
    ['path', 'a\0b', 'path', 'a b'],
    ['comment', 'a\n12 path=evil', 'comment', 'a 12 path=evil'],
  ])('refuses %s=%j (digest/archive-pax)', async (key, value, other, accepted) => {
    expect(codesOf(await scanRecord(key, value))).toEqual(['digest/archive-pax'])
    expect(codesOf(await scanRecord(other, accepted))).toBe('accepted')
  })

  it('of all entries may not name a path, but comment as git archive does', async () => {
    expect(codesOf(await scanRecord('path', 'b', 'g'))).toEqual(['digest/archive-pax'])
    expect(codesOf(await scanRecord('comment', 'e3b0c442', 'g'))).toBe('accepted')
  })

  it('holds each record once', async () => {
    expect(codesOf(await scan('9 path=b\n9 path=c\n'))).toEqual(['digest/archive-pax'])
    expect(codesOf(await scan('9 path=b\n11 mtime=1\n'))).toBe('accepted')
  })

  it.each([
    ['too short', '8 path=b\n'],
    ['too long', '11 path=b\n'],
    ['past the end', '99 path=b\n'],
    ['with a leading zero', '09 path=b\n'],
    ['that is no number', 'x path=b\n'],
    ['alone', '9path=b\n'],
    ['of a record without a key', '5 =b\n'],
    ['of a record without a value', '7 path\n'],
    ['of bytes that are not UTF-8', Buffer.from('9 path=\xff\n', 'latin1')],
  ])('refuses a length %s (digest/archive-pax)', async (_, content) => {
    const archive = tarArchive({ name: 'PaxHeader', type: 'x', content }, { name: 'a' })
    expect(codesOf(await scanTar([archive]))).toEqual(['digest/archive-pax'])
    expect(codesOf(await scan('9 path=b\n'))).toBe('accepted')
  })
})
