import { describe, expect, it } from 'vitest'
import { readLockfile } from '../../../src/snapshot/collection/lockfile-reading.ts'

const hash = `--hash=sha256:${'a'.repeat(64)}`
const pin = (name: string) => `${name}==1.0.0 ${hash}\n`

/** Reads the lockfile of these files, and notes what else was read. */
async function reading(path: string, files: Readonly<Record<string, string | Uint8Array>>) {
  const read: string[] = []
  const result = await readLockfile(
    { path, bytes: Buffer.from(files[path] ?? '') },
    {
      paths: new Set(Object.keys(files)),
      read: (file) => {
        read.push(file)
        return Promise.resolve({ ok: true, value: Buffer.from(files[file] ?? '') })
      },
    },
  )
  if (!result.ok) return { problems: result.problems, read }
  const { lockfile, companions } = result.value
  return {
    read,
    companions,
    locked: lockfile.dependencies.map(({ name, locked }) => `${name} ${locked.path}`),
    floating: lockfile.floating.map(({ name }) => name),
  }
}

describe('readLockfile()', () => {
  it('follows includes of includes, each file once, and names the files that it used', async () => {
    const files = {
      'py/requirements/dev.txt': `-r ../base.txt\n-r local.txt\n${pin('a')}`,
      'py/base.txt': `-r shared/all.txt\n-r requirements/dev.txt\n${pin('b')}`,
      'py/shared/all.txt': `-r ../base.txt\n-c limits.txt\nd\n${pin('c')}`,
      'py/shared/limits.txt': pin('d'),
      'py/unused.txt': pin('e'),
    }
    expect(await reading('py/requirements/dev.txt', files)).toEqual({
      read: ['py/base.txt', 'py/shared/all.txt', 'py/shared/limits.txt'],
      companions: ['py/base.txt', 'py/shared/all.txt', 'py/shared/limits.txt'],
      locked: [
        'a py/requirements/dev.txt',
        'b py/base.txt',
        'c py/shared/all.txt',
        'd py/shared/all.txt',
      ],
      floating: ['local.txt'],
    })
  })

  it.each(['/etc/base.txt', '../../base.txt', 'https://u:p@a.example/base.txt', 'file:base.txt'])(
    'never looks for %s, which is outside of the project',
    async (target) => {
      const files = {
        'requirements.txt': `-r ${target}\n`,
        'base.txt': pin('a'),
        'etc/base.txt': pin('b'),
        'https:/a.example/base.txt': pin('c'),
      }
      const { read, floating } = await reading('requirements.txt', files)
      expect(read).toEqual([])
      expect(floating).toEqual([target.replace('u:p@', '')])
    },
  )

  it('stops after sixteen rounds: what is included deeper floats', async () => {
    const chain = (length: number) =>
      Object.fromEntries(
        Array.from({ length }, (_, index) => [
          index === 0 ? 'requirements.txt' : `${index}.txt`,
          index === length - 1 ? pin('a') : `-r ${index + 1}.txt\n`,
        ]),
      )
    expect(await reading('requirements.txt', chain(17))).toMatchObject({
      locked: ['a 16.txt'],
      floating: [],
    })
    expect(await reading('requirements.txt', chain(18))).toMatchObject({
      locked: [],
      floating: ['17.txt'],
    })
  })

  it('refuses more than 8 MiB in all files together', async () => {
    const half = Buffer.alloc(4 * 1024 * 1024, '#')
    const files = { 'requirements.txt': '-r a.txt\n-r b.txt\n', 'a.txt': half, 'b.txt': half }
    expect(await reading('requirements.txt', files)).toMatchObject({ floating: [] })
    const more = { ...files, 'b.txt': Buffer.concat([half, Buffer.from('#')]) }
    expect(await reading('requirements.txt', more)).toMatchObject({
      problems: [{ code: 'snapshot/lockfile-syntax', at: 'b.txt' }],
    })
  })

  it('refuses a name that no format has', async () => {
    expect(await reading('odd.lock', { 'odd.lock': '' })).toMatchObject({
      problems: [{ code: 'snapshot/lockfile-version' }],
    })
    expect(await reading('yarn.lock', { 'yarn.lock': '# yarn lockfile v1\n' })).toMatchObject({
      locked: [],
    })
  })
})
