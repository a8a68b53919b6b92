import { execFileSync } from 'node:child_process'
import { readFileSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { create } from 'tar'
import { describe, expect, it } from 'vitest'
import { digestSet } from '../../../src/digest/index.ts'
import { readArchive } from '../../../src/host/artifact-set/archive.ts'
import { readArtifactSet } from '../../../src/host/artifact-set/index.ts'
import { paxEntry, tarArchive } from '../../digest/archive/tar-archive.ts'
import { makeFolder, pathsOf, readSet, refusalOf } from './folders.ts'

const CONTENTS = { form: 'contents' } as const
const message = expect.any(String)
const good = tarArchive({ name: 'a', content: 'x' })
const tree = { 'p/a': '1', 'p/.dot': '2', 'p/lib/large': Buffer.alloc(700_000, 'x'), 'p/é': '' }

describe('readArtifactSet() of the contents of an archive', () => {
  it.each([
    ['tar --format=gnu', ['--format=gnu']],
    ['tar --format=ustar', ['--format=ustar']],
    ['tar --format=posix', ['--format=posix']],
    ['tar --gzip', ['--gzip']],
  ])('reads what %s wrote as the folder itself', async (_, options) => {
    const folder = makeFolder(tree)
    execFileSync('tar', ['-c', ...options, '-f', 'out', '-C', 'p', '.'], { cwd: folder })
    const archived = await readSet(folder, ['out'], { ...CONTENTS, sha512: true })
    const { set } = await readSet(folder, ['p'], { sha512: true })
    expect(archived).toEqual({ set, form: 'contents', leftOut: [], warnings: [] })
  })

  it.each(['posix', 'ustar'])('reads a name of 120 characters in --format=%s', async (format) => {
    const name = `p/${'d'.repeat(59)}/${'f'.repeat(58)}`
    expect(name).toHaveLength(120)
    const folder = makeFolder({ [name]: 'long', 'p/a': '1' })
    const tar = (kind: string) =>
      execFileSync('tar', ['-c', `--format=${kind}`, '-f', 'out', 'p'], { cwd: folder })
    tar(format)
    const { set } = await readSet(folder, ['out'], CONTENTS)
    expect(set.artifacts.map(({ path }) => path)).toEqual(['p/a', name])
    // What the hint of a refusal says leads here.
    tar('gnu')
    expect(await refusalOf(folder, ['out'], CONTENTS)).toEqual([['digest/archive-entry', message]])
  })

  it('of --format=posix says how to make one without the records that are refused', async () => {
    const folder = makeFolder(tree)
    const tar = (...options: string[]) =>
      execFileSync('tar', ['-c', ...options, '-f', 'out', 'p'], { cwd: folder })
    tar('--format=posix', '--pax-option=gname:=users')
    const refused = await readArtifactSet(folder, ['out'], CONTENTS)
    expect(refused.ok ? [] : refused.problems).toMatchObject([
      { code: 'digest/archive-pax', hint: expect.stringContaining('tar --format=ustar') },
    ])
    tar('--format=ustar')
    expect((await readSet(folder, ['out'], CONTENTS)).set.artifacts).toHaveLength(4)
  })

  it('reads what the tar package wrote, as npm does, with its leading part stripped', async () => {
    const { 'p/é': _, ...plain } = tree
    const folder = makeFolder(plain)
    await create({ gzip: true, portable: true, file: join(folder, 'out.tgz'), cwd: folder }, ['p'])
    const archived = await readSet(folder, ['out.tgz'], { ...CONTENTS, strip: 1 })
    const { set } = await readSet(folder, ['p'])
    expect(digestSet(archived.set.artifacts)).toBe(digestSet(set.artifacts))
  })

  it('reads what git archive wrote, with its comment for all entries', async () => {
    const folder = makeFolder(tree)
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=n', '-c', 'user.email=n@example.org', ...args], {
        cwd: join(folder, 'p'),
        env: { PATH: process.env['PATH'], HOME: folder },
      })
    git('init', '-q')
    git('add', '-A')
    git('commit', '-qm', 'all')
    git('archive', '-o', '../out.tar', '--prefix=p-1/', 'HEAD')
    expect(readFileSync(join(folder, 'out.tar')).toString('latin1')).toContain('comment=')
    const archived = await readSet(folder, ['out.tar'], { ...CONTENTS, strip: 1 })
    const { set } = await readSet(folder, ['p'], { exclude: ['.git'] })
    expect(digestSet(archived.set.artifacts)).toBe(digestSet(set.artifacts))
  })

  it('lists folders that hold nothing, links where asked, and what is excluded', async () => {
    const folder = makeFolder(tree)
    symlinkSync('a', join(folder, 'p/link'))
    execFileSync('bash', ['-c', 'mkdir p/empty; tar -cf out p'], { cwd: folder })
    expect(await refusalOf(folder, ['out'], CONTENTS)).toEqual([['digest/file-link', message]])
    const reading = await readSet(folder, ['out'], {
      ...CONTENTS,
      strip: 1,
      symlinks: 'list',
      exclude: ['lib', '.dot'],
    })
    expect(pathsOf(reading)).toEqual(['a', 'é'])
    expect(reading.set.links).toEqual([{ path: 'link', target: 'a' }])
    expect(reading.leftOut).toEqual([
      { path: '.dot', reason: 'excluded' },
      { path: 'empty/', reason: 'empty-folder' },
      { path: 'lib/', reason: 'excluded' },
    ])
  })
})

