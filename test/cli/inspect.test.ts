// `assay inspect`: every kind of file, in words, and of a private key not one byte.

import { generateKeyPairSync } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import { encodeManifest } from '../../src/digest/index.ts'
import { ATTESTATION, COSIGN, PROVENANCE } from '../bundle/foreign/documents.ts'
import { createTestHost } from '../host/test-host.ts'
import { testKey } from '../verify/keys.ts'
import {
  artifactsOf,
  digestOf,
  messageBundle,
  RELEASE_FILES,
  signedBundle,
  statement,
  trust,
  trustedKey,
  writeTrust,
} from '../verify/release.ts'

let folder = ''
beforeEach(() => void (folder = mkdtempSync(join(tmpdir(), 'assay-inspect-'))))
afterEach(() => rmSync(folder, { recursive: true }))

async function inspect(content: unknown, format = 'text') {
  const text = typeof content === 'string' || content instanceof Uint8Array
  writeFileSync(join(folder, 'file'), text ? content : JSON.stringify(content))
  const { host, output } = createTestHost(folder)
  const exitCode = await runCli(['inspect', 'file', '--format', format], host)
  return { exitCode, ...output }
}

const { jwk } = testKey('release').publicKey
const ROLE = { name: 'approver', threshold: 2, distinctFrom: ['release'], targets: ['render'] }
const WINDOW = { notBefore: '2026-01-01T00:00:00Z', notAfter: '2026-12-31T00:00:00Z' }
const REVOKED = { revoked: { at: '2026-04-01T00:00:00Z', reason: 'retired' } }
const MANY = Array.from({ length: 40 }, (_, index) => {
  return { path: `file-${index}`, sha256: digestOf(`${index}`) }
})

