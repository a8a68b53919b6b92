import { describe, expect, it } from 'vitest'
import type { Host } from '../../../src/host/index.ts'
import { requestLogEntry, requestTimestamp } from '../../../src/host/sigstore/index.ts'
import { generatePrivateKey } from '../../../src/sign/index.ts'
import { answerV1, answerV2 } from '../../sign/sigstore/log-answers.ts'
import { valueOf } from '../../trust/keys.ts'
import { createTestLog } from '../../verify/sigstore/test-log.ts'
import { say, startServer } from '../network/misbehaving-server.ts'
import { createTestHost } from '../test-host.ts'

const { host } = createTestHost('.')
const door: Pick<Host, 'now' | 'request'> = {
  now: () => host.now(),
  request: (asked) => host.request({ ...asked, deadlineMs: 5_000 }),
}
const content = {
  envelope: {
    payloadType: 'application/vnd.in-toto+json',
    payload: Buffer.from('{}'),
    signature: Buffer.from('signature'),
  },
  publicKey: generatePrivateKey('p256').publicKey,
}
const ID = 'ab'.repeat(40)

function entryOf(generation: 1 | 2) {
  const log = createTestLog({ generation })
  return log.entry(log.append({ kind: 'dsse', apiVersion: '0.0.1', spec: {} }))
}

describe('requestLogEntry()', () => {
  it('asks a log at its address, with or without a slash at the end', async () => {
    const answer = JSON.stringify(answerV2(entryOf(2)))
    const server = await startServer((response) => say(response, 201, answer))
    for (const url of [server.url, `${server.url}/`, `${server.url}/shard//`]) {
      valueOf(await requestLogEntry(door, { url, majorApiVersion: 2 }, content))
    }
    expect(server.asked.map(({ path }) => path)).toEqual([
      '/api/v2/log/entries',
      '/api/v2/log/entries',
      '/shard/api/v2/log/entries',
    ])
  })

  it('finds the version of a log that nobody has said', async () => {
    const answer = JSON.stringify(answerV1(entryOf(1)))
    const server = await startServer((response, { path }) =>
      path.startsWith('/api/v1/') ? say(response, 201, answer) : say(response, 404),
    )
    expect(valueOf(await requestLogEntry(door, { url: server.url }, content)).kind).toBe('dsse')
    const said = requestLogEntry(door, { url: server.url, majorApiVersion: 2 }, content)
    await expect(said).rejects.toMatchObject({ code: 'host/http-status' })
  })

  it('reads the entry that the log has already, where the first answer was lost', async () => {
    const answer = JSON.stringify(answerV1(entryOf(1)))
    const server = await startServer((response, { method }, count) => {
      if (count === 1) return void response.destroy()
      if (method === 'GET') return say(response, 200, answer)
      response.writeHead(409, { location: `/api/v1/log/entries/${ID}` }).end('{}')
    })
    const log = { url: server.url, majorApiVersion: 1 }
    expect(valueOf(await requestLogEntry(door, log, content)).logIndex).toBe(1000n)
    expect(server.asked.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'POST /api/v1/log/entries',
      'POST /api/v1/log/entries',
      `GET /api/v1/log/entries/${ID}`,
    ])
  })

  it('goes nowhere else, whatever the log says about where it is', async () => {
    const elsewhere = await startServer((response) => say(response, 200))
    for (const location of [`${elsewhere.url}/${ID}`, '/other', `/${ID}?x=1`]) {
      const server = await startServer((response, { method }) => {
        if (method === 'GET') return say(response, 404)
        response.writeHead(409, { location }).end('{}')
      })
      const log = { url: server.url, majorApiVersion: 1 }
      const found = await requestLogEntry(door, log, content).catch((thrown: unknown) => thrown)
      expect(found).not.toMatchObject({ ok: true })
    }
    expect(elsewhere.asked).toEqual([])
  })
})

describe('requestTimestamp()', () => {
  it('never asks twice with the same nonce', async () => {
    const server = await startServer((response) => say(response, 400))
    for (const _ of [1, 2]) {
      await requestTimestamp(door, server.url, Buffer.from('signature')).catch(() => undefined)
    }
    const [first, second] = server.asked
    expect(first?.headers['content-type']).toBe('application/timestamp-query')
    expect(first?.body.length).toBeGreaterThan(60)
    expect(first?.body).not.toEqual(second?.body)
  })
})
