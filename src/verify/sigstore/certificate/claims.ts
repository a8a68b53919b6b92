// What Fulcio writes into a certificate about the token that it saw (oid-info.md). FUL-2: the older claims are bare text, the
// newer ones DER. A claim that is there and can not be read is refused, never passed over.

import {
  accept,
  type CoreProblem,
  LIMITS,
  parseDer,
  parseUtf8,
  quote,
  readText,
  type Result,
  refuse,
} from '../../../core/index.ts'
import { CLAIM_ARCS, type CertificateIdentity, type ClaimName } from '../../../trust/index.ts'
import type { SigstoreProblem } from '../problem.ts'
import type { Certificate } from './certificate.ts'

const FULCIO = '1.3.6.1.4.1.57264.1'
const ISSUER_ARC = { older: 1, newer: 8 } as const

/** Arcs up to this one hold bare text. */
const BARE_ARC_MAX = 6

type Claims = Pick<CertificateIdentity, 'issuer' | 'claims'>

/** The issuer and every known claim of a certificate; or each reason why they can not be told. */
export function readClaims({ extensions }: Certificate): Result<Claims, SigstoreProblem> {
  const problems: SigstoreProblem[] = []
  const textOf = (arc: number): string | undefined => {
    const extension = extensions.get(`${FULCIO}.${arc}`)
    if (extension === undefined) return undefined
    const text = parseClaim(arc, extension.value)
    if (text.ok) return text.value
    const message = `Cannot read the claim ${FULCIO}.${arc} of the certificate`
    problems.push({ code: 'verify/claim-malformed', message, because: text.problems })
    return undefined
  }
  const claims: Partial<Record<ClaimName, string>> = {}
  for (const [name, arc] of Object.entries(CLAIM_ARCS)) {
    const text = textOf(arc)
    if (text !== undefined) claims[name as ClaimName] = text
  }
  const older = textOf(ISSUER_ARC.older)
  const newer = textOf(ISSUER_ARC.newer)
  const issuer = newer ?? older ?? ''
  if (older !== undefined && newer !== undefined && older !== newer) {
    const message = `The certificate names two issuers, ${quote(older)} and ${quote(newer)}`
    problems.push({ code: 'verify/issuer-ambiguous', message })
  } else if (older === undefined && newer === undefined && problems.length === 0) {
    const message = 'The certificate does not say which identity provider vouches for its holder'
    problems.push({ code: 'verify/issuer-missing', message })
  }
  const [first, ...others] = problems
  if (first !== undefined) return refuse(first, ...others)
  return accept({ issuer, claims })
}

function parseClaim(arc: number, value: Uint8Array): Result<string, CoreProblem> {
  if (value.length > LIMITS.identityBytesMax) {
    const message = `Expected at most ${LIMITS.identityBytesMax} bytes, found ${value.length}`
    return refuse({ code: 'core/der', message })
  }
  return arc <= BARE_ARC_MAX ? parseUtf8(value) : parseDer(value, readText)
}
