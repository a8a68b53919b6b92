import { execFileSync, spawnSync } from 'node:child_process'
import { appendFileSync, chmodSync, linkSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, it, onTestFinished } from 'vitest'
import { encodeManifest } from '../../../src/digest/index.ts'
import { makeFolder, pathsOf, readSet, refusalOf } from './folders.ts'

const message = expect.any(String)

describe('readArtifactSet() of files and folders', () => {
  it('names files by their paths below one folder, dot files and all, sorted by bytes', async () => {
    const folder = makeFolder({
      'd/b': '',
      'd/.dot/a': '',
      'd/\uff21': '',
      'd/\u{1f600}': '',
      x: '',
    })
    expect(pathsOf(await readSet(folder, ['d']))).toEqual(['.dot/a', 'b', '\uff21', '\u{1f600}'])
    expect(pathsOf(await readSet(join(folder, 'd')))).toHaveLength(4)
    expect(pathsOf(await readSet('/', [join(folder, 'd')]))).toHaveLength(4)
  })

  it('names several paths as they are given', async () => {
    const folder = makeFolder({ 'd/e/a': '', 'b/c': '', f: '' })
    expect(pathsOf(await readSet(folder, ['./d/', 'b//c', 'f']))).toEqual(['b/c', 'd/e/a', 'f'])
    expect(pathsOf(await readSet(folder, ['d/e/a']))).toEqual(['d/e/a'])
  })

  it('gives the manifest that sha256sum prints', async () => {
    const folder = makeFolder({ 'b/c': '1', 'a b': '2', é: '3', B: Buffer.alloc(300_000) })
    const { set } = await readSet(folder)
    const printed = execFileSync(
      'bash',
      ['-c', "LC_ALL=C; find . -type f -printf '%P\\0' | sort -z | xargs -0 sha256sum"],
      { cwd: folder },
    )
    expect(Buffer.from(encodeManifest(set.artifacts))).toEqual(printed)
  })

  it('adds sizes, and SHA-512 where it is asked for', async () => {
    const folder = makeFolder({ a: 'abc', large: Buffer.alloc(300_000) })
    const [small, large] = (await readSet(folder, ['.'], { sha512: true })).set.artifacts
    expect([small?.size, large?.size]).toEqual([3, 300_000])
    expect(small?.sha512).toMatch(/^ddaf35a193617aba/)
    const printed = execFileSync('sha512sum', ['large'], { cwd: folder }).toString()
    expect(printed).toContain(large?.sha512)
    expect((await readSet(folder)).set.artifacts[0]).not.toHaveProperty('sha512')
  })

  it('refuses what is not there (digest/file-missing), and tells all of it', async () => {
    const folder = makeFolder({ a: '' })
    expect(await refusalOf(folder, ['b', 'a', 'a/c'])).toEqual([
      ['digest/file-missing', 'Cannot read "b": no such file or folder'],
      ['digest/file-missing', 'Cannot read "a/c": no such file or folder'],
    ])
    expect(await refusalOf(folder, ['b'])).toHaveLength(1)
  })

  it('refuses an empty set (digest/set-empty), and lists folders that hold nothing', async () => {
    const folder = makeFolder({ 'a/b': '' })
    mkdirSync(join(folder, 'c/d'), { recursive: true })
    expect(await refusalOf(folder, ['c'])).toEqual([
      ['digest/set-empty', 'Expected at least one file, found none in "c"'],
    ])
    expect((await readSet(folder)).leftOut).toEqual([
      { path: 'c/', reason: 'empty-folder' },
      { path: 'c/d/', reason: 'empty-folder' },
    ])
  })
})

