// What real logs say, and what the conformance cases made of it. The table is from the README of each case, with all else that a
// case breaks besides.

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { type Bundle, parseBundle } from '../../../../src/bundle/index.ts'
import { type NamedRoot, parsePublicKey } from '../../../../src/trust/index.ts'
import {
  checkLogEntries,
  type LogQuestion,
} from '../../../../src/verify/sigstore/log/check-log-entries.ts'
import { checkBody } from '../../../../src/verify/sigstore/log/entry-match.ts'
import { findCorpus, reportCorpus } from '../../../corpora.ts'
import { PUBLIC_GOOD, readRoot } from '../trust.ts'
import { codesOf } from './signed.ts'

const conformance = findCorpus('sigstore-conformance')
const cpython = findCorpus('cpython-releases')
const npm = findCorpus('npm-provenance')
const slsa = findCorpus('slsa-verifier')

/** What the log has to say of each refused case that concerns it, in the order of the checks. */
const REFUSED: Readonly<Record<string, readonly string[]>> = {
  'bundle-from-wrong-instance_fail': ['verify/log-unknown'],
  'checkpoint-bad-keyhint_fail': ['verify/checkpoint-unsigned'],
  'checkpoint-wrong-roothash_fail': ['verify/checkpoint-mismatch'],
  'dsse-invalid-sig_fail': ['verify/log-signature-mismatch'],
  'dsse-mismatch-envelope_fail': ['verify/log-signature-mismatch', 'verify/log-digest-mismatch'],
  'dsse-mismatch-sig_fail': ['verify/log-signature-mismatch'],
  'inclusion-proof-corrupted-hash_fail': ['verify/log-proof-invalid'],
  // What the log signed is changed, so that it did not sign this.
  'incorrect-public-key_fail': [
    'verify/log-promise-invalid',
    'verify/log-proof-invalid',
    'verify/log-key-mismatch',
  ],
  // Its other signature is in base64 once, which no log writes.
  'intoto-log-entry-mismatch_fail': ['verify/log-entry-malformed'],
  'intoto-missing-inclusion-proof_fail': ['verify/log-proof-missing'],
  'invalid-checkpoint-signature_fail': ['verify/checkpoint-signature-invalid'],
  'invalid-inclusion-proof_fail': ['verify/log-proof-invalid'],
  'rekor2-checkpoint-missing-log-signature_fail': ['verify/checkpoint-unsigned'],
  'rekor2-checkpoint-missing-origin_fail': ['verify/checkpoint-malformed'],
  'rekor2-checkpoint-missing-root-hash_fail': ['verify/checkpoint-malformed'],
  'rekor2-checkpoint-missing-size_fail': ['verify/checkpoint-malformed'],
  'rekor2-checkpoint-no-matching-signature_fail': ['verify/checkpoint-unsigned'],
  'rekor2-dsse-invalid-sig_fail': ['verify/log-signature-mismatch'],
  'rekor2-dsse-mismatch-envelope_fail': [
    'verify/log-signature-mismatch',
    'verify/log-digest-mismatch',
  ],
  'rekor2-dsse-mismatch-sig_fail': ['verify/log-signature-mismatch'],
  'rekor2-no-inclusion-proof_fail': ['verify/log-proof-missing'],
  'set-invalid-signature_fail': ['verify/log-promise-invalid'],
  'signature-mismatch_fail': ['verify/log-signature-mismatch'],
  'wrong-hashedrekord-artifact_fail': [
    'verify/log-signature-mismatch',
    'verify/log-digest-mismatch',
  ],
  'wrong-hashedrekord-cert-and-sig_fail': [
    'verify/log-signature-mismatch',
    'verify/log-key-mismatch',
  ],
  'wrong-hashedrekord-entry_fail': [
    'verify/log-signature-mismatch',
    'verify/log-key-mismatch',
    'verify/log-digest-mismatch',
  ],
  'wrong-material_fail': ['verify/log-digest-mismatch'],
}

/** Refused before a log is asked: the bundle or the root can not be read, or there is no key to compare. */
const NOT_ASKED: readonly string[] = [
  'bundle-empty-certificate-chain_fail',
  'bundle-invalid-base64-signature_fail',
  'bundle-malformed-json_fail',
  'bundle-negative-log-index_fail',
  'bundle-unknown-version_fail',
  'managed-key-no-key_fail',
  'managed-key-wrong-key_fail',
  'rekor2-timestamp-with-incorrect-time_fail',
  'trust-root-tlog-missing-validity-start_fail',
]