describe('an archive', () => {
  // Each refusal by its code, with the archive in which it is; the archive without the fault is accepted.
  it.each<[string, string, Uint8Array, Uint8Array]>([
    ['no archive', 'digest/archive-format', Buffer.alloc(2000, 'x'), good],
    ['a cut archive', 'digest/archive-end', good.subarray(0, -512), good],
    ['two archives', 'digest/archive-end', Buffer.concat([good, good]), good],
    ['cut gzip', 'digest/archive-gzip', gzipSync(good).subarray(0, -4), gzipSync(good)],
    [
      'junk after gzip',
      'digest/archive-gzip',
      Buffer.concat([gzipSync(good), Buffer.from('x')]),
      good,
    ],
    [
      'zeros after gzip',
      'digest/archive-gzip',
      Buffer.concat([gzipSync(good), Buffer.alloc(9)]),
      good,
    ],
    ['a bomb', 'digest/archive-limit', gzipSync(Buffer.alloc(32 << 20)), gzipSync(good)],
    [
      'a path that climbs',
      'digest/path-unsafe',
      tarArchive({ name: '../a' }),
      tarArchive({ name: './a' }),
    ],
    ['an empty archive', 'digest/set-empty', tarArchive(), good],
    [
      'a name twice',
      'digest/archive-duplicate',
      tarArchive({ name: 'a' }, { name: 'a' }),
      tarArchive({ name: 'a' }, { name: 'b' }),
    ],
    [
      'a size in an extended header',
      'digest/archive-pax',
      tarArchive(paxEntry([['size', '1']]), { name: 'a', content: 'x' }),
      tarArchive(paxEntry([['mtime', '1']]), { name: 'a', content: 'x' }),
    ],
  ])('refuses %s (%s)', async (_, code, refused, accepted) => {
    const folder = makeFolder({ refused, accepted })
    const refusal = await refusalOf(folder, ['refused'], CONTENTS)
    expect(refusal).toEqual([[code, message]])
    expect(await refusalOf(folder, ['accepted'], CONTENTS)).toBe('accepted')
  })

  it('accepts gzip of several members, as gzip does', async () => {
    const members = Buffer.concat([gzipSync(good.subarray(0, 700)), gzipSync(good.subarray(700))])
    const folder = makeFolder({ 'out.tgz': members })
    expect(pathsOf(await readSet(folder, ['out.tgz'], CONTENTS))).toEqual(['a'])
  })

  it('wants one archive, and a regular file (digest/form)', async () => {
    const folder = makeFolder({ 'd/a.tar': good, 'b.tar': good })
    symlinkSync('b.tar', join(folder, 'link'))
    expect(await refusalOf(folder, ['d'], CONTENTS)).toEqual([
      ['digest/form', 'Expected "d" to be a file that holds the archive, found a folder'],
    ])
    expect(await refusalOf(folder, ['d/a.tar', 'b.tar'], CONTENTS)).toEqual([
      ['digest/form', 'Expected one archive, found 2 paths'],
    ])
    expect(await refusalOf(folder, ['link'], CONTENTS)).toEqual([['digest/file-link', message]])
    expect(await refusalOf(folder, ['b.tar'], CONTENTS)).toBe('accepted')
  })
})

describe('readArchive()', () => {
  // The names are judged between the first and the second pass.
  it.each([
    ['of the same names (digest/file-changed)', 'a', 'digest/file-changed'],
    ['of other names (digest/archive-differs)', 'b', 'digest/archive-differs'],
  ])('refuses an archive that becomes one %s', async (_, name, code) => {
    const location = join(makeFolder({ 'a.tar': good }), 'a.tar')
    const replace = () => {
      writeFileSync(location, tarArchive({ name, content: 'y' }))
      utimesSync(location, 1, 1)
      return undefined
    }
    const options = { strip: 0, symlinks: 'refuse', sha512: false } as const
    const read = await readArchive(location, 'a.tar', { ...options, excludedBy: replace })
    expect(read.ok || read.problems.map((problem) => problem.code)).toEqual([code])
    const still = await readArchive(location, 'a.tar', { ...options, excludedBy: () => undefined })
    expect(still.ok).toBe(true)
  })

  it.each([
    ['with entries more', good, tarArchive({ name: 'a', content: 'x' }, { name: 'b' })],
    ['with entries less', tarArchive({ name: 'a', content: 'x' }, { name: 'b' }), good],
    ['that is cut', good, good.subarray(0, 512)],
    ['that is none', good, Buffer.alloc(2048, 'x')],
    ['with a link', good, tarArchive({ name: 'a', type: '2', linkName: 'x' })],
    ['with a special entry', good, tarArchive({ name: 'a', type: 'Z' })],
  ])('refuses a second reading %s (digest/archive-differs)', async (_, first, second) => {
    const location = join(makeFolder({ 'a.tar': first }), 'a.tar')
    const read = await readArchive(location, 'a.tar', {
      strip: 0,
      symlinks: 'refuse',
      sha512: false,
      excludedBy: () => {
        writeFileSync(location, second)
        return undefined
      },
    })
    expect(read.ok || read.problems.map(({ code }) => code)).toEqual(['digest/archive-differs'])
  })
})
