// The result of a verification as one JSON document, `assay/verification/v1`.

import { encodeTimestamp, type JsonObject } from '../core/index.ts'
import type { RunVerdict, TrustedSigner } from '../verify/index.ts'
import { documentOfVerdict } from './verdict-document.ts'

type JudgedBundle = RunVerdict['bundles'][number]

/**
 * The whole run: what was accepted about each bundle, and every check.
 *
 * @param trustDigest of the trust document that decided (A-45: the effective policy is named)
 */
export function documentOfVerification(run: RunVerdict, trustDigest: string): JsonObject {
  return {
    schema: 'assay/verification/v1',
    outcome: run.verdict.outcome,
    trust: { sha256: trustDigest },
    bundles: run.bundles.map(documentOfBundle),
    notAsked: run.notAsked.map((bundle) => ({ ...bundle })),
    verdict: documentOfVerdict(run.verdict),
  }
}

/** Beyond the outcome, a bundle has only what was verified: a refused one says nothing. */
function documentOfBundle({ name, verdict, verified }: JudgedBundle): JsonObject {
  const { outcome } = verdict
  if (verified === undefined) return { name, outcome }
  const { value, signer, origin, subjects, judged } = verified
  return {
    name,
    outcome,
    signer: documentOfSigner(signer),
    origin,
    ...('predicateType' in value
      ? { statement: { version: value.version, predicateType: value.predicateType } }
      : { artifactSignature: { artifact: value.artifact, digest: value.digest } }),
    subjects: subjects.map(({ artifact, subject, digest }) => ({
      artifact,
      ...(subject !== undefined && { subject }),
      digest,
    })),
    judged: {
      at: encodeTimestamp(judged.at),
      source: judged.source,
      vouched: judged.vouched.map(({ at, by, name: whose }) => ({
        at: encodeTimestamp(at),
        by,
        name: whose,
      })),
      notJudged: { ...judged.notJudged },
    },
  }
}

function documentOfSigner(signer: TrustedSigner): JsonObject {
  const { name, principal, kind, roles } = signer
  return {
    type: signer.type,
    name,
    ...(signer.type === 'key' ? { keyId: signer.keyId } : documentOfCertificate(signer)),
    principal,
    ...(kind !== undefined && { kind }),
    roles: roles.map((role) => role.name),
  }
}

function documentOfCertificate({
  identity: { issuer, san, claims },
  root,
}: Extract<TrustedSigner, { type: 'certificate' }>): JsonObject {
  return { issuer, san: { ...san }, claims: { ...claims }, root: { ...root } }
}
