// Signatures in files of their own, and what older cosign wrote into one: by the options of `assay verify`.

import { sign } from 'node:crypto'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { encodePae, IN_TOTO_PAYLOAD_TYPE } from '../../src/bundle/index.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import { encodeManifest } from '../../src/digest/index.ts'
import { PEM, PROVENANCE, toBase64 } from '../bundle/foreign/documents.ts'
import { createTestHost } from '../host/test-host.ts'
import { freshKey } from '../verify/keys.ts'
import { digestOf, trust } from '../verify/release.ts'

const KEY = freshKey('P-256', 'sha256')
const BYTES = Buffer.from('a release\n')
const SIGNATURE = signBytes(BYTES)
const STATEMENT = Buffer.from(
  JSON.stringify({
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'app', digest: { sha256: digestOf(BYTES) } }],
    predicateType: 'https://example.org/type',
    predicate: {},
  }),
)
/** What `attest-blob` writes for a signature. */
const ENVELOPE = JSON.stringify({
  payloadType: IN_TOTO_PAYLOAD_TYPE,
  payload: STATEMENT.toString('base64'),
  signatures: [{ keyid: '', sig: signBytes(encodePae(IN_TOTO_PAYLOAD_TYPE, STATEMENT)) }],
})

/** The same as a Sigstore bundle. */
const BUNDLE = JSON.stringify({
  mediaType: 'application/vnd.dev.sigstore.bundle.v0.3+json',
  verificationMaterial: { publicKey: { hint: '' } },
  dsseEnvelope: JSON.parse(ENVELOPE) as object,
})

function signBytes(bytes: Uint8Array): string {
  return sign('sha256', bytes, KEY.privateKey).toString('base64')
}

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'assay-detached-'))
  const document = trust([{ name: 'release', publicKey: KEY.publicKey.jwk, roles: ['release'] }])
  const files = {
    'trust.json': JSON.stringify(document),
    app: BYTES,
    other: 'another release\n',
    'app.sig': SIGNATURE,
    'app.att': ENVELOPE,
    'app.pem': PEM,
    'old.json': JSON.stringify({ base64Signature: SIGNATURE }),
    'old.att.json': JSON.stringify({ base64Signature: toBase64(ENVELOPE) }),
    'bare.sig': Buffer.from(SIGNATURE, 'base64'),
    'old.key.json': JSON.stringify({
      base64Signature: SIGNATURE,
      cert: toBase64(KEY.publicKey.key.export({ type: 'spki', format: 'pem' }).toString()),
    }),
    'lines.jsonl': `${BUNDLE}\n${BUNDLE}\n`,
    'github.json': `{"attestations":[{"repository_id":1,"bundle_url":"","bundle":${BUNDLE}}]}`,
    'bad.sig': 'x',
    'index.json': JSON.stringify(PROVENANCE),
  }
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content)
})
afterEach(() => rmSync(folder, { recursive: true }))

async function verify(...args: readonly string[]) {
  const { host, output } = createTestHost(folder)
  const exitCode = await runCli(['verify', '--trust', 'trust.json', ...args], host)
  return { exitCode, ...output }
}

