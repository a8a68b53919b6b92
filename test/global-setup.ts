// Around the whole run: one folder holds whatever tests and the programs that they start put into the temporary folder, and a run
// that leaves something there fails.

import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Caches of npm and Node, which belong to no test. */
const FOREIGN = /^(?:node-compile-cache|v8-compile-cache-.*)$/

/** Called once by the test runner; what it gives is called at the end. */
export function setup(): () => void {
  // What people have set for their files and their network is nothing that tests are about.
  process.umask(0o022)
  for (const name of ['NO_PROXY', 'no_proxy']) {
    process.env[name] = [process.env[name], '127.0.0.1', 'localhost'].filter(Boolean).join(',')
  }
  const folder = mkdtempSync(join(tmpdir(), 'assay-tests-'))
  // Open to everybody as the one around it: some tests run a program as another user.
  chmodSync(folder, 0o1777)
  process.env['TMPDIR'] = folder
  return () => {
    const left = readdirSync(folder).filter((name) => !FOREIGN.test(name))
    rmSync(folder, { recursive: true, force: true })
    if (left.length > 0) {
      throw new Error(`Expected tests to remove what they make, found ${left.join(', ')}`)
    }
  }
}
