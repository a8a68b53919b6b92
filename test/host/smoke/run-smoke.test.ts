import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Host } from '../../../src/host/index.ts'
import {
  SMOKE_OBSERVATION_SCHEMA,
  type SmokeObservation,
} from '../../../src/record/observation/index.ts'
import { CHECK, OPERATOR, planOf } from '../../record/observation/smoke/plans.ts'
import { makeTemporaryFolder } from '../../temporary-folder.ts'
import { codes, valueOf } from '../../trust/keys.ts'
import { findClosedPort, say, startServer } from '../network/misbehaving-server.ts'
import { createTestHost } from '../test-host.ts'

const folder = makeTemporaryFolder('smoke')
const SECRETS = { TEST_GATE: 'open sesame & co', TEST_OPERATOR: 'op-7f3a9c-session' }

interface Running {
  readonly environment?: Readonly<Record<string, string>>
  readonly host?: (host: Host) => Host
}

/** Runs the plan, and holds what comes of it to its schema. */
async function run(
  baseUrl: string,
  members: object,
  { environment = SECRETS, host: wrap = (host) => host }: Running = {},
): Promise<SmokeObservation> {
  const { host, output } = createTestHost(folder, { environment })
  const plan = planOf(members)
  const found = valueOf(await wrap(host).runSmoke({ plan, baseUrl, label: 'Test' }))
  expect(SMOKE_OBSERVATION_SCHEMA.parse(found)).toEqual(found)
  for (const secret of Object.values(environment)) {
    expect(JSON.stringify([found, output])).not.toContain(secret)
  }
  return found
}

const resultsOf = ({ checks }: SmokeObservation) =>
  Object.fromEntries(
    checks.map(({ name, result, reason }) => [name, reason ? `${result}: ${reason.why}` : result]),
  )

const checkOf = (name: string, more: object = {}) => ({ ...CHECK, name, ...more })