describe('assay verify', () => {
  it.each([
    ['a detached signature', ['--signature', 'app.sig']],
    ['a detached envelope', ['--signature', 'app.att']],
    ['a bundle of an older cosign', ['old.json']],
    ['an attestation of an older cosign', ['old.att.json']],
    ['a bare detached signature', ['--signature', 'bare.sig']],
    ['a bundle of an older cosign with the key in it', ['old.key.json']],
    ['JSON Lines, as gh writes them,', ['lines.jsonl']],
    ["a list of GitHub's API", ['github.json']],
  ])('takes %s of a key, and refuses it of anything else', async (_, how) => {
    expect(await verify(...how, '--artifact', 'app')).toMatchObject({ exitCode: 0 })
    const digest = `sha256:${digestOf(BYTES)}`
    const byDigest = [...how, '--digest', digest]
    expect(await verify(...byDigest, '--digest-of-file')).toMatchObject({ exitCode: 0 })
    expect(await verify(...how, '--artifact', 'other')).toMatchObject({ exitCode: 1 })
  })

  it('takes a digest alone for that of a file only by the word of who asks', async () => {
    const pae = encodePae(IN_TOTO_PAYLOAD_TYPE, STATEMENT)
    writeFileSync(join(folder, 'pae.sig'), signBytes(pae))
    for (const [signature, bytes] of [
      ['app.sig', BYTES],
      ['pae.sig', pae],
    ] as const) {
      const how = ['--signature', signature, '--digest', `sha256:${digestOf(bytes)}`]
      expect(await verify(...how)).toMatchObject({
        exitCode: 1,
        stdout: expect.stringContaining('verify/digest-alone'),
      })
    }
    // What a statement names by digest, its signer has named.
    const subject = ['--signature', 'app.att', '--digest', `sha256:${digestOf(BYTES)}`]
    expect(await verify(...subject)).toMatchObject({ exitCode: 0 })
    expect(await verify('old.json', '--artifact', 'app', '--digest-of-file')).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('Expected --digest with --digest-of-file [cli/usage]'),
    })
  })

  it.each([
    ['--require-log', 'verify/log-entry-missing', 'the file that cosign wrote with --bundle'],
    ['--require-timestamp', 'verify/timestamp-missing', '--timestamp-file FILE'],
  ])('says what to give for %s: %s', async (option, code, hint) => {
    const how = ['--signature', 'app.sig', '--artifact', 'app']
    expect(await verify(...how)).toMatchObject({ exitCode: 0, stderr: '' })
    expect(await verify(...how, option)).toMatchObject({
      exitCode: 1,
      stdout: expect.stringContaining(code),
      stderr: expect.stringContaining(hint),
    })
    // One that is there, and counts for nothing, is not asked for again.
    const stamped = await verify(...how, option, '--timestamp-file', 'app.att')
    expect(stamped.stderr.includes('--timestamp-file FILE')).toBe(false)
    // A bundle has room for both, and its signer is who has to put them there.
    const bundle = await verify('old.json', '--artifact', 'app', option)
    expect(bundle).toMatchObject({ exitCode: 1, stderr: '' })
  })

  it('leaves the signature out of the set that it lies in', async () => {
    const manifest = encodeManifest([{ path: 'app', sha256: digestOf(BYTES) }])
    mkdirSync(join(folder, 'dist'))
    writeFileSync(join(folder, 'dist/app'), BYTES)
    writeFileSync(join(folder, 'dist/SHA256SUMS.sig'), signBytes(manifest))
    const how = ['--signature', 'dist/SHA256SUMS.sig', '--set', 'dist']
    expect(await verify(...how)).toMatchObject({ exitCode: 0 })
    writeFileSync(join(folder, 'dist/app.sig'), SIGNATURE)
    expect(await verify(...how)).toMatchObject({ exitCode: 1 })
  })

  it.each([
    ['a signature that can not be read', 'bundle/base64', ['--signature', 'bad.sig']],
    [
      'a certificate that can not be read',
      'bundle/certificate',
      ['--signature', 'app.sig', '--certificate', 'app.sig'],
    ],
    [
      'a certificate, for which the trust document has no root',
      'verify/certificate-untrusted',
      ['--signature', 'app.sig', '--certificate', 'app.pem'],
    ],
  ])('refuses %s: %s', async (_, code, how) => {
    const { exitCode, stdout } = await verify(...how, '--artifact', 'app', '--format', 'json')
    expect([exitCode > 0, stdout]).toEqual([true, expect.stringContaining(code)])
  })

  it.each([
    ['--certificate', 'Expected --signature with', ['old.json', '--certificate', 'app.pem']],
    ['--timestamp-file', 'Expected --signature with', ['old.json', '--timestamp-file', 'app.pem']],
    [
      '--certificate-chain alone',
      'Expected --certificate with',
      ['--signature', 'app.sig', '--certificate-chain', 'app.pem'],
    ],
    ['both forms', 'Expected bundles, or --signature', ['old.json', '--signature', 'app.sig']],
    ['neither form', 'Expected at least one bundle', []],
  ])('refuses the usage of %s', async (_, message, how) => {
    const { exitCode, stderr } = await verify(...how, '--artifact', 'app')
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining(message)])
    expect(stderr).toContain('cli/usage')
  })

  it.each([
    ['--signature', ['--signature', 'nowhere']],
    ['--certificate', ['--signature', 'app.sig', '--certificate', 'nowhere']],
  ])('says which file of %s is not there', async (_, how) => {
    const { exitCode, stderr } = await verify(...how, '--artifact', 'app')
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('"nowhere"')])
  })

  it('says what an index says of a publisher, and that nobody signed it', async () => {
    const { exitCode, stderr } = await verify('index.json', '--artifact', 'app')
    expect([exitCode, stderr]).toEqual([
      1,
      expect.stringContaining(
        'unsigned, beside "index.json, /attestation_bundles/0/attestations/0": "publisher GitHub, repository o/r, workflow release.yml"',
      ),
    ])
  })
})
