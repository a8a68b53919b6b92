import { execFileSync } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createHost, type HostProblem } from '../../src/host/index.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-files-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

const code = (result: { ok: boolean; problems?: readonly HostProblem[] }) =>
  result.ok ? 'accepted' : result.problems?.[0]?.code
const bytes = (text: string) => new TextEncoder().encode(text)

describe('readBytes()', () => {
  const read = (path: string, bytesMax = 10) => createHost(folder).readBytes(path, { bytesMax })

  it('reads a file relative to the working folder, up to its limit', async () => {
    writeFileSync(join(folder, 'a'), '0123456789')
    writeFileSync(join(folder, 'b'), '0123456789+')
    symlinkSync('a', join(folder, 'link'))
    expect(await read('a')).toEqual({ ok: true, value: bytes('0123456789') })
    expect(await read('link')).toEqual({ ok: true, value: bytes('0123456789') })
    expect(await read('a', 0)).toMatchObject({ ok: false })
    expect(code(await read('b'))).toBe('host/file-too-large')
  })

  it('reads no more than the limit from a file whose size says nothing', async () => {
    expect(code(await read('/proc/self/status'))).toBe('host/file-too-large')
    expect(code(await read('/proc/self/status', 100_000))).toBe('accepted')
  })

  it('says what is not there, not a file, or not readable', async () => {
    mkdirSync(join(folder, 'sub'))
    symlinkSync('loop', join(folder, 'loop'))
    execFileSync('mkfifo', [join(folder, 'pipe')])
    expect(code(await read('none'))).toBe('host/file-missing')
    expect(code(await read('sub/none/deeper'))).toBe('host/file-missing')
    expect(code(await read('sub'))).toBe('host/file-not-regular')
    expect(code(await read('pipe'))).toBe('host/file-not-regular')
    expect(code(await read('/dev/null'))).toBe('host/file-not-regular')
    for (const [path, found] of [
      ['sub', 'a folder'],
      ['pipe', 'a pipe'],
      ['/dev/null', 'a device'],
    ] as const) {
      expect(await read(path)).toMatchObject({
        problems: [{ message: expect.stringMatching(`expected a file, found ${found}$`) }],
      })
    }
    expect(code(await read('loop'))).toBe('host/file-unreadable')
  })
})

describe('writeBytes()', () => {
  const write = (path: string, text: string, options = {}) =>
    createHost(folder).writeBytes(path, bytes(text), options)

  it('replaces a file whole, and leaves nothing beside it', async () => {
    expect(code(await write('a', 'one'))).toBe('accepted')
    expect(code(await write('a', 'two'))).toBe('accepted')
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('two')
    expect(readdirSync(folder)).toEqual(['a'])
  })

  it('never replaces a file when told so', async () => {
    expect(code(await write('a', 'one', { exclusive: true }))).toBe('accepted')
    expect(code(await write('a', 'two', { exclusive: true }))).toBe('host/file-exists')
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('one')
    expect(readdirSync(folder)).toEqual(['a'])
  })

  it('sets the permissions before a byte is in the file', async () => {
    await write('key', 'secret', { mode: 0o600 })
    expect(statSync(join(folder, 'key')).mode & 0o777).toBe(0o600)
  })

  it('says where it can not write', async () => {
    mkdirSync(join(folder, 'sub'))
    writeFileSync(join(folder, 'file'), '')
    expect(code(await write('none/a', 'x'))).toBe('host/file-unwritable')
    expect(code(await write('file/a', 'x'))).toBe('host/file-unwritable')
    expect(code(await write('sub', 'x'))).toBe('host/file-unwritable')
    execFileSync('mkfifo', [join(folder, 'pipe')])
    expect(code(await write('pipe', 'x'))).toBe('host/file-unwritable')
    expect(code(await write('/dev/null', 'x'))).toBe('host/file-unwritable')
    expect(readdirSync(folder)).toEqual(['file', 'pipe', 'sub'])
  })

  it('takes a name as long as a name can be, and refuses longer ones and loops of links', async () => {
    symlinkSync('loop', join(folder, 'loop'))
    expect(code(await write('x'.repeat(255), 'x'))).toBe('accepted')
    expect(code(await write('x'.repeat(256), 'x'))).toBe('host/file-unwritable')
    expect(code(await write('loop/x', 'x'))).toBe('host/file-unwritable')
    expect(readdirSync(folder)).toEqual(['loop', 'x'.repeat(255)])
  })

  it('throws when the world fails, and leaves the old file', async () => {
    writeFileSync(join(folder, 'a'), 'old')
    const limited = `
      import { createHost } from ${JSON.stringify(join(import.meta.dirname, '../../src/host/index.ts'))}
      process.on('SIGXFSZ', () => undefined)
      await createHost(process.argv[1]).writeBytes('a', new Uint8Array(100_000)).catch((error) => {
        console.log(error.name, error.code)
      })`
    const script = `ulimit -f 4; exec "$0" --input-type=module -e "$1" "$2"`
    const args = ['-c', script, process.execPath, limited, folder]
    expect(execFileSync('bash', args, { encoding: 'utf8' })).toBe('AssayError host/input-output\n')
    expect(readFileSync(join(folder, 'a'), 'utf8')).toBe('old')
    expect(readdirSync(folder)).toEqual(['a'])
  })
})