interface Case {
  readonly name: string
  readonly bundle: string
  readonly artifact: string
  readonly key: string | null
  readonly trusted_root: string | null
}

const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest())

function questionOf(
  { version: bundleVersion, content, keyMaterial }: Bundle,
  { root, digest, spki }: { root: NamedRoot; digest: Uint8Array; spki?: Uint8Array | undefined },
): LogQuestion | undefined {
  const certificate =
    keyMaterial.kind === 'certificate' ? keyMaterial.certificate : certificateOf(keyMaterial)
  const verifier = certificate === undefined ? spki && { spki } : { certificate }
  if (verifier === undefined) return undefined
  const common = { bundleVersion, roots: [root], verifier }
  if (content.kind === 'dsse') {
    return { ...common, signature: content.envelope.signature, content }
  }
  const digests = { sha256: digest }
  return { ...common, signature: content.signature, content: { kind: 'message', digests } }
}

function certificateOf(material: Bundle['keyMaterial']): Uint8Array | undefined {
  return material.kind === 'certificate-chain' ? material.certificates[0] : undefined
}

function spkiOf(bytes: Uint8Array): Uint8Array | undefined {
  const key = parsePublicKey(bytes)
  if (!key.ok) return undefined
  return new Uint8Array(key.value.key.export({ format: 'der', type: 'spki' }))
}

/** The codes of the logs, or undefined where they are not asked. An entry that none refuses must count. */
function judgeCase(folder: string, { bundle, artifact, key, trusted_root }: Case) {
  const read = (path: string) => new Uint8Array(readFileSync(join(folder, path)))
  const parsed = parseBundle(read(bundle))
  const root = trusted_root === null ? PUBLIC_GOOD : readRoot(read(trusted_root))
  if (!parsed.ok || !root.ok) return undefined
  const question = questionOf(parsed.value, {
    root: root.value,
    digest: sha256(read(artifact)),
    spki: key === null ? undefined : spkiOf(read(key)),
  })
  return question === undefined ? undefined : codesOfBundle(parsed.value, question)
}

function codesOfBundle({ logEntries }: Bundle, question: LogQuestion): readonly string[] {
  const finding = checkLogEntries(logEntries, question)
  const codes = codesOf(finding)
  if (codes.length > 0 || finding.entries.length === logEntries.length) return codes
  return ['an entry that does not count']
}

it.skipIf(conformance === undefined)('the logs judge the conformance cases', () => {
  const folder = conformance ?? ''
  const cases = JSON.parse(readFileSync(join(folder, 'cases.json'), 'utf8')) as Case[]
  const unexpected = cases.flatMap((one) => {
    const found = judgeCase(folder, one)
    const expected = NOT_ASKED.includes(one.name) ? undefined : (REFUSED[one.name] ?? [])
    return found?.join() === expected?.join() ? [] : [`${one.name}: ${found?.join(' ')}`]
  })
  reportCorpus('sigstore-conformance (logs)', cases.length, unexpected.length)
  expect(unexpected).toEqual([])
  const names = cases.map(({ name }) => name)
  expect([...Object.keys(REFUSED), ...NOT_ASKED].filter((name) => !names.includes(name))).toEqual(
    [],
  )
})

/** The bundles of attestations from a registry, each of its kind. */
interface Attestations {
  readonly attestations: readonly { readonly bundle: unknown }[]
}

/** Every entry of a bundle, under the root of the public Sigstore. */
function judgePublic(json: unknown, facts: { digest?: Uint8Array; spki?: Uint8Array | undefined }) {
  const parsed = parseBundle(Buffer.from(JSON.stringify(json)))
  if (!parsed.ok) return parsed.problems.map(({ code }) => code)
  if (!PUBLIC_GOOD.ok) throw new Error('the public root can be read')
  const { digest = new Uint8Array(), spki } = facts
  const question = questionOf(parsed.value, { root: PUBLIC_GOOD.value, digest, spki })
  if (question === undefined || parsed.value.logEntries.length === 0) return ['no entry to judge']
  return codesOfBundle(parsed.value, question)
}

