import { chmodSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { execFileSync, spawn } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { createHost } from '../../src/host/index.ts'
import { codes, valueOf } from '../trust/keys.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

const folder = makeTemporaryFolder('key-file')
const host = createHost(folder)
const read = (name: string, bytesMax = 100) => host.readKeyFile(name, { bytesMax })

describe('readKeyFile()', () => {
  writeFileSync(join(folder, 'key'), 'secret')

  it.each([0o600, 0o400, 0o700])('reads a file of mode %o', async (mode) => {
    chmodSync(join(folder, 'key'), mode)
    expect(Buffer.from(valueOf(await read('key'))).toString()).toBe('secret')
  })

  it.each([0o644, 0o640, 0o604, 0o620, 0o602, 0o611])(
    'refuses one of mode %o (A-121)',
    async (mode) => {
      chmodSync(join(folder, 'key'), mode)
      const refused = await read('key')
      expect(codes(refused)).toEqual(['host/key-file-exposed'])
      expect(refused).toMatchObject({ problems: [{ hint: 'chmod 600 key' }] })
    },
  )

  it('refuses what is missing, no file, or too large', async () => {
    chmodSync(join(folder, 'key'), 0o600)
    expect(codes(await read('nothing'))).toEqual(['host/file-missing'])
    expect(codes(await read('.'))).toEqual(['host/file-not-regular'])
    expect(codes(await read('key', 5))).toEqual(['host/file-too-large'])
    expect(codes(await read('key', 6))).toBe('accepted')
  })

  it('reads a pipe to its end, within the limit, unless others can read it', async () => {
    const pipe = join(folder, 'pipe')
    execFileSync('mkfifo', ['-m', '600', pipe])
    const write = () => {
      return spawn('bash', ['-c', 'exec 3> "$0"; printf sec >&3; sleep 0.1; printf ret >&3', pipe])
    }
    write()
    expect(Buffer.from(valueOf(await read('pipe'))).toString()).toBe('secret')
    write()
    expect(codes(await read('pipe', 5))).toEqual(['host/file-too-large'])
    chmodSync(pipe, 0o640)
    expect(codes(await read('pipe'))).toEqual(['host/key-file-exposed'])
  })
})
