// the attestations of a package of npm belong together, or to nothing.

import { describe, expect, it } from 'vitest'
import { failedChecks } from '../../../src/core/index.ts'
import { freshKey } from '../keys.ts'
import { signWithKey, WITNESSED_AT } from '../sigstore/signed-statement.ts'
import { trusting } from '../sigstore/trust.ts'
import {
  askNpm,
  PROVENANCE,
  PUBLICATION,
  PUBLISH,
  PURL,
  provenanceBundle,
  publicationBundle,
  REGISTRY_KEY,
  REGISTRY_KEY_ID,
  serve,
  SUBJECT,
  TARBALL,
  TRUST,
  verifyNpm,
} from './scene.ts'

const BUILT = serve(provenanceBundle(), PROVENANCE)
const PUBLISHED = serve(publicationBundle(), PUBLISH)
const published = (statement: object) =>
  serve(publicationBundle({ statement: { ...statement } }), PUBLISH)

describe('a package of npm (A-65)', () => {
  it('is accepted with both attestations, in any order', () => {
    expect(askNpm([BUILT, PUBLISHED])).toEqual([])
    expect(askNpm([PUBLISHED, BUILT])).toEqual([])
    expect(askNpm([BUILT, PUBLISHED], { signer: 'signer' })).toEqual([])
  })

  it('is accepted with who signed which of them in the verdict', () => {
    const { verdict } = verifyNpm([BUILT, PUBLISHED])
    const signers = verdict.checks?.filter(({ name }) => name === 'attestation-signer')
    expect(signers).toMatchObject([
      {
        message: 'The provenance was signed by a certificate of who built it, as it must be',
        found: 'a certificate of "signer"',
      },
      {
        message: 'The publication was signed by a key of the registry, as it must be',
        found: 'the key "npm-1"',
      },
    ])
  })

  it('is another one by the digest that npm signs, and the verdict shows that one alone', () => {
    const subject = [{ ...SUBJECT, digest: { sha512: 'b'.repeat(128) } }]
    const { verdict } = verifyNpm([serve(provenanceBundle({ subject })), published({ subject })])
    const missing = failedChecks(verdict).filter(({ code }) => code === 'verify/subject-missing')
    expect(missing.map(({ expected }) => expected)).toEqual([
      `sha512:${SUBJECT.digest.sha512}`,
      `sha512:${SUBJECT.digest.sha512}`,
    ])
    expect(verifyNpm([BUILT, PUBLISHED]).verdict.outcome).toBe('accepted')
  })

  it.each([
    ['the provenance alone', [BUILT]],
    ['the publication alone', [PUBLISHED]],
  ])('is not accepted by %s', (_, bundles) => {
    expect(askNpm(bundles)).toEqual(['verify/attestation-missing'])
  })

  it('is not accepted with an attestation twice, or with one more', () => {
    expect(askNpm([BUILT, PUBLISHED, PUBLISHED])).toEqual(['verify/attestation-unexpected'])
    const other = { predicateType: 'https://example.org/other/v1', predicate: {} }
    const bundles = [BUILT, PUBLISHED, serve(provenanceBundle(other))]
    expect(askNpm(bundles)).toEqual(['verify/attestation-unexpected'])
  })

  it('is not accepted with a signature over its bytes in place of an attestation', () => {
    const key = freshKey('P-256', 'sha256')
    const { keyId: hint } = key.publicKey
    const bare = serve({
      version: '0.3',
      keyMaterial: { kind: 'public-key', hint },
      logEntries: [],
      timestamps: [],
      content: { kind: 'message', signature: Uint8Array.from(key.sign(TARBALL)) },
    })
    const trust = { ...TRUST, keys: trusting({ key: key.publicKey }).keys }
    expect(askNpm([BUILT, PUBLISHED, bare], {}, trust)).toEqual(['verify/attestation-unexpected'])
    expect(askNpm([bare], { package: {} }, trust)).toEqual([])
  })

  it('is not accepted where the type beside an attestation is not so', () => {
    expect(askNpm([serve(provenanceBundle(), PUBLISH), PUBLISHED])).toEqual([
      'verify/attestation-type',
    ])
    expect(
      askNpm([serve(provenanceBundle(), 'https://slsa.dev/provenance/v0.2'), PUBLISHED]),
    ).toEqual(['verify/attestation-type'])
  })

  it.each([
    ['another version', { name: 'pkg:npm/%40scope/name@1.2.4' }],
    ['another package', { name: 'pkg:npm/%40scope/other@1.2.3' }],
    ['a name in another spelling', { name: 'pkg:npm/@scope/name@1.2.3' }],
    ['a name in upper case', { name: 'pkg:npm/%40scope/Name@1.2.3' }],
    ['no name', { name: undefined }],
    ['a digest more', { digest: { ...SUBJECT.digest, sha256: 'a'.repeat(64) } }],
  ])('is not accepted where a statement is about %s', (_, change) => {
    const subject = [{ ...SUBJECT, ...change }]
    const codes = askNpm([BUILT, published({ subject })])
    expect(codes).toContain('verify/package-subject')
    expect(askNpm([serve(provenanceBundle({ subject })), PUBLISHED])).toEqual(codes)
  })

  it('is not accepted where a statement is about more', () => {
    const subject = [SUBJECT, { name: 'pkg:npm/more@1.0.0', digest: { sha512: 'b'.repeat(128) } }]
    expect(askNpm([BUILT, published({ subject })])).toEqual(['verify/package-subject'])
  })

  it.each([
    ['another name', { name: '@scope/other' }],
    ['another version', { version: '1.2.4' }],
    ['another scope', { name: 'name' }],
    ['a path as a name', { name: 'x/@scope/name' }],
    ['no address as its own', { registry: 'npm' }],
  ])('is not accepted where the registry says %s', (_, change) => {
    expect(askNpm([BUILT, published({ predicate: { ...PUBLICATION, ...change } })])).toEqual([
      'verify/package-published',
    ])
  })

  it('is not accepted where the registry does not say what it published', () => {
    expect(askNpm([BUILT, published({ predicate: { name: '@scope/name' } })])).toEqual([
      'verify/predicate-malformed',
    ])
  })
})

