import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseBundle } from '../../src/bundle/index.ts'
import { failedChecks } from '../../src/core/index.ts'
import { digestBytes } from '../../src/digest/index.ts'
import { parsePublicKey, type TrustDocument } from '../../src/trust/index.ts'
import { loadSigstore, verifyBundle } from '../../src/verify/index.ts'
import { findCorpus, reportCorpus } from '../corpora.ts'
import { PUBLIC_GOOD, readRoot, trusting } from '../verify/sigstore/trust.ts'

interface Case {
  readonly name: string
  readonly want: 'accept' | 'reject'
  readonly bundle: string
  readonly artifact: string
  readonly identity: string
  readonly issuer: string
  readonly key: string | null
  readonly trusted_root: string | null
}

/**
 * Why each case is refused, from its README. Those that change a signature and what is bound to it break in several ways; the one that
 * the README names is among them.
 */
const REASONS: Readonly<Record<string, string>> = {
  'bundle-empty-certificate-chain_fail': 'bundle/key-material',
  'bundle-from-wrong-instance_fail': 'verify/certificate-authority-unknown',
  'bundle-invalid-base64-signature_fail': 'bundle/base64',
  'bundle-malformed-json_fail': 'bundle/json',
  'bundle-negative-log-index_fail': 'bundle/member',
  'bundle-unknown-version_fail': 'bundle/media-type',
  'bundle-with-root-cert_fail': 'verify/certificate-chain',
  'checkpoint-bad-keyhint_fail': 'verify/checkpoint-unsigned',
  'checkpoint-wrong-roothash_fail': 'verify/checkpoint-mismatch',
  'dsse-invalid-sig_fail': 'verify/certificate-signature-invalid',
  'dsse-mismatch-envelope_fail': 'verify/log-digest-mismatch',
  'dsse-mismatch-sig_fail': 'verify/log-signature-mismatch',
  'inclusion-proof-corrupted-hash_fail': 'verify/log-proof-invalid',
  'incorrect-public-key_fail': 'verify/log-key-mismatch',
  'integrated-time-in-future_fail': 'verify/certificate-time',
  'intoto-expired-certificate_fail': 'verify/certificate-time',
  // Its body is no entry that Rekor would write: the signature in it lacks one of its two encodings.
  'intoto-log-entry-mismatch_fail': 'verify/log-entry-malformed',
  'intoto-missing-inclusion-proof_fail': 'verify/log-proof-missing',
  'intoto-set-outside-signing-cert-validity_fail': 'verify/certificate-time',
  'intoto-tsa-timestamp-outside-cert-validity_fail': 'verify/certificate-time',
  'invalid-checkpoint-signature_fail': 'verify/checkpoint-signature-invalid',
  'invalid-ct-key_fail': 'verify/sct-log-unknown',
  'invalid-inclusion-proof_fail': 'verify/log-proof-invalid',
  'managed-key-no-key_fail': 'verify/key-unknown',
  // It is no key at all.
  'managed-key-wrong-key_fail': 'trust/key-invalid',
  'message-digest-mismatch_fail': 'verify/digest-hint',
  'rekor2-checkpoint-missing-log-signature_fail': 'verify/checkpoint-unsigned',
  'rekor2-checkpoint-missing-origin_fail': 'verify/checkpoint-malformed',
  'rekor2-checkpoint-missing-root-hash_fail': 'verify/checkpoint-malformed',
  'rekor2-checkpoint-missing-size_fail': 'verify/checkpoint-malformed',
  'rekor2-checkpoint-no-matching-signature_fail': 'verify/checkpoint-unsigned',
  'rekor2-dsse-invalid-sig_fail': 'verify/certificate-signature-invalid',
  'rekor2-dsse-mismatch-envelope_fail': 'verify/log-digest-mismatch',
  'rekor2-dsse-mismatch-sig_fail': 'verify/log-signature-mismatch',
  'rekor2-no-inclusion-proof_fail': 'verify/log-proof-missing',
  'rekor2-no-timestamp_fail': 'verify/time-missing',
  'rekor2-timestamp-outside-trust-root-tsa-validity_fail': 'verify/timestamp-authority-time',
  'rekor2-timestamp-outside-tsa-cert-validity_fail': 'verify/timestamp-certificate-time',
  'rekor2-timestamp-payload-mismatch_fail': 'verify/timestamp-imprint',
  'rekor2-timestamp-untrusted-tsa-with-embedded-cert_fail': 'verify/timestamp-authority-unknown',
  'rekor2-timestamp-untrusted-tsa-without-embedded-cert_fail': 'verify/timestamp-authority-unknown',
  // The timestamp has line breaks in its base64; without them, see below, its time is wrong.
  'rekor2-timestamp-with-incorrect-time_fail': 'bundle/base64',
  'set-invalid-signature_fail': 'verify/log-promise-invalid',
  'signature-mismatch_fail': 'verify/certificate-signature-invalid',
  'trust-root-tlog-missing-validity-start_fail': 'trust/root-validity',
  'wrong-hashedrekord-artifact_fail': 'verify/log-digest-mismatch',
  'wrong-hashedrekord-cert-and-sig_fail': 'verify/log-key-mismatch',
  'wrong-hashedrekord-entry_fail': 'verify/log-signature-mismatch',
  'wrong-material_fail': 'verify/certificate-signature-invalid',
}

