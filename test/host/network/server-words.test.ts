// What a careless server repeats of what it was sent: logs of CI are public, and a token is good for minutes.

import { describe, expect, it } from 'vitest'
import { request } from '../../../src/host/network/request.ts'
import { say, startServer } from './misbehaving-server.ts'
import { createTimelessWorld } from './timeless-world.ts'

const SIGNATURE = 'Zm9yIGEgdGVzdC1vbmx5LCBub2JvZHkgc2lnbmVkIHRoaXMgdG9rZW4gZXZlci4'
const TOKEN = `eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJyZXBvOm8vcjpyZWY6cmVmcy90YWdzL3YxIn0.${SIGNATURE}`
const BEARER = 'ghs_16C7e42F292c6912E7710c838347Ae178B4a'

const wrap = (text: string, columns: number) =>
  text.replaceAll(new RegExp(`.{${columns}}`, 'g'), '$&\n')
const base64 = (text: string, encoding: BufferEncoding = 'utf8') =>
  Buffer.from(text, encoding).toString('base64')

/** What a person reads where a server answers so to a request with this secret. */
async function shown(body: string | Uint8Array, secret?: string): Promise<string> {
  const server = await startServer((response) => say(response, 401, body))
  const secrets = secret === undefined ? {} : { secrets: [secret] }
  const asked = { url: `${server.url}/path?request=${secret}`, method: 'GET', ...secrets } as const
  const thrown: unknown = await request(asked, createTimelessWorld()).catch(
    (failure: unknown) => failure,
  )
  const { message } = thrown as Error
  const start = `Cannot use "${server.url}/path": it answered with status 401`
  expect(message.startsWith(start)).toBe(true)
  return message.slice(start.length)
}

/** Letters and digits alone, in one case: what a reader of a log can put together again. */
const essence = (text: string) => text.replaceAll(/[^A-Za-z0-9]/g, '').toLowerCase()

/** Pieces of a secret in any of the ways in which it can stand in a text. */
function piecesOf(secret: string): readonly string[] {
  const written = [secret, base64(secret), Buffer.from(secret).toString('hex')].map(essence)
  return written.flatMap((text) =>
    Array.from({ length: text.length - 9 }, (_, from) => text.slice(from, from + 10)),
  )
}

describe.each([
  ['a token', TOKEN],
  ['the bearer of a CI system', BEARER],
])('%s that a server repeats', (_, secret) => {
  it.each<[string, string | Uint8Array]>([
    ['as it is', secret],
    ['in lower case', secret.toLowerCase()],
    ['behind a long text', `${'y '.repeat(240)}${secret}`],
    ['in base64', base64(secret)],
    ['in base64 twice', base64(base64(secret))],
    ['in hexadecimal', Buffer.from(secret).toString('hex')],
    ['as a header in base64', base64(`Authorization: Bearer ${secret}`)],
    ['in UTF-16', Buffer.from(secret, 'utf16le')],
    ['with blanks', [...secret].join(' ')],
    ['in lines of 64', wrap(secret, 64)],
    ['in lines of 16', wrap(secret, 16)],
    ['in lines of 4', wrap(secret, 4)],
    ['in base64, in lines of 64', wrap(base64(secret), 64)],
    ['in base64, in lines of 12', wrap(base64(secret), 12)],
    ['in base64 of a header, in lines of 8', wrap(base64(`Bearer ${secret}`), 8)],
    ['with escapes', JSON.stringify({ e: secret }).replaceAll('e', '\\u0065')],
    ['percent-encoded', secret.replaceAll(/[a-m]/g, (c) => `%${c.charCodeAt(0).toString(16)}`)],
    ['as entities', secret.replaceAll(/[a-m]/g, (c) => `&#${c.charCodeAt(0)};`)],
  ])('is not shown: %s', async (__, body) => {
    const words = essence(await shown(body, secret))
    expect(piecesOf(secret).filter((piece) => words.includes(piece))).toEqual([])
  })

  it('leaves the words around it', async () => {
    const body = `{"code":16,"message":"There was an error: ${secret} is not signed by a known key"}`
    const words = await shown(body, secret)
    expect(words).toContain('There was an error')
    expect(words).toContain('[hidden]')
    expect(words).toContain('is not signed by a known key')
  })
})

describe('what a server says', () => {
  it('is shown where it repeats nothing', async () => {
    const words = 'no matching CIConfiguration for https://token.actions.githubusercontent.com'
    expect(await shown(words, TOKEN)).toBe(`: "${words}"`)
  })

  it('is shown with its digests where nothing secret was sent', async () => {
    const words = `an equivalent entry is there already: ${'24296fb2'.repeat(10)}`
    expect(await shown(words)).toBe(`: "${words}"`)
    expect(await shown(words, TOKEN)).toBe(': "an equivalent entry is there already: [hidden]"')
  })

  it('shows no token of somebody else', async () => {
    const words = await shown('you sent eyJvdGhlciI6InRva2VuIn0.eyJhIjoxfQ.abc')
    expect(words).toBe(': "you sent [hidden]"')
  })
})