it.skipIf(cpython === undefined)('the public log holds the signatures of CPython releases', () => {
  const lines = readFileSync(join(cpython ?? '', 'cases.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
  const releases = lines.map(
    (line) => JSON.parse(line) as { version: string; sha256: string; bundle: unknown },
  )
  const unexpected = releases.flatMap(({ version, sha256: hex, bundle }) => {
    const codes = judgePublic(bundle, { digest: new Uint8Array(Buffer.from(hex, 'hex')) })
    return codes.length === 0 ? [] : [`${version}: ${codes.join(' ')}`]
  })
  reportCorpus('cpython-releases (logs)', releases.length, unexpected.length)
  expect(unexpected).toEqual([])
  expect(releases).toHaveLength(81)
})

const SEEDS = createRequire(import.meta.url)('@sigstore/tuf/seeds.json') as Readonly<
  Record<string, { readonly targets: Readonly<Record<string, string>> }>
>

/** The keys under which npm signs what was published, DER. */
function npmKeys(): readonly Uint8Array[] {
  const targets = Object.values(SEEDS).flatMap((seed) => Object.entries(seed.targets))
  const [, base64 = ''] = targets.find(([name]) => name.endsWith('keys.json')) ?? []
  const { keys } = JSON.parse(Buffer.from(base64, 'base64').toString()) as {
    readonly keys: readonly { readonly publicKey: { readonly rawBytes: string } }[]
  }
  return keys.map(({ publicKey }) => new Uint8Array(Buffer.from(publicKey.rawBytes, 'base64')))
}

it.skipIf(npm === undefined || slsa === undefined)(
  'the public log holds attestations of npm',
  () => {
    const files = [
      ...['sigstore-0.4.0', 'sigstore-1.0.0', 'sigstore-2.3.1', 'tuf-js-1.0.0'].map((name) =>
        join(npm ?? '', `${name}.tgz.attestations.json`),
      ),
      ...['v02', 'v1'].map((version) =>
        join(slsa ?? '', `npm/gha/provenance-npm-test-cli-${version}-prega.tgz.json`),
      ),
    ]
    const [spki] = npmKeys()
    const bundles = files.flatMap(
      (file) => (JSON.parse(readFileSync(file, 'utf8')) as Attestations).attestations,
    )
    const judged = bundles.map(({ bundle }) => judgePublic(bundle, { spki }))
    reportCorpus(
      'npm-provenance (logs)',
      judged.length,
      judged.filter((one) => one.length > 0).length,
    )
    expect(judged.flat()).toEqual([])
    expect(judged).toHaveLength(12)
  },
)

it.skipIf(slsa === undefined)('the public log holds provenances of the SLSA generators', () => {
  const folders = ['gha_generic', 'gha_go']
  const names = ['push-v13.0.30', 'push-v14.2', 'push-v14', 'workflow_dispatch']
  const files = folders.flatMap((folder) =>
    names.map((name) => join(folder, 'v2.1.0', `binary-linux-amd64-${name}.intoto.jsonl`)),
  )
  const judged = files.map((file) =>
    judgePublic(JSON.parse(readFileSync(join(slsa ?? '', file), 'utf8')), {}),
  )
  reportCorpus('slsa-verifier (logs)', judged.length, judged.filter((one) => one.length > 0).length)
  expect(judged.flat()).toEqual([])
})

it.skipIf(cpython === undefined)(
  'no entry of a CPython release stands in for another one (A-01)',
  () => {
    const lines = readFileSync(join(cpython ?? '', 'cases.jsonl'), 'utf8')
      .trimEnd()
      .split('\n')
    const releases = lines.flatMap((line) => {
      const { bundle, sha256: hex } = JSON.parse(line) as { bundle: unknown; sha256: string }
      const parsed = parseBundle(Buffer.from(JSON.stringify(bundle)))
      const root = PUBLIC_GOOD.ok ? PUBLIC_GOOD.value : undefined
      if (!parsed.ok || root === undefined) return []
      const digest = new Uint8Array(Buffer.from(hex, 'hex'))
      const question = questionOf(parsed.value, { root, digest })
      const [entry] = parsed.value.logEntries
      return question === undefined || entry === undefined ? [] : { question, entry }
    })
    const accepted = releases.flatMap(({ question }, at) =>
      releases.filter(({ entry }, other) => {
        const codes = codesOf({ checks: checkBody(entry, question) })
        return other !== at && codes.length < 2
      }),
    )
    expect(accepted).toEqual([])
    expect(releases).toHaveLength(81)
  },
)