describe('assay inspect', () => {
  it.each([
    ['a bundle', signedBundle(statement()), ['Sigstore bundle', 'payload type:', '(provenance)']],
    [
      'a bundle of bare bytes',
      messageBundle('x'),
      ['signs: the bytes of an artifact, which are not in the bundle'],
    ],
    [
      'an attestation of a Python package',
      ATTESTATION,
      ['attestation of a Python package', 'carries: certificate', 'log entries: 1'],
    ],
    [
      'what an index serves',
      PROVENANCE,
      [
        'attestations of a Python package, as the index serves them',
        '/attestation_bundles/0/attestations/0: bundle',
        'unsigned, beside it: publisher GitHub, repository o/r, workflow release.yml',
      ],
    ],
    [
      "what GitHub's API answers",
      { attestations: [{ bundle: signedBundle(statement()) }, { bundle: null }] },
      ['list of attestations', '/attestations/0: bundle', '/attestations/1: malformed'],
    ],
    [
      'a bundle of an older cosign',
      COSIGN,
      ['bundle of an older cosign', 'carries: certificate-chain', 'version: 0.1'],
    ],
    [
      'a bundle with a certificate',
      {
        ...signedBundle('x', { payloadType: 'text/plain' }),
        verificationMaterial: { certificate: { rawBytes: 'MIIB' } },
      },
      ['carries: certificate', 'payload: 1 bytes, not a statement'],
    ],
    [
      'a bundle with no hint and a malformed statement',
      { ...signedBundle('{'), verificationMaterial: { publicKey: {} } },
      ['hints at the key: none', 'malformed: Expected a statement in JSON'],
    ],
    [
      'bundles on lines',
      `${JSON.stringify(signedBundle(statement()))}\n{}\n`,
      ['2 lines of Sigstore bundles', 'line 1: bundle', 'line 2: malformed'],
    ],
    ['a malformed bundle', { mediaType: 'x' }, ['malformed: ', 'bundle']],
    [
      'a statement',
      statement({ predicate: {}, predicateType: 'https://x.example/y' }),
      ['unsigned statement', 'predicate members: none', 'subjects: 4'],
    ],
    [
      'a statement with many subjects',
      statement({ subject: MANY.map(({ sha256 }) => ({ digest: { sha256 } })) }),
      ['subject: without a name', 'not shown: 10'],
    ],
    [
      'a trust document',
      writeTrust(
        trust(
          [trustedKey('release', WINDOW), trustedKey('ann', { ...REVOKED, roles: ['approver'] })],
          [ROLE],
        ),
      ),
      ['trust document', 'valid from: 2026', 'retired: at 2026', 'not signers of: release'],
    ],
    [
      'the example trust document',
      readFileSync(new URL('../../keys.example/unsafe-example-trust.json', import.meta.url)),
      ['UNSAFE: an example key, whose private half everybody has'],
    ],
    ['a public key as JWK', jwk, ['public key', 'type: ed25519']],
    [
      'a public key as PEM',
      testKey('release').publicKey.key.export({ type: 'spki', format: 'pem' }),
      ['public key', testKey('release').publicKey.keyId],
    ],
    ['a set of public keys', { keys: [jwk, jwk] }, ['set of public keys', 'keys: 2']],
    ['a manifest', encodeManifest(artifactsOf(RELEASE_FILES)), ['artifacts: 3', 'app.js']],
    ['a long manifest', encodeManifest(MANY), ['artifacts: 40', 'not shown: 10']],
    [
      'an SBOM',
      { bomFormat: 'CycloneDX', specVersion: '1.6', components: [{}] },
      ['SBOM', 'format: CycloneDX 1.6', 'components: 1'],
    ],
    ['an odd SBOM', { bomFormat: {} }, ['format: unknown unknown', 'components: 0']],
  ] as const)('describes %s, and says that nothing was verified', async (_, content, words) => {
    const { exitCode, stdout } = await inspect(content)
    expect(exitCode).toBe(0)
    expect(stdout.startsWith('NOT VERIFIED')).toBe(true)
    const unwrapped = stdout.replaceAll(/\n\s+/g, ' ')
    for (const word of words) expect(unwrapped).toContain(word)
    const document = JSON.parse((await inspect(content, 'json')).stdout)
    expect(document).toMatchObject({ schema: 'assay/inspection/v1', verified: false })
  })

  const pair = generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey
  const privateJwk = pair.export({ format: 'jwk' })
  const pem = pair.export({ type: 'pkcs8', format: 'pem' })

  it.each([
    ['PEM', pem],
    ['PEM after other text', `A key of mine\n${String(pem)}`],
    ['JWK', privateJwk],
    ['a JWK in a set', { keys: [jwk, privateJwk] }],
    [
      'a JWK whose member is spelt with an escape',
      JSON.stringify(privateJwk).replace('"d"', '"\\u0064"'),
    ],
    ['a symmetric JWK', { kty: 'oct', k: privateJwk.d }],
    [
      'a JWK that is cut',
      JSON.stringify({ kty: 'EC', d: privateJwk.d, x: privateJwk.x }).slice(0, -1),
    ],
    ['a key inside a trust document', trust([{ name: 'x', publicKey: privateJwk }])],
    ['a key inside a bundle', { mediaType: 'x', key: String(pem) }],
  ])('shows nothing of a private key: %s (A-29, A-121)', async (_, content) => {
    for (const format of ['text', 'json']) {
      const { exitCode, stdout, stderr } = await inspect(content, format)
      expect(exitCode).toBe(0)
      expect(stdout).toContain('private key')
      const secret = privateJwk.d ?? ''
      expect(stdout + stderr).not.toContain(secret.slice(0, 8))
      expect(stdout + stderr).not.toContain(String(pem).split('\n')[1]?.slice(0, 12))
      expect(stdout + stderr).not.toContain((privateJwk.x ?? '').slice(0, 8))
    }
  })

  it('describes a snapshot', async () => {
    const made = createTestHost(folder)
    writeFileSync(join(folder, 'package-lock.json'), '{"lockfileVersion":3,"packages":{"":{}}}')
    expect(await runCli(['snapshot', '.', '--format', 'json'], made.host)).toBe(0)
    const { stdout } = await inspect(made.output.stdout)
    expect(stdout).toContain('snapshot')
    expect(stdout).toContain('source: absent')
  })

  it('reads standard input', async () => {
    const { host, output } = createTestHost(folder, { stdin: JSON.stringify(jwk) })
    expect(await runCli(['inspect', '-'], host)).toBe(0)
    expect(output.stdout).toContain('public key')
  })

  it('escapes what a file would do to a terminal', async () => {
    const hostile = '\u001b[2J\u009b\u202e\n::add-mask::x'
    const { stdout } = await inspect(
      signedBundle(statement({ subject: [{ name: hostile, digest: { [hostile]: 'x' } }] })),
    )
    expect(stdout).not.toMatch(/[^\P{C}\n]|::/u)
  })

  it.each([
    ['nothing', ''],
    ['text', 'hello\n'],
    ['bytes', Buffer.from([0xff, 0xfe, 0x00])],
    ['a list', '[]'],
    ['an unknown object', '{"a":1}'],
  ])('refuses %s', async (_, content) => {
    const { exitCode, stderr } = await inspect(content)
    expect(exitCode).toBe(2)
    expect(stderr).toContain('report/unknown-format')
  })

  it('tells why a file is not what it seems to be', async () => {
    expect((await inspect('{"a":')).stderr).toContain('core/json-syntax')
    expect((await inspect('-----BEGIN PUBLIC KEY-----\n')).stderr).toContain('trust/')
    expect((await inspect({ schema: 'assay/trust/v9' })).stderr).toContain('trust/')
    expect((await inspect(`${'a'.repeat(64)}  ../a\n`)).stderr).toContain('digest/path-unsafe')
    const { host, output } = createTestHost(folder)
    expect(await runCli(['inspect', 'nowhere'], host)).toBe(2)
    expect(output.stderr).toContain('host/file-missing')
  })
})
