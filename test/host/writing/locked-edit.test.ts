import { execFile, execFileSync, spawnSync } from 'node:child_process'
import {
  existsSync,
  lstatSync,
  readFileSync,
  statSync,
  symlinkSync,
  unlinkSync,
  writeFileSync,
} from 'node:fs'
import { join, resolve } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import { promisify } from 'node:util'
import { describe, expect, it } from 'vitest'
import { accept, refuse } from '../../../src/core/index.ts'
import { createHost } from '../../../src/host/index.ts'
import { codes } from '../../trust/keys.ts'
import { makeTemporaryFolder } from '../../temporary-folder.ts'

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
    writeFileSync(join(folder, 'locked.lock'), 'of another program')
    const refused = await host.editBytes('locked', addOne, { bytesMax })
    expect(codes(refused)).toEqual(['host/file-locked'])
    expect(refused).toMatchObject({
      problems: [{ hint: expect.stringContaining('locked.lock') as string }],
    })
    expect(read('locked')).toBe('0')
  })

  // Each edit is a process of its own: what is killed is no pretence.
  const MODULE = JSON.stringify(resolve(import.meta.dirname, '../../../src/host/index.ts'))
  const program = (name: string, edit: string) => [
    '--input-type=module',
    '-e',
    `import { createHost } from ${MODULE}
     const edit = (bytes) => { ${edit} }
     const { ok } = await createHost(${JSON.stringify(folder)})
       .editBytes(${JSON.stringify(name)}, edit, { bytesMax: 100 })
     process.exitCode = ok ? 0 : 1`,
  ]
  const KILLED = `process.kill(process.pid, 'SIGKILL')`
  const ADD = `return { ok: true, value: Buffer.from(String(Number(Buffer.from(bytes)) + 1)) }`

  it('gives up on a lock that is a pipe, which nobody ever writes to', async () => {
    writeFileSync(join(folder, 'piped'), '0')
    execFileSync('mkfifo', [join(folder, 'piped.lock')])
    const start = performance.now()
    const refused = await host.editBytes('piped', addOne, { bytesMax })
    expect(codes(refused)).toEqual(['host/file-locked'])
    expect(performance.now() - start).toBeLessThan(10_000)
    unlinkSync(join(folder, 'piped.lock'))
    expect(codes(await host.editBytes('piped', addOne, { bytesMax }))).toBe('accepted')
  }, 15_000)

  it('is not kept by the lock of a process that was killed', async () => {
    writeFileSync(join(folder, 'killed'), '0')
    expect(spawnSync(process.execPath, program('killed', KILLED)).signal).toBe('SIGKILL')
    // The file is there, and nobody holds it.
    expect(existsSync(join(folder, 'killed.lock'))).toBe(true)
    const started = performance.now()
    expect(codes(await host.editBytes('killed', addOne, { bytesMax }))).toBe('accepted')
    expect(performance.now() - started).toBeLessThan(2_000)
    expect(read('killed')).toBe('1')
    expect(existsSync(join(folder, 'killed.lock'))).toBe(false)
  })

  it('waits for a process that holds the lock, whatever its file looks like', async () => {
    writeFileSync(join(folder, 'held'), '0')
    const slow = `Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1_500); ${ADD}`
    const other = promisify(execFile)(process.execPath, program('held', slow))
    while (!existsSync(join(folder, 'held.lock'))) await wait(5)
    await wait(200)
    expect(statSync(join(folder, 'held.lock')).size).toBe(0)
    expect(codes(await host.editBytes('held', addOne, { bytesMax }))).toBe('accepted')
    await other
    expect(read('held')).toBe('2')
  })

  it('loses no edit where several processes meet the lock of a killed one', async () => {
    writeFileSync(join(folder, 'contended'), '0')
    spawnSync(process.execPath, program('contended', KILLED))
    const runs = Array.from({ length: 8 }, () =>
      promisify(execFile)(process.execPath, program('contended', ADD)),
    )
    await Promise.all(runs)
    expect(read('contended')).toBe('8')
    expect(existsSync(join(folder, 'contended.lock'))).toBe(false)
  })

  it('waits for a lock of a program that locks in another way, as older ones did', async () => {
    writeFileSync(join(folder, 'shared'), '0')
    for (const words of ['1 another-machine\n', 'locked']) {
      writeFileSync(join(folder, 'shared.lock'), words)
      const edit = host.editBytes('shared', addOne, { bytesMax })
      await wait(200)
      expect(read('shared.lock')).toBe(words)
      unlinkSync(join(folder, 'shared.lock'))
      expect(codes(await edit)).toBe('accepted')
    }
    expect(read('shared')).toBe('2')
  })
})
