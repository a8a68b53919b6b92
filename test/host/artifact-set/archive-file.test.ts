import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { readArchiveFile } from '../../../src/host/artifact-set/index.ts'
import { tarArchive } from '../../digest/archive/tar-archive.ts'
import { makeFolder } from './folders.ts'

type Entries = readonly Parameters<typeof tarArchive>[0][]

const WANTED = { path: 'package.json', strip: 1, bytesMax: 100 }

/** The text of the wanted file, nothing where there is none, or the codes of the refusal. */
async function read(entries: Entries, options: Partial<typeof WANTED> = {}) {
  const folder = makeFolder({})
  writeFileSync(join(folder, 'p.tgz'), gzipSync(tarArchive(...entries)))
  const file = await readArchiveFile(folder, 'p.tgz', { ...WANTED, ...options })
  if (!file.ok) return file.problems.map(({ code }) => code)
  return file.value === undefined ? undefined : Buffer.from(file.value).toString()
}

const other = { name: 'package/index.js', content: 'x' }

describe('readArchiveFile()', () => {
  it('reads the file, wherever it lies in the archive', async () => {
    const file = { name: 'package/package.json', content: '{}' }
    expect(await read([file, other])).toBe('{}')
    expect(await read([other, file])).toBe('{}')
    expect(await read([{ ...file, name: 'other-name/package.json' }])).toBe('{}')
    expect(await read([{ ...file, content: '' }])).toBe('')
    expect(await read([file], { strip: 0, path: 'package/package.json' })).toBe('{}')
  })

  it('finds no file that lies elsewhere', async () => {
    expect(await read([other])).toBeUndefined()
    expect(await read([{ name: 'package/lib/package.json', content: '{}' }])).toBeUndefined()
  })

  it('refuses two files of the same path', async () => {
    const files: Entries = [
      { name: 'package/package.json', content: '{"version":"1"}' },
      { name: 'zackage/package.json', content: '{"version":"2"}' },
    ]
    expect(await read(files)).toEqual(['digest/path-collision'])
  })

  it('refuses a file that is larger than it may be', async () => {
    const file = (size: number) => ({ name: 'package/package.json', content: 'x'.repeat(size) })
    expect(await read([file(100)])).toBe('x'.repeat(100))
    expect(await read([file(101)])).toEqual(['digest/archive-limit'])
  })

  it('refuses an archive that is not one', async () => {
    const folder = makeFolder({ 'p.tgz': 'no archive' })
    expect(await readArchiveFile(folder, 'p.tgz', WANTED)).toMatchObject({ ok: false })
    expect(await readArchiveFile(folder, 'gone.tgz', WANTED)).toMatchObject({ ok: false })
  })
})
