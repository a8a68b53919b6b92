// The promise of a certificate log that a certificate of Fulcio has to carry (client-spec.md, RFC 6962 section 3.3).

import { type Check, encodeHex, encodeTimestamp, equalBytes, quote } from '../../../core/index.ts'
import {
  describePeriod,
  isWithin,
  type NamedRoot,
  type TransparencyLog,
} from '../../../trust/index.ts'
import { failed, passed } from '../../check.ts'
import { isSignedByWitness } from '../witness-signature.ts'
import type { SigstoreProblem } from '../problem.ts'
import { EXTENSIONS } from './extensions.ts'
import type { Leaf } from './leaf.ts'
import type { CertificatePath } from './path.ts'
import { encodePrecertificate, encodeSignedEntry } from './precertificate.ts'
import { parseScts, type Sct } from './sct.ts'

/** How one promise was judged: by the log that holds to it, or why it does not count. */
type Judgement = { readonly log: TransparencyLog } | Refusal

interface Refusal {
  readonly code: SigstoreProblem['code']
  readonly message: string
  readonly expected: string
  readonly found: string
}

/**
 * At least one promise of a log that the root trusts, made while the log was trusted.
 *
 * Promises of logs that it does not know, or that were not trusted then, do not count, and do no harm beside one that does: the list
 * of trusted logs changes while certificates stay. A promise that bears the name of a trusted log and is not its word is a forgery,
 * whatever stands beside it; sigstore-go passes over those too.
 */
export function checkPromises(leaf: Leaf, { issuer }: CertificatePath, root: NamedRoot): Check {
  const extension = leaf.certificate.extensions.get(EXTENSIONS.certificateTimestamps)
  const scts = extension === undefined ? undefined : parseScts(extension.value)
  if (scts?.ok === false) {
    const message = 'Cannot read the promises of certificate logs in the certificate'
    const facts = { because: scts.problems }
    return failed('certificate-log', 'rejected', 'verify/sct-malformed', message, facts)
  }
  if (scts === undefined || scts.value.length === 0) {
    const message = 'The certificate carries no promise of a certificate log'
    const facts = { expected: 'at least one signed certificate timestamp', found: 'none' }
    return failed('certificate-log', 'missing', 'verify/sct-missing', message, facts)
  }
  return summarise(scts.value.map(judgeWith(leaf, issuer.spki, root)))
}

function summarise(judgements: readonly Judgement[]): Check {
  const refusals = judgements.filter((judgement) => 'code' in judgement)
  const forged = refusals.find(({ code }) => code === 'verify/sct-invalid')
  const kept = judgements.find((judgement) => 'log' in judgement)
  if (forged === undefined && kept !== undefined) {
    const message = 'A certificate log promised to hold the certificate'
    return passed('certificate-log', message, { found: quote(kept.log.baseUrl) })
  }
  // A log that is known says more than one that is not.
  const known = refusals.find(({ code }) => code === 'verify/sct-log-time')
  const { code, message, expected, found } = (forged ?? known ?? refusals[0]) as Refusal
  return failed('certificate-log', 'rejected', code, message, { expected, found })
}

function judgeWith(leaf: Leaf, issuerSpki: Uint8Array, { root }: NamedRoot) {
  const precertificate = encodePrecertificate(leaf.certificate)
  return (sct: Sct): Judgement => {
    const named = root.certificateLogs.filter(({ logId }) => equalBytes(logId, sct.logId))
    const [first] = named
    if (first === undefined) return unknownLog(sct)
    const entry = encodeSignedEntry(sct, issuerSpki, precertificate)
    // A log may stand in the root several times, with other periods.
    const signing = named.filter((log) => isPromiseOf(log, sct, entry))
    const [log] = signing
    if (log === undefined) return forgedPromise(first, sct)
    const trusted = signing.find(({ validFor }) => isWithin(validFor, sct.timestamp))
    return trusted === undefined ? untimelyPromise(log, sct) : { log: trusted }
  }
}

/** TLS names of SHA-256, and of the signature that each kind of key makes (RFC 6962 section 2.1.4). */
const SHA_256 = 4
const SIGNATURES = { rsa: 1, p256: 3, p384: 3, p521: 3, ed25519: undefined } as const

function isPromiseOf(
  { publicKey }: TransparencyLog,
  { algorithm, signature }: Sct,
  entry: Uint8Array,
): boolean {
  const [hash, kind] = algorithm
  if (hash !== SHA_256 || kind !== SIGNATURES[publicKey.type]) return false
  return isSignedByWitness({ digest: 'sha256', key: publicKey.key, signed: entry, signature })
}

function unknownLog({ logId }: Sct): Refusal {
  return {
    code: 'verify/sct-log-unknown',
    message: 'No trusted root knows the certificate log that gave the promise',
    expected: 'a certificate log of a trusted root',
    found: `the log ${encodeHex(logId)}`,
  }
}

function forgedPromise({ baseUrl }: TransparencyLog, { timestamp }: Sct): Refusal {
  return {
    code: 'verify/sct-invalid',
    message: 'The promise in the certificate is not the word of the certificate log that it names',
    expected: `a promise of ${quote(baseUrl)}`,
    found: `one that it did not sign, of ${encodeTimestamp(timestamp)}`,
  }
}

function untimelyPromise({ baseUrl, validFor }: TransparencyLog, { timestamp }: Sct): Refusal {
  return {
    code: 'verify/sct-log-time',
    message: 'The certificate log was not trusted at the time of its promise',
    expected: `${quote(baseUrl)} ${describePeriod(validFor)}`,
    found: encodeTimestamp(timestamp),
  }
}
