// repositories that try to run something when they are only read. Each trap first catches plain git.

import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { delimiter, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findGit, runGit } from '../../src/host/git/git-program.ts'
import { readGitSource } from '../../src/host/git/git-source.ts'
import { listProjectFiles } from '../../src/host/project-files.ts'
import { git, makeFolder, makeRepository, writeFiles } from './git-repository.ts'

const PATH = process.env['PATH']

/** A program that leaves a mark, and where the mark is. */
function makeTrap(): { program: string; isSprung: () => boolean } {
  const folder = makeFolder()
  const mark = join(folder, 'mark')
  const program = join(folder, 'trap')
  writeFileSync(program, `#!/bin/sh\ntouch ${mark}\nexit 1\n`)
  chmodSync(program, 0o755)
  return {
    program,
    isSprung() {
      const sprung = existsSync(mark)
      rmSync(mark, { force: true })
      return sprung
    },
  }
}

async function readAll(folder: string): Promise<unknown[]> {
  return [await readGitSource(folder, PATH), await listProjectFiles(folder, PATH)]
}

describe('readGitSource() runs nothing (A-122) of', () => {
  it.each([
    ['core.fsmonitor', 'status'],
    ['filter.evil.clean', 'status'],
    ['filter.evil.process', 'status'],
    ['core.pager', '--paginate log'],
    ['diff.external', 'diff'],
    ['diff.evil.textconv', 'diff'],
    ['alias.st', 'st'],
  ])('%s', async (setting, command) => {
    const trap = makeTrap()
    const folder = makeRepository({ 'a.txt': 'a\n', '.gitattributes': '* filter=evil diff=evil\n' })
    git(folder, 'config', setting, setting === 'alias.st' ? `!${trap.program}` : trap.program)
    writeFiles(folder, { 'a.txt': 'b\n' })
    // The pager needs a terminal, which this machine's `script` gives; the others need nothing.
    if (setting !== 'core.pager') {
      spawnSync('git', command.split(' '), { cwd: folder, timeout: 5_000 })
      expect(trap.isSprung()).toBe(true)
    }
    const [source] = await readAll(folder)
    expect(trap.isSprung()).toBe(false)
    expect(source).toMatchObject({
      value: { state: 'dirty', changes: [{ path: 'a.txt', change: 'modified' }] },
    })
  })

  it('hooks', async () => {
    const trap = makeTrap()
    const folder = makeRepository({ 'a.txt': 'a\n' })
    git(folder, 'config', 'core.hooksPath', '.git/hooks')
    symlinkSync(trap.program, join(folder, '.git/hooks/post-index-change'))
    writeFiles(folder, { 'a.txt': 'b\n' })
    spawnSync('git', ['add', 'a.txt'], { cwd: folder, timeout: 5_000 })
    expect(trap.isSprung()).toBe(true)
    await readAll(folder)
    expect(trap.isSprung()).toBe(false)
  })

  it('a promised object that only its transport could fetch', async () => {
    const trap = makeTrap()
    const folder = makeRepository({ 'a/b.txt': 'a\n' })
    git(folder, 'config', 'core.repositoryFormatVersion', '1')
    git(folder, 'config', 'extensions.partialClone', 'origin')
    git(folder, 'remote', 'add', 'origin', `ext::${trap.program} %S x`)
    git(folder, 'config', 'protocol.allow', 'always')
    git(folder, 'config', 'remote.origin.promisor', 'true')
    const id = git(folder, 'rev-parse', 'HEAD:a')
    rmSync(join(folder, '.git/objects', id.slice(0, 2), id.slice(2)))
    spawnSync('git', ['ls-tree', '-r', 'HEAD'], { cwd: folder, timeout: 5_000 })
    expect(trap.isSprung()).toBe(true)
    const [source] = await readAll(folder)
    expect(trap.isSprung()).toBe(false)
    expect(source).toMatchObject({ problems: [{ code: 'host/git-refused' }] })
  })

  it('an included configuration', async () => {
    const trap = makeTrap()
    const folder = makeRepository({ 'a.txt': 'a\n' })
    writeFiles(folder, { '.git/more': `[core]\n\tfsmonitor = ${trap.program}\n` })
    git(folder, 'config', 'include.path', 'more')
    spawnSync('git', ['status'], { cwd: folder, timeout: 5_000 })
    expect(trap.isSprung()).toBe(true)
    await readAll(folder)
    expect(trap.isSprung()).toBe(false)
  })
})

