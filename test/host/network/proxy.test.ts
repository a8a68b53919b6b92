// A proxy of the environment: what is meant for this machine alone is not sent through it in the clear.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { say, startServer } from './misbehaving-server.ts'

const DOOR = resolve(import.meta.dirname, '../../../src/host/network/request.ts')
const BEARER = 'a bearer that nobody may see'

/** Asks in a process of its own: Node reads the variables when it starts. */
async function ask(url: string, variables: Readonly<Record<string, string>>, options: string[]) {
  const program = `
    const { request } = await import(${JSON.stringify(DOOR)})
    const asked = { url: ${JSON.stringify(url)}, method: 'GET', bearer: ${JSON.stringify(BEARER)} }
    console.log(JSON.stringify(await request(asked)))`
  const env = { PATH: process.env['PATH'], ...variables }
  const child = spawn(process.execPath, [...options, '--input-type=module', '-e', program], { env })
  let printed = ''
  child.stdout.on('data', (part: Buffer) => (printed += part.toString()))
  await once(child, 'close')
  const { ok, problems = [] } = JSON.parse(printed) as {
    readonly ok: boolean
    readonly problems?: readonly { readonly code: string; readonly hint?: string }[]
  }
  return ok ? 'accepted' : problems
}

describe('a proxy of the environment', () => {
  it.each<[string, Readonly<Record<string, string>>, string[]]>([
    ['HTTP_PROXY', { NODE_USE_ENV_PROXY: '1' }, []],
    ['http_proxy', { NODE_USE_ENV_PROXY: '1' }, []],
    ['HTTP_PROXY', {}, ['--use-env-proxy']],
    ['HTTP_PROXY', { NODE_OPTIONS: '--use-env-proxy' }, []],
  ])('is never asked for this machine: %s, %j, %j', async (name, variables, options) => {
    const proxy = await startServer((response) => say(response, 200))
    const server = await startServer((response) => say(response, 200))
    const environment = { ...variables, [name]: proxy.url }
    expect(await ask(server.url, environment, options)).toMatchObject([
      { code: 'host/url-refused', hint: expect.stringContaining('NO_PROXY') as string },
    ])
    // Around the proxy, and with a proxy that Node was not told to use.
    for (const around of ['127.0.0.1', 'corp.example, 127.0.0.1', '*']) {
      const told = { ...environment, NO_PROXY: around }
      expect([around, await ask(server.url, told, options)]).toEqual([around, 'accepted'])
    }
    expect(await ask(server.url, { [name]: proxy.url }, [])).toBe('accepted')
    const past = { ...environment, NO_PROXY: 'corp.example,*' }
    expect(await ask(server.url, past, options)).toMatchObject([{ code: 'host/url-refused' }])
    expect([proxy.asked.length, server.asked.length]).toEqual([0, 4])
  })
})
