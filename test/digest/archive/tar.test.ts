import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../src/core/index.ts'
import { scanTar } from '../../../src/digest/index.ts'
import { codesOf } from '../artifacts.ts'
import { END, paxEntry, type TarEntry, tarArchive, tarEntry } from './tar-archive.ts'

const scan = (archive: Uint8Array) => scanTar([archive])
const codes = async (...entries: TarEntry[]) => codesOf(await scan(tarArchive(...entries)))
const messages = async (...entries: TarEntry[]) => {
  const result = await scan(tarArchive(...entries))
  return result.ok ? [] : result.problems.map(({ message }) => message)
}

describe('scanTar()', () => {
  it('lists files, folders and links in the order of the archive', async () => {
    const archive = tarArchive(
      { name: 'a/', type: '5' },
      { name: 'a/b', content: 'x'.repeat(700) },
      { name: 'c', type: '2', linkName: 'a/b' },
      { name: 'old', type: '\0', content: 'y' },
    )
    expect(await scan(archive)).toEqual({
      ok: true,
      value: [
        { kind: 'folder', name: 'a/' },
        { kind: 'file', name: 'a/b', size: 700 },
        { kind: 'link', name: 'c', target: 'a/b' },
        { kind: 'file', name: 'old', size: 1 },
      ],
    })
  })

  it('reads the same from portions of any size', async () => {
    const archive = tarArchive(
      paxEntry([['path', 'é']]),
      { name: 'e', content: 'x'.repeat(1500) },
      { name: 'b' },
    )
    const whole = await scan(archive)
    expect(whole.ok).toBe(true)
    for (const size of [1, 7, 511, 512, 513, 4096]) {
      const portions = Array.from({ length: Math.ceil(archive.length / size) }, (_, at) =>
        archive.subarray(at * size, (at + 1) * size),
      )
      expect(await scanTar(portions)).toEqual(whole)
      expect(await scanTar(asynchronously(portions))).toEqual(whole)
    }
  })

  it('joins the two halves of a long name', async () => {
    expect(await scan(tarArchive({ name: 'b', prefix: 'a' }))).toMatchObject({
      value: [{ name: 'a/b' }],
    })
  })

  it('reads a name that fills its field', async () => {
    const name = 'n'.repeat(100)
    expect(await scan(tarArchive({ name }))).toMatchObject({ value: [{ name }] })
  })

  it('accepts an archive of nothing, which is no set yet', async () => {
    expect(await scan(END)).toEqual({ ok: true, value: [] })
  })

  describe('demands the right end (digest/archive-end)', () => {
    const good = tarArchive({ name: 'a', content: 'x' })

    it.each([
      ['one zero block', good.subarray(0, -512)],
      ['no zero block', good.subarray(0, -1024)],
      ['half a zero block', good.subarray(0, -256)],
      ['a cut header', good.subarray(0, 300)],
      ['cut content', good.subarray(0, 700)],
      ['no bytes', good.subarray(0, 0)],
      ['a second archive behind it', Buffer.concat([good, tarArchive({ name: 'b' })])],
      ['an entry between the zero blocks', Buffer.concat([good.subarray(0, -512), good])],
      ['junk behind it', Buffer.concat([good, Buffer.from('junk')])],
      ['zeros that fill no block', Buffer.concat([good, Buffer.alloc(3)])],
      ['a cut extended header', tarArchive(paxEntry([['path', 'a']])).subarray(0, 515)],
      [
        'an extended header that is cut after its records',
        tarArchive(paxEntry([['path', 'a']])).subarray(0, 600),
      ],
    ])('not %s', async (_, archive) => {
      expect(codesOf(await scan(archive))).toEqual(['digest/archive-end'])
    })

    it('with zeros that fill the last record', async () => {
      expect((await scan(Buffer.concat([good, Buffer.alloc(8704)]))).ok).toBe(true)
    })
  })

  describe('demands headers of one meaning (digest/archive-format)', () => {
    it.each<[string, TarEntry, TarEntry]>([
      ['another checksum', { name: 'a', checksum: '000000\0 ' }, { name: 'a' }],
      ['a checksum of no number', { name: 'a', checksum: 'zzzzzz\0 ' }, { name: 'a' }],
      [
        'the oldest format',
        { name: 'a', magic: '\0\0\0\0\0\0\0\0' },
        { name: 'a', magic: 'ustar  \0' },
      ],
      [
        'a size in base 256',
        { name: 'a', size: '\x80\0\0\0\0\0\0\0\0\0\0\0' },
        { name: 'a', size: '          0 ' },
      ],
      [
        'a negative size',
        { name: 'a', size: '-0000000001\0' },
        { name: 'a', size: '00000000000\0' },
      ],
      [
        'bytes after the NUL of a name',
        { name: 'a', patch: { 3: 'b' } },
        { name: 'a', patch: { 1: 'b' } },
      ],
      [
        'bytes after the NUL of a prefix',
        { name: 'a', prefix: 'b', patch: { 480: 'c' } },
        { name: 'a', prefix: 'b' },
      ],
      ['bytes after the NUL of a link name', { name: 'a', patch: { 160: 'c' } }, { name: 'a' }],
      [
        'GNU times where others keep a name',
        { name: 'a', magic: 'ustar  \0', prefix: '1' },
        { name: 'a', magic: 'ustar  \0' },
      ],
    ])('not %s', async (_, refused, accepted) => {
      expect(await codes(refused)).toEqual(['digest/archive-format'])
      expect(await codes(accepted)).toBe('accepted')
    })

    it('and says what it found where it expected one', async () => {
      const [problem] = await messages({ name: 'a', magic: 'PK\u0003\u0004' })
      expect(problem).toContain('found a block marked "PK\\u{3}\\u{4}')
    })
  })

  it('refuses names that are not UTF-8 (digest/path-utf8)', async () => {
    expect(await codes({ name: 'a\xff' })).toEqual(['digest/path-utf8'])
    expect(await codes({ name: 'a\xc3\xa9' })).toBe('accepted')
  })
})