describe('readGitSource() believes nothing of', () => {
  it('core.worktree, which would have another folder read', async () => {
    const elsewhere = makeFolder()
    writeFiles(elsewhere, { 'a.txt': 'a\n' })
    const folder = makeRepository({ 'a.txt': 'a\n' })
    git(folder, 'config', 'core.worktree', elsewhere)
    writeFiles(folder, { 'a.txt': 'evil\n' })
    const [source] = await readAll(folder)
    expect(source).toMatchObject({ value: { changes: [{ path: 'a.txt', change: 'modified' }] } })
  })

  it('the environment of the caller', async () => {
    const folder = makeRepository({ 'a.txt': 'a\n' })
    const other = makeRepository({ 'b.txt': 'b\n' })
    process.env['GIT_DIR'] = join(other, '.git')
    process.env['GIT_CONFIG_COUNT'] = '1'
    process.env['GIT_CONFIG_KEY_0'] = 'core.bare'
    process.env['GIT_CONFIG_VALUE_0'] = 'nonsense'
    try {
      const [source] = await readAll(folder)
      expect(source).toMatchObject({ value: { state: 'clean' } })
    } finally {
      for (const name of ['DIR', 'CONFIG_COUNT', 'CONFIG_KEY_0', 'CONFIG_VALUE_0']) {
        delete process.env[`GIT_${name}`]
      }
    }
    expect(await readGitSource(folder, PATH)).toMatchObject({ value: { state: 'clean' } })
  })

  it.skipIf(process.getuid?.() !== 0)(
    'a repository of somebody else above the folder; the folder owner’s own is read',
    async () => {
      const folder = makeRepository({ 'src/a.txt': 'a\n' })
      chownSync(join(folder, '.git'), 12_345, 12_345)
      expect(await readGitSource(join(folder, 'src'), PATH)).toEqual({
        ok: true,
        value: { state: 'absent', reason: 'the repository above it belongs to somebody else' },
      })
      chownSync(join(folder, 'src'), 12_345, 12_345)
      const owned = await readGitSource(join(folder, 'src'), PATH)
      expect(owned).toMatchObject({ value: { state: 'clean' } })
    },
  )

  it('a link that stands for .git', async () => {
    const folder = makeFolder()
    const other = makeRepository({ 'b.txt': 'b\n' })
    symlinkSync(join(other, '.git'), join(folder, '.git'))
    expect(await readGitSource(folder, PATH)).toMatchObject({ value: { state: 'absent' } })
  })
})

describe('findGit()', () => {
  it('takes no relative place, nor one inside the folder that is read', async () => {
    const trap = makeTrap()
    const folder = makeFolder()
    mkdirSync(join(folder, 'bin'))
    symlinkSync(trap.program, join(folder, 'git'))
    symlinkSync(trap.program, join(folder, 'bin/git'))
    const evil = ['', '.', 'bin', folder, join(folder, 'bin')].join(delimiter)
    expect(await findGit(evil, folder)).toBeUndefined()
    expect(await findGit(undefined, folder)).toBeUndefined()
    const found = await findGit([evil, PATH].join(delimiter), folder)
    expect(found).toMatch(/^\/.*git$/)
    expect(found).not.toContain(folder)
    // The same place is taken when it is not what is read.
    expect(await findGit(join(folder, 'bin'), makeFolder())).toBe(trap.program)
  })
})

