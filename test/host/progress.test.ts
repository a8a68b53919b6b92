import { describe, expect, it } from 'vitest'
import { startProgress } from '../../src/host/progress.ts'

function watch(isTerminal: boolean, label = 'Hashing') {
  let now = 0
  let written = ''
  const output = {
    write: (text: string) => void (written += text),
    isTerminal,
    columns: 20,
    elapsedMs: () => now,
  }
  const progress = startProgress(output, label)
  return {
    report: (ms: number, done: string) => {
      now = ms
      progress.report(done)
    },
    end: () => progress.end(),
    written: () => written.replaceAll('\r\u001b[2K', '⟲'),
  }
}

describe('progress', () => {
  it('says nothing about work that lasts no longer than a second', () => {
    const seen = watch(true)
    seen.report(0, '1')
    seen.report(999, '2')
    seen.end()
    expect(seen.written()).toBe('')
  })

  it('redraws one line on a terminal, no wider than it is, and takes it away', () => {
    const seen = watch(true)
    seen.report(1_000, '1 of 3')
    seen.report(1_050, '2 of 3')
    seen.report(1_100, '2 of 3 and a long rest')
    seen.end()
    seen.end()
    expect(seen.written()).toBe('⟲Hashing: 1 of 3⟲Hashing: 2 of 3 and⟲')
  })

  it('shows a name that a terminal or a CI system would act on as text', () => {
    const seen = watch(false, 'Digesting d\n::error::forged\u001b[31m')
    seen.report(1_000, '1 of \r8')
    seen.end()
    expect(seen.written()).toBe(
      'Digesting d\\u{a}\\u{3a}:error\\u{3a}:forged\\u{1b}[31m: 1 of \\u{d}8\n',
    )
  })

  it('shows no credentials that are in a name, however narrow the terminal is (A-119)', () => {
    const token = `ghp_${'a1B'.repeat(12)}`
    for (const isTerminal of [true, false]) {
      const seen = watch(isTerminal, `In ${token}/x`)
      seen.report(1_000, token)
      seen.end()
      expect(seen.written()).toContain('In …: …')
      expect(seen.written()).not.toContain('ghp_')
    }
  })

  it('writes a line every five seconds elsewhere', () => {
    const seen = watch(false)
    for (const ms of [1_000, 3_000, 5_999, 6_000, 8_000]) seen.report(ms, `${ms}`)
    seen.end()
    expect(seen.written()).toBe('Hashing: 1000\nHashing: 6000\n')
  })
})