describe('scanTar() of entries', () => {
  // POSIX.1-2017 pax, "ustar Interchange Format", typeflag; GNU tar manual, "Standard".
  it.each<[string, TarEntry]>([
    ['a hard link', { name: 'a', type: '1', linkName: 'b' }],
    ['a character device', { name: 'a', type: '3' }],
    ['a block device', { name: 'a', type: '4' }],
    ['a named pipe', { name: 'a', type: '6' }],
    ['a contiguous file', { name: 'a', type: '7' }],
    ['a GNU long name', { name: '././@LongLink', type: 'L', content: 'a\0' }],
    ['a GNU long link name', { name: '././@LongLink', type: 'K', content: 'a\0' }],
    ['a file with holes', { name: 'a', type: 'S' }],
    ['an entry of type "V"', { name: 'a', type: 'V' }],
    ['a file with the name of a folder or of a link', { name: 'a/' }],
    ['a file with the name of a folder or of a link', { name: 'a', linkName: 'b' }],
    ['a symbolic link with content', { name: 'a', type: '2', linkName: 'b', content: 'x' }],
    ['a symbolic link with content', { name: 'a/', type: '2', linkName: 'b' }],
    ['a folder with content', { name: 'a/', type: '5', content: 'x' }],
  ])('refuses %s (digest/archive-entry)', async (what, entry) => {
    expect(await codes({ name: 'first' }, entry, { name: 'last' })).toEqual([
      'digest/archive-entry',
    ])
    expect(await messages(entry)).toEqual([expect.stringContaining(`found ${what} at`)])
  })

  it('tells what all its entries are wrong in', async () => {
    expect(await codes({ name: 'a', type: '1' }, { name: 'b', type: '3' })).toHaveLength(2)
  })

  it.each<[string, TarEntry[]]>([
    ['file', [{ name: 'a' }, { name: 'b' }, { name: 'a' }]],
    [
      'folder',
      [
        { name: 'a/', type: '5' },
        { name: 'a/', type: '5' },
      ],
    ],
    ['file and folder', [{ name: 'a/', type: '5' }, { name: 'a' }]],
    ['file and link', [{ name: 'a', type: '2', linkName: '/' }, { name: 'a' }]],
    ['file by an extended header', [{ name: 'a' }, paxEntry([['path', 'a']]), { name: 'b' }]],
  ])('refuses one name twice: %s (digest/archive-duplicate)', async (_, entries) => {
    expect(await codes(...entries)).toEqual(['digest/archive-duplicate'])
  })

  describe('limits (digest/archive-limit)', () => {
    it('the number of entries', async () => {
      const entry = tarEntry({ name: 'a' })
      const entries = Array.from({ length: LIMITS.archiveEntriesMax }, () => entry)
      const most = await scanTar([...entries, END])
      expect(new Set(codesOf(most))).toEqual(new Set(['digest/archive-duplicate']))
      const tooMany = await scanTar([...entries, entry, END])
      expect(codesOf(tooMany)).toEqual(['digest/archive-limit'])
    })

    it('the bytes that headers promise, before they are read', async () => {
      const entry = tarEntry({ name: 'a', size: '77777777777\0' })
      expect(codesOf(await scan(entry))).toEqual(['digest/archive-limit'])
    })

    it('the size of an extended header', async () => {
      const long = paxEntry([['comment', 'x'.repeat(70_000)]], 'g')
      expect(codesOf(await scan(tarArchive(long, { name: 'a' })))).toEqual(['digest/archive-limit'])
      const short = paxEntry([['comment', 'x'.repeat(60_000)]], 'g')
      expect((await scan(tarArchive(short, { name: 'a' }))).ok).toBe(true)
    })
  })

  it('wants an entry after an extended header (digest/archive-format)', async () => {
    const pax = paxEntry([['path', 'b']])
    expect(await codes(pax)).toEqual(['digest/archive-format'])
    expect(await codes(pax, paxEntry([['comment', 'c']], 'g'), { name: 'a' })).toEqual([
      'digest/archive-format',
    ])
    expect(await codes(paxEntry([['comment', 'c']], 'g'), pax, { name: 'a' })).toBe('accepted')
  })
})

async function* asynchronously(portions: readonly Uint8Array[]) {
  for (const portion of portions) yield await Promise.resolve(portion)
}
