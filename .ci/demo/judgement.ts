// What a verifier says of an attempt, and whether that is what it should say.

import type { Ran } from '../../test/rehearsal/peers/run.ts'
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

/** Runs the line, and shows what came of it. */
export function judge(session: Session, { attempt, line, expected }: Attempt): Outcome {
  title(`Verify: ${attempt}`)
  const ran = session.run(...line)
  const { status, stdout, stderr } = ran
  tell(status === 0 ? withoutFacts(stdout) : withoutAccepted(stdout + stderr))
  return { attempt, expected, status, ...explain(ran) }
}

const CHECK = /^\s*(accepted|rejected|missing|stale|error) /

/** What was checked, without what was expected and found. */
function withoutFacts(verdict: string): string {
  const lines = verdict.split('\n')
  return lines.filter((line) => CHECK.test(line)).join('\n')
}

/** What was refused, with what was expected and found. */
function withoutAccepted(verdict: string): string {
  let shown = true
  const lines = verdict.split('\n').filter((line) => {
    const [, outcome] = CHECK.exec(line) ?? []
    shown = outcome === undefined ? shown : outcome !== 'accepted'
    return shown
  })
  return lines.join('\n')
}

/** The deepest refusal: the last one of the verdict, with its code; or the problem that came in place of a verdict. */
function explain({ status, stdout, stderr }: Ran): Pick<Outcome, 'reason' | 'hint'> {
  if (status === 0) return { reason: '', hint: '' }
  const lines = stdout.split('\n').map((line) => line.trim())
  const last = lines.findLastIndex((line) => /^(?:rejected|missing|error) /.test(line))
  const said = last < 0 ? stderr.split('\n') : lines.slice(last)
  const fact = (name: string) =>
    said.find((line) => line.startsWith(`${name}: `))?.slice(name.length + 2)
  const code = fact('code')
  const reason = last < 0 ? (fact('error') ?? '') : (said[0] ?? '').replace(/^\w+\s+/, '')
  return { reason: code === undefined ? reason : `${reason} [${code}]`, hint: fact('hint') ?? '' }
}
