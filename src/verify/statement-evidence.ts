// A signed statement, from its envelope to evidence: VA-2 of "verifying artifacts" (SLSA v1.2), and in-toto's validation model (PM-3).

import { encodePae, type Envelope, isInTotoPayloadType } from '../bundle/index.ts'
import { parseStatement } from '../statement/index.ts'
import { type BundleFinding, concludeBundle, refuseBundle } from './bundle-verdict.ts'
import { checkProvenance } from './provenance/provenance-check.ts'
import type { VerifyContext } from './request.ts'
import { checkSignature } from './signer/signature.ts'
import { checkKey, checkRole, describeSigner } from './signer/key-checks.ts'
import {
  checkPredicate,
  checkPredicateType,
  checkVersion,
  payloadTypeRefused,
  READABLE_VERSIONS,
  statementMalformed,
} from './statement-checks.ts'
import { matchSubjects } from './subjects/subject-match.ts'
import { checkDestination, destinationOf } from './subjects/target.ts'

/** Verifies the one signature of the envelope, then everything that its payload says. */
export function verifyStatement(envelope: Envelope, context: VerifyContext): BundleFinding {
  const { payloadType, payload, signature } = envelope
  const { expectation, judged } = context
  const signed = checkSignature(context, encodePae(payloadType, payload), signature)
  if (signed.key === undefined) return refuseBundle([signed.check])
  const by = [signed.check, ...checkKey(signed.key, context)]
  // DSSE-5: after the signature and before the payload is parsed.
  if (!isInTotoPayloadType(payloadType))
    return refuseBundle([...by, payloadTypeRefused(payloadType)])
  // DSSE-4: the very bytes that the signature was checked over.
  const statement = parseStatement(payload, { versions: READABLE_VERSIONS })
  if (!statement.ok) return refuseBundle([...by, statementMalformed(statement.problems)])

  const said = statement.value
  const destination = destinationOf(said)
  const kind = { predicateType: said.predicateType, ...destination }
  const role = checkRole(signed.key, context, kind)
  const known = checkPredicate(said)
  const subjects = matchSubjects(said, expectation.artifacts)
  const checks = [
    ...by,
    role.check,
    ...checkDestination(destination, expectation),
    checkVersion(said, expectation.statementVersions),
    checkPredicateType(said, expectation.predicateType),
    ...known.checks,
    ...subjects.checks,
    ...checkProvenance(known.predicate, expectation.provenance),
  ]
  return concludeBundle(checks, {
    value: said,
    signer: describeSigner(signed.key, role.roles),
    origin: 'local-proof',
    subjects: subjects.matched,
    judged,
  })
}
