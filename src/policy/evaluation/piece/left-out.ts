// Evidence of what a requirement asks for that somebody else signed, or that is of another origin: it was not looked at, and whoever looks for it is
// told so.

import { type Check, quote, refusedCheck } from '../../../core/index.ts'
import type { Evidence } from '../../evidence.ts'
import type { PolicyCode } from '../../problem.ts'
import type { Selection } from '../../requirement/selection.ts'
import type { JudgedPiece } from './piece.ts'

/** The piece, and by what it was left out. */
export function judgeLeftOut(piece: Evidence, selection: Selection): JudgedPiece {
  const { origin, role, signerKind } = selection
  const { kind, roles } = piece.signer
  const reasons: Check[] = []
  if (role !== undefined && !roles.includes(role)) {
    const found = roles.length === 0 ? 'none' : roles.map(quote).join(', ')
    const facts = { expected: quote(role), found }
    reasons.push(leftOut('policy/evidence-role', 'The signer has another role', facts))
  }
  if (signerKind !== undefined && kind !== signerKind) {
    const facts = { expected: signerKind, found: kind }
    reasons.push(leftOut('policy/evidence-kind', 'Signers of another kind are asked for', facts))
  }
  if (origin !== undefined && piece.origin !== origin) {
    const facts = { expected: origin, found: piece.origin }
    reasons.push(leftOut('policy/evidence-origin', 'It is of another origin', facts))
  }
  return { piece, reasons }
}

function leftOut(
  code: PolicyCode,
  message: string,
  facts: { readonly expected: string; readonly found: string },
): Check {
  return refusedCheck<PolicyCode>('selection', 'missing', code, message, facts)
}
