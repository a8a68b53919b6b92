// `assay inspect` of what Sigstore, npm and their tools write: whom would one have to trust? Nothing of it was verified.

import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodeBundle } from '../../src/bundle/index.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import { encodePem } from '../../src/trust/index.ts'
import { createTestHost } from '../host/test-host.ts'
import { PROVENANCE, provenanceBundle, PUBLISH, publicationBundle } from '../verify/npm/scene.ts'
import { statement } from '../verify/release.ts'
import { certifyStatement } from '../verify/sigstore/signed-statement.ts'
import { ISSUER, makeAuthority, makeLeaf, WORKFLOW } from '../verify/sigstore/test-authority.ts'
import { makeTsa, stamp } from '../verify/sigstore/test-timestamp.ts'

let folder = ''
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'assay-inspect-'))))
afterEach(() => rmSync(folder, { recursive: true }))

async function inspect(content: unknown) {
  const isBytes = typeof content === 'string' || content instanceof Uint8Array
  writeFileSync(join(folder, 'file'), isBytes ? content : JSON.stringify(content))
  const { host, output } = createTestHost(folder)
  const exitCode = await runCli(['inspect', 'file'], { ...host, columns: Infinity })
  return { exitCode, lines: output.stdout.split('\n').map((line) => line.trim()), ...output }
}

const CLAIMS = { 8: ISSUER, 11: 'github-hosted', 15: '1001' }
const BUNDLE = certifyStatement(statement(), { san: WORKFLOW, claims: CLAIMS })

