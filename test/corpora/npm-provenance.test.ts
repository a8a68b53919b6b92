import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import { compareCodePoints } from '../../src/core/index.ts'
import { findCorpus, reportCorpus } from '../corpora.ts'
import { createTestHost } from '../host/test-host.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { readRegistryKeyFile } from '../verify/sigstore/registry-keys.ts'

const corpus = findCorpus('npm-provenance') ?? ''
const ISSUER = 'https://token.actions.githubusercontent.com'

interface Package {
  readonly file: string
  /** The workflow that published it. */
  readonly workflow: string
}

const PACKAGES: readonly Package[] = [
  {
    file: 'sigstore-0.4.0',
    workflow: 'sigstore/sigstore-js/.github/workflows/publish.yml@refs/tags/v0.4.0',
  },
  {
    file: 'sigstore-1.0.0',
    workflow: 'sigstore/sigstore-js/.github/workflows/publish.yml@refs/tags/v1.0.0',
  },
  {
    file: 'sigstore-2.3.1',
    workflow: 'sigstore/sigstore-js/.github/workflows/release.yml@refs/heads/main',
  },
  {
    file: 'tuf-js-1.0.0',
    workflow: 'theupdateframework/tuf-js/.github/workflows/publish.yml@refs/tags/v1.0.0',
  },
]
const PAIRS = PACKAGES.flatMap((a) => PACKAGES.filter((b) => b !== a).map((b) => [a, b] as const))

/** What is wrong with the registry's word about another package; the provenance has the last two as well. */
const FOREIGN = ['verify/package-published', 'verify/package-subject', 'verify/subject-missing']

const tarballOf = ({ file }: Package) => join(corpus, `${file}.tgz`)
const attestationsOf = ({ file }: Package) => join(corpus, `${file}.tgz.attestations.json`)

/** A folder with a trust document that names every workflow, the public root and the registry's keys. */
async function prepare(): Promise<string> {
  const folder = makeTemporaryFolder('npm')
  writeFileSync(join(folder, 'keys.json'), readRegistryKeyFile())
  const assay = async (...args: readonly string[]) => {
    expect(await runCli([...args, '--trust', 'trust.json'], createTestHost(folder).host)).toBe(0)
  }
  await runCli(['trust', 'init', '--out', 'trust.json'], createTestHost(folder).host)
  await assay('trust', 'add-root', 'public-good', '--name', 'public-good', '--live')
  await assay('trust', 'add-npm-keys', 'keys.json')
  for (const { file, workflow } of PACKAGES) {
    const who = ['--issuer', ISSUER, '--san', `https://github.com/${workflow}`]
    await assay('trust', 'add-identity', '--name', file, ...who, '--role', 'release', '--ci')
  }
  return folder
}

/** `accepted`, or the codes of everything that was wrong, each once. */
async function judge(
  folder: string,
  tarball: string,
  attestations: string,
  options: string[] = [],
) {
  const { host, output } = createTestHost(folder)
  const paths = ['--npm', tarball, '--attestations', attestations]
  const args = ['verify', ...paths, '--trust', 'trust.json', '--format', 'json', ...options]
  const exitCode = await runCli(args, host)
  if (exitCode === 0) return 'accepted'
  const codes = [...output.stdout.matchAll(/"code":\s*"(verify\/[^"]+)"/g)].map(
    ([, code]) => code ?? '',
  )
  return [...new Set(codes)].toSorted(compareCodePoints)
}

/** One kind of attestation of one package, and the other kind of another. */
function mixAttestations(folder: string, built: Package, published: Package): string {
  const read = (one: Package) =>
    JSON.parse(readFileSync(attestationsOf(one), 'utf8')) as {
      attestations: readonly { predicateType: string }[]
    }
  const isPublished = ({ predicateType }: { predicateType: string }) =>
    predicateType.includes('/publish/')
  const attestations = [
    ...read(built).attestations.filter((one) => !isPublished(one)),
    ...read(published).attestations.filter(isPublished),
  ]
  writeFileSync(join(folder, 'mixed.json'), JSON.stringify({ attestations }))
  return 'mixed.json'
}

describe.runIf(corpus !== '')('the packages of npm', () => {
  it('are all accepted', async () => {
    const folder = await prepare()
    const unexpected: unknown[] = []
    for (const one of PACKAGES) {
      const found = await judge(folder, tarballOf(one), attestationsOf(one))
      if (found !== 'accepted') unexpected.push([one.file, found])
    }
    reportCorpus('npm-provenance', PACKAGES.length, unexpected.length)
    expect(unexpected).toEqual([])
  }, 60_000)

  it('are not accepted with the attestations of another', async () => {
    const folder = await prepare()
    const unexpected: unknown[] = []
    for (const [one, other] of PAIRS) {
      const found = await judge(folder, tarballOf(one), attestationsOf(other))
      if (String(found) !== FOREIGN.join()) unexpected.push([one.file, other.file, found])
    }
    reportCorpus('npm-provenance, cross pairings', PAIRS.length, unexpected.length)
    expect(unexpected).toEqual([])
  }, 60_000)

  it('are not accepted where one attestation is of another package', async () => {
    const folder = await prepare()
    for (const [one, other] of PAIRS) {
      const mixed = mixAttestations(folder, one, other)
      expect(await judge(folder, tarballOf(one), mixed)).toEqual(FOREIGN)
      expect(await judge(folder, tarballOf(other), mixed)).toEqual([
        'verify/package-subject',
        'verify/subject-missing',
      ])
    }
  }, 60_000)

  it('are compared with what is expected of them', async () => {
    const folder = await prepare()
    const [one] = PACKAGES
    if (one === undefined) throw new Error('there is no package')
    const ask = (...options: string[]) =>
      judge(folder, tarballOf(one), attestationsOf(one), options)
    const source = [
      '--source-uri',
      'https://github.com/sigstore/sigstore-js',
      '--source-tag',
      'v0.4.0',
    ]
    expect(await ask(...source, '--package-name', 'sigstore', '--package-version', '0.4.0')).toBe(
      'accepted',
    )
    expect(await ask('--source-versioned-tag', 'v0.4')).toBe('accepted')
    expect(await ask('--source-versioned-tag', 'v0.5')).toEqual(['verify/source-versioned-tag'])
    expect(await ask('--package-version', '0.4.1')).toEqual(['verify/package-version'])
    expect(await ask('--statement-version', 'v1')).toEqual(['verify/statement-version'])
  }, 60_000)
})