describe('judgeOutput()', () => {
  it('refuses what writeBytes() would, and leaves everything as it is', async () => {
    const host = createHost(folder)
    writeFileSync(join(folder, 'old'), 'old')
    writeFileSync(join(folder, 'input'), 'text')
    mkdirSync(join(folder, 'sub'))
    await host.readBytes('input', { bytesMax: 10 })
    for (const path of ['none/a', 'old/a', 'sub', '/dev/null', '/proc/a', 'x'.repeat(256)]) {
      expect([path, code(await host.judgeOutput(path))]).toEqual([path, 'host/file-unwritable'])
    }
    expect(code(await host.judgeOutput('input'))).toBe('host/file-is-input')
    for (const path of ['old', 'new', 'sub/new', 'x'.repeat(255)]) {
      expect(code(await host.judgeOutput(path))).toBe('accepted')
    }
    expect(readdirSync(folder, { recursive: true })).toEqual(['input', 'old', 'sub'])
    expect(readFileSync(join(folder, 'old'), 'utf8')).toBe('old')
  })
})

describe('a host', () => {
  it('never replaces what it has digested', async () => {
    const host = createHost(folder)
    writeFileSync(join(folder, 'a'), 'one')
    writeFileSync(join(folder, 'b'), 'two')
    writeFileSync(join(folder, 'c'), 'three')
    const sums = await host.readArtifactSet(['a'])
    expect(sums.ok).toBe(true)
    await host.digestFile('b')
    await host.readArtifactSet(['a', 'c'], { manifest: './c' })
    expect(code(await host.writeBytes('a', bytes('new')))).toBe('host/file-is-input')
    expect(code(await host.writeBytes('b', bytes('new')))).toBe('host/file-is-input')
    // What the run itself writes is no part of the set, and was not read.
    expect(code(await host.writeBytes('c', bytes('new')))).toBe('accepted')
  })

  it('never replaces what the same run has read', async () => {
    const host = createHost(folder)
    writeFileSync(join(folder, 'key'), 'secret', { mode: 0o600 })
    writeFileSync(join(folder, 'input'), 'text')
    symlinkSync('input', join(folder, 'link'))
    await host.readKeyFile('key', { bytesMax: 10 })
    await host.readBytes('link', { bytesMax: 10 })
    for (const path of ['key', 'input', './input', join(folder, 'link')]) {
      expect(code(await host.writeBytes(path, bytes('new')))).toBe('host/file-is-input')
    }
    expect(readFileSync(join(folder, 'key'), 'utf8')).toBe('secret')
    expect(code(await host.writeBytes('other', bytes('new')))).toBe('accepted')
  })

  it('may replace what it was told is replaceable', async () => {
    const host = createHost(folder)
    writeFileSync(join(folder, 'manifest'), 'old')
    await host.readBytes('manifest', { bytesMax: 10, isReplaceable: true })
    expect(code(await host.writeBytes('manifest', bytes('new')))).toBe('accepted')
  })
})
