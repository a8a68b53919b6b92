import { execFileSync, spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createServer as createTlsServer } from 'node:https'
import { join, resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { HttpRequest } from '../../../src/host/index.ts'
import { request, type RequestWorld } from '../../../src/host/network/request.ts'
import { hasTool } from '../../outside-tool.ts'
import { makeTemporaryFolder } from '../../temporary-folder.ts'
import { codes, valueOf } from '../../trust/keys.ts'
import { findClosedPort, say, startServer } from './misbehaving-server.ts'
import { createTimelessWorld } from './timeless-world.ts'

const TOKEN = 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJhIHNlY3JldCBzdWJqZWN0In0.c2lnbmF0dXJl'

const get = (url: string, more: Partial<HttpRequest> = {}): HttpRequest => ({
  url,
  method: 'GET',
  ...more,
})

/** What was thrown: the failure of the world that a person reads. */
async function failureOf(asked: HttpRequest, around: RequestWorld = createTimelessWorld()) {
  const failure: unknown = await request(asked, around).then(
    (answer) => answer,
    (thrown: unknown) => thrown,
  )
  expect(failure).toMatchObject({ name: 'AssayError' })
  return failure as { code: string; message: string; hint?: string }
}

describe('request()', () => {
  it('asks and gives the whole answer', async () => {
    const server = await startServer((response) => {
      response.writeHead(201, { location: '/made' }).end('made')
    })
    const body = Buffer.from('{"a":1}')
    const asked = { url: `${server.url}/new?x=1`, method: 'POST', body } as const
    const answer = valueOf(
      await request(
        { ...asked, contentType: 'application/json', bearer: TOKEN },
        createTimelessWorld(),
      ),
    )
    expect({ ...answer, body: Buffer.from(answer.body).toString() }).toEqual({
      status: 201,
      body: 'made',
      location: '/made',
    })
    expect(server.asked).toMatchObject([
      {
        method: 'POST',
        path: '/new?x=1',
        body,
        headers: { 'content-type': 'application/json', authorization: `Bearer ${TOKEN}` },
      },
    ])
  })

  it('gives a status that the request names as an answer', async () => {
    const server = await startServer((response) => say(response, 404, 'none'))
    expect(
      valueOf(await request(get(server.url, { statuses: [404] }), createTimelessWorld())),
    ).toMatchObject({
      status: 404,
    })
    expect((await failureOf(get(server.url))).code).toBe('host/http-status')
  })

  it('uses https, and http on loopback only', async () => {
    for (const url of ['http://example.com/', 'ftp://127.0.0.1/', 'nonsense', 'http://127.evil/']) {
      expect([url, codes(await request(get(url), createTimelessWorld()))]).toEqual([
        url,
        ['host/url-refused'],
      ])
    }
    const found = await request(get('https://me:hunter2@example.com/'), createTimelessWorld())
    expect(codes(found)).toEqual(['host/url-refused'])
    expect(JSON.stringify(found)).not.toContain('hunter2')
    const server = await startServer((response) => say(response, 200))
    for (const name of ['127.0.0.1', 'localhost']) {
      const url = server.url.replace('127.0.0.1', name)
      expect([name, codes(await request(get(url), createTimelessWorld()))]).toEqual([
        name,
        'accepted',
      ])
    }
  })

  it('tries 429 and 5xx again, and waits twice as long each time', async () => {
    const statuses = [500, 429, 503, 200]
    const server = await startServer((response, _, count) =>
      say(response, statuses[count - 1] ?? 0),
    )
    const around = createTimelessWorld()
    expect(codes(await request(get(server.url), around))).toBe('accepted')
    expect(around.pauses).toEqual([500, 999, 1998])
    const hasty = createTimelessWorld(0)
    expect(codes(await request(get((await startServer(flaky)).url), hasty))).toBe('accepted')
    expect(hasty.pauses).toEqual([0])
  })

  it('honours Retry-After in seconds and as a date, within the deadline', async () => {
    const after = ['7', 'Thu, 01 Jan 2026 00:00:27 GMT', 'soon']
    const server = await startServer((response, _, count) => {
      const header = after[count - 1]
      if (header === undefined) return say(response, 200)
      response.writeHead(429, { 'retry-after': header }).end()
    })
    const around = createTimelessWorld()
    expect(codes(await request(get(server.url), around))).toBe('accepted')
    expect(around.pauses).toEqual([7_000, 20_000, 1_998])

    const late = await startServer((response) => {
      response.writeHead(503, { 'retry-after': '3600' }).end('later')
    })
    const failure = await failureOf(get(late.url))
    expect(failure).toMatchObject({ code: 'host/http-status' })
    expect(failure.message).toContain('status 503: "later"')
    expect(late.asked).toHaveLength(1)
  })

  it('stops at the deadline, and says what the last answer was', async () => {
    const server = await startServer((response) => say(response, 503, 'busy'))
    const around = createTimelessWorld()
    const failure = await failureOf(get(server.url, { deadlineMs: 5_000 }), around)
    expect(failure.message).toBe(
      `Cannot use "${server.url}/": it answered with status 503: "busy", after 4 tries`,
    )
    expect(around.elapsedMs()).toBeLessThan(5_000)
  })

  it('says what the server answered, also when the deadline cuts the last try short', async () => {
    const server = await startServer((response, _, count) => {
      if (count === 1) response.writeHead(503, { 'retry-after': '29' }).end('busy')
    })
    // The first try has nearly all of the time, the second one what is left.
    const failure = await failureOf(get(server.url, { deadlineMs: 29_300 }))
    expect(failure.message).toContain('status 503: "busy", after 2 tries')
  })

  it('says that the connection was cut, also when the deadline cuts the last try short', async () => {
    const server = await startServer((response, _, count) => {
      if (count === 1) response.destroy()
    })
    // Its first pause takes 29 s.
    const around = createTimelessWorld(58)
    const failure = await failureOf(get(server.url, { deadlineMs: 29_300 }), around)
    expect(failure).toMatchObject({ code: 'host/unreachable' })
    expect(failure.message).toContain('the connection was cut, after 2 tries')
  })

  it('does not try 4xx again, and shows what the server says, escaped and cut', async () => {
    const words = `no\u001b[31m ${'x'.repeat(2_000)}`
    const server = await startServer((response) => say(response, 400, words))
    const { code, message } = await failureOf(get(server.url))
    expect(code).toBe('host/http-status')
    expect(message).toContain('status 400: "no\\u{1b}[31m xxx')
    expect(message.length).toBeLessThan(700)
    expect(server.asked).toHaveLength(1)
  })

  it.each([301, 302, 303, 307, 308])(
    'follows no redirect with its token: %i (A-114)',
    async (status) => {
      const target = await startServer((response) => say(response, 200))
      const server = await startServer((response) => {
        response.writeHead(status, { location: `${target.url}/x?token=${TOKEN}` }).end()
      })
      expect(await failureOf(get(server.url, { bearer: TOKEN }))).toMatchObject({
        code: 'host/http-redirect',
        message: `Cannot use "${server.url}/": it redirects, which is never followed`,
      })
      expect(target.asked).toEqual([])
    },
  )

  it('refuses a port that HTTP clients do not use, and says whose', async () => {
    for (const port of [1, 25, 6_000]) {
      const found = await request(get(`http://127.0.0.1:${port}/api`), createTimelessWorld())
      expect(codes(found)).toEqual(['host/url-refused'])
      expect(JSON.stringify(found)).toContain(`http://127.0.0.1:${port}/api`)
    }
  })

  it('takes no more than it asked for', async () => {
    const server = await startServer((response) => say(response, 200, 'x'.repeat(10)))
    expect(codes(await request(get(server.url, { bytesMax: 10 }), createTimelessWorld()))).toBe(
      'accepted',
    )
    expect(await failureOf(get(server.url, { bytesMax: 9 }))).toMatchObject({
      code: 'host/http-response',
    })
    const endless = await startServer((response) => {
      const timer = setInterval(() => response.write('x'.repeat(1_000_000)), 1)
      response.on('close', () => clearInterval(timer))
    })
    expect(await failureOf(get(endless.url))).toMatchObject({ code: 'host/http-response' })
  })

  it('gives an answer that drips in no more time than any other', async () => {
    const server = await startServer((response) => {
      response.writeHead(200)
      const timer = setInterval(() => response.write('x'), 10)
      response.on('close', () => clearInterval(timer))
    })
    const started = performance.now()
    const asked = get(server.url, { deadlineMs: 300, tryTimeoutMs: 5_000 })
    const failure = await failureOf(asked, {
      ...createTimelessWorld(),
      elapsedMs: () => performance.now(),
    })
    expect(failure.code).toBe('host/timed-out')
    expect(performance.now() - started).toBeLessThan(2_000)
  })

  it('tries again when one try takes too long or the connection is cut', async () => {
    const server = await startServer((response, _, count) => {
      if (count === 1) return void response.writeHead(200)
      if (count === 2) return void response.destroy()
      if (count === 3) {
        response.writeHead(200, { 'content-length': '10' }).write('x')
        return void setTimeout(() => response.destroy(), 10)
      }
      return say(response, 200, 'here')
    })
    const answer = valueOf(
      await request(get(server.url, { tryTimeoutMs: 1_000 }), createTimelessWorld()),
    )
    expect([Buffer.from(answer.body).toString(), server.asked.length]).toEqual(['here', 4])
  })

  it('says when nobody listens', async () => {
    const port = await findClosedPort()
    const failure = await failureOf(get(`http://127.0.0.1:${port}/api`))
    expect(failure).toMatchObject({
      code: 'host/unreachable',
      message: `Cannot use "http://127.0.0.1:${port}/api": connection refused, after 4 tries`,
    })
  })

  it('says when what listens speaks no HTTP', async () => {
    const server = await startServer((response) => {
      response.socket?.end('SSH-2.0-OpenSSH_9.2\r\n')
    })
    expect(await failureOf(get(server.url))).toMatchObject({ code: 'host/http-response' })
  })

  it('says when a name can not be looked up', () => {
    // No part of a name has more than 63 letters: this is refused before any server is asked.
    const url = `https://${'x'.repeat(64)}.invalid/`
    const door = resolve(import.meta.dirname, '../../../src/host/network/request.ts')
    const program = `
      const { request } = await import(${JSON.stringify(door)})
      await request({ url: ${JSON.stringify(url)}, method: 'GET', deadlineMs: 15_000 })
        .catch(({ code, message }) => console.log(code, message))`
    const ran = spawnSync(process.execPath, ['--input-type=module', '-e', program])
    expect(ran.stdout.toString()).toContain('host/unreachable Cannot use "https://xxx')
  })

  it.runIf(hasTool('openssl'))('accepts no certificate that nobody vouches for', async () => {
    const folder = makeTemporaryFolder('tls')
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
    execFileSync(
      'openssl',
      [
        ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
        ...['-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=localhost'],
        ...['-addext', 'subjectAltName=IP:127.0.0.1'],
      ],
      { stdio: 'ignore' },
    )
    const files = { key: readFileSync(key), cert: readFileSync(cert) }
    const server = await startServer(
      (response) => say(response, 200),
      (listener) => createTlsServer(files, listener),
    )
    const failure = await failureOf(get(server.url, { bearer: TOKEN }))
    expect(failure.code).toBe('host/tls-failed')
    expect(failure.message).toContain('DEPTH_ZERO_SELF_SIGNED_CERT')
    expect(failure.hint).toContain('NODE_EXTRA_CA_CERTS')
    // Nothing was said before the other side was known.
    expect(server.asked).toEqual([])
  })
})

function flaky(response: Parameters<typeof say>[0], _: unknown, count: number): void {
  say(response, count === 1 ? 503 : 200)
}
