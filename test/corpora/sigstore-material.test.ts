// Certificates, promises of certificate logs and timestamps of the public corpora, read in place. What is accepted there holds here;
// what has to fail for one of these parts fails with the code that its name says.

import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { checkDerTree, parseDer } from '../../src/core/index.ts'
import { loadPublicGoodRoot, type NamedRoot, parseTrustedRoot } from '../../src/trust/index.ts'
import { readLeaf } from '../../src/verify/sigstore/certificate/leaf.ts'
import { checkPromises } from '../../src/verify/sigstore/certificate/promises.ts'
import { checkTimestamps } from '../../src/verify/sigstore/timestamp/timestamps.ts'
import { findCorpus, reportCorpus } from '../corpora.ts'
import { hasTool } from '../outside-tool.ts'
import { findPath } from '../verify/sigstore/certificate/path-question.ts'

/** As much of a bundle as these parts are in, whatever else is right or wrong with it. */
interface BundleJson {
  readonly verificationMaterial?: {
    readonly certificate?: { readonly rawBytes: string }
    readonly x509CertificateChain?: { readonly certificates?: readonly { rawBytes: string }[] }
    readonly tlogEntries?: readonly { inclusionPromise?: unknown; integratedTime?: string }[]
    readonly timestampVerificationData?: {
      readonly rfc3161Timestamps?: readonly { readonly signedTimestamp: string }[]
    }
  }
  readonly messageSignature?: { readonly signature: string }
  readonly dsseEnvelope?: { readonly signatures: readonly { readonly sig: string }[] }
}

interface Case {
  readonly name: string
  readonly bundle: BundleJson
  /** Absent for the public-good root. */
  readonly trustedRoot?: string
}

/** What the names and README files of the cases say. Every other case has to hold in these parts. */
const EXPECTED: Readonly<Record<string, readonly string[]>> = {
  'bundle-from-wrong-instance_fail': ['verify/certificate-authority-unknown'],
  'bundle-with-root-cert_fail': ['verify/certificate-chain'],
  'integrated-time-in-future_fail': ['verify/certificate-time'],
  'intoto-expired-certificate_fail': ['verify/certificate-time'],
  'intoto-set-outside-signing-cert-validity_fail': ['verify/certificate-time'],
  'intoto-tsa-timestamp-outside-cert-validity_fail': ['verify/certificate-time'],
  'invalid-ct-key_fail': ['verify/sct-log-unknown'],
  'rekor2-timestamp-outside-trust-root-tsa-validity_fail': ['verify/timestamp-authority-time'],
  'rekor2-timestamp-outside-tsa-cert-validity_fail': ['verify/timestamp-certificate-time'],
  'rekor2-timestamp-payload-mismatch_fail': ['verify/timestamp-imprint'],
  'rekor2-timestamp-untrusted-tsa-with-embedded-cert_fail': ['verify/timestamp-authority-unknown'],
  'rekor2-timestamp-untrusted-tsa-without-embedded-cert_fail': [
    'verify/timestamp-authority-unknown',
  ],
  'rekor2-timestamp-with-incorrect-time_fail': ['verify/certificate-time'],
}

/** No part of ours: the document is no JSON, or the trusted root is refused when it is read. */
const UNREAD = ['bundle-malformed-json_fail', 'trust-root-tlog-missing-validity-start_fail']

const json = (...path: string[]) => JSON.parse(readFileSync(join(...path), 'utf8')) as unknown
const isJsonFile = (name: string) =>
  name.endsWith('.tgz.json') || name.endsWith('.attestations.json')

