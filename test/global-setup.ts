// Around the whole run: one folder holds whatever tests and the programs that they start put into the temporary folder, and a run
// that leaves something there fails.

import { chmodSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** Caches of npm and Node, which belong to no test. */
const FOREIGN = /^(?:node-compile-cache|v8-compile-cache-.*)$/

/** Where these tests run is nothing that they are about: they say so themselves where a CI system, colours or a token are. */
const SURROUNDINGS = [
  'GITHUB_ACTIONS',
  'GITLAB_CI',
  'SIGSTORE_ID_TOKEN',
  'ACTIONS_ID_TOKEN_REQUEST_URL',
  'ACTIONS_ID_TOKEN_REQUEST_TOKEN',
  'FORCE_COLOR',
  'NO_COLOR',
]

/** Called once by the test runner; what it gives is called at the end. */
export function setup(): () => void {
  forgetSurroundings()
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

function forgetSurroundings(): void {
  process.umask(0o022)
  for (const name of SURROUNDINGS) delete process.env[name]
  // A proxy leads to registries; services of tests are on this machine.
  for (const name of ['NO_PROXY', 'no_proxy']) {
    process.env[name] = [process.env[name], '127.0.0.1', 'localhost'].filter(Boolean).join(',')
  }
}
