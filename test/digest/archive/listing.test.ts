import { describe, expect, it } from 'vitest'
import { type ArchiveEntry, listArchive } from '../../../src/digest/index.ts'
import { codesOf } from '../artifacts.ts'

const file = (name: string): ArchiveEntry => ({ kind: 'file', name, size: 0 })
const folder = (name: string): ArchiveEntry => ({ kind: 'folder', name })
const link = (name: string, target: string): ArchiveEntry => ({ kind: 'link', name, target })
const DEFAULTS = { strip: 0, symlinks: 'refuse', excludedBy: () => undefined } as const
const list = (entries: readonly ArchiveEntry[], options = {}) =>
  listArchive(entries, { ...DEFAULTS, ...options })
const pathsOf = (result: ReturnType<typeof list>) => result.ok && [...result.value.files.values()]

describe('listArchive()', () => {
  it('gives each file its path, and folders none', () => {
    const result = list([folder('./'), file('./a'), folder('b/'), file('b/c')])
    expect(pathsOf(result)).toEqual(['a', 'b/c'])
    expect(result.ok && result.value.leftOut).toEqual([])
    expect(list([folder('.'), file('a')]).ok).toBe(true)
  })

  it('lists folders that hold nothing', () => {
    const result = list([folder('a/'), folder('a/b/'), file('c')])
    expect(result.ok && result.value.leftOut).toEqual([
      { path: 'a/', reason: 'empty-folder' },
      { path: 'a/b/', reason: 'empty-folder' },
    ])
  })

  it('drops leading parts, and refuses a file that has no more (digest/archive-strip)', () => {
    const entries = [folder('package/'), file('package/a'), file('package/b/c')]
    expect(pathsOf(list(entries, { strip: 1 }))).toEqual(['a', 'b/c'])
    expect(codesOf(list(entries, { strip: 2 }))).toEqual(['digest/archive-strip'])
  })

  it('refuses files that fall together once they are stripped (digest/path-collision)', () => {
    const entries = [file('a/x'), file('b/x')]
    expect(codesOf(list(entries, { strip: 1 }))).toEqual(['digest/path-collision'])
    expect(codesOf(list(entries))).toBe('accepted')
  })

  it('judges the whole name, not only what is left of it (digest/path-unsafe)', () => {
    expect(codesOf(list([file('../a/b')], { strip: 2 }))).toEqual(['digest/path-unsafe'])
    expect(codesOf(list([folder('../')], { strip: 1 }))).toEqual(['digest/path-unsafe'])
  })

  it('lists links where it is asked to, and never lets one lead to a file', () => {
    const entries = [file('a'), link('current', 'a')]
    expect(codesOf(list(entries))).toEqual(['digest/file-link'])
    const listed = list(entries, { symlinks: 'list' })
    expect(listed.ok && listed.value.links).toEqual([{ path: 'current', target: 'a' }])
    const through = [link('tmp', '/tmp'), file('tmp/moo')]
    expect(codesOf(list(through, { symlinks: 'list' }))).toEqual(['digest/path-collision'])
  })

  it.each([
    ['digest/path-collision', [file('README'), file('readme')], [file('README')]],
    ['digest/path-collision', [file('a'), file('a/b')], [file('a'), file('b/a')]],
    ['digest/path-folder-case', [file('a/x'), file('A/y')], [file('a/x'), file('a/y')]],
    ['digest/path-windows', [file('aux.c')], [file('auxiliary.c')]],
  ])('refuses what another system could not hold (%s)', (code, refused, accepted) => {
    expect(codesOf(list(refused))).toEqual([code])
    expect(codesOf(list(accepted))).toBe('accepted')
  })

  it('refuses a file where a folder is', () => {
    expect(codesOf(list([folder('a'), file('./a')]))).toEqual(['digest/path-collision'])
  })

  it('leaves out what is excluded, lists it once, and does not judge it', () => {
    const excludedBy = (path: string) =>
      path.startsWith('dev/') ? 'dev/' : /^(?:dev|b)$/.test(path) ? path : undefined
    const entries = [file('a'), file('b'), folder('dev/'), file('dev/aux'), link('dev/l', '/')]
    const result = list(entries, { excludedBy })
    expect(pathsOf(result)).toEqual(['a'])
    expect(result.ok && result.value.leftOut).toEqual([
      { path: 'b', reason: 'excluded' },
      { path: 'dev/', reason: 'excluded' },
    ])
  })
})
