import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createTcpServer } from 'node:net'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { HttpProbe } from '../../../src/host/network/http-probe.ts'
import { probe } from '../../../src/host/network/probe.ts'
import { hasTool } from '../../outside-tool.ts'
import { makeTemporaryFolder } from '../../temporary-folder.ts'
import { codes, valueOf } from '../../trust/keys.ts'
import { findClosedPort, say, startServer } from './misbehaving-server.ts'

const ask = (url: string, more: Partial<HttpProbe> = {}) =>
  probe({ url, method: 'GET', bytesMax: 1_000, timeoutMs: 5_000, ...more })

describe('probe()', () => {
  it('gives every status with the headers that are looked at, and follows nothing', async () => {
    const server = await startServer((response, { path }) => {
      const headers = { 'content-type': 'text/html', location: '/b', 'set-cookie': ['a=1', 'b=2'] }
      response.writeHead(path === '/500' ? 500 : 302, headers).end('words')
    })
    const found = valueOf(await ask(`${server.url}/a`))
    expect(found).toEqual({
      kind: 'answer',
      httpStatus: 302,
      contentType: 'text/html',
      location: '/b',
      setCookies: ['a=1', 'b=2'],
      body: new Uint8Array(Buffer.from('words')),
    })
    expect(valueOf(await ask(`${server.url}/500`))).toMatchObject({ httpStatus: 500 })
    expect(server.asked.map(({ path }) => path)).toEqual(['/a', '/500'])
  })

  it('sends the method, headers and body that it is given', async () => {
    const server = await startServer((response) => say(response, 204))
    const headers = { cookie: 'a=1', 'content-type': 'text/plain' }
    await ask(server.url, { method: 'POST', headers, body: Buffer.from('words') })
    expect(valueOf(await ask(server.url, { method: 'HEAD' }))).toMatchObject({ httpStatus: 204 })
    expect(server.asked).toMatchObject([
      {
        method: 'POST',
        headers: { ...headers, 'content-length': '5', 'accept-encoding': 'identity' },
      },
      { method: 'HEAD', headers: { 'user-agent': 'assay' } },
    ])
    expect(server.asked[0]?.body.toString()).toBe('words')
  })

  it('decompresses nothing, so that no bomb can go off', async () => {
    const bomb = gzipSync(Buffer.alloc(10_000_000))
    const server = await startServer((response) => {
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    })
    const found = valueOf(await ask(server.url, { bytesMax: bomb.length }))
    expect(found).toMatchObject({ contentEncoding: 'gzip', body: new Uint8Array(bomb) })
  })

  it('ends an answer that is too large, also one without end', async () => {
    const server = await startServer((response, { path }) => {
      response.writeHead(200)
      if (path === '/exact') return void response.end('x'.repeat(1_000))
      const timer = setInterval(() => response.write('x'.repeat(1_000)), 1)
      response.on('close', () => clearInterval(timer))
    })
    expect(valueOf(await ask(server.url))).toEqual({ kind: 'too-large', httpStatus: 200 })
    expect(valueOf(await ask(`${server.url}/exact`))).toMatchObject({ kind: 'answer' })
  })

  it.each<[string, (response: ServerResponse) => void]>([
    ['says nothing', () => undefined],
    ['begins and stops', (response) => void response.writeHead(200).write('a')],
    [
      'drips',
      (response) => {
        response.writeHead(200)
        const timer = setInterval(() => response.write('a'), 20)
        response.on('close', () => clearInterval(timer))
      },
    ],
  ])('ends in time when a server %s', async (_, answer) => {
    const server = await startServer(answer)
    const begun = performance.now()
    const found = valueOf(await ask(server.url, { timeoutMs: 300 }))
    expect(found).toMatchObject({ kind: 'fault', code: 'host/timed-out' })
    expect(performance.now() - begun).toBeLessThan(15_000)
  })

  it('tells a cut answer, a closed port and what is no HTTP', async () => {
    const cut = await startServer((response) => {
      response.writeHead(200, { 'content-length': '10' }).write('a')
      setTimeout(() => response.destroy(), 20)
    })
    expect(valueOf(await ask(cut.url))).toMatchObject({ code: 'host/unreachable' })
    const closed = `http://127.0.0.1:${await findClosedPort()}`
    expect(valueOf(await ask(closed))).toMatchObject({ code: 'host/unreachable' })
    const tcp = createTcpServer((socket) => socket.on('error', () => undefined).end('SSH-2.0\r\n'))
    await new Promise<void>((resolve) => void tcp.listen(0, '127.0.0.1', resolve))
    onTestFinished(() => void tcp.close())
    const { port } = tcp.address() as { port: number }
    expect(valueOf(await ask(`http://127.0.0.1:${port}`))).toMatchObject({
      code: 'host/http-response',
    })
    expect(valueOf(await ask(`https://127.0.0.1:${port}`))).toMatchObject({
      code: 'host/tls-failed',
    })
  })

  it('uses https, http on loopback only and through no proxy, and no address with a login', async () => {
    for (const url of ['http://example.com/', 'ftp://127.0.0.1/', 'https://a:b@127.0.0.1/', 'no']) {
      expect(codes(await ask(url)), url).toEqual(['host/url-refused'])
    }
    vi.stubEnv('NODE_USE_ENV_PROXY', '1')
    vi.stubEnv('NO_PROXY', '')
    vi.stubEnv('no_proxy', '')
    vi.stubEnv('HTTP_PROXY', 'http://proxy.example:8080')
    expect(codes(await ask('http://127.0.0.1:9/'))).toEqual(['host/url-refused'])
  })

  it.runIf(hasTool('openssl', 'version'))(
    'accepts a certificate of the authorities that it is given, and else none that nobody vouches for',
    async () => {
      const folder = makeTemporaryFolder('probe')
      const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')]
      const make = (name: string) =>
        execFileSync(
          'openssl',
          [
            ...['req', '-x509', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
            ...['-keyout', key, '-out', cert, '-days', '2', '-subj', '/CN=test'],
            ...['-addext', `subjectAltName=${name}`],
          ],
          { stdio: 'ignore' },
        )
      const start = (name: string) => {
        make(name)
        const files = { key: readFileSync(key), cert: readFileSync(cert) }
        return startServer(
          (response) => say(response, 200, 'ok'),
          (listener) => createTlsServer(files, listener),
        )
      }
      const right = await start('IP:127.0.0.1')
      const authorities = readFileSync(cert)
      expect(valueOf(await ask(right.url))).toMatchObject({ code: 'host/tls-failed' })
      expect(valueOf(await ask(right.url, { authorities }))).toMatchObject({ httpStatus: 200 })
      const other = await start('DNS:other.example')
      const own = { authorities: readFileSync(cert) }
      expect(valueOf(await ask(other.url, own))).toMatchObject({ code: 'host/tls-failed' })
      expect(valueOf(await ask(other.url, { authorities }))).toMatchObject({
        code: 'host/tls-failed',
      })
      expect(other.asked).toEqual([])
    },
  )
})