describe('links and special files', () => {
  it('refuses links (digest/file-link) or lists them, and never follows one', async () => {
    const folder = makeFolder({ 'd/a': '', 'e/secret': '' })
    symlinkSync('../e', join(folder, 'd/in'))
    symlinkSync('nowhere', join(folder, 'd/broken'))
    expect(await refusalOf(folder, ['d'])).toEqual(
      expect.arrayContaining([
        ['digest/file-link', 'Expected regular files alone, found a symbolic link "in" to "../e"'],
        ['digest/file-link', expect.stringContaining('"broken" to "nowhere"')],
      ]),
    )
    const { set } = await readSet(folder, ['d'], { symlinks: 'list' })
    expect(set).toMatchObject({
      artifacts: [{ path: 'a' }],
      links: [
        { path: 'broken', target: 'nowhere' },
        { path: 'in', target: '../e' },
      ],
    })
  })

  it('does not follow a link that it is given, unless a slash says that the folder is meant', async () => {
    const folder = makeFolder({ 'releases/1/a': '' })
    symlinkSync('releases/1', join(folder, 'current'))
    expect(await refusalOf(folder, ['current'])).toEqual([['digest/file-link', message]])
    expect(pathsOf(await readSet(folder, ['current/']))).toEqual(['a'])
  })

  it('refuses special files by name (digest/file-special)', async () => {
    const folder = makeFolder({ 'd/a': '' })
    execFileSync('mkfifo', [join(folder, 'd/pipe')])
    const server = createServer()
    onTestFinished(() => void server.close())
    await new Promise<void>((resolve) => void server.listen(join(folder, 'd/socket'), resolve))
    expect(await refusalOf(folder, ['d'])).toEqual(
      expect.arrayContaining([
        ['digest/file-special', 'Expected regular files alone, found a named pipe "pipe"'],
        ['digest/file-special', 'Expected regular files alone, found a socket "socket"'],
      ]),
    )
    expect(await refusalOf('/', ['dev/null'])).toEqual([
      ['digest/file-special', expect.stringContaining('a character device "dev/null"')],
    ])
    expect(await refusalOf(folder, ['d'], { exclude: ['pipe', 'socket'] })).toBe('accepted')
  })
})

describe('names', () => {
  it.each([
    ['digest/path-unsafe', ['a\nb'], ['a b']],
    ['digest/path-unsafe', ['a\\b'], ['a-b']],
    ['digest/path-unsafe', ['d\u001b/a'], ['d/a']],
    ['digest/path-collision', ['README', 'readme'], ['README', 'READNOT']],
    ['digest/path-collision', ['é', 'e\u0301'], ['é', 'e']],
  ])('refuses names that could mean two files (%s %j)', async (code, refused, accepted) => {
    const make = (names: string[]) =>
      makeFolder(Object.fromEntries(names.map((name) => [name, ''])))
    expect(await refusalOf(make(refused))).toEqual([[code, message]])
    expect(await refusalOf(make(accepted))).toBe('accepted')
  })

  it('refuses names that are not UTF-8 (digest/path-utf8), but not the character that stands for them', async () => {
    const folder = makeFolder({ 'd/a\ufffd': '' })
    expect(await refusalOf(folder)).toBe('accepted')
    writeFileSync(Buffer.concat([Buffer.from(`${folder}/d/b`), Buffer.of(0xff)]), '')
    expect(await refusalOf(folder)).toEqual([
      ['digest/path-utf8', 'Expected a name of UTF-8 alone in "d", found "b\ufffd"'],
    ])
  })

  it('refuses names above the working folder and absolute names, unless it is one folder', async () => {
    const folder = makeFolder({ 'd/a': '', 'e/b': '' })
    const inside = join(folder, 'd')
    expect(await refusalOf(inside, ['a', '../e'])).toEqual([['digest/path-unsafe', message]])
    expect(await refusalOf(inside, [join(folder, 'e/b')])).toEqual([
      ['digest/path-unsafe', message],
    ])
    expect(await refusalOf(inside, ['../e'])).toBe('accepted')
  })

  it('refuses a file that is given twice (digest/path-collision)', async () => {
    const folder = makeFolder({ 'd/a': '' })
    expect(await refusalOf(folder, ['d', 'd/a'])).toEqual([['digest/path-collision', message]])
  })

  it('warns of what Windows and macOS can not hold', async () => {
    const folder = makeFolder({ 'a:b': '', 'd/x': '', 'D/y': '', 'e.': '', f: '' })
    expect((await readSet(folder)).warnings.map(({ code }) => code).toSorted()).toEqual([
      'digest/path-folder-case',
      'digest/path-windows',
      'digest/path-windows',
    ])
    expect((await readSet(folder, ['f'])).warnings).toEqual([])
  })
})

