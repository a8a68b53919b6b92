// What a verifier says of an attempt, and whether that is what it should say.

import { type Session, tell, title } from './session.ts'

/** A line of `assay` that asks whether something is right, with the exit code that it should have. */
export interface Attempt {
  readonly attempt: string
  readonly line: readonly string[]
  /** 0 accepted, 1 refused, 2 refused because it can not be judged. */
  readonly expected: 0 | 1 | 2
}

/** How it went. */
export interface Outcome extends Omit<Attempt, 'line'> {
  readonly status: number | null
  /** Of a refusal; else empty, as the hint. */
  readonly reason: string
  readonly hint: string
}

/** Is it the release? Under a trust document, or without any. */
export function verifyLine(trust?: string): readonly string[] {
  const line = ['verify', 'release.sigstore.json', '--set', 'release']
  return trust === undefined ? line : [...line, '--trust', trust]
}

/** Runs the line, and reads what it said. */
export function judge(session: Session, { attempt, line, expected }: Attempt): Outcome {
  title(`Verify: ${attempt}`)
  const { status, stdout, stderr } = session.runOffline('.', ...line)
  tell(status === 0 ? withoutFacts(stdout) : withoutAccepted(stdout + stderr))
  return { attempt, expected, status, ...(status === 0 ? NOTHING : explain(stdout + stderr)) }
}

const NOTHING = { reason: '', hint: '' }

const CHECK = /^\s*(accepted|rejected|missing|stale|error) /

/** What was checked, without what was expected and found. */
function withoutFacts(verdict: string): string {
  const lines = verdict.split('\n')
  return lines.filter((line) => CHECK.test(line)).join('\n')
}

/** What was refused, with what was expected and found. */
function withoutAccepted(verdict: string): string {
  // A long verdict says it once more by itself.
  const [, refused] = verdict.split('\nWhat was not accepted:\n')
  if (refused !== undefined) return refused
  let shown = true
  const lines = verdict.split('\n').filter((line) => {
    const [, outcome] = CHECK.exec(line) ?? []
    shown = outcome === undefined ? shown : outcome !== 'accepted'
    return shown
  })
  return lines.join('\n')
}

/** The last refusal, which is the deepest; else the problem that came in place of a verdict, or what a gate misses. */
export function explain(said: string): Pick<Outcome, 'reason' | 'hint'> {
  const lines = said.split('\n')
  const hint = lines.findLast((line) => line.includes('hint: '))?.trim() ?? ''
  const problem = lines.findLast((line) => line.startsWith('error: '))
  if (problem !== undefined) return { reason: problem.slice('error: '.length), hint }
  const at = lines.findLastIndex((line) => /^ +code: /.test(line))
  // A gate tells its blockers as sentences: what is so, and then what was expected.
  const blocker = lines.find((line) => /^ {4}"/.test(line))
  if (at < 0 && blocker !== undefined)
    return { reason: blocker.trim().replace(/: expected .*$/, ''), hint }
  const message = lines.slice(0, at).findLast((line) => CHECK.test(line))
  if (message === undefined) throw new Error('a refusal without a code')
  const code = lines[at]?.replace(/^ +code: /, '')
  return { reason: `${message.replace(CHECK, '').trim()} [${code}]`, hint }
}
