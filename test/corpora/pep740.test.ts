// Real attestations of Python packages: those that the sdist of pypi-attestations 0.0.29 carries for its own tests.
// `.ci/outside-tools.sh` puts them into the folder that ASSAY_TEST_PYPI names.

import { existsSync, readFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { type FoundBundle, parseBundleFile } from '../../src/bundle/index.ts'
import { failedChecks } from '../../src/core/index.ts'
import { digestBytes } from '../../src/digest/index.ts'
import type { TrustDocument } from '../../src/trust/index.ts'
import { type ExpectedArtifact, loadSigstore, verifyBundles } from '../../src/verify/index.ts'
import { reportCorpus } from '../corpora.ts'
import {
  ATTESTATIONS,
  CASES,
  MODELS,
  MODELS_SDIST,
  SDIST,
  type Signer,
  SPT3G,
} from './pep740-cases.ts'
import { PUBLIC_GOOD, readRoot, trusting } from '../verify/sigstore/trust.ts'

const cache = process.env['XDG_CACHE_HOME'] ?? join(homedir(), '.cache')
const folder = process.env['ASSAY_TEST_PYPI'] ?? join(cache, 'assay-ci-pypi')
const assets = join(folder, 'pypi_attestations-0.0.29/test/assets')
const isThere = existsSync(assets) && existsSync(join(folder, 'staging_trusted_root.json'))
if (!isThere) {
  process.stderr.write(
    `\nNOT RUN: real attestations of Python packages, which are not in ${folder}: bash .ci/outside-tools.sh\n`,
  )
}
const read = (name: string): Buffer => readFileSync(join(assets, name))

const roots = isThere
  ? [PUBLIC_GOOD, readRoot(readFileSync(join(folder, 'staging_trusted_root.json')), 'staging')]
  : []

function trustFor({ issuer, san, isStaging = false }: Signer): TrustDocument {
  const root = roots[isStaging ? 1 : 0]
  if (root?.ok !== true) throw new Error('Expected the trusted root to be read')
  return trusting({ root: root.value, identity: { issuer, san } })
}

function artifactOf(name: string, bytes?: Uint8Array): ExpectedArtifact {
  if (name.startsWith('sha256:')) return { name, digest: { sha256: name.slice(7) } }
  return { name, digest: { sha256: digestBytes('sha256', bytes ?? read(name)) } }
}

/** The members that are changed here, of both documents. */
interface Document {
  readonly verification_material: { certificate: string; transparency_entries: object[] }
  readonly envelope: { statement: string; signature: string }
  readonly attestation_bundles: [{ publisher: object }]
}

function readDocument(name: string): Document {
  return JSON.parse(read(name).toString('utf8')) as Document
}

interface Question {
  readonly signer: Signer
  readonly artifact: ExpectedArtifact
}

/** `accepted`, or the codes of everything that was wrong. */
async function judge(file: Uint8Array, { signer, artifact }: Question): Promise<unknown> {
  const parsed = parseBundleFile(file)
  const found: readonly FoundBundle[] = parsed.ok ? parsed.value.bundles : [{ bundle: parsed }]
  const { verdict } = verifyBundles({
    bundles: found.map(({ at, bundle }) => ({ name: at ?? 'file', bundle })),
    trust: trustFor(signer),
    now: Date.UTC(2026, 10, 21),
    sigstore: await loadSigstore(),
    expectation: { artifacts: { kind: 'artifacts', artifacts: [artifact] } },
  })
  if (verdict.outcome === 'accepted') return 'accepted'
  const codes = failedChecks(verdict).flatMap(({ code, because = [] }) => [
    code,
    ...because.map((problem) => problem.code),
  ])
  return codes.filter((code) => code !== undefined)
}

/** The document with a change, and the question that it is asked. */
function change(name: string, edit: (document: Document) => unknown): Buffer {
  const document = readDocument(name)
  return Buffer.from(JSON.stringify(edit(document) ?? document))
}

describe.runIf(isThere)('the attestations that pypi-attestations tests itself with', () => {
  const unexpected: string[] = []

  it.each(CASES)('%s is of its signer about %s', async (file, name, signer) => {
    const artifact = artifactOf(name)
    const found = await judge(read(file), { signer, artifact })
    if (found !== 'accepted') unexpected.push(file)
    expect(found).toBe('accepted')
    const other = { ...signer, san: `${signer.san}x` }
    expect(await judge(read(file), { signer: other, artifact })).toEqual([
      'verify/identity-unexpected',
    ])
    const issuer = { ...signer, issuer: 'https://issuer.example' }
    expect(await judge(read(file), { signer: issuer, artifact })).toEqual([
      'verify/issuer-unexpected',
    ])
    const instance = { ...signer, isStaging: signer.isStaging !== true }
    expect(await judge(read(file), { signer: instance, artifact })).not.toBe('accepted')
  })

  it.each(CASES)('%s is of nothing but %s', async (file, name, signer) => {
    const bytes = Buffer.from('nothing')
    const changed = name.startsWith('sha256:') ? `sha256:${'0'.repeat(64)}` : name
    const artifact = artifactOf(changed, bytes)
    expect(await judge(read(file), { signer, artifact })).toEqual(['verify/subject-missing'])
  })

  const PUBLISH = `${SDIST}.publish.attestation`
  const asked = { signer: ATTESTATIONS, artifact: isThere ? artifactOf(SDIST) : artifactOf(SPT3G) }

  it.each([
    ['another file name', 'wrong_name-0.1.2-py3-none-any.whl', ['verify/distribution-name']],
    [
      'a wheel of the same version',
      'pypi_attestations-0.0.19-py3-none-any.whl',
      ['verify/distribution-name'],
    ],
    ['no name of a distribution', 'download', ['verify/distribution-name']],
    ['another spelling', 'dist/Pypi.Attestations-0.0.19.0.tar.gz', 'accepted'],
  ])('one is held against %s', async (_, name, answer) => {
    const artifact = { ...asked.artifact, name }
    expect(await judge(read(PUBLISH), { ...asked, artifact })).toEqual(answer)
  })

  it.each<[string, string, (document: Document) => unknown]>([
    ['another version', 'bundle/version', (d) => ({ ...d, version: 2 })],
    [
      'no log entry',
      'bundle/member',
      (d) => void (d.verification_material.transparency_entries = []),
    ],
    [
      'a log entry without its proof',
      'verify/log-proof-missing',
      (d) =>
        void Reflect.deleteProperty(
          d.verification_material.transparency_entries[0]!,
          'inclusionProof',
        ),
    ],
    [
      'a signature that fits nothing',
      'verify/certificate-signature-invalid',
      (d) => void (d.envelope.signature = flip(d.envelope.signature)),
    ],
    [
      'a statement that was changed',
      'verify/certificate-signature-invalid',
      (d) => void (d.envelope.statement = flip(d.envelope.statement)),
    ],
    [
      'a certificate that was changed',
      'verify/certificate-signature-invalid',
      (d) =>
        void (d.verification_material.certificate = readDocument(
          `${MODELS_SDIST}.attestation`,
        ).verification_material.certificate),
    ],
    [
      'the log entry of another attestation',
      'verify/log-digest-mismatch',
      (d) =>
        void (d.verification_material.transparency_entries = readDocument(
          `${SDIST}.slsa.attestation`,
        ).verification_material.transparency_entries),
    ],
  ])('one with %s is refused: %s', async (_, code, edit) => {
    expect(await judge(change(PUBLISH, edit), asked)).toContain(code)
    expect(
      await judge(
        change(PUBLISH, () => undefined),
        asked,
      ),
    ).toBe('accepted')
  })

  it('are not believed for what the index says of a publisher', async () => {
    const file = change(`${SDIST}.provenance`, (document) => {
      document.attestation_bundles[0].publisher = { kind: 'GitHub', repository: 'somebody/else' }
    })
    expect(await judge(file, asked)).toBe('accepted')
    const parsed = parseBundleFile(file)
    expect(parsed.ok && parsed.value.bundles[0]?.beside).toBe(
      'publisher GitHub, repository somebody/else',
    )
  })

  it('are judged each, where a document has several', async () => {
    const publisher = { kind: 'GitHub', repository: 'o/r' }
    const documentOf = (...names: string[]) =>
      Buffer.from(
        JSON.stringify({
          version: 1,
          attestation_bundles: names.map((name) => ({
            publisher,
            attestations: [name === '' ? {} : readDocument(name)],
          })),
        }),
      )
    const SLSA = `${SDIST}.slsa.attestation`
    expect(await judge(documentOf(PUBLISH, SLSA), asked)).toBe('accepted')
    expect(await judge(documentOf(PUBLISH, SLSA, ''), asked)).toContain('verify/bundle-malformed')
    expect(await judge(documentOf(PUBLISH, `${MODELS_SDIST}.attestation`), asked)).toEqual([
      'verify/identity-unexpected',
    ])
    const modelled = { signer: MODELS, artifact: asked.artifact }
    expect(await judge(documentOf(`${MODELS_SDIST}.attestation`), modelled)).toEqual([
      'verify/subject-missing',
      'verify/distribution-name',
    ])
  })

  it('are refused with any bit of them changed', async () => {
    for (const part of [0, 0.25, 0.5, 0.75, 0.999]) {
      for (const edit of [
        (d: Document) => void (d.envelope.statement = flip(d.envelope.statement, part)),
        (d: Document) => void (d.envelope.signature = flip(d.envelope.signature, part)),
        ({ verification_material: material }: Document) =>
          void (material.certificate = flip(material.certificate, part)),
      ]) {
        expect(await judge(change(PUBLISH, edit), asked)).not.toBe('accepted')
      }
    }
    expect(
      await judge(
        change(PUBLISH, (d) => d),
        asked,
      ),
    ).toBe('accepted')
  })

  it("are read from what GitHub's tools write, too", async () => {
    // actions/attest made it; `gh attestation download` writes one on each line, the API a list.
    const bundle = JSON.stringify(JSON.parse(read(`${MODELS_SDIST}.sigstore`).toString('utf8')))
    const question = { signer: MODELS, artifact: artifactOf(MODELS_SDIST) }
    expect(await judge(Buffer.from(`${bundle}\n${bundle}\n`), question)).toBe('accepted')
    const list = `{"attestations":[{"repository_id":1,"bundle_url":"","bundle":${bundle}}]}`
    expect(await judge(Buffer.from(list), question)).toBe('accepted')
    expect(await judge(Buffer.from(`${bundle}\n{}\n`), question)).toContain(
      'verify/bundle-malformed',
    )
    const other = list.replace('"bundle":', '"predicateType":"x","bundle":')
    expect(await judge(Buffer.from(other), question)).toContain('bundle/member-unknown')
  })

  afterAll(() => reportCorpus('pep740', CASES.length, unexpected.length))
})

/** One bit of the bytes, at a part of their length. */
function flip(base64: string, part = 0.5): string {
  const bytes = Buffer.from(base64, 'base64')
  const index = Math.floor(bytes.length * part)
  bytes[index] = (bytes[index] ?? 0) ^ 1
  return bytes.toString('base64')
}
