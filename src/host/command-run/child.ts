// One child process: no shell, its output to standard error, and our signals passed on to it.

import { spawn } from 'node:child_process'
import { constants } from 'node:os'
import { errorCode } from '../world-fault.ts'

/** How a child ended. */
export interface Ended {
  /** As a shell has it. */
  readonly exitCode: number
  readonly signal?: NodeJS.Signals
}

/** What is started, and where. */
export interface Starting {
  readonly program: string
  readonly arguments: readonly string[]
  /** Absolute. */
  readonly folder: string
}

/** What a child must not see: it is for keys in files. */
const WITHHELD = 'ASSAY_KEY_PASSPHRASE'

const NOT_FOUND = 127
const NOT_RUNNABLE = 126

/** Standard output is for our own result: what a child writes is for people. */
const STANDARD_ERROR = 2

/** @param starting.program found in PATH, unless it is a path itself */
export function runChild(starting: Starting, signals: SignalWatch): Promise<Ended> {
  const { program, arguments: words, folder } = starting
  const { [WITHHELD]: _, ...env } = process.env
  return new Promise((resolve) => {
    const stdio = ['inherit', STANDARD_ERROR, STANDARD_ERROR] as const
    const child = spawn(program, words, {
      cwd: folder,
      env,
      shell: false,
      stdio: [...stdio],
      windowsHide: true,
    })
    const stop = signals.passOn((signal) => void child.kill(signal))
    const end = (ended: Ended) => {
      stop()
      resolve(ended)
    }
    child.on('error', (cause) => {
      end({ exitCode: errorCode(cause) === 'ENOENT' ? NOT_FOUND : NOT_RUNNABLE })
    })
    child.on('exit', (code, signal) => {
      if (signal === null) end({ exitCode: code ?? NOT_RUNNABLE })
      else end({ exitCode: 128 + constants.signals[signal], signal })
    })
  })
}

/** Signals that end a program, as long as it is watched for them. */
export interface SignalWatch {
  /** The first that came. */
  readonly received: () => NodeJS.Signals | undefined
  /** Tells whoever runs now; the function that is given back ends that. */
  readonly passOn: (tell: (signal: NodeJS.Signals) => void) => () => void
  readonly end: () => void
}

const ENDING: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP']

/** Holds the signals back from this process, so that what it runs can end first. */
export function watchSignals(): SignalWatch {
  let first: NodeJS.Signals | undefined
  let tell: ((signal: NodeJS.Signals) => void) | undefined
  const take = (signal: NodeJS.Signals) => {
    first ??= signal
    // A terminal interrupts all that runs in it at once: a second one would be a second wish.
    if (signal !== 'SIGINT' || !process.stdin.isTTY) tell?.(signal)
  }
  for (const signal of ENDING) process.on(signal, take)
  return {
    received: () => first,
    passOn: (next) => {
      tell = next
      return () => {
        tell = undefined
      }
    },
    end: () => {
      for (const signal of ENDING) process.off(signal, take)
    },
  }
}