describe('a key of the registry', () => {
  const only = { package: {} }

  it('counts for what was published', () => {
    expect(askNpm([PUBLISHED], only)).toEqual([])
    expect(askNpm([PUBLISHED], { ...only, signer: 'signer' })).toEqual(['verify/signer-unexpected'])
  })

  it.each([
    ['a provenance', { predicateType: PROVENANCE, predicate: { buildDefinition: {} } }],
    ['a statement of another type', { predicateType: 'https://example.org/x/v1', predicate: {} }],
    ['another version of the type', { predicateType: `${PUBLISH.slice(0, -3)}0.2`, predicate: {} }],
  ])('does not count for %s', (_, statement) => {
    expect(askNpm([serve(publicationBundle({ statement }))], only)).toContain('verify/role-missing')
  })

  it.each([
    ['before it is valid', -1_001, ['verify/key-not-yet-valid']],
    ['from its first instant', -1_000, []],
    ['until its last instant', 1_000, []],
    ['after it has expired', 2_000, ['verify/key-expired']],
  ])('counts, or not, %s', (_, offset, codes) => {
    // Rekor v1 counts seconds.
    const at = WITNESSED_AT + Math.floor(offset / 1_000) * 1_000
    expect(askNpm([BUILT, serve(publicationBundle({ at }))])).toEqual(codes)
  })

  it('does not count without a time of somebody else', () => {
    const unlogged = serve(publicationBundle({ at: undefined }))
    expect(askNpm([BUILT, unlogged])).toEqual(['verify/time-missing'])
    const rootless = { ...TRUST, roots: [] }
    expect(askNpm([PUBLISHED], only, rootless)).toEqual(['verify/time-missing'])
  })

  it('is the one that the signature names, and no other', () => {
    const other = freshKey('P-256', 'sha256')
    const forged = serve(publicationBundle({ key: other }))
    expect(askNpm([BUILT, forged])).toEqual(['verify/signature-invalid'])
    const unknown = serve(publicationBundle({ hint: 'SHA256:other' }))
    expect(askNpm([BUILT, unknown])).toEqual(['verify/key-unknown'])
  })

  it('can not be stood in for by a key of the trust document, nor a certificate by one', () => {
    const key = freshKey('P-256', 'sha256')
    const trust = {
      ...TRUST,
      keys: trusting({ key: key.publicKey }).keys,
    }
    const own = serve(publicationBundle({ key, hint: key.publicKey.keyId }))
    expect(askNpm([BUILT, own], {}, trust)).toEqual(['verify/attestation-signer'])
    const { content } = provenanceBundle()
    const payload = content.kind === 'dsse' ? content.envelope.payload : new Uint8Array()
    const statement = JSON.parse(Buffer.from(payload).toString()) as Record<string, unknown>
    const built = serve(signWithKey(statement, { key, hint: key.publicKey.keyId }))
    expect(askNpm([built, PUBLISHED], {}, trust)).toEqual(['verify/attestation-signer'])
  })

  it('is looked for by its own name, whatever keys there are', () => {
    const trust = { ...TRUST, registryKeys: [{ ...REGISTRY_KEY, keyId: 'SHA256:renamed' }] }
    expect(askNpm([PUBLISHED], only, trust)).toEqual(['verify/key-unknown'])
    expect(REGISTRY_KEY_ID).not.toBe(REGISTRY_KEY.publicKey.keyId)
  })
})

describe('the expected package', () => {
  it('is compared by name and version', () => {
    const both = [BUILT, PUBLISHED]
    const named = (asked: object) => askNpm(both, { package: { purl: PURL, ...asked } })
    expect(named({ name: '@scope/name', version: '1.2.3' })).toEqual([])
    expect(named({ name: 'name' })).toEqual(['verify/package-name'])
    expect(named({ name: '@scope/nam' })).toEqual(['verify/package-name'])
    expect(named({ version: '1.2' })).toEqual(['verify/package-version'])
  })

  it('is read of the subject of any statement, if that is a canonical purl with a version', () => {
    const asked = { package: { name: '@scope/name', version: '1.2.3' } }
    const named = (name: string | undefined) =>
      askNpm([serve(provenanceBundle({ subject: [{ ...SUBJECT, name }] }))], asked)
    expect(named(PURL)).toEqual([])
    expect(named('pkg:pypi/name@1.2.3')).toEqual(['verify/package-name'])
    for (const name of [
      'pkg:npm/@scope/name@1.2.3',
      'pkg:npm/%40scope/name',
      'name.tgz',
      undefined,
    ]) {
      expect(named(name)).toEqual(['verify/package-unnamed'])
    }
  })

  it('has a builder that npm can name', () => {
    const both = [BUILT, PUBLISHED]
    const by = (builderId: string) => askNpm(both, { provenance: { builderId } })
    expect(by('https://github.com/actions/runner/github-hosted')).toEqual([])
    expect(by('https://github.com/actions/runner')).toEqual(['verify/builder-id'])
    expect(by('https://gitlab.com/o/r/-/runners/1')).toEqual(['verify/builder-id'])
    expect(by('https://github.com/actions/runner2')).toEqual([
      'verify/builder-id',
      'verify/builder-unknown',
    ])
  })
})
