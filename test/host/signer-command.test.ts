import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { openSignerCommand } from '../../src/host/signer-command.ts'
import {
  encodeUnsafeUnencryptedKey,
  generatePrivateKey,
  signStatement,
} from '../../src/sign/index.ts'
import { hasTool } from '../outside-tool.ts'
import { codes, valueOf } from '../trust/keys.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'

const folder = makeTemporaryFolder('signer')
const DOCUMENT = join(import.meta.dirname, '../../docs/signer-command.md')

/** A program of this folder. */
function writeProgram(name: string, lines: readonly string[]): string {
  writeFileSync(join(folder, name), `#!${process.execPath}\n${lines.join('\n')}\n`, { mode: 0o755 })
  return `./${name}`
}

const key = generatePrivateKey('p256')
writeFileSync(join(folder, 'key.pem'), encodeUnsafeUnencryptedKey(key), { mode: 0o600 })

/** What every program here begins with: it reads the request and can answer it rightly. */
const ANSWER = [
  'const { createPublicKey, sign } = require("node:crypto")',
  'const { readFileSync } = require("node:fs")',
  `const key = readFileSync(${JSON.stringify(join(folder, 'key.pem'))})`,
  'const request = JSON.parse(readFileSync(0, "utf8"))',
  'const answer = {',
  '  schema: "assay/signer-response/v1",',
  '  publicKey: createPublicKey(key).export({ type: "spki", format: "pem" }),',
  '}',
  'if (request.action === "sign") {',
  '  answer.signature = sign("sha256", Buffer.from(request.payload, "base64"), key).toString("base64")',
  '}',
]
const SAY = 'console.log(JSON.stringify(answer))'

describe('openSignerCommand()', () => {
  it('signs with the program, and verifies what it signed', async () => {
    const program = writeProgram('good.cjs', [...ANSWER, SAY])
    const signer = valueOf(await openSignerCommand(folder, program))
    expect(signer.hint).toBe(key.publicKey.keyId)
    const bundle = await signStatement(Buffer.from('{}'), signer)
    expect(bundle.keyMaterial).toEqual({ kind: 'public-key', hint: key.publicKey.keyId })
  })

  it('keeps the passphrase of key files from it', async () => {
    vi.stubEnv('ASSAY_KEY_PASSPHRASE', 'correct horse')
    vi.stubEnv('ASSAY_TEST_WORD', 'kept')
    const seen = join(folder, 'environment.json')
    const note = `require("node:fs").writeFileSync(${JSON.stringify(seen)}, JSON.stringify(process.env))`
    valueOf(await openSignerCommand(folder, writeProgram('env.cjs', [...ANSWER, note, SAY])))
    const environment = readFileSync(seen, 'utf8')
    expect(environment).toContain('"ASSAY_TEST_WORD":"kept"')
    expect(environment).not.toContain('correct horse')
  })

  it('refuses a program that is not there, may not run, or has no path', async () => {
    writeFileSync(join(folder, 'plain'), '', { mode: 0o644 })
    for (const program of ['./none', './plain', 'node']) {
      expect(codes(await openSignerCommand(folder, program))).toEqual(['host/signer-missing'])
    }
  })

  it.each<[string, readonly string[], string]>([
    [
      'ends with another code',
      ['console.error("no\\u001b[2J card"); process.exit(4)'],
      'exit code 4; it said: no\\u{1b}[2J card',
    ],
    ['is killed', ['process.kill(process.pid, "SIGKILL")'], 'ended by SIGKILL'],
    ['says nothing', [''], 'Expected one JSON document'],
    ['says too much', ['process.stdout.write("a".repeat(1e6))'], 'more than 65536 bytes'],
    [
      'never answers',
      ['setInterval(() => process.stdout.write(" "), 50)'],
      'no answer in 1 seconds',
    ],
    [
      'leaves a process behind that holds its output',
      ['require("node:child_process").spawn("sleep", ["30"], { stdio: "inherit" })'],
      'no answer in 1 seconds',
    ],
  ])('throws when the program %s', async (name, lines, message) => {
    const program = writeProgram(`${name.replaceAll(' ', '-')}.cjs`, lines)
    const opening = openSignerCommand(folder, program, 1_000)
    await expect(opening).rejects.toMatchObject({
      code: 'host/signer-failed',
      message: expect.stringContaining(message) as string,
    })
  })

  it.each<[string, string]>([
    ['changes a bit of the signature', 'answer.signature &&= "A" + answer.signature.slice(1)'],
    [
      'signs something else',
      'answer.signature &&= sign("sha256", Buffer.from("x"), key).toString("base64")',
    ],
    [
      'signs with another digest',
      'answer.signature &&= sign("sha512", Buffer.from(request.payload, "base64"), key).toString("base64")',
    ],
    ['leaves the signature out', 'delete answer.signature'],
  ])('lets no signature through when the program %s', async (name, line) => {
    const program = writeProgram(`${name.replaceAll(' ', '-')}.cjs`, [...ANSWER, line, SAY])
    const signer = valueOf(await openSignerCommand(folder, program))
    await expect(signer.sign(Buffer.from('hello'))).rejects.toMatchObject({
      code: 'host/signer-failed',
      message: expect.stringContaining('Expected a signature that the key') as string,
    })
  })
})

const MODULE = [
  '/usr/lib/softhsm/libsofthsm2.so',
  '/usr/local/lib/softhsm/libsofthsm2.so',
  '/opt/homebrew/lib/softhsm/libsofthsm2.so',
].find((path) => existsSync(path))
const hasHsm =
  hasTool('softhsm2-util', '--version') &&
  hasTool('pkcs11-tool', '--module', MODULE ?? 'libsofthsm2.so', '--show-info')

describe.skipIf(!hasHsm)('the program of docs/signer-command.md', () => {
  it('signs with a key that never leaves an HSM', async () => {
    const tokens = join(folder, 'tokens')
    mkdirSync(tokens)
    writeFileSync(join(folder, 'softhsm2.conf'), `directories.tokendir = ${tokens}\n`)
    vi.stubEnv('SOFTHSM2_CONF', join(folder, 'softhsm2.conf'))
    vi.stubEnv('PKCS11_MODULE', MODULE)
    vi.stubEnv('PKCS11_TOKEN', 'assay')
    vi.stubEnv('PKCS11_LABEL', 'release')
    vi.stubEnv('PKCS11_PIN', '1234')
    const run = (command: string, ...args: string[]) =>
      execFileSync(command, args, { stdio: 'ignore' })
    run(
      'softhsm2-util',
      '--init-token',
      '--free',
      '--label',
      'assay',
      '--pin',
      '1234',
      '--so-pin',
      '5678',
    )
    const token = ['--module', MODULE!, '--token-label', 'assay', '--login', '--pin', '1234']
    run(
      'pkcs11-tool',
      ...token,
      '--keypairgen',
      '--key-type',
      'EC:prime256v1',
      '--label',
      'release',
    )

    const [, program = ''] = /```js\n([^]*?)```/.exec(readFileSync(DOCUMENT, 'utf8')) ?? []
    writeFileSync(join(folder, 'hsm.mjs'), program, { mode: 0o755 })
    const signer = valueOf(await openSignerCommand(folder, './hsm.mjs'))
    const bundle = await signStatement(Buffer.from('{}'), signer)
    expect(signer.publicKey.type).toBe('p256')
    expect(bundle.keyMaterial).toEqual({ kind: 'public-key', hint: signer.publicKey.keyId })
  })
})
