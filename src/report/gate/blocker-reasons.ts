// Why a requirement is not satisfied: each piece of evidence that does not support it, by digest, entry and signer, with what is wrong with it.

import { type Check, failedChecks, quote } from '../../core/index.ts'
import type { RequirementFinding, UnfitPiece } from '../../policy/index.ts'

/** One reason. */
export interface BlockerReason {
  /** The part that it is about, where the requirement is put together of others. */
  readonly part?: RequirementFinding
  /** The evidence, where it lies in any. */
  readonly piece?: UnfitPiece
  /** The innermost checks that are not accepted, each once. */
  readonly checks: readonly Check[]
}

const OF_POLICIES = ['policy/policy-missing', 'policy/policy-expired']

/** All of them; of alternatives, and of what is forbidden, those of each part that is not accepted. */
export function reasonsOf(finding: RequirementFinding): readonly BlockerReason[] {
  const { parts, unfit, check } = finding
  const policies = (check.checks ?? []).filter(({ code = '' }) => OF_POLICIES.includes(code))
  const open = parts.filter(({ outcome }) => outcome !== 'accepted')
  return [
    ...(policies.length === 0 ? [] : [{ checks: policies }]),
    ...unfit.map((piece) => ({ piece, checks: innermost(piece.reasons) })),
    ...open.flatMap((part) => [{ part, checks: [] }, ...reasonsOf(part)]),
  ]
}

/** What one thing makes wrong in several places is said once. */
function innermost(checks: readonly Check[]): readonly Check[] {
  const known = new Map<string, Check>()
  for (const check of checks.flatMap(failedChecks)) {
    const said = checkWords(check)
    if (!known.has(said)) known.set(said, check)
  }
  return [...known.values()]
}

const CHECKS_SHOWN = 5

/** `approval 5f0c… at entry 89, signed by "alice" (person): Too few different people approve [record/quorum]: expected …`. */
export function reasonWords({ part, piece, checks }: BlockerReason): string {
  const of =
    piece !== undefined
      ? [pieceWords(piece)]
      : part !== undefined
        ? [`${quote(part.requirement.title)} (${part.id}, ${part.position})`, factWords(part.check)]
        : []
  const more = checks.length - CHECKS_SHOWN
  const why = [
    ...checks.slice(0, CHECKS_SHOWN).map(checkWords),
    ...(more > 0 ? [`and ${more} more`] : []),
  ]
  return [...of, ...(why.length === 0 ? [] : [why.join('; ')])].join(': ')
}

function pieceWords({ kind, sha256, index, signer }: UnfitPiece): string {
  const what = /^[a-z-]+$/.test(kind) ? kind : quote(kind)
  return `${what} ${sha256} at entry ${index}, signed by ${quote(signer.name)} (${signer.kind})`
}

/** `The status is another one [policy/status]: expected granted, found rejected`; of what is too long to be told the end is left out. */
export function checkWords(check: Check): string {
  const { message, code, because = [] } = check
  const named = code === undefined ? message : `${message} [${code}]`
  const said = [named, factWords(check), ...because.map((problem) => problem.message)]
  return said.filter((part) => part !== '').join(': ')
}

function factWords({ expected, found }: Check): string {
  const facts = [
    ...(expected === undefined ? [] : [`expected ${expected}`]),
    ...(found === undefined ? [] : [`found ${found}`]),
  ]
  return facts.join(', ')
}
