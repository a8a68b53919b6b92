// The `git` of this machine, found by absolute path and run so that nothing a repository contains can make it run, fetch
// or believe anything: no hooks, filters, monitors, pagers, helpers, transports, replacements or foreign configuration.

import { spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access, realpath, stat } from 'node:fs/promises'
import { devNull } from 'node:os'
import { delimiter, isAbsolute, join, relative, sep } from 'node:path'
import { AssayError } from '../../core/index.ts'

/** One repository and its work tree, both given: git searches for neither, and `core.worktree` has no say. */
export interface GitRepository {
  /** Absolute path of the program. */
  readonly program: string
  /** Absolute path of the work tree's root. */
  readonly top: string
  /** How long git may say nothing before it is ended. */
  readonly silenceMs?: number
}

/**
 * The first `git` on the search path, which has to be an absolute one outside the folder that is read: a program that
 * lies in the current folder, or in the repository itself, is never run.
 */
export async function findGit(
  searchPath: string | undefined,
  folder: string,
): Promise<string | undefined> {
  const name = process.platform === 'win32' ? 'git.exe' : 'git'
  for (const place of (searchPath ?? '').split(delimiter)) {
    if (!isAbsolute(place)) continue
    const program = await realProgram(join(place, name))
    if (program !== undefined && !isWithin(folder, program) && !isWithin(folder, place)) {
      return program
    }
  }
  return undefined
}

async function realProgram(path: string): Promise<string | undefined> {
  try {
    const real = await realpath(path)
    await access(real, constants.X_OK)
    return (await stat(real)).isFile() ? real : undefined
  } catch {
    // Not there, or not to be run: the next place of the search path may have it.
    return undefined
  }
}

/** True when the path is the folder or lies in it. */
function isWithin(folder: string, path: string): boolean {
  const way = relative(folder, path)
  return way === '' || (way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way))
}

/** Values that win over the repository's own configuration, whatever that says. */
const SETTINGS: readonly string[] = [
  'core.fsmonitor=false',
  'core.untrackedCache=false',
  `core.hooksPath=${devNull}`,
  `core.attributesFile=${devNull}`,
  `core.excludesFile=${devNull}`,
  'core.ignoreCase=false',
  'core.quotePath=false',
  'core.pager=cat',
  'core.sshCommand=false',
  'core.gitProxy=false',
  'core.askPass=false',
  'credential.helper=',
  'diff.external=',
  'gc.auto=0',
  'gpg.program=false',
  'log.showSignature=false',
  'maintenance.auto=false',
  'protocol.allow=never',
  'submodule.recurse=false',
]

/** The whole environment of git: nothing of ours is handed on. */
function environmentOf({ top }: GitRepository): NodeJS.ProcessEnv {
  return {
    GIT_DIR: join(top, '.git'),
    GIT_WORK_TREE: top,
    GIT_ALLOW_PROTOCOL: '',
    GIT_ASKPASS: 'false',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: devNull,
    GIT_EDITOR: 'false',
    GIT_GRAFT_FILE: devNull,
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_PAGER: 'cat',
    GIT_TERMINAL_PROMPT: '0',
    HOME: devNull,
    LC_ALL: 'C',
    PATH: '',
    ...(process.platform === 'win32' && { SystemRoot: process.env['SystemRoot'] ?? '' }),
  }
}

/** What git wrote; a failure is for the caller to judge. */
export interface GitOutput {
  readonly exitCode: number
  readonly bytes: Buffer
  /** Git's own words, on one line. */
  readonly complaint: string
}

/** More than a listing of a million files. */
const OUTPUT_BYTES_MAX = 512 * 1024 * 1024
const COMPLAINT_MAX = 1_000
/** A repository can make git wait for ever: an include of a named pipe has no end. */
const SILENCE_MS = 30_000

/** Runs one command of plumbing; throws when git can not be started or writes without end. */
export async function runGit(
  repository: GitRepository,
  args: readonly string[],
  input: string | Uint8Array = '',
): Promise<GitOutput> {
  const { silenceMs = SILENCE_MS } = repository
  const settings = SETTINGS.flatMap((setting) => ['-c', setting])
  const options = ['--no-pager', '--no-replace-objects', ...settings]
  return new Promise((resolve, reject) => {
    const child = spawn(repository.program, [...options, ...args], {
      cwd: repository.top,
      env: environmentOf(repository),
      stdio: ['pipe', 'pipe', 'pipe'],
      windowsHide: true,
    })
    const silence = setTimeout(() => {
      child.kill('SIGKILL')
      reject(new GitRefusal(`git ${args[0]} said nothing for ${silenceMs / 1_000} seconds`))
    }, silenceMs)
    const parts: Buffer[] = []
    let size = 0
    let complaint = ''
    const fail = (message: string, cause?: unknown) =>
      reject(new AssayError('host/git', `Cannot run ${repository.program}: ${message}`, { cause }))
    child.on('error', (cause) => fail('it does not start', cause))
    child.stdout.on('data', (part: Buffer) => {
      silence.refresh()
      size += part.length
      if (size <= OUTPUT_BYTES_MAX) parts.push(part)
      else {
        child.kill('SIGKILL')
        fail('it writes without end')
      }
    })
    child.stderr.on('data', (part: Buffer) => {
      if (complaint.length < COMPLAINT_MAX) complaint += part.toString()
    })
    // Git may end before it has read everything; its exit code tells.
    child.stdin.on('error', () => undefined)
    child.stdin.end(input)
    child.on('close', (exitCode) => {
      clearTimeout(silence)
      resolve({
        exitCode: exitCode ?? -1,
        bytes: Buffer.concat(parts),
        complaint: complaint.trim().replaceAll('\n', '; '),
      })
    })
  })
}

/** Runs a command that has to succeed on a sound repository; the caller turns {@link GitRefusal} into a problem. */
export async function askGit(
  repository: GitRepository,
  args: readonly string[],
  input?: string | Uint8Array,
): Promise<Buffer> {
  const { exitCode, bytes, complaint } = await runGit(repository, args, input)
  if (exitCode !== 0) throw new GitRefusal(`git ${args[0]} failed: ${complaint}`)
  return bytes
}

/** Git, or our own check of what it said, refused the repository. Caught in `readGitSource`. */
export class GitRefusal extends Error {}
