// A message signature: bytes that were signed, and no statement about them. The bytes themselves are needed: the digest in the
// bundle is a hint that nothing is checked against (SB-8, SB-11).

import { type Check, encodeUtf8, equalBytes, quote } from '../core/index.ts'
import { digestBytes, encodeManifest } from '../digest/index.ts'
import { type BundleFinding, concludeBundle, refuseBundle } from './bundle-verdict.ts'
import { failed, passed } from './check.ts'
import type { Expectation, ExpectedArtifact, ExpectedArtifacts } from './expectation.ts'
import type { VerifyContext } from './request.ts'
import { checkDestination } from './subjects/target.ts'
import { checkContents, checkUncovered } from './subjects/set-match.ts'
import { checkSignature } from './signer/signature.ts'
import { checkKey, checkRole, describeSigner } from './signer/key-checks.ts'

/** Verifies the signature over the bytes of the one artifact, or over the manifest of the set. */
export function verifyArtifactSignature(
  signature: Uint8Array,
  context: VerifyContext,
): BundleFinding {
  const { expectation, judged } = context
  const [artifact, ...others] = signedArtifacts(expectation.artifacts)
  if (artifact?.bytes === undefined || others.length > 0) {
    return refuseBundle([bytesMissing(1 + others.length)])
  }
  if (startsAsEnvelope(artifact.bytes)) return refuseBundle([envelopeRefused(artifact.name)])
  const signed = checkSignature(context, artifact.bytes, signature)
  if (signed.key === undefined) return refuseBundle([signed.check])
  const role = checkRole(signed.key, context, {})
  const { name } = artifact
  const digest = `sha256:${digestBytes('sha256', artifact.bytes)}`
  const checks = [
    signed.check,
    ...checkKey(signed.key, context),
    role.check,
    // Bare bytes say nothing of where they go.
    ...checkDestination({}, expectation),
    passed('artifact', `The signed bytes are those of ${quote(name)}`, { found: digest }),
    ...checkFound(expectation.artifacts),
    ...checkStatementExpected(expectation),
  ]
  return concludeBundle(checks, {
    value: { artifact: name, digest },
    signer: describeSigner(signed.key, role.roles),
    origin: 'local-proof',
    subjects: [{ artifact: name, digest }],
    judged,
  })
}

const ENVELOPE_START = encodeUtf8('DSSEv1 ')

/** What an envelope signs (PAE) is no artifact: otherwise its signature would count as one of bare bytes, too. */
function startsAsEnvelope(bytes: Uint8Array): boolean {
  return equalBytes(bytes.subarray(0, ENVELOPE_START.length), ENVELOPE_START)
}

function envelopeRefused(name: string): Check {
  const message = `The bytes of ${quote(name)} are what the signature of an envelope is made over`
  return failed('artifact', 'rejected', 'verify/artifact-is-envelope', message, {
    expected: 'an artifact',
    found: 'bytes that begin with "DSSEv1 "',
    hint: 'Verify the envelope, as a bundle',
  })
}

/** Who signs SHA256SUMS signs the set: its bytes are made again from what is at hand. */
function signedArtifacts(
  artifacts: ExpectedArtifacts,
): readonly Pick<ExpectedArtifact, 'name' | 'bytes'>[] {
  switch (artifacts.kind) {
    case 'set':
      return [{ name: 'SHA256SUMS', bytes: encodeManifest(artifacts.set.artifacts) }]
    case 'contents':
      return [artifacts.archive]
    case 'artifacts':
      return artifacts.artifacts
  }
}

function checkFound(artifacts: ExpectedArtifacts): readonly Check[] {
  if (artifacts.kind === 'artifacts') return []
  return artifacts.kind === 'set' ? checkUncovered(artifacts) : checkContents(artifacts)
}

function bytesMissing(count: number): Check {
  const message = 'The signature of a bare artifact can be checked only over the bytes of that one'
  return failed('signature', 'missing', 'verify/bytes-missing', message, {
    expected: 'the bytes of one artifact',
    found: count === 1 ? 'only its digest' : `${count} artifacts`,
    hint: 'Give the one file with --artifact',
  })
}

function checkStatementExpected({ predicateType }: Expectation): readonly Check[] {
  if (predicateType === undefined) return []
  const message = 'A statement is expected, and this is the signature of a bare artifact'
  const facts = { expected: quote(predicateType), found: 'no statement' }
  return [failed('statement', 'missing', 'verify/statement-expected', message, facts)]
}
