#!/usr/bin/env node
// The program. What is printed and which exit code it ends with is decided in `runCli`; here it meets the process.

import { createHost } from '../host/index.ts'
import { VERSION } from './version.ts'

// Until a run has ended in order, whatever ends the process must not look like success.
process.exitCode = 70
process.exitCode = await main(process.argv.slice(2))

async function main(args: readonly string[]): Promise<number> {
  const host = createHost()
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-v')) {
    await host.print(`${VERSION}\n`)
    return 0
  }
  const { runCli } = await import('./run-cli.ts')
  return runCli(args, host)
}
