#!/usr/bin/env node
// The program. What is printed and which exit code it ends with is decided in `runCli`; here it meets the process.

import { createHost } from '../host/index.ts'
import { runCli } from './run-cli.ts'

// Until a run has ended in order, whatever ends the process must not look like success.
process.exitCode = 70
void runCli(process.argv.slice(2), createHost()).then((code) => {
  process.exitCode = code
})
