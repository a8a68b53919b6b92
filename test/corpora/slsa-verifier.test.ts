import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { parseBundle, parseNpmAttestations } from '../../src/bundle/index.ts'
import { failedChecks } from '../../src/core/index.ts'
import type { TrustDocument, TrustedIdentity } from '../../src/trust/index.ts'
import {
  type Expectation,
  loadSigstore,
  type NamedBundle,
  type ProvenanceExpectation,
  verifyBundles,
} from '../../src/verify/index.ts'
import { findCorpus, reportCorpus } from '../corpora.ts'
import { readRegistryKeys } from '../verify/sigstore/registry-keys.ts'
import { PUBLIC_GOOD, trusting } from '../verify/sigstore/trust.ts'

interface Row {
  readonly cmd: 'verify-artifact' | 'verify-npm-package'
  readonly name: string
  readonly artifact_digests: readonly { readonly sha256: string; readonly sha512: string }[]
  readonly provenance: string
  readonly options: Readonly<Record<string, string | undefined>>
  readonly want: 'accept' | 'reject'
  readonly error: string | null
}

const corpus = findCorpus('slsa-verifier') ?? ''
const rows: readonly Row[] =
  corpus === '' ? [] : (JSON.parse(readFileSync(join(corpus, 'cases.json'), 'utf8')) as Row[])
const sigstore = await loadSigstore()

/** Its typed errors in our codes. Where it has one error for several defects, the row says which one is meant. */
const CODES: Readonly<Record<string, (row: Row) => readonly string[]>> = {
  ErrorMismatchSource: () => ['verify/source-uri'],
  ErrorMismatchBranch: () => ['verify/source-branch'],
  ErrorMismatchTag: () => ['verify/source-tag'],
  ErrorMismatchVersionedTag: () => ['verify/source-versioned-tag'],
  ErrorInvalidRef: () => ['verify/source-ref-kind'],
  // Another workflow than the one whom the trust document names.
  ErrorUntrustedReusableWorkflow: () => ['verify/identity-unexpected'],
  // A builder is how its user says whom to trust: without one, nobody is.
  ErrorInvalidBuilderID: ({ options }) =>
    options['builder-id'] === undefined ? ['verify/identity-none'] : ['verify/builder-id'],
  ErrorNotSupported: () => ['verify/builder-id', 'verify/builder-unknown'],
  ErrorMismatchPackageName: () => ['verify/package-name'],
  ErrorMismatchPackageVersion: () => ['verify/package-version'],
  ErrorInvalidSignature: ({ provenance }) =>
    provenance.includes('invalidsigprov')
      ? ['verify/certificate-signature-invalid']
      : ['verify/signature-invalid'],
}

/** What else is wrong with a payload that was changed after it was logged. */
const CONSEQUENCES: ReadonlyMap<string | undefined, readonly string[]> = new Map([
  [
    'verify/certificate-signature-invalid',
    ['verify/log-digest-mismatch', 'verify/log-entry-missing', 'verify/time-missing'],
  ],
])

const ISSUER = 'https://token.actions.githubusercontent.com'
const GENERATORS = 'https://github.com/slsa-framework/slsa-github-generator/.github/workflows/'
const BUILDERS = ['builder_go_slsa3.yml', 'generator_generic_slsa3.yml'].map(
  (name) => `${GENERATORS}${name}`,
)

/** What npm's tarballs, which are not in the corpus, say of themselves, and the workflow that published each. */
const PACKAGES = [
  {
    file: 'cli-v02',
    purl: 'pkg:npm/%40laurentsimon/provenance-npm-test@1.0.3',
    workflow: 'https://github.com/laurentsimon/provenance-npm-test/.github/workflows/release.yml',
  },
  {
    file: 'cli-v1',
    purl: 'pkg:npm/sigstore@2.3.1',
    workflow: 'https://github.com/sigstore/sigstore-js/.github/workflows/release.yml',
  },
] as const

type Names = Pick<TrustedIdentity, 'san' | 'isRefGlob'>

/** Short forms of a builder: without a ref, any version of it; `@v1` for the tag. */
function namesOf(builder: string): Names {
  if (!builder.includes('@')) return { san: `${builder}@refs/tags/v*`, isRefGlob: true }
  return { san: builder.replace(/@(?=v\d)/, '@refs/tags/'), isRefGlob: false }
}

function trustNaming(names: readonly Names[]): TrustDocument {
  if (!PUBLIC_GOOD.ok) throw new Error(PUBLIC_GOOD.problems[0].message)
  const identities = names.map((one, index) => ({
    ...{ name: `workflow-${index}`, issuer: ISSUER, claims: {}, roles: ['release'], isCi: true },
    ...one,
  }))
  return {
    ...trusting({ root: PUBLIC_GOOD.value }),
    identities,
    registryKeys: readRegistryKeys(),
  }
}

