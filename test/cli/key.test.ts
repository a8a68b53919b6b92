import { generateKeyPairSync } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { runCli } from '../../src/cli/run-cli.ts'
import { createTestHost, failNthCall, type TestWorld } from '../host/test-host.ts'
import { PASSPHRASE, readStored } from '../sign/key-files.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

const newFolder = () => makeTemporaryFolder('key')

async function run(
  folder: string,
  args: readonly string[],
  world: TestWorld = {},
  typed: string[] = [],
) {
  const { host, output } = createTestHost(folder, world)
  const asked: string[] = []
  const askPassphrase = (prompt: string) => {
    asked.push(prompt)
    const line = typed[asked.length - 1]
    return Promise.resolve(line === undefined ? undefined : Buffer.from(line))
  }
  const exitCode = await runCli(args, { ...host, askPassphrase })
  return { ...output, exitCode, asked }
}

describe('assay key', () => {
  it('asks for the passphrase of a new key twice, and for that of an old one once', async () => {
    const folder = newFolder()
    const made = await run(folder, ['key', 'generate', '--out', 'a'], {}, ['hunter2', 'hunter2'])
    expect(made).toMatchObject({
      exitCode: 0,
      asked: ['Passphrase for the new key a.key.pem: ', 'The same again: '],
    })
    const shown = await run(folder, ['key', 'public', 'a.key.pem'], {}, ['hunter2'])
    expect(shown).toMatchObject({ exitCode: 0, asked: ['Passphrase for a.key.pem: '] })
    expect(shown.stdout).toBe(readFileSync(join(folder, 'a.pub.pem'), 'utf8'))
  })

  it('shows no credentials in the path of the key that it asks about (A-119)', async () => {
    const token = `ghp_${'a1B'.repeat(12)}`
    const typed = ['hunter2', 'hunter2']
    const made = await run(newFolder(), ['key', 'generate', '--out', token], {}, typed)
    expect(made).toMatchObject({
      exitCode: 0,
      asked: [expect.stringMatching(/new key ….*: $/), 'The same again: '],
    })
    expect(made.asked.join() + made.stdout + made.stderr).not.toContain(token)
  })

  it('makes no key from two passphrases that differ, or from none', async () => {
    const folder = newFolder()
    const differ = await run(folder, ['key', 'generate', '--out', 'a'], {}, ['hunter2', 'hunter3'])
    expect(differ).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('sign/passphrase-wrong'),
    })
    const none = await run(folder, ['key', 'generate', '--out', 'a'])
    expect(none).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining('sign/passphrase-missing'),
    })
    expect(readdirSync(folder)).toEqual([])
  })

  it('brings a key of cosign over and keeps its passphrase', async () => {
    const folder = newFolder()
    writeFileSync(join(folder, 'cosign.key'), readStored('sigstore-p256.key.pem'), { mode: 0o600 })
    const typed = [PASSPHRASE.toString()]
    const made = await run(folder, ['key', 'import', 'cosign.key', '--out', 'a'], {}, typed)
    expect(made).toMatchObject({ exitCode: 0, asked: ['Passphrase for cosign.key: '] })
    expect(readFileSync(join(folder, 'a.pub.pem'), 'utf8')).toBe(
      readStored('sigstore-p256.pub.pem').toString(),
    )
    expect(await run(folder, ['key', 'public', 'a.key.pem'], {}, typed)).toMatchObject({
      exitCode: 0,
    })
  })

  it('leaves either a whole key or none, whichever effect fails', async () => {
    const environment = { ASSAY_KEY_PASSPHRASE: 'hunter2' }
    const args = ['key', 'generate', '--out', 'a', '--type', 'ed25519']
    const count = failNthCall(createTestHost(newFolder(), { environment }).host, 0)
    expect(await runCli(args, count.host)).toBe(0)
    expect(count.calls()).toBeGreaterThan(4)
    for (let failing = 1; failing <= count.calls(); failing++) {
      const folder = newFolder()
      const { host } = failNthCall(createTestHost(folder, { environment }).host, failing)
      expect([failing, await runCli(args, host)]).toEqual([failing, 3])
      for (const name of readdirSync(folder)) {
        expect(readFileSync(join(folder, name), 'utf8')).toMatch(/-----END [A-Z ]+-----\n$/)
      }
      expect(readdirSync(folder).filter((name) => name.includes('partial'))).toEqual([])
    }
  })

  it('never takes a passphrase from the arguments', async () => {
    const folder = newFolder()
    for (const flag of ['--passphrase', '--password', '--pass']) {
      const args = ['key', 'generate', '--out', 'a', flag, 'hunter2']
      expect(await run(folder, args)).toMatchObject({ exitCode: 2 })
    }
    expect(readdirSync(folder)).toEqual([])
  })
})

describe('what assay key and assay trust say', () => {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const jwk = privateKey.export({ format: 'jwk' }) as { d: string; x: string }
  const secrets = [
    Buffer.from(jwk.d, 'base64url').toString('base64').slice(2, 20),
    Buffer.from(jwk.d, 'base64url').toString('hex').slice(2, 20),
    jwk.d.slice(0, 16),
    'hunter2',
  ]
  const forms: readonly (readonly [string, string])[] = [
    ['key.jwk', JSON.stringify(jwk)],
    ['key.pem', privateKey.export({ type: 'pkcs8', format: 'pem' }) as string],
    ['sec1.pem', privateKey.export({ type: 'sec1', format: 'pem' }) as string],
    ['broken.jwk', JSON.stringify(jwk).replace('"kty"', '"kty')],
    ['other.jwk', JSON.stringify({ ...jwk, x: jwk.d })],
    ['cut.pem', (privateKey.export({ type: 'pkcs8', format: 'pem' }) as string).slice(0, -40)],
  ]

  it.each(forms)('holds no part of a private key or passphrase: %s', async (name, content) => {
    const folder = newFolder()
    writeFileSync(join(folder, name), content, { mode: 0o600 })
    writeFileSync(join(folder, 'trust.json'), '{"schema":"assay/trust/v1","keys":[],"roles":[]}')
    const world = { environment: { ASSAY_KEY_PASSPHRASE: 'hunter2' } }
    const commands = [
      ['key', 'public', name],
      ['key', 'public', name, '--format', 'json'],
      ['key', 'jwks', name],
      ['key', 'import', name, '--out', 'imported', '--format', 'json'],
      ['trust', 'add-key', name, '--name', 'a', '--role', 'release'],
      ['trust', 'show', '--trust', name, '--format', 'json'],
    ]
    for (const args of commands) {
      const { stdout, stderr } = await run(folder, args, world)
      const told = stdout + stderr
      expect(told).not.toBe('')
      expect([args.join(' '), secrets.filter((secret) => told.includes(secret))]).toEqual([
        args.join(' '),
        [],
      ])
    }
  })
})
