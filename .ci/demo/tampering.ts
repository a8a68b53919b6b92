// A release that somebody has changed after it was signed.

import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { judge, type Outcome, verifyLine } from './judgement.ts'
import type { Session } from './session.ts'

/** Each change is undone before the next one. */
export function tamper(session: Session): readonly Outcome[] {
  const release = join(session.folder, 'release')
  const line = verifyLine('trust.json')
  const judgeChanged = (attempt: string) => judge(session, { attempt, line, expected: 1 })

  const program = join(release, 'dist/cli/main.cjs')
  const bytes = readFileSync(program)
  const flipped = Uint8Array.from(bytes)
  flipped[flipped.length - 2] = (flipped.at(-2) ?? 0) ^ 1
  writeFileSync(program, flipped)
  const changed = judgeChanged('one bit of dist/cli/main.cjs flipped')
  writeFileSync(program, bytes)

  const extra = join(release, 'dist/cli/update.js')
  writeFileSync(extra, 'fetch("https://example.org/")\n')
  const added = judgeChanged('a file dist/cli/update.js added')
  rmSync(extra)

  renameSync(join(release, 'LICENSE'), join(release, 'COPYING'))
  const renamed = judgeChanged('LICENSE renamed to COPYING')
  renameSync(join(release, 'COPYING'), join(release, 'LICENSE'))
  return [changed, added, renamed]
}