interface Question {
  readonly trust: TrustDocument
  readonly bundles: readonly NamedBundle[]
  readonly provenance: ProvenanceExpectation
  readonly package?: Expectation['package']
}

function questionOf(row: Row): Question {
  const { options } = row
  const provenance = {
    // Its short form of a repository, which Assay has not: the whole URI is compared.
    sourceUri: `https://${options['source-uri']}`,
    ...(options['source-tag'] !== undefined && { sourceTag: options['source-tag'] }),
    ...(options['source-branch'] !== undefined && { sourceBranch: options['source-branch'] }),
    ...(options['source-versioned-tag'] !== undefined && {
      sourceVersionedTag: options['source-versioned-tag'],
    }),
  }
  const bytes = readFileSync(join(corpus, row.provenance))
  const builder = options['builder-id']
  if (row.cmd === 'verify-npm-package') return npmQuestion(row, bytes, provenance)
  const names = (builder === undefined ? BUILDERS : [builder]).map(namesOf)
  const isWhole = builder?.includes('@') === true
  return {
    trust: trustNaming(names),
    bundles: [{ name: row.provenance, bundle: parseBundle(bytes) }],
    provenance: { ...provenance, ...(isWhole && { builderId: namesOf(builder).san }) },
  }
}

function npmQuestion(row: Row, bytes: Uint8Array, provenance: ProvenanceExpectation): Question {
  const known = PACKAGES.find(({ file }) => row.provenance.includes(file))
  const attestations = parseNpmAttestations(bytes)
  if (known === undefined || !attestations.ok) throw new Error(row.provenance)
  const { 'builder-id': builderId, 'package-name': name, 'package-version': version } = row.options
  const workflow = { san: `${known.workflow}@refs/heads/main`, isRefGlob: false }
  return {
    trust: trustNaming(builderId === undefined ? [] : [workflow]),
    bundles: attestations.value.map((one, index) => ({ name: `attestation ${index}`, ...one })),
    provenance: { ...provenance, ...(builderId !== undefined && { builderId }) },
    package: {
      purl: known.purl,
      ...(name !== undefined && { name }),
      ...(version !== undefined && { version }),
    },
  }
}

/** `accepted`, or the codes of everything that was wrong, each once. */
function judge(row: Row): 'accepted' | readonly string[] {
  const { trust, bundles, provenance, package: asked } = questionOf(row)
  const artifacts = row.artifact_digests.map(({ sha256, sha512 }, index) => ({
    name: `artifact ${index}`,
    digest: { sha256, sha512 },
  }))
  const { verdict } = verifyBundles({
    bundles,
    trust,
    sigstore,
    now: Date.UTC(2026, 10, 21),
    expectation: {
      artifacts: { kind: 'artifacts', artifacts },
      statementVersions: ['v1', 'v0.1'],
      provenance,
      ...(asked !== undefined && { package: asked }),
    },
  })
  if (verdict.outcome === 'accepted') return 'accepted'
  return [...new Set(failedChecks(verdict).map(({ code }) => code ?? ''))].toSorted()
}

/** Exactly these codes, but for what always comes with them. */
function isWanted(
  found: 'accepted' | readonly string[],
  wanted: 'accepted' | readonly string[] | undefined,
): boolean {
  if (typeof found === 'string' || typeof wanted !== 'object') return found === wanted
  const others = CONSEQUENCES.get(wanted[0]) ?? []
  return found.filter((code) => !others.includes(code)).join() === wanted.join()
}

describe.runIf(corpus !== '')('the cases of slsa-verifier', () => {
  it('are judged as it judges them, each refusal by its code', () => {
    const unexpected = rows.flatMap((row) => {
      const wanted = row.error === null ? 'accepted' : CODES[row.error]?.(row)
      const found = judge(row)
      return isWanted(found, wanted)
        ? []
        : [{ name: row.name, provenance: row.provenance, options: row.options, wanted, found }]
    })
    reportCorpus('slsa-verifier', rows.length, unexpected.length)
    expect(unexpected).toEqual([])
    expect(rows).toHaveLength(320)
  })

  it('have no two defects with one code', () => {
    const codes = new Map<string, string>()
    for (const row of rows) {
      if (row.error === null) continue
      const key = (CODES[row.error]?.(row) ?? []).join()
      expect(codes.get(key) ?? row.error).toBe(row.error)
      codes.set(key, row.error)
    }
    expect(codes.size).toBe(13)
  })
})
