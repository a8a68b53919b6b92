// A signed statement as far as it is judged whatever it is about: who signed it, that it can be read, and that they may sign it.

import { encodePae, type Envelope, isInTotoPayloadType } from '../bundle/index.ts'
import type { Check } from '../core/index.ts'
import { type KnownPredicate, parseStatement, type Statement } from '../statement/index.ts'
import type { VerifyRequest } from './request.ts'
import { findSigner, type FoundSigner, withRoles } from './signer/find-signer.ts'
import { checkRole } from './signer/role-check.ts'
import {
  checkPredicate,
  payloadTypeRefused,
  READABLE_VERSIONS,
  statementMalformed,
} from './statement-checks.ts'
import { type Destination, destinationOf } from './subjects/target.ts'
import type { VerifiedFacts } from './verified.ts'

/** A statement whose signature holds. Whether it counts, its checks say, and what it is about. */
export interface OpenedStatement {
  /** Of signature, time and witnesses. */
  readonly by: readonly Check[]
  readonly role: Check
  /** Of the rules of its predicate type, where that is known. */
  readonly known: readonly Check[]
  readonly predicate: KnownPredicate | undefined
  readonly destination: Destination
  readonly certificateKey: FoundSigner['certificateKey']
  readonly facts: Omit<VerifiedFacts<Statement>, 'subjects'>
}

/** The opened statement, or the checks that refuse its envelope. */
export type OpeningFinding =
  | { readonly opened: OpenedStatement; readonly refused?: never }
  | { readonly opened?: never; readonly refused: readonly Check[] }

/**
 * Verifies the one signature of an envelope, and reads its payload.
 *
 * @param placeOf the target that is expected, where roles name targets, of the place that the statement names
 */
export function openStatement(
  envelope: Envelope,
  request: VerifyRequest,
  placeOf: (said: Destination) => Pick<Destination, 'target'>,
): OpeningFinding {
  const { payloadType, payload, signature } = envelope
  const bytes = encodePae(payloadType, payload)
  const found = findSigner(request, { kind: 'dsse', envelope, bytes, signature })
  const by = found.checks
  if (found.signer === undefined) return { refused: by }
  // DSSE-5: after the signature and before the payload is parsed.
  if (!isInTotoPayloadType(payloadType))
    return { refused: [...by, payloadTypeRefused(payloadType)] }
  // DSSE-4: the very bytes that the signature was checked over.
  const statement = parseStatement(payload, { versions: READABLE_VERSIONS })
  if (!statement.ok) return { refused: [...by, statementMalformed(statement.problems)] }

  const said = statement.value
  const destination = destinationOf(said)
  const { signer, certificateKey, roleNames, builtInRoles, origin, judged } = found
  const role = checkRole(
    { name: signer.name, roleNames, builtInRoles },
    { trust: request.trust, expectation: placeOf(destination) },
    { predicateType: said.predicateType, ...destination },
  )
  const { checks: known, predicate } = checkPredicate(said)
  return {
    opened: {
      by,
      role: role.check,
      known,
      predicate,
      destination,
      certificateKey,
      facts: { value: said, signer: withRoles(signer, role.roles), origin, judged },
    },
  }
}