const READERS: Readonly<Record<string, (folder: string) => readonly Case[]>> = {
  'sigstore-conformance': (folder) => {
    const cases = json(folder, 'cases.json') as {
      name: string
      bundle: string
      trusted_root: string | null
    }[]
    return cases
      .filter(({ name }) => !UNREAD.includes(name))
      .map(({ name, bundle, trusted_root: root }) => ({
        name,
        bundle: json(folder, bundle) as BundleJson,
        ...(root !== null && { trustedRoot: join(folder, root) }),
      }))
  },
  'cpython-releases': (folder) =>
    readFileSync(join(folder, 'cases.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
      .map((line) => {
        const { version, bundle } = JSON.parse(line) as { version: string; bundle: BundleJson }
        return { name: version, bundle }
      }),
  'npm-provenance': (folder) => attestationsIn(folder),
  'slsa-verifier': (folder) => [
    ...attestationsIn(folder),
    ...readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.intoto.jsonl'))
      .map((name) => ({ name, bundle: json(folder, name) as BundleJson })),
  ],
}

function attestationsIn(folder: string): readonly Case[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(isJsonFile)
    .flatMap((name) =>
      (json(folder, name) as { attestations: { bundle: BundleJson }[] }).attestations.map(
        ({ bundle }) => ({ name, bundle }),
      ),
    )
}

const decode = (text: string) => Buffer.from(text, 'base64')

function certificatesOf({ verificationMaterial: material }: BundleJson): readonly Buffer[] {
  const { certificate, x509CertificateChain: chain } = material ?? {}
  const all = certificate === undefined ? (chain?.certificates ?? []) : [certificate]
  return all.map(({ rawBytes }) => decode(rawBytes))
}

async function readRoot(path: string | undefined): Promise<NamedRoot> {
  const bytes =
    path === undefined
      ? Buffer.from(JSON.stringify(await loadPublicGoodRoot()))
      : readFileSync(path)
  const root = parseTrustedRoot(bytes)
  if (!root.ok) throw new Error(`${path}: ${root.problems[0].message}`)
  return { name: 'root', mark: 'live', root: root.value } as NamedRoot
}

/** The codes of everything in these parts that does not hold. */
function judge(bundle: BundleJson, root: NamedRoot): readonly string[] {
  const { verificationMaterial: material, messageSignature, dsseEnvelope } = bundle
  const signature = messageSignature?.signature ?? dsseEnvelope?.signatures[0]?.sig ?? ''
  const tokens = material?.timestampVerificationData?.rfc3161Timestamps ?? []
  const stamped = checkTimestamps(
    tokens.map(({ signedTimestamp }) => decode(signedTimestamp)),
    decode(signature),
    [root],
  )
  // Whether the log has really promised this time is for another part; these corpora have cases of their own for it.
  const promised = (material?.tlogEntries ?? [])
    .filter(({ inclusionPromise }) => inclusionPromise !== undefined)
    .map(({ integratedTime }) => Number(integratedTime) * 1_000)
  const [first, ...others] = certificatesOf(bundle)
  const leafFinding = first === undefined ? { checks: [] } : readLeaf([first, ...others])
  const leaf = 'leaf' in leafFinding ? leafFinding.leaf : undefined
  const times = [...stamped.times.map(({ at }) => at), ...promised]
  const pathFinding = leaf === undefined ? { checks: [] } : findPath(leaf, root, times)
  const path = 'path' in pathFinding ? pathFinding.path : undefined
  const promises = leaf && path ? [checkPromises(leaf, path, root)] : []
  return [...stamped.checks, ...leafFinding.checks, ...pathFinding.checks, ...promises].flatMap(
    ({ code }) => code ?? [],
  )
}

for (const [name, readCases] of Object.entries(READERS)) {
  const folder = findCorpus(name)
  describe.runIf(folder)(`certificates and timestamps of ${name}`, () => {
    it('hold, but for the cases that have to fail for them', async () => {
      const cases = readCases(folder ?? '')
      const unexpected: unknown[] = []
      for (const { name: one, bundle, trustedRoot } of cases) {
        const codes = judge(bundle, await readRoot(trustedRoot))
        const expected = EXPECTED[one] ?? []
        if (codes.join() !== expected.join()) unexpected.push({ one, expected, codes })
      }
      reportCorpus(`${name}, certificates and timestamps`, cases.length, unexpected.length)
      expect(cases.length).toBeGreaterThan(0)
      expect(unexpected).toEqual([])
    })

    it.skipIf(!hasTool('openssl', 'version'))('are DER for OpenSSL as for us', () => {
      const documents = readCases(folder ?? '').flatMap(({ bundle }) => certificatesOf(bundle))
      const sample = documents.filter((_, index) => index % Math.ceil(documents.length / 10) === 0)
      for (const der of sample) {
        const cut = der.subarray(0, -1)
        expect(parseDer(der, checkDerTree).ok).toBe(true)
        expect(readByOpenSsl(der)).toBe(true)
        expect(parseDer(cut, checkDerTree).ok).toBe(false)
        expect(readByOpenSsl(cut)).toBe(false)
      }
    })
  })
}

function readByOpenSsl(der: Uint8Array): boolean {
  return spawnSync('openssl', ['asn1parse', '-inform', 'DER'], { input: der }).status === 0
}
