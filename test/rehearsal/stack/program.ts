// One running program: started with its output in a log file, ready when it answers, stopped by its process id.

import { type ChildProcess, spawn } from 'node:child_process'
import { randomInt } from 'node:crypto'
import { once } from 'node:events'
import { closeSync, openSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'

const READY_TIMEOUT_MS = 20_000
const STOP_TIMEOUT_MS = 3_000

export interface RunningProgram {
  readonly name: string
  readonly pid: number
}

/** Everything that was started in this process: what stops must know it before it is ready. */
const started: ChildProcess[] = []
let stopping = false

interface ProgramStart {
  readonly name: string
  readonly path: string
  readonly args: readonly string[]
  /** Where it runs, with its log `NAME.log`. */
  readonly folder: string
  /** Answers 200 to GET when the program is ready. */
  readonly readyUrl: string
}

/** Waits until the program answers; its early end or silence is an error with the end of its log. */
export async function startProgram(start: ProgramStart): Promise<RunningProgram> {
  if (stopping) throw new Error(`Cannot start ${start.name}: the rehearsal is at its end`)
  const logFile = join(start.folder, `${start.name}.log`)
  const log = openSync(logFile, 'a')
  const child = spawn(start.path, start.args, { cwd: start.folder, stdio: ['ignore', log, log] })
  closeSync(log)
  started.push(child)
  let problem: string | undefined
  child.once('error', (error) => {
    problem = error.message
  })
  child.once('exit', (code, signal) => {
    problem ??= `it ended with ${signal ?? code}`
  })
  const deadline = Date.now() + READY_TIMEOUT_MS
  while (!(await answers(start.readyUrl))) {
    if (Date.now() > deadline) problem ??= `no answer from ${start.readyUrl}`
    if (problem !== undefined) {
      child.kill('SIGKILL')
      const tail = readFileSync(logFile, 'utf8').split('\n').slice(-20).join('\n')
      throw new Error(`Cannot start ${start.name}: ${problem}\n${tail}`)
    }
    await sleep(25)
  }
  return { name: start.name, pid: child.pid ?? 0 }
}

/** Asks every program to end, and ends those that do not listen; none can start any more. */
export async function stopPrograms(): Promise<void> {
  stopping = true
  await Promise.all(started.map(stopProgram))
}

async function stopProgram(child: ChildProcess): Promise<void> {
  // One that could not be started has no process id.
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), STOP_TIMEOUT_MS)
  await ended
  clearTimeout(timer)
}

const TRIES_MAX = 3
/** So that programs that start at one time get ports of their own. */
const given = new Set<number>()

/** Starts what needs so many ports; where another process takes one before the program does, with others. */
export async function startOnFreePorts<T>(
  count: number,
  start: (ports: readonly number[]) => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await start(await findFreePorts(count))
    } catch (error) {
      if (tries === TRIES_MAX || !String(error).includes('address already in use')) throw error
    }
  }
}

/** Ports that are free now, under the range from which systems hand out ports to whoever asks for any. */
async function findFreePorts(count: number): Promise<readonly number[]> {
  const ports: number[] = []
  while (ports.length < count) {
    const port = randomInt(10_000, 32_000)
    if (given.has(port)) continue
    given.add(port)
    if (await isFree(port)) ports.push(port)
  }
  return ports
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer()
  return await new Promise((resolve) => {
    server.once('error', () => resolve(false))
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)))
  })
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(1_000) })
    await response.body?.cancel()
    return response.ok
  } catch {
    // Not yet listening.
    return false
  }
}
