// The signed result of a gate, from the ledger to whoever checks it: `assay verify-result`, and thirty lines of Python with a JOSE
// library of others, over HTTP against a static server.

import { execFile } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join, normalize } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findPython } from '../../outside-tool.ts'
import {
  type LedgerWorld,
  openGateWorld,
  PRODUCTION,
  RELEASE,
  STAGING,
  UNDER,
} from './gate-world.ts'

let world: LedgerWorld
let server: Server
let url: string

const ROUTE = '.well-known/jwks.json'

beforeAll(async () => {
  world = await openGateWorld()
  await world.done('key generate --out results --unsafe-unencrypted')
  await world.done('key generate --out other --unsafe-unencrypted')
  mkdirSync(join(world.folder, '.well-known'))
  await world.done(`key jwks results.pub.pem --out ${ROUTE}`)
  const result = '--result result.json --result-jws result.jws --result-bundle result.sigstore.json'
  await world.done(`gate ${STAGING} ${UNDER} ${result} --key results.key.pem`)
  server = serveFiles(world.folder)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/${ROUTE}`
}, 120_000)
afterAll(() => server.close())

/** Any static server: the files of a folder, and nothing else. */
function serveFiles(folder: string): Server {
  return createServer(({ url: path = '/' }, response) => {
    try {
      response.end(readFileSync(join(folder, normalize(`/${path}`))))
    } catch {
      response.writeHead(404).end()
    }
  })
}

type Document = Readonly<Record<string, string>>
const readResult = () =>
  JSON.parse(readFileSync(join(world.folder, 'result.json'), 'utf8')) as Document

/** A file with the result, changed. */
function write(change: object): string {
  writeFileSync(join(world.folder, 'changed.json'), JSON.stringify({ ...readResult(), ...change }))
  return 'changed.json'
}

const flip = (text = '') => (text.startsWith('A') ? 'B' : 'A') + text.slice(1)

/** One change of each field; those of the payload are changed inside it, so that it still can be read. */
function changes(): readonly (readonly [string, object])[] {
  const { payload = '', ...result } = readResult()
  const signed = JSON.parse(Buffer.from(payload, 'base64url').toString()) as Document
  const inside = (change: object) => ({
    payload: Buffer.from(JSON.stringify({ ...signed, ...change })).toString('base64url'),
  })
  const values: Document = {
    commitment_id: '0'.repeat(64),
    kid: flip(result['kid']),
    sig_alg: 'ES384',
    verdict: 'missing',
  }
  return [
    ...Object.entries(values).flatMap(([name, value]) => [
      [name, { [name]: value }] as const,
      [`${name} inside`, inside({ [name]: value })] as const,
      [`${name} everywhere`, { [name]: value, ...inside({ [name]: value }) }] as const,
    ]),
    ['schema', { schema: 'assay/signed-result/v2' }],
    ['signature', { signature: flip(result['signature']) }],
    ['preimage inside', inside({ preimage: signed['preimage']?.replace('staging', 'stagine') })],
    ['signed_at inside', inside({ signed_at: '2026-04-10T12:00:01Z' })],
    ['type inside', inside({ type: 'urn:assay:signed-result:v2' })],
  ]
}

describe('assay gate --result', () => {
  it('signs what the gate came to, with all that it was judged under', () => {
    const document = readResult()
    expect(document).toMatchObject({ verdict: 'continue', sig_alg: 'ES256' })
    const payload = JSON.parse(
      Buffer.from(document['payload'] ?? '', 'base64url').toString(),
    ) as Document
    expect(JSON.parse(payload['preimage'] ?? '')).toMatchObject({
      gate: STAGING,
      set: { id: RELEASE.id, sha256: RELEASE.set },
      head: { size: expect.any(Number) as number },
      at: '2026-04-10T12:00:00Z',
    })
  })

  it('signs that a gate does not continue, too', async () => {
    const args = '--result blocked.json --key results.key.pem'
    expect((await world.run(`gate ${PRODUCTION} ${UNDER} ${args}`)).exitCode).toBe(1)
    const check = `verify-result blocked.json --jwks ${ROUTE}`
    expect(await world.judge(check)).toMatchObject({ exitCode: 1, codes: ['gate/result-verdict'] })
    expect((await world.run(`${check} --verdict blocked`)).exitCode).toBe(0)
  })

  it('gives a bundle that assay verify accepts', async () => {
    await world.done('trust init --out results-trust.json')
    await world.done(
      'trust add-key results.pub.pem --name results --role release --trust results-trust.json',
    )
    const verify = `verify result.sigstore.json --digest sha256:${RELEASE.set} --trust`
    expect(await world.judge(`${verify} results-trust.json`)).toMatchObject({ exitCode: 0 })
    expect(await world.judge(`${verify} trust.json`)).toMatchObject({ exitCode: 1 })
  })

  it.each([
    ['no one gate', `--result r.json --key results.key.pem`],
    ['a signer without a result', `${STAGING} --key results.key.pem`],
    ['a result without a signer', `${STAGING} --result r.json`],
    ['counters', `${STAGING} --counters --result r.json --key results.key.pem`],
    ['a dry run', `${STAGING} --dry-run --result r.json --key results.key.pem`],
  ])('is refused with %s', async (_, rest) => {
    expect(await world.judge(`gate ${UNDER} ${rest}`)).toMatchObject({
      exitCode: 2,
      codes: ['cli/usage'],
    })
  })

  it('says where it can not write', async () => {
    const rest = `${STAGING} --result nowhere/r.json --key results.key.pem`
    expect(await world.judge(`gate ${UNDER} ${rest}`)).toMatchObject({
      exitCode: 2,
      codes: ['host/file-unwritable'],
    })
  })
})

describe('assay verify-result', () => {
  it('accepts the result, in both forms and by both ways to the keys', async () => {
    for (const keys of [`--jwks ${ROUTE}`, `--jwks-url ${url}`]) {
      for (const file of ['result.json', 'result.jws']) {
        const found = await world.run(`verify-result ${file} ${keys} --gate ${STAGING}`)
        expect(found).toMatchObject({ exitCode: 0, stderr: '' })
      }
    }
    expect(await world.judge(`verify-result result.json --jwks ${ROUTE}`)).toMatchObject({
      exitCode: 0,
      codes: [],
    })
  })

  it('refuses each changed field', async () => {
    for (const [name, change] of changes()) {
      const { exitCode } = await world.run(`verify-result ${write(change)} --jwks ${ROUTE}`)
      expect([name, exitCode > 0]).toEqual([name, true])
    }
  })

  it('refuses a result of another gate, and one of a key that is not published', async () => {
    const check = 'verify-result result.json --jwks'
    expect(await world.judge(`${check} ${ROUTE} --gate ${PRODUCTION}`)).toMatchObject({
      exitCode: 1,
      codes: ['gate/result-gate'],
    })
    await world.done('key jwks other.pub.pem --out other.jwks')
    expect(await world.judge(`${check} other.jwks`)).toMatchObject({
      exitCode: 1,
      codes: ['gate/result-key'],
    })
  })

  it.each([
    ['no keys', '', ['cli/usage']],
    ['keys from two places', `--jwks ${ROUTE} --jwks-url https://release.example/x`, ['cli/usage']],
    ['no set', '--jwks result.json', ['trust/jwks']],
    ['no file of a set', '--jwks nothing.json', ['host/file-missing']],
  ])('can not judge with %s', async (_, rest, codes) => {
    expect(await world.judge(`verify-result result.json ${rest}`.trim())).toMatchObject({
      exitCode: 2,
      codes,
    })
  })

  it('can not judge what is no result, or where the server has no set', async () => {
    const absent = url.replace('jwks', 'nothing')
    expect((await world.run(`verify-result result.json --jwks-url ${absent}`)).exitCode).not.toBe(0)
    expect(await world.judge(`verify-result trust.json --jwks ${ROUTE}`)).toMatchObject({
      exitCode: 2,
      codes: ['gate/result'],
    })
    expect((await world.run(`verify-result nothing.json --jwks ${ROUTE}`)).exitCode).toBe(2)
  })
})

