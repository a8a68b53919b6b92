// What we sign we verify before we write it, as anybody else will: from the bytes that are written, under the trusted root.

import {
  accept,
  type Check,
  encodeTimestamp,
  failedChecks,
  type Instant,
  type JsonObject,
  type Problem,
  type Result,
  refuse,
} from '../../core/index.ts'
import { type Bundle, parseBundle } from '../../bundle/index.ts'
import type { Statement } from '../../statement/index.ts'
import {
  type CertificateIdentity,
  type PublicKey,
  RELEASE_ROLE,
  type TrustDocument,
} from '../../trust/index.ts'
import { type JudgedTime, loadSigstore, verifyBundle } from '../../verify/index.ts'
import type { CliProblem } from '../problem.ts'

/** What the bundle has to stand before. */
export interface OwnQuestion {
  /** The bundle, byte for byte as it is written. */
  readonly bytes: Uint8Array
  readonly statement: Statement
  /** With the root of the services. */
  readonly trust: TrustDocument
  readonly now: Instant
  readonly signer: OwnSigner
}

/** The key of this run; or whom a certificate is for, once that was held against the token. */
export type OwnSigner =
  | { readonly kind: 'key'; readonly publicKey: PublicKey }
  | { readonly kind: 'certificate'; readonly identity: CertificateIdentity }

/** When it was signed, by whose word, and the bundle as it reads. */
export interface OwnFinding {
  readonly judged: JudgedTime
  readonly bundle: Bundle
}

/** @returns `cli/bundle-not-verified`, with every reason, where nobody could accept the bundle */
export async function verifyOwn({
  bytes,
  statement: { predicateType, subjects },
  trust,
  now,
  signer,
}: OwnQuestion): Promise<Result<OwnFinding>> {
  const bundle = parseBundle(bytes)
  if (!bundle.ok) return notVerified(bundle.problems)
  const { verdict, verified } = verifyBundle({
    bundle: bundle.value,
    trust: withSigner(trust, signer),
    now,
    sigstore: await loadSigstore(),
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
  if (verified === undefined) return notVerified(problemsOf([verdict]))
  const { judged } = verified
  const { logEntries, timestamps } = judged.notJudged
  if (logEntries + timestamps === 0) return accept({ judged, bundle: bundle.value })
  const message = `Expected witnesses that the trusted root knows, found ${logEntries + timestamps} that it does not`
  return notVerified([{ code: 'cli/bundle-not-verified', message }])
}

/** The trust document with whoever signed in it, and nobody else. */
function withSigner(trust: TrustDocument, signer: OwnSigner): TrustDocument {
  const entry = { name: 'signer', roles: [RELEASE_ROLE.name] }
  if (signer.kind === 'key') {
    return { ...trust, keys: [{ ...entry, publicKey: signer.publicKey }] }
  }
  const { issuer, san, claims } = signer.identity
  const identity = { ...entry, issuer, san: san.value, claims, isRefGlob: false, isCi: false }
  return { ...trust, identities: [identity] }
}

/** Every reason of the checks that failed, as the causes of a problem. */
export function problemsOf(checks: readonly Check[]): readonly Problem[] {
  return checks
    .flatMap(failedChecks)
    .map(({ code = 'cli/bundle-not-verified', message, because = [] }) => ({
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
export function describeWitnesses({ judged, bundle }: OwnFinding): JsonObject {
  return {
    vouched: judged.vouched.map(({ at, by, name }) => ({ at: encodeTimestamp(at), by, name })),
    logIndexes: bundle.logEntries.map(({ logIndex }) => String(logIndex)),
  }
}

/** The identity as a person reads it. */
export function nameIdentity({ issuer, san }: CertificateIdentity): string {
  return `${san.value} (${issuer})`
}
