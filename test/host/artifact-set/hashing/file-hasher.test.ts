import { execFileSync } from 'node:child_process'
import { appendFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { AssayError } from '../../../../src/core/index.ts'
import { readArtifactSet } from '../../../../src/host/artifact-set/index.ts'
import { createFileHasher } from '../../../../src/host/artifact-set/hashing/file-hasher.ts'
import { startHashThreads } from '../../../../src/host/artifact-set/hashing/hash-threads.ts'
import { createTree, walkInto } from '../../../../src/host/artifact-set/tree.ts'
import { makeFolder } from '../folders.ts'

/** Enough for threads: files with holes, which cost no disk. */
function makeLargeFolder(): string {
  const folder = makeFolder({ 'a/small': '1', 'b/small': '2', 'a/zero': '' })
  for (const [name, size] of [
    ['large', 40],
    ['b/large', 30],
    ['a/medium', 5],
  ] as const) {
    writeFileSync(join(folder, name), name)
    truncateSync(join(folder, name), size * 1024 * 1024 + 1)
  }
  return folder
}

describe('a large set', () => {
  it('is digested on threads as sha256sum would, and tells how far it is', async () => {
    const folder = makeLargeFolder()
    const told: string[] = []
    const reading = await readArtifactSet(folder, ['.'], {
      sha512: true,
      onProgress: (done) => told.push(done),
    })
    for (const [command, algorithm] of [
      ['sha256sum', 'sha256'],
      ['sha512sum', 'sha512'],
    ] as const) {
      const printed = execFileSync(
        'bash',
        ['-c', `find . -type f -printf '%P\\0' | LC_ALL=C sort -z | xargs -0 ${command}`],
        { cwd: folder, encoding: 'utf8' },
      )
      expect(
        reading.ok &&
          reading.value.set.artifacts
            .map((found) => `${found[algorithm]}  ${found.path}\n`)
            .join(''),
      ).toBe(printed)
    }
    expect(told.at(-1)).toBe('6 of 6 files')
  })

  it.each([
    ['grew', (path: string) => appendFileSync(path, 'x')],
    ['shrank', (path: string) => truncateSync(path, 3)],
    ['went', (path: string) => rmSync(path)],
    [
      'became another file',
      (path: string) => {
        rmSync(path)
        writeFileSync(path, '1')
      },
    ],
  ])('is refused when a file %s after it was found', async (_, change) => {
    const folder = makeLargeFolder()
    const tree = createTree()
    const hasher = createFileHasher({ sha512: false, onProgress: () => undefined })
    await walkInto(tree, folder, '', {
      symlinks: 'refuse',
      excludedBy: () => undefined,
      apart: () => undefined,
      onFiles: () => undefined,
    })
    for (const { path, location } of tree.files) {
      if (path === 'a/small' || path === 'b/large') change(location)
    }
    const outcomes = await hasher.finish(tree.files)
    const faults = tree.files.filter((_, at) => typeof outcomes[at] === 'string')
    expect(faults.map(({ path }) => path).toSorted()).toEqual(['a/small', 'b/large'])
    for (const outcome of outcomes.filter((each) => typeof each === 'string')) {
      expect(['changed', 'ENOENT']).toContain(outcome)
    }
  })

  it('is given up in order when a name is refused', async () => {
    const folder = makeLargeFolder()
    writeFileSync(join(folder, 'a\\b'), '')
    const reading = await readArtifactSet(folder, ['.'])
    expect(reading.ok || reading.problems.map(({ code }) => code)).toEqual(['digest/path-unsafe'])
  })

  it('fails loudly when a thread dies (host/thread)', async () => {
    const batches = [[null as never]]
    const threads = startHashThreads(2, {
      next: () => batches.pop(),
      sha512: false,
      take: () => undefined,
    })
    const failure = await threads.finish().catch((thrown: unknown) => thrown)
    expect(failure).toBeInstanceOf(AssayError)
    expect(failure).toMatchObject({ code: 'host/thread' })
  })
})
