import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { encodeManifest } from '../../../src/digest/index.ts'
import { tarArchive } from '../../digest/archive/tar-archive.ts'
import { makeFolder, pathsOf, readSet, refusalOf } from './folders.ts'

const EMPTY = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'
const archive = tarArchive({ name: 'inside', content: 'x' })

describe('readArtifactSet() of a manifest', () => {
  it('takes what the manifest lists for the set', async () => {
    const folder = makeFolder({ d: '', sums: `${EMPTY}  b/c\n${EMPTY}  ./a\n` })
    const reading = await readSet(folder, ['sums'], { form: 'manifest' })
    expect(reading).toEqual({
      set: {
        artifacts: [
          { path: 'a', sha256: EMPTY },
          { path: 'b/c', sha256: EMPTY },
        ],
        links: [],
      },
      form: 'manifest',
      leftOut: [],
      warnings: [],
    })
  })

  it('leaves out what is excluded, lists it, and warns as of a folder', async () => {
    const folder = makeFolder({ sums: `${EMPTY}  b/c\n${EMPTY}  b/d\n${EMPTY}  aux\n` })
    const reading = await readSet(folder, ['sums'], { form: 'manifest', exclude: ['b'] })
    expect(pathsOf(reading)).toEqual(['aux'])
    expect(reading.leftOut).toEqual([{ path: 'b/', reason: 'excluded' }])
    expect(reading.warnings.map(({ code }) => code)).toEqual(['digest/path-windows'])
  })

  it.each([
    ['digest/manifest-line', 'nonsense\n'],
    ['digest/manifest-empty', ''],
  ])('refuses what is none (%s)', async (code, text) => {
    const folder = makeFolder({ sums: text })
    expect(await refusalOf(folder, ['sums'], { form: 'manifest' })).toEqual([
      [code, expect.any(String)],
    ])
    expect(await refusalOf(folder, ['.'], { form: 'manifest' })).toEqual([
      ['digest/form', expect.stringContaining('holds the manifest, found a folder')],
    ])
  })
})

describe('readArtifactSet() that detects the form', () => {
  it.each([
    ['an archive', archive, 'contents'],
    ['a compressed archive', gzipSync(archive), 'contents'],
    ['a manifest', encodeManifest([{ path: 'a', sha256: EMPTY }]), 'manifest'],
    ['text', Buffer.from('a'), 'file'],
    ['nothing', Buffer.of(), 'file'],
  ])('sees %s', async (_, content, form) => {
    const folder = makeFolder({ given: content })
    expect((await readSet(folder, ['given'], { form: 'detect' })).form).toBe(form)
    expect((await readSet(folder, ['given'])).form).toBe('file')
  })

  it('takes folders and several paths for what they are', async () => {
    const folder = makeFolder({ 'd/a.tar': archive, 'b.tar': archive })
    expect(pathsOf(await readSet(folder, ['d'], { form: 'detect' }))).toEqual(['a.tar'])
    const several = await readSet(folder, ['d', 'b.tar'], { form: 'detect' })
    expect(pathsOf(several)).toEqual(['b.tar', 'd/a.tar'])
  })

  it('holds a file to the form of its beginning', async () => {
    const folder = makeFolder({ 'x.tgz': gzipSync('no archive'), sums: `${EMPTY}  a\nrest` })
    expect(await refusalOf(folder, ['x.tgz'], { form: 'detect' })).toEqual([
      ['digest/archive-end', expect.any(String)],
    ])
    expect(await refusalOf(folder, ['sums'], { form: 'detect' })).toEqual([
      ['digest/manifest-line', expect.any(String)],
    ])
  })
})
