// The signed result of a gate, from the ledger to whoever checks it: `assay verify-result`, and thirty lines of Python with a JOSE
// library of others, over HTTP against a static server.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DOCUMENT_SCHEMAS } from '../../../src/cli/document-schemas.ts'
import type { ResultPreimage } from '../../../src/gate/index.ts'
import { findPython } from '../../outside-tool.ts'
import {
  type LedgerWorld,
  openGateWorld,
  PRODUCTION,
  RELEASE,
  REVISION,
  STAGING,
  UNDER,
} from './gate-world.ts'
import {
  changesOf,
  payloadOf,
  readResult,
  runVerifier,
  serveFiles,
  writeChanged,
} from './result-world.ts'

let world: LedgerWorld
let server: Server
let url: string

const SIGNS = `${STAGING} --result r.json --key results.key.pem`
const FRESH = `--gate ${STAGING} --max-age 1h`
const EXPECTED = `--release ${RELEASE.id} ${FRESH}`
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

describe('assay gate --result', () => {
  it('signs what the gate came to, with all that it was judged under', () => {
    const document = readResult(world)
    expect(document).toMatchObject({ verdict: 'continue', sig_alg: 'ES256' })
    const payload = payloadOf(document)
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
    const about = `--commit 0000000000000000000000000000000000000000 --max-age 1h --gate ${PRODUCTION}`
    const { exitCode, codes } = await world.judge(`${check} ${about}`)
    expect(exitCode).toBe(1)
    expect(codes).toContain('gate/result-verdict')
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
    ['a time to come', `${SIGNS} --at 2026-04-10T12:00:00.001Z`],
    ['example keys', `${SIGNS} --unsafe-example-keys`],
  ])('is refused with %s', async (_, rest) => {
    expect(await world.judge(`gate ${UNDER} ${rest}`)).toMatchObject({
      exitCode: 2,
      codes: ['cli/usage'],
    })
  })

  it('is of no ledger whose head nobody signed', async () => {
    const bare = '--policies policies --trust trust.json'
    expect(await world.judge(`gate ${SIGNS} ${bare} --unsafe-unsigned`)).toMatchObject({
      exitCode: 2,
      codes: ['cli/usage'],
    })
    await world.run(`gate ${SIGNS} ${bare}`)
    const check = `verify-result r.json --jwks ${ROUTE} --verdict missing`
    expect(await world.judge(check)).toMatchObject({ exitCode: 0 })
  })

  it('says in what is signed that no exception counts', async () => {
    await world.done(`gate ${UNDER} ${SIGNS} --strict`)
    const found = await world.run(`verify-result r.json --jwks ${ROUTE} ${EXPECTED}`)
    expect(found).toMatchObject({
      exitCode: 0,
      stdout: expect.stringContaining('continue, where no exception counts') as string,
    })
  })
})

