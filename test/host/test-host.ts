// Hosts for tests: the real one in a folder of its own with its output kept, and one whose Nth effect fails.

import { AssayError } from '../../src/core/index.ts'
import { createHost, type Host } from '../../src/host/index.ts'

/** What a run wrote, as text. */
export interface Output {
  stdout: string
  stderr: string
}

export interface TestWorld {
  readonly now?: number
  readonly environment?: Readonly<Record<string, string>>
  readonly stdin?: string | Uint8Array
}

/** The real host in a folder, with its own clock and environment, and with its output kept. */
export function createTestHost(
  folder: string,
  { now = Date.UTC(2026, 3, 10, 12), environment = {}, stdin = '' }: TestWorld = {},
): { readonly host: Host; readonly output: Output } {
  const output: Output = { stdout: '', stderr: '' }
  const text = (part: string | Uint8Array) =>
    typeof part === 'string' ? part : Buffer.from(part).toString()
  const host: Host = {
    ...createHost(folder),
    now: () => now,
    readEnvironment: (name) => environment[name],
    readStandardInput: () =>
      Promise.resolve({ ok: true, value: Uint8Array.from(Buffer.from(stdin)) }),
    print: (part) => Promise.resolve(void (output.stdout += text(part))),
    tell: (part) => Promise.resolve(void (output.stderr += part)),
    columns: 80,
    style: (_, part) => part,
  }
  return { host, output }
}

/**
 * The same host, whose call number `failing` (from 1) throws as a full disk would.
 *
 * @returns the host, and how many calls were made
 */
export function failNthCall(host: Host, failing: number): { host: Host; calls: () => number } {
  let calls = 0
  const entries = Object.entries(host).map(([name, member]: [string, unknown]) => {
    // The clock, the environment and styles do not fail; what touches the world does.
    if (typeof member !== 'function' || ['now', 'readEnvironment', 'style'].includes(name)) {
      return [name, member]
    }
    return [
      name,
      (...args: unknown[]) => {
        calls++
        if (calls === failing)
          throw new AssayError('host/input-output', `Call ${calls} (${name}) failed`)
        return Reflect.apply(member, host, args)
      },
    ]
  })
  return { host: Object.fromEntries(entries), calls: () => calls }
}
