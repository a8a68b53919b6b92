import { execFileSync } from 'node:child_process'
import { symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { digestSet } from '../../src/digest/index.ts'
import { readTrackedFiles } from '../../src/host/git/tracked-files.ts'
import { git, makeFolder, makeRepository, writeFiles } from './git-repository.ts'

const PATH = process.env['PATH']
const FILES = { 'b.txt': 'b\n', 'src/a.ts': 'a\n', 'src/A.ts/x': 'x\n', 'same.txt': 'b\n' }

const headOf = (folder: string) => git(folder, 'rev-parse', 'HEAD')

async function read(folder: string, commit = headOf(folder)) {
  const found = await readTrackedFiles(folder, commit, PATH)
  if (!found.ok) throw new Error(found.problems[0].message)
  return found.value
}

/** What coreutils make of the same files, outside of git. */
function sumFiles(folder: string): string {
  const archive = execFileSync('git', ['archive', 'HEAD'], { cwd: folder })
  const place = makeFolder()
  execFileSync('tar', ['x'], { cwd: place, input: archive })
  const script =
    "find . -type f -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum | cut -c 1-64"
  return execFileSync('sh', ['-c', script], { cwd: place, encoding: 'utf8' }).trim()
}

describe('readTrackedFiles()', () => {
  it('gives every file of the commit, as git and sha256sum know it', async () => {
    const folder = makeRepository(FILES)
    const { tree, files, others } = await read(folder)
    expect(tree).toBe(git(folder, 'rev-parse', 'HEAD^{tree}'))
    expect(files.map(({ path }) => path).toSorted()).toEqual(Object.keys(FILES).toSorted())
    expect(others).toEqual([])
    expect(digestSet(files)).toBe(sumFiles(folder))
    // The command of docs/predicates/review.md.
    const command = 'git ls-files -z | LC_ALL=C sort -z | xargs -0 sha256sum | sha256sum'
    const sum = execFileSync('sh', ['-c', command], { cwd: folder, encoding: 'utf8' })
    expect(sum.slice(0, 64)).toBe(digestSet(files))
  })

  it('is of the commit, whatever the work tree and the index hold', async () => {
    const folder = makeRepository(FILES)
    const before = await read(folder)
    const first = headOf(folder)
    writeFiles(folder, { 'b.txt': 'changed\n', 'new.txt': 'n\n' })
    expect(await read(folder)).toEqual(before)
    git(folder, 'add', '--all')
    git(folder, 'commit', '--quiet', '--message', 'second')
    expect(await read(folder, first)).toEqual(before)
    expect((await read(folder)).files).toHaveLength(5)
  })

  it('names links apart, which have no content of a file', async () => {
    const folder = makeRepository(FILES)
    symlinkSync('b.txt', join(folder, 'link'))
    git(folder, 'add', '--all')
    git(folder, 'commit', '--quiet', '--message', 'link')
    const { files, others } = await read(folder)
    expect([files.length, others]).toEqual([4, ['link']])
    expect(digestSet(files)).toBe(sumFiles(folder))
  })

  it('reads repositories of SHA-256, and commits of no file', async () => {
    const folder = makeRepository(FILES, makeFolder(), '--object-format=sha256')
    expect((await read(folder)).tree).toHaveLength(64)
    const empty = makeFolder()
    git(empty, 'init', '--quiet')
    git(empty, 'commit', '--quiet', '--allow-empty', '--message', 'none')
    expect((await read(empty)).files).toEqual([])
  })

  it.each([
    ['a commit that is not there', () => makeRepository(FILES), 'a'.repeat(40)],
    ['no checkout', makeFolder, undefined],
    ['no folder', () => join(makeFolder(), 'absent'), undefined],
  ])('refuses %s', async (_, make, commit = 'b'.repeat(40)) => {
    const found = await readTrackedFiles(make(), commit, PATH)
    expect(found.ok ? [] : found.problems).toMatchObject([{ code: 'host/git-refused' }])
  })

  it('refuses a path that two programs could read differently', async () => {
    const folder = makeRepository({ 'a\\b': 'a\n' })
    const found = await readTrackedFiles(folder, headOf(folder), PATH)
    expect(found.ok ? '' : found.problems[0].message).toContain('has no line in a manifest')
  })

  it('refuses content that is not that of its id (A-123)', async () => {
    const folder = makeRepository(FILES)
    const id = git(folder, 'rev-parse', 'HEAD:b.txt')
    const other = git(folder, 'rev-parse', 'HEAD:src/a.ts')
    const place = (name: string) => join(folder, '.git/objects', name.slice(0, 2), name.slice(2))
    const bytes = execFileSync('cat', [place(other)])
    execFileSync('chmod', ['u+w', place(id)])
    writeFileSync(place(id), bytes)
    const found = await readTrackedFiles(folder, headOf(folder), PATH)
    expect(found.ok ? [] : found.problems).toMatchObject([{ code: 'host/git-refused' }])
  })
})
