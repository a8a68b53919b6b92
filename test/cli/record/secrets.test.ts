// Secrets are planted everywhere that a record command can meet one; then every output and every file is searched.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { startServer } from '../../host/network/misbehaving-server.ts'
import {
  createRecordWorld,
  FIRST,
  KNOWN,
  type RecordWorld,
  type Said,
  SIGNED,
} from './record-world.ts'

const SESSION = 'session-7f3a9c21-planted'
const COOKIE = 'cookie-51b2e8d0-planted'
const TOKEN = `ghp_${'a1B2c3'.repeat(6)}`
const ENVIRONMENT = { TEST_OPERATOR: SESSION }

let world: RecordWorld
beforeAll(async () => {
  world = await createRecordWorld()
})

/** What has to stay where it is: the private key is in its own file alone. */
function expectNothingOf(secrets: readonly string[], said: Said): void {
  const files = readdirSync(world.folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith('.key.pem'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
  const statements = files.flatMap((text) => {
    const [, payload = ''] = /"payload":"([^"]+)"/.exec(text) ?? []
    return Buffer.from(payload, 'base64').toString('latin1')
  })
  const everything = [said.stdout, said.stderr, ...files, ...statements].join('\n')
  for (const secret of secrets) {
    expect(everything).not.toContain(secret)
    expect(everything).not.toContain(Buffer.from(secret).toString('base64'))
    expect(everything).not.toContain(encodeURIComponent(secret))
  }
}

const keyText = () => world.read('alice.key.pem').split('\n')[1] ?? 'no key'

describe('a secret', () => {
  const plan = {
    schema: 'assay/smoke-plan/v1',
    name: 'edge',
    unlock: [
      {
        name: 'operator',
        kind: 'operator-session',
        secret: 'TEST_OPERATOR',
        exchange: {
          path: '/session',
          contentType: 'application/json',
          body: '{"token":"{secret}"}',
          status: 201,
          cookie: 'operator',
        },
      },
    ],
    checks: [{ name: 'metrics', path: '/metrics', needs: ['operator'], expect: { status: 200 } }],
  }

  const smoke = (url: string, more: readonly string[] = []) =>
    world.run(
      [
        ...[
          'record',
          'smoke',
          ...FIRST.with(3, 'post-deploy-smoke-verified'),
          '--plan',
          'plan.json',
        ],
        ...['--base-url', url, '--label', 'edge', '--format', 'json', ...SIGNED, ...more],
      ],
      { environment: ENVIRONMENT },
    )

  beforeAll(() => world.write('plan.json', JSON.stringify(plan)))

  it('that unlocks a server gets to the server, and nowhere else', async () => {
    const server = await startServer((response, { path, headers }) => {
      const isOpen = headers.cookie?.includes(COOKIE) === true
      if (path === '/session') response.writeHead(201, { 'set-cookie': `operator=${COOKIE}` })
      else response.writeHead(isOpen ? 200 : 401)
      response.end('metrics')
    })
    const said = await smoke(server.url)
    expect(said.exitCode).toBe(1)
    expect(server.asked[0]?.body.toString()).toContain(SESSION)
    expectNothingOf([SESSION, COOKIE, keyText()], said)
  })

  it('that a server gives back is in no record either', async () => {
    const server = await startServer((response, { path, body, headers }) => {
      const echo = `${body.toString()} ${headers.cookie ?? ''}`
      const cookie = path === '/session' ? { 'set-cookie': `operator=${COOKIE}` } : {}
      const status = path === '/session' ? 201 : 200
      response.writeHead(status, { 'content-type': 'text/plain', ...cookie }).end(echo)
    })
    const said = await smoke(server.url)
    expect(said.exitCode).toBe(1)
    expect(said.stderr).toContain('secret-repeated')
    expectNothingOf([SESSION, COOKIE, keyText()], said)
  })

  it.each([
    ['the address of a run', ['--url', `https://ci.example/run?token=${TOKEN}`]],
    ['the address of a run, as a login', ['--url', 'https://ci:hunter2-planted@ci.example/run']],
  ])('in %s is refused, and nothing is recorded', async (_, more) => {
    const { url } = await startServer((response) => void response.writeHead(201).end())
    const before = world.ledger()
    const said = await smoke(url, more)
    expect(said.exitCode).toBe(2)
    expectNothingOf([TOKEN, 'hunter2-planted', SESSION], said)
    expect(world.ledger()).toEqual(before)
  })

  it.each([
    ['a reason', TOKEN],
    ['a reason, as an address', `https://git.example/x?access_token=${TOKEN}`],
  ])('in %s is refused, and nothing is recorded', async (_, reason) => {
    const before = world.ledger()
    const args = ['--action', 'withdraw', '--urgency', 'soon', '--reason', reason]
    const known = KNOWN.with(3, 'post-deploy-smoke-verified')
    for (const place of [SIGNED, ['--dry-run', ...SIGNED.slice(2)]]) {
      const said = await world.run(['record', 'withdrawal', ...known, ...args, ...place])
      expect(said.exitCode).toBe(2)
      expectNothingOf([TOKEN], said)
    }
    expect(world.ledger()).toEqual(before)
  })

  it('that is a private key stays in its file, also where the file is taken for members', async () => {
    const before = world.ledger()
    const said = await world.run([
      ...['record', 'canary', ...KNOWN, '--from', 'alice.key.pem', ...SIGNED],
    ])
    expect(said.exitCode).toBe(2)
    expectNothingOf([keyText()], said)
    expect(world.ledger()).toEqual(before)
  })
})
