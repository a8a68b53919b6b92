// Progress of long work: one line redrawn on a terminal, a line every five seconds elsewhere, nothing in the first second.

import { escapeText } from '../core/index.ts'
import { maskSecrets } from '../statement/index.ts'

/** One piece of long work. */
export interface Progress {
  /** What is done by now, in words such as `1,204 of 22,513 files`. */
  report(done: string): void
  /** Takes the line away. */
  end(): void
}

interface ProgressOutput {
  write(text: string): void
  readonly isTerminal: boolean
  readonly columns: number
  /** Milliseconds that only grow. */
  elapsedMs(): number
}

const SILENT_MS = 1_000
const REDRAW_MS = 100
const LINE_EVERY_MS = 5_000
const CLEAR_LINE = '\r\u001b[2K'

/** Starts to count; the first words are shown when the work has lasted longer than a second. */
export function startProgress(output: ProgressOutput, label: string): Progress {
  const interval = output.isTerminal ? REDRAW_MS : LINE_EVERY_MS
  let due = output.elapsedMs() + SILENT_MS
  let drawn = false
  return {
    report(done) {
      if (output.elapsedMs() < due) return
      due = output.elapsedMs() + interval
      // these words go past those that everything else is told by.
      const line = escapeText(maskSecrets(`${label}: ${done}`))
      output.write(output.isTerminal ? CLEAR_LINE + line.slice(0, output.columns - 1) : `${line}\n`)
      drawn = true
    },
    end() {
      if (drawn && output.isTerminal) output.write(CLEAR_LINE)
      drawn = false
    },
  }
}
