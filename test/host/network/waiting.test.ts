import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { showWaiting } from '../../../src/host/network/waiting.ts'
import { startProgress } from '../../../src/host/progress.ts'

beforeEach(() => void vi.useFakeTimers())
afterEach(() => void vi.useRealTimers())

/** What is written while the work lasts that long, in CI. */
async function watch(lastsMs: number, fails = false): Promise<readonly string[]> {
  const lines: string[] = []
  const elapsedMs = () => performance.now()
  const write = (text: string) => void lines.push(text)
  const output = { write, isTerminal: false, columns: 80, elapsedMs }
  const work = async () => {
    await new Promise((resolve) => setTimeout(resolve, lastsMs))
    if (fails) throw new Error('refused')
    return 'answer'
  }
  const progress = startProgress(output, 'Waiting for https://ca.example')
  const waiting = showWaiting(progress, work, elapsedMs).catch((error: Error) => error.message)
  await vi.advanceTimersByTimeAsync(lastsMs)
  expect(await waiting).toBe(fails ? 'refused' : 'answer')
  const seen = [...lines]
  await vi.advanceTimersByTimeAsync(60_000)
  expect(lines).toEqual(seen)
  return seen
}

it('says nothing of a server that answers within a second', async () => {
  expect(await watch(900)).toEqual([])
})

it('says whom it waits for after a second, and every five after that', async () => {
  expect(await watch(12_000)).toEqual([
    'Waiting for https://ca.example: 1 s\n',
    'Waiting for https://ca.example: 6 s\n',
    'Waiting for https://ca.example: 11 s\n',
  ])
})

it('ends with the work that fails', async () => {
  expect(await watch(2_000, true)).toEqual(['Waiting for https://ca.example: 1 s\n'])
})