const python = findPython('joserfc')

describe.skipIf(python === undefined)('docs/verify-result.py', () => {
  const script = join(import.meta.dirname, '../../../docs/verify-result.py')

  function check(file: string): Promise<{ readonly code: number; readonly said: string }> {
    return new Promise((resolve) => {
      const args = ['-W', 'ignore', script, url, join(world.folder, file)]
      execFile(python!, args, (error, stdout, stderr) => {
        const code = error === null ? 0 : Number(error.code)
        resolve({ code, said: (stdout + stderr).trim() })
      })
    })
  }

  it('accepts the good result', async () => {
    expect(await check('result.json')).toEqual({ code: 0, said: 'continue' })
  })

  it('does not take a result that is missing or blocked for one that continues', async () => {
    await world.run(`gate ${PRODUCTION} ${UNDER} --result late.json --key results.key.pem`)
    expect(await check('late.json')).toEqual({ code: 1, said: 'blocked' })
  })

  it('refuses each changed field', { timeout: 120_000 }, async () => {
    for (const [name, change] of changes()) {
      const { code, said } = await check(write(change))
      expect([name, code, said]).toEqual([name, 1, expect.stringContaining('refused: ')])
    }
  })

  it('refuses a key outside of its window', async () => {
    const path = join(world.folder, ROUTE)
    const route = readFileSync(path, 'utf8')
    const { keys } = JSON.parse(route) as { keys: object[] }
    const windows = {
      assay_notBefore: '2026-04-10T12:00:00.001Z',
      assay_notAfter: '2026-04-10T11:59:59Z',
      assay_revokedAt: '2026-04-10T12:00:00Z',
    }
    for (const [name, value] of Object.entries(windows)) {
      writeFileSync(path, JSON.stringify({ keys: keys.map((key) => ({ ...key, [name]: value })) }))
      const { code, said } = await check('result.json')
      expect([name, code, said]).toEqual([name, 1, expect.stringContaining('refused: key ')])
    }
    writeFileSync(path, route)
    expect(await check('result.json')).toMatchObject({ code: 0 })
  })
})