describe('what is left out', () => {
  it('leaves out what is excluded and lists it, folders whole', async () => {
    const folder = makeFolder({ 'lib/a.js': '', 'lib/a.js.map': '', 'x/node_modules/b': '', c: '' })
    const reading = await readSet(folder, ['.'], { exclude: ['*.map', 'node_modules', 'c'] })
    expect(pathsOf(reading)).toEqual(['lib/a.js'])
    expect(reading.leftOut).toEqual([
      { path: 'c', reason: 'excluded' },
      { path: 'lib/a.js.map', reason: 'excluded' },
      { path: 'x/node_modules/', reason: 'excluded' },
    ])
    const given = await readSet(folder, ['c', 'lib', 'x'], { exclude: ['lib', 'x'] })
    expect(given.leftOut.map(({ path }) => path)).toEqual(['lib/', 'x/'])
  })

  it('leaves out the manifest that is written or checked, and no file of that name elsewhere', async () => {
    const folder = makeFolder({ SHA256SUMS: '', 'd/SHA256SUMS': '', a: '' })
    const reading = await readSet(folder, ['.'], { manifest: './SHA256SUMS' })
    expect(pathsOf(reading)).toEqual(['a', 'd/SHA256SUMS'])
    expect(reading.leftOut).toEqual([{ path: 'SHA256SUMS', reason: 'manifest' }])
    const elsewhere = await readSet(folder, ['.'], { manifest: 'not/there/SHA256SUMS' })
    expect(elsewhere.leftOut).toEqual([])
  })
})

describe('reading', () => {
  it('refuses unreadable files and folders by name (digest/file-unreadable)', () => {
    const folder = makeFolder({ 'd/a': '', 'd/b': '', 'e/c': '' })
    for (const path of [folder, join(folder, 'd')]) chmodSync(path, 0o755)
    for (const path of ['d/b', 'e']) chmodSync(join(folder, path), 0)
    const source = pathToFileURL(
      join(import.meta.dirname, '../../../src/host/artifact-set/index.ts'),
    )
    const program = `const { readArtifactSet } = await import(${JSON.stringify(source.href)})
      for (const path of ['d', 'e', 'e/c', 'd/a']) {
        const read = await readArtifactSet(${JSON.stringify(folder)}, [path])
        console.log(path, read.ok ? 'accepted' : read.problems.map((p) => p.code + ' ' + p.message).join())
      }`
    // The superuser may read everything.
    const nobody = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {}
    const ran = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      ...nobody,
      encoding: 'utf8',
    })
    for (const path of ['d/b', 'e']) chmodSync(join(folder, path), 0o755)
    expect(ran.stdout.trim().split('\n')).toEqual([
      'd digest/file-unreadable Cannot read "b": permission denied',
      expect.stringMatching(/^e digest\/file-unreadable Cannot read ".*\/e": permission denied$/),
      'e/c digest/file-unreadable Cannot read "e/c": permission denied',
      'd/a accepted',
    ])
  })

  it('leaves out the file that a shell opened as our output, and lists it', () => {
    const folder = makeFolder({ a: '', 'd/b': '' })
    const main = join(import.meta.dirname, '../../../src/cli/main.ts')
    const ran = spawnSync('bash', ['-c', `"${process.execPath}" "${main}" digest . >OUT`], {
      cwd: folder,
      encoding: 'utf8',
    })
    expect(ran.stderr).toContain('left out: "OUT" (manifest)')
    const checked = execFileSync('sha256sum', ['-c', 'OUT'], { cwd: folder, encoding: 'utf8' })
    expect(checked.trim().split('\n')).toHaveLength(2)
  })

  it('refuses files and folders that change while they are read (digest/file-changed)', async () => {
    const names = Array.from({ length: 600 }, (_, at) => `file-${at}`)
    const folder = makeFolder(Object.fromEntries(names.map((name) => [name, '1'])))
    expect(await refusalOf(folder)).toBe('accepted')
    const reading = refusalOf(folder)
    // The walk rests after some hundred files; those are known by now.
    setImmediate(() => {
      for (const name of names) appendFileSync(join(folder, name), '2')
    })
    const problems = await reading
    expect(problems).not.toBe('accepted')
    for (const [code, text] of problems === 'accepted' ? [] : problems) {
      expect(code).toBe('digest/file-changed')
      expect(text).toMatch(/^Expected "file-\d+" to stay as it is while it is read/)
    }

    const second = refusalOf(folder)
    setImmediate(() => linkSync(join(folder, 'file-0'), join(folder, 'more')))
    expect(await second).toContainEqual(['digest/file-changed', expect.stringContaining(folder)])
  })
})