describe('a git that does not run', () => {
  it('is a failure of the world', async () => {
    const folder = makeRepository({ 'a.txt': 'a\n' })
    const place = makeFolder()
    writeFiles(place, { git: '#!/nonexistent/interpreter\n' })
    chmodSync(join(place, 'git'), 0o755)
    await expect(readGitSource(folder, place)).rejects.toMatchObject({ code: 'host/git' })
    expect(await readGitSource(folder, PATH)).toMatchObject({ value: { state: 'clean' } })
  })
})

describe('listProjectFiles()', () => {
  const files = {
    'package.json': '{}',
    'a/b.txt': '',
    '.gitignore': 'out/\n',
    'out/x.txt': '',
    'new.txt': '',
  }

  it('lists what is tracked or new and not ignored; links stand apart', async () => {
    const folder = makeRepository(files)
    rmSync(join(folder, 'a/b.txt'))
    writeFiles(folder, { 'a/c.txt': '' })
    symlinkSync('/etc/passwd', join(folder, 'link'))
    expect(await listProjectFiles(folder, PATH)).toEqual({
      ok: true,
      value: { files: ['.gitignore', 'a/c.txt', 'new.txt', 'package.json'], links: ['link'] },
    })
    expect(await listProjectFiles(join(folder, 'a'), PATH)).toMatchObject({
      value: { files: ['c.txt'] },
    })
  })

  it('lists what is tracked behind a link that was a folder with the links, even where git ignores the link', async () => {
    const folder = makeRepository({ 'a/b/package.json': '{}', 'a/own.txt': '', 'z.txt': '' })
    const elsewhere = makeFolder()
    writeFiles(elsewhere, { 'b/package.json': '{}', 'own.txt': '' })
    const files = async () => await listProjectFiles(folder, PATH)
    expect(await files()).toMatchObject({
      value: { files: ['a/b/package.json', 'a/own.txt', 'z.txt'], links: [] },
    })
    rmSync(join(folder, 'a'), { recursive: true })
    symlinkSync(elsewhere, join(folder, 'a'))
    writeFiles(folder, { '.gitignore': '/a\n' })
    expect(await files()).toEqual({
      ok: true,
      value: { files: ['.gitignore', 'z.txt'], links: ['a/b/package.json', 'a/own.txt'] },
    })
  })

  it('walks a folder without git, and enters no installed packages', async () => {
    const folder = makeFolder()
    writeFiles(folder, { ...files, 'node_modules/p/package.json': '' })
    expect(await listProjectFiles(folder, PATH)).toEqual({
      ok: true,
      value: {
        files: ['.gitignore', 'a/b.txt', 'new.txt', 'out/x.txt', 'package.json'],
        links: [],
      },
    })
  })

  it('refuses what is no folder', async () => {
    const folder = makeFolder()
    writeFiles(folder, { file: '' })
    const code = async (path: string) => {
      const listed = await listProjectFiles(path, PATH)
      return listed.ok ? 'accepted' : listed.problems[0].code
    }
    expect(await code(join(folder, 'file'))).toBe('host/file-not-regular')
    expect(await code(join(folder, 'none'))).toBe('host/file-missing')
    expect(await code(folder)).toBe('accepted')
  })
})

it('runGit() ends a git that waits for ever, as one does whose configuration includes a named pipe', async () => {
  const top = makeRepository({ 'a.txt': 'a\n' })
  spawnSync('mkfifo', [join(top, 'pipe')])
  const program = (await findGit(PATH, top)) ?? ''
  const ask = () => runGit({ program, top, silenceMs: 300 }, ['rev-parse', 'HEAD'])
  expect((await ask()).exitCode).toBe(0)
  git(top, 'config', 'include.path', join(top, 'pipe'))
  await expect(ask()).rejects.toThrow('git rev-parse said nothing for 0.3 seconds')
})
