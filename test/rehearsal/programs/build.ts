// Builds the programs that are not in the cache folder yet. Each is built beside its place and then renamed, so that what
// stands there is whole, also when two builds run at once or one is stopped.

import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import {
  cacheFolder,
  missingPrograms,
  PROGRAMS,
  type ProgramName,
  programFolder,
} from './catalog.ts'

/** Builds what is missing and says how long each took; false when one could not be built. */
export function buildPrograms(): boolean {
  const begun = performance.now()
  const missing = missingPrograms()
  const failed = missing.filter((name) => !buildProgram(name))
  const total = Object.keys(PROGRAMS).length
  tell(
    `${total - failed.length} of ${total} programs are in ${cacheFolder()}` +
      ` (${missing.length - failed.length} built, ${secondsSince(begun)})`,
  )
  if (failed.length > 0) tell(`error: Cannot build ${failed.join(', ')}: the output is above`)
  return failed.length === 0
}

function buildProgram(name: ProgramName): boolean {
  const begun = performance.now()
  tell(`building ${name} ${PROGRAMS[name].version} …`)
  mkdirSync(cacheFolder(), { recursive: true })
  const workshop = mkdtempSync(join(cacheFolder(), 'building-'))
  try {
    if (!runSteps(name, workshop)) return false
    try {
      renameSync(workshop, programFolder(name))
    } catch (error) {
      // Another build was faster, and its program is as good as ours.
      if (!existsSync(programFolder(name))) throw error
    }
    tell(`built ${name} in ${secondsSince(begun)}`)
    return true
  } finally {
    rmSync(workshop, { recursive: true, force: true })
  }
}

function runSteps(name: ProgramName, workshop: string): boolean {
  const { version, source } = PROGRAMS[name]
  switch (source.kind) {
    case 'go-module':
      return run('go', ['install', `${source.module}@v${version}`], { GOBIN: workshop })
    case 'go-folder':
      return run('go', ['-C', source.folder, 'build', '-o', join(workshop, source.binary), '.'])
    case 'python':
      // The scripts in its bin/ would name the workshop; `python -m` does not.
      return (
        run('python3', ['-m', 'venv', workshop]) &&
        run(join(workshop, 'bin/python'), [
          ...['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check'],
          source.requirement,
        ])
      )
  }
}

/** The output of the tools goes to stderr as it comes. */
function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): boolean {
  const ran = spawnSync(command, args, {
    env: { ...process.env, GOFLAGS: '-buildvcs=false', ...env },
    stdio: ['ignore', 2, 2],
  })
  if (ran.error !== undefined) tell(`error: Cannot run ${command}: ${ran.error.message}`)
  return ran.status === 0
}

function secondsSince(begun: number): string {
  return `${((performance.now() - begun) / 1000).toFixed(1)} s`
}

function tell(text: string): void {
  process.stderr.write(`rehearsal: ${text}\n`)
}