describe('runSmoke()', () => {
  it('observes a server: results in the order of the plan, with status, type, digest and size', async () => {
    const server = await startServer((response, { path }) => {
      response.writeHead(path === '/health' ? 200 : 404, { 'content-type': 'text/plain;a=b' })
      response.end('ok')
    })
    const plan = { checks: [CHECK, checkOf('gone', { path: '/gone' })] }
    const found = await run(server.url, plan)
    const answer = {
      contentType: 'text/plain',
      responseSha256: createHash('sha256').update('ok').digest('hex'),
      responseBytes: 2,
      startedAt: '2026-04-10T12:00:00Z',
      durationMs: expect.any(Number),
    }
    expect(found).toEqual({
      plan: { name: 'test', sha256: planOf(plan).digest },
      label: 'Test',
      publicOrigin: server.url,
      startedAt: '2026-04-10T12:00:00Z',
      finishedAt: '2026-04-10T12:00:00Z',
      unlockSteps: [],
      checks: [
        { name: 'health', result: 'passed', httpStatus: 200, ...answer },
        {
          name: 'gone',
          result: 'failed',
          reason: { why: 'http-status', expected: '200', found: '404' },
          httpStatus: 404,
          ...answer,
        },
      ],
    })
  })

  it('asks at most four at a time', async () => {
    let [now, most] = [0, 0]
    const server = await startServer(async (response) => {
      most = Math.max(most, ++now)
      await new Promise((resolve) => setTimeout(resolve, 30))
      now--
      say(response, 200)
    })
    const checks = Array.from({ length: 12 }, (_, index) => checkOf(`c${index}`))
    const found = await run(server.url, { checks })
    expect(found.checks.every(({ result }) => result === 'passed')).toBe(true)
    expect(found.checks.map(({ name }) => name)).toEqual(checks.map(({ name }) => name))
    expect(most).toBe(4)
  })

  it('tells apart how a server fails', async () => {
    const server = await startServer((response, { path }) => {
      if (path === '/silent') return
      if (path === '/large') return say(response, 200, 'x'.repeat(2_000))
      if (path === '/zip') {
        return void response.writeHead(200, { 'content-encoding': 'gzip' }).end('zipped')
      }
      if (path === '/odd') return void response.writeHead(200, { 'content-type': 'x y' }).end()
      if (path === '/cut') return void response.destroy()
      response.writeHead(200, { 'content-type': 'text/html' }).end('{"status":"down"}')
    })
    const content = [{ pointer: '/status', equals: 'ok' }]
    const found = await run(server.url, {
      requestSeconds: 1,
      checks: [
        checkOf('silent', { path: '/silent' }),
        checkOf('large', { path: '/large', bytesMax: 1_999 }),
        checkOf('zip', { path: '/zip', expect: { status: 200, content } }),
        checkOf('odd', { path: '/odd', expect: { status: 200, contentTypes: ['text/html'] } }),
        checkOf('type', { expect: { status: 200, contentTypes: ['application/json'] } }),
        checkOf('content', { expect: { status: 200, content } }),
        checkOf('cut', { path: '/cut' }),
        checkOf('tls', { tls: true }),
        checkOf('good', { expect: { status: 200, contentTypes: ['text/html'] } }),
      ],
    })
    expect(resultsOf(found)).toEqual({
      silent: 'failed: timed-out',
      large: 'failed: too-large',
      zip: 'failed: content-encoding',
      odd: 'failed: content-type',
      type: 'failed: content-type',
      content: 'failed: content',
      cut: 'failed: unreachable',
      tls: 'not-run: tls-missing',
      good: 'passed',
    })
  })

  it('tells a server that is not there, and one whose certificate nobody vouches for', async () => {
    const port = await findClosedPort()
    expect(resultsOf(await run(`http://127.0.0.1:${port}`, {}))).toEqual({
      health: 'failed: unreachable',
    })
    const plain = await startServer((response) => say(response, 200))
    const overTls = await run(plain.url.replace('http:', 'https:'), {})
    expect(resultsOf(overTls)).toEqual({ health: 'failed: tls' })
  })

  it('gives the request what the check sends', async () => {
    const server = await startServer((response) => say(response, 200))
    const post = { method: 'POST', body: '{"a":1}', contentType: 'application/json' }
    await run(server.url, { checks: [checkOf('post', post), checkOf('head', { method: 'HEAD' })] })
    expect(server.asked.map(({ method }) => method).toSorted()).toEqual(['HEAD', 'POST'])
    const posted = server.asked.find(({ method }) => method === 'POST')
    expect(posted?.body.toString()).toBe('{"a":1}')
    expect(posted?.headers).toMatchObject({ 'content-type': 'application/json' })
  })

  it('ends at the deadline: what was asked failed, what was not did not run', async () => {
    const server = await startServer(() => undefined)
    const checks = Array.from({ length: 6 }, (_, index) => checkOf(`c${index}`))
    const found = await run(server.url, { requestSeconds: 60, deadlineSeconds: 1, checks })
    expect(Object.values(resultsOf(found))).toEqual([
      ...Array.from({ length: 4 }, () => 'failed: deadline'),
      ...Array.from({ length: 2 }, () => 'not-run: deadline'),
    ])
    expect(server.asked).toHaveLength(4)
  })

  it.each([
    'http://example.com',
    'https://me:hunter2@127.0.0.1',
    'https://127.0.0.1/path',
    'https://127.0.0.1/?token=hunter2',
    'https://127.0.0.1/#hunter2',
    'no',
  ])('refuses the address %s, without its secrets', async (baseUrl) => {
    const { host } = createTestHost(folder)
    const found = await host.runSmoke({ plan: planOf(), baseUrl, label: 'Test' })
    expect(codes(found)).toEqual(['host/url-refused'])
    expect(JSON.stringify(found)).not.toContain('hunter2')
  })

  it('refuses the address where the question itself is refused', async () => {
    const refusal = { ok: false, problems: [{ code: 'host/url-refused', message: 'No' }] } as const
    const { host } = createTestHost(folder)
    const closed = { ...host, probe: () => Promise.resolve(refusal) }
    const question = { plan: planOf(), baseUrl: 'http://127.0.0.1:9', label: 'Test' }
    expect(await closed.runSmoke(question)).toEqual(refusal)
    const broken = { ...host, probe: () => Promise.reject(new Error('a bug')) }
    await expect(broken.runSmoke(question)).rejects.toThrow('a bug')
  })
})

describe('redirects', () => {
  it('are an answer, unless the plan follows them', async () => {
    const server = await startServer((response, { path }) => {
      if (path === '/health') return say(response, 200, 'ok')
      response.writeHead(302, { location: path === '/once' ? '/health' : '/once' }).end()
    })
    const found = await run(server.url, {
      checks: [
        checkOf('answer', { path: '/once', expect: { status: 302, redirectTo: '/health' } }),
        checkOf('elsewhere', { path: '/once', expect: { status: 302, redirectTo: '/login' } }),
        checkOf('unfollowed', { path: '/once' }),
        checkOf('followed', { path: '/once', follow: 1 }),
        checkOf('twice', { path: '/twice', follow: 1 }),
        checkOf('both', { path: '/twice', follow: 2 }),
      ],
    })
    expect(resultsOf(found)).toEqual({
      answer: 'passed',
      elsewhere: 'failed: redirect',
      unfollowed: 'failed: http-status',
      followed: 'passed',
      twice: 'failed: http-status',
      both: 'passed',
    })
    expect(found.checks.map(({ redirects }) => redirects)).toEqual([
      undefined,
      undefined,
      undefined,
      1,
      1,
      2,
    ])
  })

  it('lead to no other server, with a session or without', async () => {
    const other = await startServer((response) => say(response, 200))
    const server = await startServer((response) => {
      response.writeHead(307, { location: `${other.url}/health` }).end()
    })
    const found = await run(server.url, {
      unlock: [OPERATOR],
      checks: [
        checkOf('with', { follow: 5, needs: ['operator'] }),
        checkOf('without', { follow: 5 }),
      ],
    })
    expect(resultsOf(found)).toEqual({ with: 'failed: redirect', without: 'failed: redirect' })
    expect(other.asked).toEqual([])
  })
})
