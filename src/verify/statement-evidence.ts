// A signed statement, from its envelope to evidence: VA-2 of "verifying artifacts" (SLSA v1.2), and in-toto's validation model (PM-3).

import { encodePae, type Envelope, isInTotoPayloadType } from '../bundle/index.ts'
import { parseStatement } from '../statement/index.ts'
import { type BundleFinding, concludeBundle, refuseBundle } from './bundle-verdict.ts'
import { checkPackage } from './subjects/package-check.ts'
import { checkPublication } from './npm/publication.ts'
import { checkIndexAttestation } from './pypi/index-attestation.ts'
import { checkProvenance } from './provenance/provenance-check.ts'
import type { VerifyRequest } from './request.ts'
import { findSigner, withRoles } from './signer/find-signer.ts'
import { checkRole } from './signer/role-check.ts'
import {
  checkDeclaredType,
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
export function verifyStatement(envelope: Envelope, request: VerifyRequest): BundleFinding {
  const { payloadType, payload, signature } = envelope
  const { bundle, expectation } = request
  const { artifacts } = expectation
  const bytes = encodePae(payloadType, payload)
  const found = findSigner(request, { kind: 'dsse', envelope, bytes, signature })
  const by = found.checks
  if (found.signer === undefined) return refuseBundle(by)
  // DSSE-5: after the signature and before the payload is parsed.
  if (!isInTotoPayloadType(payloadType))
    return refuseBundle([...by, payloadTypeRefused(payloadType)])
  // DSSE-4: the very bytes that the signature was checked over.
  const statement = parseStatement(payload, { versions: READABLE_VERSIONS })
  if (!statement.ok) return refuseBundle([...by, statementMalformed(statement.problems)])

  const said = statement.value
  const destination = destinationOf(said)
  const kind = { predicateType: said.predicateType, ...destination }
  const { signer, certificateKey, roleNames, builtInRoles, origin, judged } = found
  const role = checkRole({ name: signer.name, roleNames, builtInRoles }, request, kind)
  const known = checkPredicate(said)
  const subjects = matchSubjects(said, artifacts)
  const checks = [
    ...by,
    role.check,
    ...checkDestination(destination, expectation),
    checkVersion(said, expectation.statementVersions),
    checkPredicateType(said, expectation.predicateType),
    ...checkDeclaredType(said, request.declaredType),
    ...known.checks,
    ...subjects.checks,
    ...checkIndexAttestation(said, { bundle, artifacts, certificateKey }),
    ...checkPackage(said, subjects.matched, expectation.package),
    ...checkPublication(known.predicate, expectation.package),
    ...checkProvenance(known.predicate, signer, expectation),
  ]
  return concludeBundle(checks, {
    value: said,
    signer: withRoles(signer, role.roles),
    origin,
    subjects: subjects.matched,
    judged,
  })
}
