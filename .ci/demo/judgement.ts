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

/** Runs the line twice: as text for the eye, and as JSON, which is what is judged. */
export function judge(session: Session, { attempt, line, expected }: Attempt): Outcome {
  title(`Verify: ${attempt}`)
  const shown = session.run(...line)
  tell(
    shown.status === 0 ? withoutFacts(shown.stdout) : withoutAccepted(shown.stdout + shown.stderr),
  )
  const { status, stdout } = session.ask(...line, '--format', 'json')
  if (status !== shown.status) {
    throw new Error(`assay ended with ${shown.status}, and with ${status} as JSON`)
  }
  return { attempt, expected, status, ...explain(JSON.parse(stdout) as Said) }
}

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

/** What is read of `assay/verification/v1`, and of the problems that come in its place. */
type Said =
  | { readonly outcome: string; readonly verdict: Check }
  | { readonly outcome: 'error'; readonly problems: readonly [Refusal, ...Refusal[]] }

interface Refusal {
  readonly message: string
  readonly code: string
  readonly hint?: string
}

interface Check extends Partial<Refusal> {
  readonly outcome: string
  readonly checks?: readonly Check[]
}

/** The deepest refusal, the last where there are several; or the problem that came in place of a verdict. */
function explain(said: Said): Pick<Outcome, 'reason' | 'hint'> {
  if (said.outcome === 'accepted') return { reason: '', hint: '' }
  const found = 'problems' in said ? said.problems[0] : findRefusals(said.verdict).at(-1)
  const { message, code, hint = '' } = found ?? {}
  if (message === undefined || code === undefined) throw new Error('a refusal without a code')
  return { reason: `${message} [${code}]`, hint }
}

function findRefusals({ checks = [], ...check }: Check): readonly Partial<Refusal>[] {
  if (check.outcome === 'accepted') return []
  const under = checks.flatMap(findRefusals)
  return under.length > 0 ? under : [check]
}