describe('assay verify-result', () => {
  it('accepts the result, in both forms and by both ways to the keys', async () => {
    for (const keys of [`--jwks ${ROUTE}`, `--jwks-url ${url}`]) {
      for (const file of ['result.json', 'result.jws']) {
        const found = await world.run(`verify-result ${file} ${keys} ${EXPECTED}`)
        expect(found).toMatchObject({ exitCode: 0, stderr: '' })
      }
    }
    for (const about of [
      `--release ${RELEASE.id}`,
      `--set-sha256 ${RELEASE.set}`,
      `--commit ${REVISION}`,
    ]) {
      const check = `verify-result result.json --jwks ${ROUTE} ${about} ${FRESH} --strict`
      expect(await world.judge(check)).toMatchObject({ exitCode: 0, codes: [] })
    }
  })

  it('says of what, about what and as of when the result is', async () => {
    const check = `verify-result result.json --jwks ${ROUTE} ${EXPECTED}`
    const { text } = await world.judge(check)
    const schema = DOCUMENT_SCHEMAS['result-verification']
    expect(schema.parse(JSON.parse(text))).toMatchObject({
      ...{ gate: STAGING, release: RELEASE.id, set: RELEASE.set, commit: REVISION },
      head: { size: expect.any(Number) as number },
      ...{ at: '2026-04-10T12:00:00Z', signed_at: '2026-04-10T12:00:00Z' },
    })
    const { stdout } = await world.run(check)
    for (const word of [STAGING, RELEASE.id, RELEASE.set, REVISION, '2026-04-10T12:00:00Z']) {
      expect(stdout).toContain(word)
    }
  })

  it('refuses a result about anything else, and one that is too old (A-50, A-71)', async () => {
    const check = (rest: string, now?: number) =>
      world.judge(`verify-result result.json --jwks ${ROUTE} ${rest}`, now)
    const other = { exitCode: 1, codes: ['gate/result-subject'] }
    expect(await check(EXPECTED.replace('v1', 'v9'))).toMatchObject(other)
    expect(await check(`--set-sha256 ${'0'.repeat(64)} ${FRESH}`)).toMatchObject(other)
    expect(await check(`${EXPECTED} --commit ${'0'.repeat(40)}`)).toMatchObject(other)
    const { exitCode } = await world.run(`verify-result result.json --jwks ${ROUTE} --set-sha256 X`)
    expect(exitCode).toBe(2)
    const later = Date.parse('2026-04-10T13:00:00.001Z')
    expect(await check(EXPECTED, later)).toMatchObject({
      exitCode: 1,
      codes: ['gate/result-stale'],
    })
    expect(await check(EXPECTED, later - 1)).toMatchObject({ exitCode: 0 })
  })

  it('refuses each changed field', async () => {
    for (const [name, change] of changesOf(world)) {
      const { exitCode } = await world.run(
        `verify-result ${writeChanged(world, change)} --jwks ${ROUTE} ${EXPECTED}`,
      )
      expect([name, exitCode > 0]).toEqual([name, true])
    }
  })

  it('refuses a result of another gate, and one of a key that is not published', async () => {
    const check = `verify-result result.json --release ${RELEASE.id} --max-age 1h --jwks`
    expect(await world.judge(`${check} ${ROUTE} --gate ${PRODUCTION}`)).toMatchObject({
      exitCode: 1,
      codes: ['gate/result-gate'],
    })
    await world.done('key jwks other.pub.pem --out other.jwks')
    expect(await world.judge(`${check} other.jwks --gate ${STAGING}`)).toMatchObject({
      exitCode: 1,
      codes: ['gate/result-key'],
    })
  })

  it.each([
    ['no keys', EXPECTED, ['cli/usage']],
    [
      'no word of its gate',
      `--jwks ${ROUTE} ${EXPECTED.replace(/ --gate \S+/, '')}`,
      ['cli/usage'],
    ],
    ['no word of what it is about', `--jwks ${ROUTE} ${FRESH}`, ['cli/usage']],
    [
      'no word of its age',
      `--jwks ${ROUTE} ${EXPECTED.replace(/ --max-age.*/, '')}`,
      ['cli/usage'],
    ],
    [
      'keys from two places',
      `${EXPECTED} --jwks ${ROUTE} --jwks-url https://release.example/x`,
      ['cli/usage'],
    ],
    ['no set', `${EXPECTED} --jwks result.json`, ['trust/jwks']],
    ['no file of a set', `${EXPECTED} --jwks nothing.json`, ['host/file-missing']],
  ])('can not judge with %s', async (_, rest, codes) => {
    expect(await world.judge(`verify-result result.json ${rest}`)).toMatchObject({
      exitCode: 2,
      codes,
    })
  })

  it('can not judge what is no result, or where the server has no set', async () => {
    const absent = url.replace('jwks', 'nothing')
    expect(
      (await world.run(`verify-result result.json ${EXPECTED} --jwks-url ${absent}`)).exitCode,
    ).not.toBe(0)
    const other = await world.judge(`verify-result trust.json ${EXPECTED} --jwks ${ROUTE}`)
    expect(other).toMatchObject({ exitCode: 2, codes: ['gate/result'] })
    expect(
      (await world.run(`verify-result nothing.json ${EXPECTED} --jwks ${ROUTE}`)).exitCode,
    ).toBe(2)
  })
})

const python = findPython('joserfc')

describe.skipIf(python === undefined)('docs/verify-result.py', () => {
  const ABOUT = { gate: STAGING, about: RELEASE.id, since: '2026-04-10T12:00:00Z' }
  const check = (file: string, about: Partial<typeof ABOUT> = {}) => {
    const { gate, about: subject, since } = { ...ABOUT, ...about }
    return runVerifier(python!, [url, join(world.folder, file), gate, subject, since])
  }

  it('accepts the good result', async () => {
    expect(await check('result.json')).toEqual({ code: 0, said: 'continue' })
  })

  it('refuses another gate or release, and what is too old', async () => {
    for (const other of [
      { gate: PRODUCTION },
      { about: 'other' },
      { since: '2026-04-10T12:00:00.001Z' },
    ]) {
      const found = { code: 1, said: expect.stringContaining('refused: ') as string }
      expect(await check('result.json', other)).toEqual(found)
    }
    for (const about of [RELEASE.set, REVISION]) {
      expect(await check('result.json', { about })).toMatchObject({ code: 0 })
    }
  })

  it('does not take a result that is missing or blocked for one that continues', async () => {
    await world.run(`gate ${PRODUCTION} ${UNDER} --result late.json --key results.key.pem`)
    const { set, commit } = JSON.parse(
      payloadOf(readResult(world, 'late.json'))['preimage'] ?? '',
    ) as ResultPreimage
    const about = set?.id ?? commit ?? ''
    expect(await check('late.json', { gate: PRODUCTION, about })).toEqual({
      code: 1,
      said: 'blocked',
    })
  })

  it('refuses each changed field', { timeout: 120_000 }, async () => {
    for (const [name, change] of changesOf(world)) {
      const { code, said } = await check(writeChanged(world, change))
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
