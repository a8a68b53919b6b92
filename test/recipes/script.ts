// Shell scripts as a CI system runs them: each in a folder, with nothing in the environment but what it is given.

import { delimiter, dirname } from 'node:path'
import { programPath } from '../rehearsal/programs/catalog.ts'
import { type Ran, run } from '../rehearsal/peers/run.ts'

/** Where npm looks nothing up: what it installs comes from files. */
const OFFLINE = {
  npm_config_offline: 'true',
  npm_config_audit: 'false',
  npm_config_fund: 'false',
  npm_config_update_notifier: 'false',
}

/** cosign, sigstore-python and this Node come first. */
export const PROGRAMS_PATH = [
  ...[programPath('cosign'), programPath('sigstore-python'), process.execPath].map(dirname),
  ...['/usr/local/bin', '/usr/bin', '/bin'],
].join(delimiter)

/** Where a script runs, and what it finds in its environment. */
export interface Surroundings {
  readonly folder: string
  /** Not the folder: programs write there what is none of a checkout's business. */
  readonly home: string
  readonly environment?: Readonly<Record<string, string>>
}

/** Ends at the first command that fails. */
export function runScript(
  script: string,
  { folder, home, environment = {} }: Surroundings,
): Promise<Ran> {
  return run('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd: folder,
    env: { PATH: PROGRAMS_PATH, ...OFFLINE, HOME: home, ...environment },
  })
}

/** Its failure is an error with everything that it said. */
export async function runScriptOrThrow(
  script: string,
  surroundings: Surroundings,
): Promise<string> {
  const { status, stdout, stderr } = await runScript(script, surroundings)
  if (status !== 0) throw new Error(`The script ended with ${status}:\n${stdout}${stderr}`)
  return stdout
}
