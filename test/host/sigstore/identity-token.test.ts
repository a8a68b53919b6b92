import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { obtainIdentityToken } from '../../../src/host/sigstore/index.ts'
import { makeToken, TOKEN_TIME } from '../../sign/sigstore/tokens.ts'
import { makeTemporaryFolder } from '../../temporary-folder.ts'
import { codes, valueOf } from '../../trust/keys.ts'
import { type Answering, say, startServer } from '../network/misbehaving-server.ts'
import { createTestHost } from '../test-host.ts'

const folder = makeTemporaryFolder('identity-token')
const REQUEST_TOKEN = 'a bearer that nobody may see'

const hostWith = (environment: Readonly<Record<string, string>>) =>
  createTestHost(folder, { now: TOKEN_TIME, environment }).host
const nameOf = (subject: string) => makeToken({ sub: subject })

/** The service of GitHub Actions, and what a run there has in its environment. */
async function gitHub(answer: Answering, query = '?api-version=2') {
  const server = await startServer(answer)
  return {
    server,
    environment: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${server.url}/token${query}`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: REQUEST_TOKEN,
    },
  }
}

describe('obtainIdentityToken()', () => {
  it('takes a file before the environment, and that before GitHub Actions', async () => {
    writeFileSync(join(folder, 'token'), `${nameOf('file')}\n`, { mode: 0o600 })
    const answer = JSON.stringify({ value: nameOf('github') })
    const { environment } = await gitHub((response) => say(response, 200, answer))
    const both = { ...environment, SIGSTORE_ID_TOKEN: nameOf('environment') }
    const subjects = [
      await obtainIdentityToken(hostWith(both), 'token'),
      await obtainIdentityToken(hostWith(both)),
      // GitLab leaves a variable empty where a job asks for no token.
      await obtainIdentityToken(hostWith({ ...environment, SIGSTORE_ID_TOKEN: '' })),
    ].map((token) => valueOf(token).subject)
    expect(subjects).toEqual(['file', 'environment', 'github'])
  })

  it.each(['?api-version=2', ''])('asks GitHub for the audience (%j)', async (query) => {
    const answer = JSON.stringify({ count: 1, value: makeToken() })
    const { server, environment } = await gitHub((response) => say(response, 200, answer), query)
    valueOf(await obtainIdentityToken(hostWith(environment)))
    expect(server.asked).toMatchObject([
      {
        method: 'GET',
        path: `/token${query === '' ? '?' : `${query}&`}audience=sigstore`,
        headers: { authorization: `Bearer ${REQUEST_TOKEN}` },
      },
    ])
  })

  it.each(['?api-version=2#job', '#job'])(
    'asks for the audience before what no server sees (%j)',
    async (query) => {
      const answer = JSON.stringify({ value: makeToken() })
      const { server, environment } = await gitHub((response) => say(response, 200, answer), query)
      valueOf(await obtainIdentityToken(hostWith(environment)))
      const [before = ''] = query.split('#')
      const path = `/token${before === '' ? '?' : `${before}&`}audience=sigstore`
      expect(server.asked.map((asked) => asked.path)).toEqual([path])
    },
  )

  it.each(['s3cr3t\r\nx-evil: 1', 's3cr3t\n', 's3cr3t-tökén', '☃', ''])(
    'names the variable whose bearer can not be sent (%j)',
    async (bearer) => {
      const answer = JSON.stringify({ value: makeToken() })
      const { server, environment } = await gitHub((response) => say(response, 200, answer))
      const unfit = { ...environment, ACTIONS_ID_TOKEN_REQUEST_TOKEN: bearer }
      const found = await obtainIdentityToken(hostWith(unfit))
      expect(codes(found)).toEqual(['sign/token-malformed'])
      expect(JSON.stringify(found)).toContain('ACTIONS_ID_TOKEN_REQUEST_TOKEN')
      expect(JSON.stringify(found)).not.toContain('s3cr3t')
      expect(server.asked).toEqual([])
      expect(codes(await obtainIdentityToken(hostWith(environment)))).toBe('accepted')
    },
  )

  it.each<[string, Answering, string]>([
    ['denies', (response) => say(response, 403, `no, ${REQUEST_TOKEN}`), 'host/http-status'],
    ['answers garbage', (response) => say(response, 200, 'garbage'), 'host/http-response'],
    ['answers no token', (response) => say(response, 200, '{"value":""}'), 'host/http-response'],
    ['answers a list', (response) => say(response, 200, '[]'), 'host/http-response'],
  ])('throws when GitHub %s, without what it was asked with', async (_, answer, code) => {
    const { environment } = await gitHub(answer)
    const obtaining = obtainIdentityToken(hostWith(environment))
    await expect(obtaining).rejects.toMatchObject({
      code,
      message: expect.not.stringContaining(REQUEST_TOKEN) as string,
    })
  })

  it('refuses a token where others can read it, and where there is none', async () => {
    writeFileSync(join(folder, 'open'), makeToken(), { mode: 0o640 })
    expect(codes(await obtainIdentityToken(hostWith({}), 'open'))).toEqual([
      'host/key-file-exposed',
    ])
    expect(codes(await obtainIdentityToken(hostWith({}), 'none'))).toEqual(['host/file-missing'])
    expect(codes(await obtainIdentityToken(hostWith({})))).toEqual(['sign/token-missing'])
    const half = { ACTIONS_ID_TOKEN_REQUEST_URL: 'https://example.com' }
    expect(codes(await obtainIdentityToken(hostWith(half)))).toEqual(['sign/token-missing'])
  })

  it('refuses what is no token', async () => {
    writeFileSync(join(folder, 'bytes'), Buffer.from([0xff, 0xfe]), { mode: 0o600 })
    expect(codes(await obtainIdentityToken(hostWith({}), 'bytes'))).toEqual([
      'sign/token-malformed',
    ])
    const given = { SIGSTORE_ID_TOKEN: 'a password by mistake' }
    const found = await obtainIdentityToken(hostWith(given))
    expect(codes(found)).toEqual(['sign/token-malformed'])
    expect(JSON.stringify(found)).not.toContain('password')
  })

  it('asks GitHub over https only', async () => {
    const environment = {
      ACTIONS_ID_TOKEN_REQUEST_URL: 'http://example.com/token',
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: REQUEST_TOKEN,
    }
    expect(codes(await obtainIdentityToken(hostWith(environment)))).toEqual(['host/url-refused'])
  })
})
