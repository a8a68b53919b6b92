// A signed statement, from its envelope to evidence: VA-2 of "verifying artifacts" (SLSA v1.2), and in-toto's validation model (PM-3).

import type { Envelope } from '../bundle/index.ts'
import { type BundleFinding, concludeBundle, refuseBundle } from './bundle-verdict.ts'
import { openStatement } from './open-statement.ts'
import { checkPackage } from './subjects/package-check.ts'
import { checkPublication } from './npm/publication.ts'
import { checkIndexAttestation } from './pypi/index-attestation.ts'
import { checkProvenance } from './provenance/provenance-check.ts'
import type { VerifyRequest } from './request.ts'
import { checkDeclaredType, checkPredicateType, checkVersion } from './statement-checks.ts'
import { checkSourceRef } from './summary/source-ref.ts'
import { checkSummary } from './summary/summary-check.ts'
import { matchSubjects } from './subjects/subject-match.ts'
import { checkDestination } from './subjects/target.ts'

/** Verifies the one signature of the envelope, then everything that its payload says. */
export function verifyStatement(envelope: Envelope, request: VerifyRequest): BundleFinding {
  const { bundle, expectation } = request
  const { artifacts } = expectation
  const { opened, refused } = openStatement(envelope, request, () => expectation)
  if (refused !== undefined) return refuseBundle(refused)
  const { by, role, known, predicate, destination, certificateKey, facts } = opened
  const said = facts.value
  const subjects = matchSubjects(said, artifacts)
  const checks = [
    ...by,
    role,
    ...checkDestination(destination, expectation),
    checkVersion(said, expectation.statementVersions),
    checkPredicateType(said, expectation.predicateType),
    ...checkDeclaredType(said, request.declaredType),
    ...known,
    ...subjects.checks,
    ...checkIndexAttestation(said, { bundle, artifacts, certificateKey }),
    ...checkPackage(said, subjects.matched, expectation.package),
    ...checkPublication(predicate, expectation.package),
    ...checkProvenance(predicate, facts.signer, expectation),
    ...checkSummary(predicate, facts, request),
    ...checkSourceRef(predicate, said, expectation),
  ]
  return concludeBundle(checks, { ...facts, subjects: subjects.matched })
}
