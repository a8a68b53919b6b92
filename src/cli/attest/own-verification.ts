// What we sign we verify before we write it, as anybody else will: from its bytes, under the trusted root.

import {
  accept,
  encodeTimestamp,
  failedChecks,
  type Instant,
  type JsonObject,
  type Problem,
  type Result,
  refuse,
} from '../../core/index.ts'
import { type Bundle, encodeBundle, encodePae, parseBundle } from '../../bundle/index.ts'
import type { Statement } from '../../statement/index.ts'
import {
  type CertificateIdentity,
  type PublicKey,
  RELEASE_ROLE,
  type TrustDocument,
} from '../../trust/index.ts'
import {
  type Judgement,
  loadSigstore,
  type Sigstore,
  type TrustedSigner,
  verifyBundle,
} from '../../verify/index.ts'
import type { CliProblem } from '../problem.ts'
import type { NewBundle } from './signing.ts'

/** What the bundle has to stand before. */
export interface OwnQuestion {
  readonly bundle: NewBundle
  readonly statement: Statement
  /** With the root of the services. */
  readonly trust: TrustDocument
  readonly now: Instant
  /** Where a key signed: the key. */
  readonly publicKey?: PublicKey
}

/** Who signed, by the certificate where there is one, and when, by whom. */
export interface OwnFinding {
  readonly signer: TrustedSigner
  readonly judged: Judgement
}

/** @returns `cli/bundle-not-verified`, with every reason, where nobody could accept the bundle */
export async function verifyOwn(question: OwnQuestion): Promise<Result<OwnFinding>> {
  const { statement, now } = question
  const bundle = parseBundle(encodeBundle(question.bundle))
  if (!bundle.ok) return notVerified(bundle.problems)
  const sigstore = await loadSigstore()
  const trust = trustFor(question, bundle.value, sigstore)
  if (!trust.ok) return trust
  const { predicateType, subjects } = statement
  const { verdict, verified } = verifyBundle({
    bundle: bundle.value,
    trust: trust.value,
    now,
    sigstore,
    // An example key is warned of where it signs, and refused where it is met.
    unsafeExampleKeys: true,
    expectation: {
      predicateType,
      artifacts: {
        kind: 'artifacts',
        artifacts: subjects.map(({ name = 'subject', digest }) => ({ name, digest })),
      },
    },
  })
  if (verified === undefined) return notVerified(problemsOf(failedChecks(verdict)))
  const { signer, judged } = verified
  const { logEntries, timestamps } = judged.notJudged
  if (logEntries + timestamps === 0) return accept({ signer, judged })
  const message = `Expected witnesses that the trusted root knows, found ${logEntries + timestamps} that it does not`
  return notVerified([{ code: 'cli/bundle-not-verified', message }])
}

/** The trust document with whoever signed in it. */
function trustFor(
  { publicKey, trust, now, bundle: { content } }: OwnQuestion,
  bundle: Bundle,
  sigstore: Sigstore,
): Result<TrustDocument> {
  const roles = [RELEASE_ROLE.name]
  if (publicKey !== undefined) {
    return accept({ ...trust, keys: [{ name: 'signer', publicKey, roles }] })
  }
  const { keyMaterial } = bundle
  if (keyMaterial.kind !== 'certificate' || content.kind !== 'dsse') return notVerified([])
  const { envelope } = content
  const bytes = encodePae(envelope.payloadType, envelope.payload)
  // The path, the promises and the times of the certificate; then its name is that of our own token.
  const { checks, signer } = sigstore.judgeCertificate({
    bundle,
    chain: [keyMaterial.certificate],
    roots: trust.roots,
    now,
    signed: { kind: 'dsse', envelope, bytes, signature: envelope.signature },
  })
  if (signer === undefined) return notVerified(problemsOf(checks.flatMap(failedChecks)))
  const { issuer, san, claims } = signer.identity
  const identity = { name: 'signer', issuer, san: san.value, claims, roles }
  return accept({ ...trust, identities: [{ ...identity, isRefGlob: false, isCi: false }] })
}

function problemsOf(checks: ReturnType<typeof failedChecks>): readonly Problem[] {
  return checks.map(({ code = 'cli/bundle-not-verified', message, because = [] }) => ({
    code,
    message,
    because,
  }))
}

function notVerified(because: readonly Problem[]): Result<never, CliProblem> {
  return refuse({
    code: 'cli/bundle-not-verified',
    message: 'Expected a new bundle that verifies under the trusted root, found one that does not',
    hint: 'Nothing was written. Is --trusted-root that of these services, and are the clocks right?',
    because,
  })
}

/** The times that others vouch for, for the document that is printed. */
export function describeWitnesses({ vouched }: Judgement, bundle: Bundle): JsonObject {
  return {
    vouched: vouched.map(({ at, by, name }) => ({ at: encodeTimestamp(at), by, name })),
    logIndexes: bundle.logEntries.map(({ logIndex }) => String(logIndex)),
  }
}

/** The identity as a person reads it. */
export function nameIdentity({ issuer, san }: CertificateIdentity): string {
  return `${san.value} (${issuer})`
}
