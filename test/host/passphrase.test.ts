import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { findPython } from '../outside-tool.ts'

const PROGRAM = `
import { createHost } from ${JSON.stringify(join(import.meta.dirname, '../../src/host/index.ts'))}
try {
  const typed = await createHost().askPassphrase('Passphrase: ')
  console.log(typed === undefined ? 'no terminal' : 'GOT ' + Buffer.from(typed).toString('hex'))
} catch (error) {
  console.log(error.code)
}
`
const NODE = [process.execPath, '--input-type=module', '--eval', PROGRAM]

/** Runs the program on a terminal of its own, types, and prints what the terminal showed. */
const TYPIST = `
import json, os, pty, re, sys, termios
command, typed = json.loads(sys.stdin.read())
pid, fd = pty.fork()
if pid == 0:
    os.execv(command[0], command)
shown = b''
while b'Passphrase: ' not in shown:
    shown += os.read(fd, 1024)
os.write(fd, bytes.fromhex(typed))
try:
    while True:
        part = os.read(fd, 1024)
        if not part:
            break
        shown += part
except OSError:
    pass
os.waitpid(pid, 0)
sys.stdout.buffer.write(shown)
`

const python = findPython('pty', 'termios')

describe.skipIf(python === undefined)('askPassphrase() on a terminal', () => {
  const type = (keys: string | Uint8Array) => {
    const input = JSON.stringify([NODE, Buffer.from(keys).toString('hex')])
    return spawnSync(python!, ['-c', TYPIST], { input, encoding: 'utf8', timeout: 15_000 }).stdout
  }
  const hex = (text: string) => Buffer.from(text).toString('hex')

  it('takes a line and shows none of it', () => {
    const shown = type('correct horse\r')
    expect(shown).toContain(`GOT ${hex('correct horse')}`)
    expect(shown).not.toContain('correct')
  })

  it.each([
    ['a character taken back', 'ab\u007fc\r', 'ac'],
    ['a character of several bytes taken back', 'aä日\u007f\u007fb\r', 'ab'],
    ['more taken back than was typed', 'a\b\b\bb\r', 'b'],
    ['all taken back', 'abc\u0015d\r', 'd'],
    ['the end of input', 'ab\u0004', 'ab'],
    ['nothing', '\r', ''],
  ])('understands %s', (_, keys, meant) => {
    expect(type(keys)).toContain(`GOT ${hex(meant)}\r\n`)
  })

  it('ends when the person interrupts it', () => {
    expect(type('ab\u0003')).toContain('host/interrupted')
  })
})

describe('askPassphrase() without a terminal', () => {
  it('says so', () => {
    const ran = spawnSync('setsid', ['--wait', ...NODE], { encoding: 'utf8', input: 'typed\n' })
    expect(ran.stdout).toBe('no terminal\n')
  })
})
