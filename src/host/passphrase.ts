// A passphrase, typed on the terminal without showing it.

import { type FileHandle, open } from 'node:fs/promises'
import { ReadStream } from 'node:tty'
import { AssayError } from '../core/index.ts'

const KEY = { interrupt: 0x03, end: 0x04, backspace: 0x08, clear: 0x15, delete: 0x7f } as const

/** Longer than any passphrase, shorter than a file that was piped in by mistake. In bytes. */
const TYPED_MAX = 1_024

/**
 * Asks on the terminal, even when standard input is something else.
 *
 * @returns UTF-8 without the line's end, or `undefined` where there is no terminal to ask on
 */
export async function askPassphrase(prompt: string): Promise<Uint8Array | undefined> {
  const terminal = await openTerminal()
  if (terminal === undefined) return undefined
  const input = new ReadStream(terminal.fd)
  try {
    input.setRawMode(true)
    await terminal.write(prompt)
    return await readSecretLine(input)
  } finally {
    // Closing the stream while it is raw would leave the person's shell without an echo.
    input.setRawMode(false)
    await terminal.write('\n')
    input.destroy()
  }
}

async function openTerminal(): Promise<FileHandle | undefined> {
  try {
    return await open('/dev/tty', 'r+')
  } catch {
    // No controlling terminal: a CI job, a service, or a system that has none.
    return undefined
  }
}

async function readSecretLine(input: ReadStream): Promise<Uint8Array> {
  let typed: number[] = []
  for await (const part of input as AsyncIterable<Uint8Array>) {
    for (const byte of part) {
      if (byte === 0x0d || byte === 0x0a || byte === KEY.end) return Uint8Array.from(typed)
      if (byte === KEY.interrupt) {
        throw new AssayError('host/interrupted', 'Cannot go on without a passphrase: interrupted')
      }
      if (byte === KEY.clear) typed = []
      else if (byte === KEY.backspace || byte === KEY.delete) typed = dropLastCharacter(typed)
      else if (typed.length < TYPED_MAX) typed.push(byte)
    }
  }
  throw new AssayError('host/interrupted', 'Cannot read a passphrase: the terminal was closed')
}

/** One character of UTF-8 can be several bytes; the others begin with the bits 10. */
function dropLastCharacter(typed: readonly number[]): number[] {
  const start = typed.findLastIndex((byte) => (byte & 0xc0) !== 0x80)
  return typed.slice(0, Math.max(start, 0))
}
