import {
  chmodSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { readGitSource } from '../../src/host/git/git-source.ts'
import type { GitSource } from '../../src/snapshot/index.ts'
import { git, makeFolder, makeRepository, writeFiles } from './git-repository.ts'

const FILES = { 'a.txt': 'a\n', 'src/b.sh': 'b\n', '.gitignore': 'dist/\n' }

async function read(folder: string): Promise<GitSource> {
  const source = await readGitSource(folder, process.env['PATH'])
  if (!source.ok) throw new Error(source.problems[0].message)
  if (source.value.state === 'absent') throw new Error(source.value.reason)
  return source.value
}

const changes = async (folder: string) =>
  (await read(folder)).changes.map(({ path, change }) => `${change} ${path}`)

describe('readGitSource()', () => {
  it('tells commit, tree, branch, tags and repository of a clean checkout, as git does', async () => {
    const folder = makeRepository(FILES)
    git(folder, 'tag', 'v1.0.0')
    git(folder, 'tag', '--annotate', '--message', 'x', 'v1')
    git(folder, 'remote', 'add', 'origin', 'https://ci:ghp_secret@git.example/team/app.git?x=1')
    writeFiles(folder, { 'dist/out.js': 'ignored by a tracked rule' })
    expect(await read(folder)).toEqual({
      state: 'clean',
      repository: 'https://git.example/team/app.git',
      commit: git(folder, 'rev-parse', 'HEAD'),
      tree: git(folder, 'rev-parse', 'HEAD^{tree}'),
      branch: 'main',
      tags: ['v1', 'v1.0.0'],
      folder: '',
      shallow: false,
      changes: [],
      submodules: [],
      lfsPointers: [],
      hidden: [],
    })
    expect(await read(join(folder, 'src'))).toMatchObject({ state: 'clean', folder: 'src' })
  })

  it('reads a repository of SHA-256 objects', async () => {
    const folder = makeRepository(FILES, makeFolder(), '--object-format=sha256')
    expect(await read(folder)).toMatchObject({
      state: 'clean',
      commit: git(folder, 'rev-parse', 'HEAD'),
    })
  })

  it('names every path that is not as the commit has it', async () => {
    const folder = makeRepository({ ...FILES, 'c.txt': 'c\n', 'd.txt': 'd\n', 'e/f': 'f', g: 'g' })
    writeFiles(folder, { 'a.txt': 'other\n', 'c.txt': 'c\r\n', 'new/file': '' })
    chmodSync(join(folder, 'src/b.sh'), 0o755)
    rmSync(join(folder, 'd.txt'))
    renameSync(join(folder, 'e'), join(folder, 'real'))
    symlinkSync('real', join(folder, 'e'))
    rmSync(join(folder, 'g'))
    symlinkSync('a.txt', join(folder, 'g'))
    expect(await changes(folder)).toEqual([
      'modified a.txt',
      'line-endings c.txt',
      'deleted d.txt',
      'untracked e',
      'deleted e/f',
      'kind g',
      'untracked new/',
      'untracked real/',
      'mode src/b.sh',
    ])
  })

  it('tells what is staged although the file is as the commit has it', async () => {
    const folder = makeRepository(FILES)
    writeFiles(folder, { 'a.txt': 'other\n' })
    git(folder, 'add', 'a.txt')
    writeFiles(folder, { 'a.txt': 'a\n' })
    expect(await changes(folder)).toEqual(['staged a.txt'])
  })

  it('reads a detached, shallow clone', async () => {
    const origin = makeRepository(FILES)
    git(origin, 'commit', '--quiet', '--allow-empty', '--message', 'second')
    const clone = join(makeFolder(), 'clone')
    git(origin, 'clone', '--quiet', '--depth=1', `file://${origin}`, clone)
    git(clone, 'checkout', '--quiet', '--detach')
    const source = await read(clone)
    expect(source).toMatchObject({ state: 'clean', shallow: true })
    expect(source).not.toHaveProperty('branch')
    // A path on somebody's disk is no public address.
    expect(source).not.toHaveProperty('repository')
  })

  it('reads a linked work tree', async () => {
    const folder = makeRepository(FILES)
    const linked = join(makeFolder(), 'linked')
    git(folder, 'worktree', 'add', '--quiet', '-b', 'side', linked)
    expect(await read(linked)).toMatchObject({ state: 'clean', branch: 'side' })
  })

  it('is absent outside a checkout, before the first commit, and without git', async () => {
    const folder = makeFolder()
    const absent = async (path: string | undefined) => readGitSource(folder, path)
    const reason = (text: string) => ({ ok: true, value: { state: 'absent', reason: text } })
    expect(await absent(process.env['PATH'])).toEqual(reason('it is not a git checkout'))
    git(folder, 'init', '--quiet')
    expect(await absent(process.env['PATH'])).toEqual(reason('it has no commit yet'))
    expect(await absent('/nonexistent')).toEqual(reason('git was not found on PATH'))
  })
})

describe('submodules', () => {
  function withSubmodule(): { folder: string; inner: string } {
    const library = makeRepository({ 'lib.c': '1\n' })
    const folder = makeRepository(FILES)
    git(folder, '-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', library, 'lib')
    git(folder, 'config', '-f', '.gitmodules', 'submodule.lib.url', 'https://u:p@git.example/lib')
    git(folder, 'add', '--all')
    git(folder, 'commit', '--quiet', '--message', 'submodule')
    return { folder, inner: join(folder, 'lib') }
  }

  it('are clean at the commit that the project names', async () => {
    const { folder, inner } = withSubmodule()
    const commit = git(inner, 'rev-parse', 'HEAD')
    expect(await read(folder)).toMatchObject({
      state: 'clean',
      submodules: [
        { path: 'lib', url: 'https://git.example/lib', commit, found: commit, changes: [] },
      ],
    })
  })

  it('make the source dirty where they drift, are changed, or are not there', async () => {
    const { folder, inner } = withSubmodule()
    writeFiles(inner, { 'lib.c': '2\n' })
    const changed = await read(folder)
    expect(changed.changes).toEqual([{ path: 'lib', change: 'submodule' }])
    expect(changed.submodules[0]?.changes).toEqual([{ path: 'lib.c', change: 'modified' }])
    git(inner, 'commit', '--quiet', '--all', '--message', 'drift')
    const drifted = await read(folder)
    expect(drifted.changes).toEqual([{ path: 'lib', change: 'submodule' }])
    expect(drifted.submodules[0]?.found).not.toBe(drifted.submodules[0]?.commit)
    git(folder, 'submodule', '--quiet', 'deinit', '--force', 'lib')
    const gone = await read(folder)
    expect(gone).toMatchObject({ state: 'dirty', changes: [{ path: 'lib', change: 'submodule' }] })
    expect(gone.submodules[0]).not.toHaveProperty('found')
  })
})

describe('LFS', () => {
  const content = 'large\n'
  const pointer =
    'version https://git-lfs.github.com/spec/v1\n' +
    'oid sha256:b7ff96cabf0a27d56ee2c69ede7a2a28b0fbc93ab65c3ee4f3be5f2a3cc65a7d\n'

  it('tells pointers that were not fetched, and takes fetched content as the commit', async () => {
    const { createHash } = await import('node:crypto')
    const digest = createHash('sha256').update(content).digest('hex')
    const real = `${pointer.replace(/sha256:\w+/, `sha256:${digest}`)}size ${content.length}\n`
    const folder = makeRepository({ 'big.bin': real })
    expect(await read(folder)).toMatchObject({ state: 'dirty', lfsPointers: ['big.bin'] })
    writeFiles(folder, { 'big.bin': content })
    expect(await read(folder)).toMatchObject({ state: 'clean', lfsPointers: [], changes: [] })
    writeFiles(folder, { 'big.bin': 'LARGE\n' })
    expect(await changes(folder)).toEqual(['modified big.bin'])
  })
})

describe('a work tree that hides its changes (A-123)', () => {
  it('is dirty where assume-unchanged or skip-worktree keep git status silent', async () => {
    const folder = makeRepository({ ...FILES, 'c.txt': 'c\n', 'd.txt': 'd\n' })
    git(folder, 'update-index', '--assume-unchanged', 'a.txt')
    git(folder, 'update-index', '--skip-worktree', 'c.txt', 'd.txt')
    expect((await read(folder)).state).toBe('clean')
    writeFiles(folder, { 'a.txt': 'evil\n', 'c.txt': 'evil\n' })
    rmSync(join(folder, 'd.txt'))
    expect(git(folder, 'status', '--porcelain')).toBe('')
    expect((await read(folder)).changes).toEqual([
      { path: 'a.txt', change: 'modified', hiddenBy: 'assume-unchanged' },
      { path: 'c.txt', change: 'modified', hiddenBy: 'skip-worktree' },
      { path: 'd.txt', change: 'deleted', hiddenBy: 'skip-worktree' },
    ])
  })

  it('is dirty where size and time are as the index has them', async () => {
    const folder = makeRepository(FILES)
    git(folder, 'config', 'core.checkStat', 'minimal')
    git(folder, 'config', 'core.trustctime', 'false')
    const time = new Date('2026-04-10T12:00:00Z')
    utimesSync(join(folder, 'a.txt'), time, time)
    git(folder, 'update-index', '--refresh')
    writeFiles(folder, { 'a.txt': 'b\n' })
    utimesSync(join(folder, 'a.txt'), time, time)
    expect(git(folder, 'status', '--porcelain')).toBe('')
    expect(await changes(folder)).toEqual(['modified a.txt'])
  })

  it('tells untracked files that .git/info/exclude, settings or case folding hide', async () => {
    const folder = makeRepository({ ...FILES, makefile: 'all:\n' })
    writeFiles(folder, { '.git/info/exclude': '*.evil\n', 'x.evil': '', 'y.bad': '', Makefile: '' })
    git(folder, 'config', 'core.ignoreCase', 'true')
    writeFiles(folder, { '.git/hidden': '*.bad\n' })
    git(folder, 'config', 'core.excludesFile', join(folder, '.git/hidden'))
    expect(git(folder, 'status', '--porcelain')).toBe('')
    expect(await changes(folder)).toEqual([
      'untracked Makefile',
      'untracked x.evil',
      'untracked y.bad',
    ])
  })

  it('lists what an untracked .gitignore hides together with itself', async () => {
    const folder = makeRepository(FILES)
    writeFiles(folder, { 'src/evil/.gitignore': '*\n', 'src/evil/index.js': '', 'dist/x': '' })
    expect(git(folder, 'status', '--porcelain')).toBe('')
    expect(await read(folder)).toMatchObject({ state: 'clean', hidden: ['src/evil/'] })
  })

  it('does not follow replaced commits or grafts', async () => {
    const folder = makeRepository(FILES)
    const commit = git(folder, 'rev-parse', 'HEAD')
    writeFiles(folder, { 'a.txt': 'evil\n' })
    git(folder, 'commit', '--quiet', '--all', '--message', 'evil')
    const evil = git(folder, 'rev-parse', 'HEAD')
    git(folder, 'update-ref', 'refs/heads/main', commit)
    git(folder, 'replace', commit, evil)
    git(folder, 'read-tree', 'HEAD')
    writeFiles(folder, { '.git/info/grafts': `${commit} ${evil}\n` })
    expect(git(folder, 'status', '--porcelain')).toBe('')
    expect(await read(folder)).toMatchObject({
      state: 'dirty',
      commit,
      changes: [{ path: 'a.txt', change: 'modified' }],
    })
  })

  it('refuses a repository whose objects are not what their names say', async () => {
    const folder = makeRepository(FILES)
    const other = makeRepository({ ...FILES, 'a.txt': 'evil\n' })
    const place = (repository: string, id: string) =>
      join(repository, '.git/objects', id.slice(0, 2), id.slice(2))
    const tree = git(folder, 'rev-parse', 'HEAD^{tree}')
    const evil = git(other, 'rev-parse', 'HEAD^{tree}')
    const { copyFileSync } = await import('node:fs')
    copyFileSync(place(folder, tree), `${place(folder, tree)}.kept`)
    rmSync(place(folder, tree))
    copyFileSync(place(other, evil), place(folder, tree))
    const source = await readGitSource(folder, process.env['PATH'])
    expect(source).toMatchObject({ ok: false, problems: [{ code: 'host/git-refused' }] })
    rmSync(place(folder, tree))
    renameSync(`${place(folder, tree)}.kept`, place(folder, tree))
    expect(await read(folder)).toMatchObject({ state: 'clean' })
  })

  it('refuses a repository that is broken', async () => {
    const folder = makeRepository(FILES)
    writeFileSync(join(folder, '.git/index'), 'no index')
    const source = await readGitSource(folder, process.env['PATH'])
    expect(source).toMatchObject({ ok: false, problems: [{ code: 'host/git-refused' }] })
    mkdirSync(join(folder, 'x'))
    rmSync(join(folder, '.git/index'))
    git(folder, 'read-tree', 'HEAD')
    expect(await read(folder)).toMatchObject({ state: 'clean' })
  })
})