const corpus = findCorpus('sigstore-conformance') ?? ''
const read = (path: string): Buffer => readFileSync(join(corpus, path))

/** The trust that a case asks for: its key, or its identity; its own root, or the public one. Nothing where it can not be read. */
function trustOf({ key, identity, issuer, trusted_root }: Case): TrustDocument | string[] {
  const root = trusted_root === null ? PUBLIC_GOOD : readRoot(read(trusted_root))
  if (!root.ok) return root.problems.map(({ code }) => code)
  if (key === null) return trusting({ root: root.value, identity: { issuer, san: identity } })
  const publicKey = parsePublicKey(read(key))
  if (!publicKey.ok) return publicKey.problems.map(({ code }) => code)
  return trusting({ root: root.value, key: publicKey.value })
}

/** `accepted`, or the codes of everything that was wrong. */
async function judge(
  given: Case,
  by: 'path' | 'digest',
  file: Uint8Array = read(given.bundle),
): Promise<string[] | 'accepted'> {
  const trust = trustOf(given)
  if (Array.isArray(trust)) return trust
  const bundle = parseBundle(file)
  if (!bundle.ok) return bundle.problems.map(({ code }) => code)
  const bytes = read(given.artifact)
  const sha256 = digestBytes('sha256', bytes)
  const { verdict } = verifyBundle({
    bundle: bundle.value,
    trust,
    now: Date.UTC(2026, 10, 21),
    sigstore: await loadSigstore(),
    expectation: {
      statementVersions: ['v1', 'v0.1'],
      // Some sign somebody else's provenance; that its signer can not speak for it is no question of theirs.
      unsafeUncertifiedProvenance: true,
      artifacts: {
        kind: 'artifacts',
        artifacts: [
          // Their digests are those of files, as their interface says.
          {
            name: 'artifact',
            digest: { sha256 },
            isFileDigest: true,
            ...(by === 'path' && { bytes }),
          },
        ],
      },
    },
  })
  if (verdict.outcome === 'accepted') return 'accepted'
  return failedChecks(verdict).map(({ code }) => code ?? '')
}

describe.runIf(corpus !== '')('the conformance cases of Sigstore', () => {
  const cases =
    corpus === '' ? [] : (JSON.parse(read('cases.json').toString('utf8')) as readonly Case[])
  const questions = cases.flatMap((given) =>
    (['path', 'digest'] as const).map((by) => ({ given, by, name: given.name })),
  )
  const unexpected: string[] = []

  it.each(questions)('$name, by $by', async ({ given, by }) => {
    const found = await judge(given, by)
    const isAsWanted =
      given.want === 'accept'
        ? found === 'accepted'
        : found !== 'accepted' && found.includes(REASONS[given.name] ?? 'no reason is written down')
    if (!isAsWanted) unexpected.push(`${given.name} by ${by}`)
    if (given.want === 'accept') expect(found).toBe('accepted')
    else expect(found).toContain(REASONS[given.name])
  })

  it('have a timestamp with a wrong time', async () => {
    const given = cases.find(({ name }) => name === 'rekor2-timestamp-with-incorrect-time_fail')
    if (given === undefined) throw new Error('the case is gone')
    const json = JSON.parse(read(given.bundle).toString('utf8'), (member, value: unknown) =>
      member === 'signedTimestamp' ? String(value).replaceAll('\n', '') : value,
    ) as object
    const file = Buffer.from(JSON.stringify(json))
    expect(await judge(given, 'path', file)).toEqual(['verify/certificate-time'])
  })

  it('are all judged as they say', () => {
    reportCorpus('sigstore-conformance', questions.length, unexpected.length)
    expect(unexpected).toEqual([])
    expect(questions).toHaveLength(140)
  })
})
