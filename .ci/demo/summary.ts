// The last screen of a demo.

import type { Outcome } from './judgement.ts'
import { foldLine } from './shown.ts'

/** What stands over and under the outcomes, as lines. */
export interface Frame {
  readonly above: readonly string[]
  readonly below: readonly string[]
}

/** Shows every outcome; one that is not as it should be is called broken, and sets the exit code. */
export function showSummary(outcomes: readonly Outcome[], { above, below }: Frame): void {
  const rows = outcomes.flatMap(({ attempt, expected, status, reason }) => {
    const word = status !== expected ? 'BROKEN  ' : status === 0 ? 'accepted' : 'REFUSED '
    return [`${word}  ${attempt}`, ...(reason === '' ? [] : [`          ${reason}`])]
  })
  const lines = [...above, '', ...rows, '', ...below].flatMap((line) =>
    foldLine(`  ${line}`.trimEnd()),
  )
  process.stdout.write(`\n${'─'.repeat(80)}\n\n${lines.join('\n')}\n\n`)
  if (outcomes.some(({ expected, status }) => status !== expected)) process.exitCode = 1
}
