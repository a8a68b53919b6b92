import { existsSync, lstatSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { accept, refuse } from '../../src/core/index.ts'
import { createHost } from '../../src/host/index.ts'
import { codes } from '../trust/keys.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

const folder = makeTemporaryFolder('locked-edit')
const host = createHost(folder)
const read = (name: string) => readFileSync(join(folder, name), 'utf8')
const bytesMax = 100
const addOne = (bytes: Uint8Array) => {
  return accept(Buffer.from(String(Number(Buffer.from(bytes).toString()) + 1)))
}

describe('editBytes()', () => {
  it('loses none of many edits at once', async () => {
    writeFileSync(join(folder, 'count'), '0')
    const edits = Array.from({ length: 25 }, () => host.editBytes('count', addOne, { bytesMax }))
    expect((await Promise.all(edits)).map(codes)).toEqual(edits.map(() => 'accepted'))
    expect(read('count')).toBe('25')
    expect(existsSync(join(folder, 'count.lock'))).toBe(false)
  })

  it('changes the document that a link leads to, and keeps its permissions', async () => {
    writeFileSync(join(folder, 'document'), '1', { mode: 0o600 })
    symlinkSync('document', join(folder, 'link'))
    expect(codes(await host.editBytes('link', addOne, { bytesMax }))).toBe('accepted')
    expect(read('document')).toBe('2')
    expect(statSync(join(folder, 'document')).mode & 0o777).toBe(0o600)
    expect(lstatSync(join(folder, 'link')).isSymbolicLink()).toBe(true)
  })

  it('leaves the file and no lock when the edit is refused, throws, or has nothing to read', async () => {
    writeFileSync(join(folder, 'kept'), 'kept')
    const problem = { code: 'test/no', message: 'No' }
    const throws = () => {
      throw new Error('bug')
    }
    expect(codes(await host.editBytes('kept', () => refuse(problem), { bytesMax }))).toEqual([
      'test/no',
    ])
    await expect(host.editBytes('kept', throws, { bytesMax })).rejects.toThrow('bug')
    expect(codes(await host.editBytes('none', addOne, { bytesMax }))).toEqual(['host/file-missing'])
    expect(codes(await host.editBytes('a/b', addOne, { bytesMax }))).toEqual(['host/file-missing'])
    expect(read('kept')).toBe('kept')
    expect(['kept.lock', 'none.lock'].filter((name) => existsSync(join(folder, name)))).toEqual([])
  })

  it('gives up on a lock that stays, and says how to remove it', async () => {
    writeFileSync(join(folder, 'locked'), '0')
    writeFileSync(join(folder, 'locked.lock'), '')
    const refused = await host.editBytes('locked', addOne, { bytesMax })
    expect(codes(refused)).toEqual(['host/file-locked'])
    expect(refused).toMatchObject({
      problems: [{ hint: expect.stringContaining('locked.lock') as string }],
    })
    expect(read('locked')).toBe('0')
  })
})
