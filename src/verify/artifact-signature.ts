// A message signature: bytes that were signed, and no statement about them. The bytes themselves are needed: the digest in the
// bundle is a hint that nothing is checked against (SB-8, SB-11).

import type { BundleContent } from '../bundle/index.ts'
import { type Check, encodeHex, encodeUtf8, equalBytes, quote } from '../core/index.ts'
import { type DigestAlgorithm, digestBytes, encodeManifest } from '../digest/index.ts'
import { type BundleFinding, concludeBundle, refuseBundle } from './bundle-verdict.ts'
import { failed, passed } from './check.ts'
import type { Expectation, ExpectedArtifact, ExpectedArtifacts } from './expectation.ts'
import type { VerifyRequest } from './request.ts'
import { checkDestination } from './subjects/target.ts'
import { checkContents, checkUncovered } from './subjects/set-match.ts'
import { findSigner, withRoles } from './signer/find-signer.ts'
import { checkRole } from './signer/role-check.ts'

/** Verifies the signature over the bytes of the one artifact, or over the manifest of the set. */
export function verifyArtifactSignature(
  { signature, digestHint }: MessageContent,
  request: VerifyRequest,
): BundleFinding {
  const { expectation } = request
  const [artifact, ...others] = signedArtifacts(expectation.artifacts)
  if (artifact?.digest['gitCommit'] !== undefined) return refuseBundle([revisionStated(artifact)])
  if (artifact === undefined || others.length > 0 || !isSignable(artifact, request)) {
    return refuseBundle([bytesMissing(1 + others.length)])
  }
  const { name, bytes, digest } = artifact
  if (bytes === undefined && artifact.isFileDigest !== true) {
    return refuseBundle([digestAlone(name)])
  }
  if (bytes !== undefined && startsAsEnvelope(bytes)) return refuseBundle([envelopeRefused(name)])
  const signed = { kind: 'message', signature, digest } as const
  const found = findSigner(request, bytes === undefined ? signed : { ...signed, bytes })
  if (found.signer === undefined) return refuseBundle(found.checks)
  const { signer, roleNames, builtInRoles, origin, judged } = found
  const role = checkRole({ name: signer.name, roleNames, builtInRoles }, request, {})
  const shown = describeDigest(digest)
  const checks = [
    ...found.checks,
    role.check,
    // Bare bytes say nothing of where they go.
    ...checkDestination({}, expectation),
    ...checkDigestHint(digestHint, artifact),
    ...checkOrigin(artifact),
    passed('artifact', `The signed bytes are those of ${quote(name)}`, { found: shown }),
    ...checkFound(expectation.artifacts),
    ...checkStatementExpected(expectation),
  ]
  return concludeBundle(checks, {
    value: { artifact: name, digest: shown },
    signer: withRoles(signer, role.roles),
    origin,
    subjects: [{ artifact: name, digest: shown }],
    judged,
  })
}

type MessageContent = Extract<BundleContent, { kind: 'message' }>

const HINT_ALGORITHMS: ReadonlyMap<string, DigestAlgorithm> = new Map([
  ['SHA2_256', 'sha256'],
  ['SHA2_384', 'sha384'],
  ['SHA2_512', 'sha512'],
])

/** SB-8: the hint proves nothing, but one that is wrong shows that the bundle is not of this artifact, or was changed. */
function checkDigestHint(
  hint: MessageContent['digestHint'],
  { bytes, digest, name }: SignedArtifact,
): readonly Check[] {
  if (hint === undefined) return []
  const algorithm = HINT_ALGORITHMS.get(hint.algorithm)
  if (algorithm === undefined) return [hintUnknown(hint.algorithm)]
  const expected = bytes === undefined ? digest[algorithm] : digestBytes(algorithm, bytes)
  const found = encodeHex(hint.digest)
  if (expected === undefined || expected === found) return []
  const message = `The bundle names another digest than that of ${quote(name)}`
  return [failed('artifact', 'rejected', 'verify/digest-hint', message, { expected, found })]
}

/** A digest that can not be compared might be of anything. */
function hintUnknown(algorithm: string): Check {
  const message = 'The bundle names a digest of the artifact that is of no known algorithm'
  const expected = [...HINT_ALGORITHMS.keys()].join(', ')
  return failed('artifact', 'rejected', 'verify/digest-hint', message, {
    expected,
    found: quote(algorithm),
  })
}

/** A digest stands for the bytes only where the Sigstore part can check a signature over it. */
function isSignable({ bytes }: SignedArtifact, { sigstore }: VerifyRequest): boolean {
  return bytes !== undefined || sigstore !== undefined
}

const ENVELOPE_START = encodeUtf8('DSSEv1 ')

/** A revision is no file: whoever signs one says so in a statement. */
function revisionStated({ name }: SignedArtifact): Check {
  const message = `The signature of a bare artifact says nothing of the revision ${quote(name)}`
  const facts = { expected: 'a statement about the revision', found: 'no statement' }
  return failed('statement', 'missing', 'verify/statement-expected', message, facts)
}

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

/** Decision 9: of an unknown content, nobody can see that it is none of an envelope. */
function digestAlone(name: string): Check {
  const message = `Of ${quote(name)} alone it can not be told whether it is of an artifact or of what an envelope signs`
  return failed('artifact', 'missing', 'verify/digest-alone', message, {
    expected: 'the bytes of the artifact',
    found: 'only its digest',
    hint: 'Give the file with --artifact; or say with --digest-of-file that the digest was made from one',
  })
}

/** What rests on the word of who asks is not kept back. */
function checkOrigin({ name, bytes }: SignedArtifact): readonly Check[] {
  if (bytes !== undefined) return []
  const message = `That ${quote(name)} is of a file, and not of what an envelope signs, is the word of who asks`
  return [passed('digest-alone', message, { found: 'only its digest' })]
}

type SignedArtifact = Pick<ExpectedArtifact, 'name' | 'bytes' | 'digest' | 'isFileDigest'>

/** Who signs SHA256SUMS signs the set: its bytes are made again from what is at hand. */
function signedArtifacts(artifacts: ExpectedArtifacts): readonly SignedArtifact[] {
  switch (artifacts.kind) {
    case 'set':
      return [digested({ name: 'SHA256SUMS', bytes: encodeManifest(artifacts.set.artifacts) })]
    case 'contents':
      return [digested(artifacts.archive)]
    case 'artifacts':
      return artifacts.artifacts.map(digested)
  }
}

/** Digests of the very bytes where they are at hand; nobody's word for them. */
function digested({
  name,
  bytes,
  digest = {},
  isFileDigest = false,
}: Partial<SignedArtifact> & { readonly name: string }): SignedArtifact {
  if (bytes === undefined) return { name, digest, isFileDigest }
  return { name, bytes, digest: { sha256: digestBytes('sha256', bytes) } }
}

function describeDigest(digest: SignedArtifact['digest']): string {
  const [[algorithm, value] = ['none', '']] = Object.entries(digest)
  return `${algorithm}:${value}`
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