describe('assay inspect', () => {
  it('says for whom the certificate of a bundle is, by whose word, and when', async () => {
    const timestamp = stamp(makeTsa(), Buffer.from('a signature'))
    const bundle = {
      ...BUNDLE,
      version: '0.3',
      timestamps: [timestamp, Buffer.from([1, 2, 3])],
    } as const
    const { exitCode, lines } = await inspect(encodeBundle(bundle))
    expect([exitCode, lines[0]]).toEqual([0, expect.stringContaining('NOT VERIFIED')])
    expect(lines).toEqual(
      expect.arrayContaining([
        'carries: certificate',
        `certificate: ${WORKFLOW}`,
        `name (uri): ${WORKFLOW}`,
        `identity provider: ${ISSUER}`,
        'runnerEnvironment: github-hosted',
        'sourceRepositoryIdentifier: 1001',
        'valid from: 2026-01-10T12:00:00Z',
        'valid until: 2026-01-10T12:10:00Z',
        'key: p256',
        'log entries: 1',
        expect.stringMatching(/^log entry: \d+, dsse 0\.0\.1$/),
        'time: 2026-01-10T12:01:00Z',
        expect.stringMatching(/^comes with: a promise/),
        'timestamps: 2',
        expect.stringMatching(/^timestamp: 2026-01-10T/),
        'timestamp: 3 bytes',
      ]),
    )
  })

  it('reads certificates by themselves: a signer, one that names nobody, an authority', async () => {
    const { rootCertificate, intermediate } = makeAuthority()
    const leaf = await inspect(encodePem('CERTIFICATE', makeLeaf()))
    expect(leaf.exitCode).toBe(0)
    expect(leaf.lines.slice(1, 4)).toEqual([
      'certificate',
      expect.stringMatching(/^name \(uri\): https:/),
      `identity provider: ${ISSUER}`,
    ])

    const nameless = await inspect(encodePem('CERTIFICATE', makeLeaf({ without: ['2.5.29.17'] })))
    expect(nameless.lines).toContainEqual(expect.stringMatching(/^malformed: /))
    expect(nameless.stdout).not.toContain('name (')

    const chain = [makeLeaf(), intermediate, rootCertificate]
    const all = await inspect(chain.map((der) => encodePem('CERTIFICATE', der)).join(''))
    expect(all.lines).toContain('3 certificates')
    expect(all.lines).toContainEqual(expect.stringMatching(/^certificate of an authority: CN=test/))

    const broken = await inspect(encodePem('CERTIFICATE', Buffer.from([1, 2, 3])))
    expect([broken.exitCode, broken.lines.slice(1, 3)]).toEqual([
      0,
      ['certificate', expect.stringMatching(/^malformed: /)],
    ])
    const cut = await inspect('-----BEGIN CERTIFICATE-----\n')
    expect([cut.exitCode, cut.stderr.includes('trust/key-invalid')]).toEqual([2, true])
  })

  it('reads what the registry of npm serves of a package', async () => {
    const toJson = (bundle: typeof BUNDLE): unknown =>
      JSON.parse(String(Buffer.from(encodeBundle({ ...bundle, version: '0.3' }))))
    const { exitCode, lines } = await inspect({
      attestations: [
        { predicateType: PUBLISH, bundle: toJson(publicationBundle()) },
        { predicateType: PROVENANCE, bundle: toJson(provenanceBundle()) },
        { predicateType: PROVENANCE, bundle: {} },
      ],
    })
    expect(exitCode).toBe(0)
    expect(lines).toEqual(
      expect.arrayContaining([
        'attestations of a package of npm',
        '/attestations/0: bundle',
        `unsigned, beside it: predicate type ${PUBLISH}`,
        'hints at the key: SHA256:the-key-of-the-registry',
        '/attestations/1: bundle',
        `name (uri): ${WORKFLOW}`,
        '/attestations/2: malformed',
      ]),
    )
    expect((await inspect({ attestations: [{ predicateType: 7 }] })).stderr).toContain('bundle/')
  })

  it('reads the keys of a registry', async () => {
    const key = {
      expires: '2025-01-29T00:00:00.000Z',
      keyid: 'SHA256:jl3bwswu80PjjokCgh0o2w5c2U4LhQAE57gj9cz1kzA',
      keytype: 'ecdsa-sha2-nistp256',
      scheme: 'ecdsa-sha2-nistp256',
      key: 'MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE1Olb3zMAFFxXKHiIkQO5cJ3Yhl5i6UPp+IhuteBJbuHcA5UogKo0EWtlWwW6KSaKoTNEYL7JlCQiVnkhBktUgg==',
    }
    const { exitCode, lines } = await inspect({ keys: [key] })
    expect([exitCode, ...lines.slice(1, 6)]).toEqual([
      0,
      'keys of a package registry',
      'registry key: npm-jl3bwswu80',
      `key id: ${key.keyid}`,
      'valid from: the beginning',
      'valid until: 2025-01-29T00:00:00Z',
    ])
    const odd = await inspect({ keys: [{ ...key, scheme: 'x' }] })
    expect([odd.exitCode, odd.stderr.includes('trust/registry-keys')]).toEqual([2, true])
  })

  it('reads a signing config', async () => {
    const service = { url: 'https://fulcio.example', majorApiVersion: 1, operator: 'example.org' }
    const validFor = { start: '2025-01-01T00:00:00Z', end: '2026-01-01T00:00:00Z' }
    const { exitCode, lines } = await inspect({
      mediaType: 'application/vnd.dev.sigstore.signingconfig.v0.2+json',
      caUrls: [{ ...service, validFor }],
      rekorTlogUrls: [{ ...service, url: 'https://log.example', majorApiVersion: 2 }],
      rekorTlogConfig: { selector: 'EXACT', count: 2 },
      tsaUrls: 'no list',
      tsaConfig: { selector: 'ANY' },
    })
    expect(exitCode).toBe(0)
    expect(lines.slice(1, -1)).toEqual([
      'Sigstore signing config',
      'format: application/vnd.dev.sigstore.signingconfig.v0.2+json',
      'certificate authority: https://fulcio.example',
      'version of its interface: 1',
      'operator: example.org',
      'valid from: 2025-01-01T00:00:00Z',
      'valid until: 2026-01-01T00:00:00Z',
      'log: https://log.example',
      'version of its interface: 2',
      'operator: example.org',
      'valid from: unknown',
      'logs used: exact 2',
      'timestamp authorities used: any',
    ])
  })
})
