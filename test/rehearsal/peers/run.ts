// Runs a program of others: in a home of its own, and with a proxy that nobody answers, so that it reaches loopback only.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

export interface Ran {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}

/** Port 9 is `discard`, which no machine serves any more. */
const NO_PROXY_THERE = 'http://127.0.0.1:9'

/** @param options.cwd also the home of the program */
export async function run(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: Readonly<Record<string, string>> },
): Promise<Ran> {
  const { cwd, env } = options
  const child = spawn(program, args, {
    cwd,
    env: {
      PATH: process.env['PATH'],
      HOME: cwd,
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      HTTP_PROXY: NO_PROXY_THERE,
      HTTPS_PROXY: NO_PROXY_THERE,
      NO_PROXY: '127.0.0.1',
      // A terminal of sigstore-python that breaks no line.
      COLUMNS: '1000',
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const [stdout, stderr, [status]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'exit') as Promise<[number | null]>,
  ])
  return { status, stdout, stderr }
}

/** What the program printed; its failure is an error. */
export async function runOrThrow(...call: Parameters<typeof run>): Promise<string> {
  const { status, stdout, stderr } = await run(...call)
  if (status !== 0) throw new Error(`${call[0]} ${call[1][0]} ended with ${status}: ${stderr}`)
  return stdout
}
