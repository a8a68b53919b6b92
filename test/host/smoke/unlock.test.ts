import { describe, expect, it } from 'vitest'
import type { SmokeObservation } from '../../../src/record/observation/index.ts'
import { SMOKE_OBSERVATION_SCHEMA } from '../../../src/record/observation/index.ts'
import { CHECK, GATE, OPERATOR, planOf } from '../../record/observation/smoke/plans.ts'
import { makeTemporaryFolder } from '../../temporary-folder.ts'
import { valueOf } from '../../trust/keys.ts'
import { type Asked, say, startServer } from '../network/misbehaving-server.ts'
import { createTestHost } from '../test-host.ts'

const folder = makeTemporaryFolder('unlock')

/** With signs that each way of writing them down would change. */
const SECRETS = { TEST_GATE: 'open & "sesame" ü', TEST_OPERATOR: 'op-7f3a9c-session' }
const COOKIE = 'gate-cookie-51c0ffee'

const SESSION = {
  ...OPERATOR,
  needs: ['gate'],
  present: undefined,
  exchange: {
    path: '/session',
    contentType: 'application/json',
    body: '{"token":"{secret}"}',
    status: 201,
    cookie: 'session',
  },
}

const PLAN = {
  unlock: [GATE, SESSION],
  checks: [
    { ...CHECK, name: 'public' },
    { ...CHECK, name: 'gated', needs: ['gate'] },
    { ...CHECK, name: 'operated', needs: ['operator'] },
  ],
}

/** A site behind a gate, with an operator's part inside. */
const startSite = (gateStatus = 303, setCookie = `gate=${COOKIE}; Path=/; HttpOnly`) =>
  startServer((response, { path, headers, body }) => {
    if (path === '/gate') {
      const code = new URLSearchParams(body.toString()).get('code')
      const isRight = code === SECRETS.TEST_GATE
      return void response
        .writeHead(isRight ? gateStatus : 403, { location: '/', 'set-cookie': ['a=b', setCookie] })
        .end()
    }
    if (path === '/session') {
      const { token } = JSON.parse(body.toString()) as { token: string }
      const isIn = headers.cookie === `gate=${COOKIE}` && token === SECRETS.TEST_OPERATOR
      return void response
        .writeHead(isIn ? 201 : 401, { 'set-cookie': 'session=operator-cookie-0001' })
        .end()
    }
    say(response, 200, 'ok')
  })

interface Running {
  readonly environment?: Readonly<Record<string, string>>
}

/** Runs the plan; neither the secrets nor the cookies for them are in anything that comes of it. */
async function run(url: string, members: object, { environment = SECRETS }: Running = {}) {
  const { host, output } = createTestHost(folder, { environment })
  const told: string[] = []
  const progress = { report: (done: string) => void told.push(done), end: () => undefined }
  const watched = {
    ...host,
    startProgress: (label: string) => {
      told.push(label)
      return progress
    },
  }
  const plan = planOf(JSON.parse(JSON.stringify(members)) as object)
  const found = valueOf(await watched.runSmoke({ plan, baseUrl: url, label: 'Test' }))
  expect(SMOKE_OBSERVATION_SCHEMA.parse(found)).toEqual(found)
  expect(told.length).toBeGreaterThan(1)
  const all = JSON.stringify([found, output, told])
  for (const secret of [...Object.values(environment), COOKIE, 'operator-cookie']) {
    for (const spelling of [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(secret).toString('base64'),
      Buffer.from(secret).toString('hex'),
    ]) {
      expect(all).not.toContain(spelling)
    }
  }
  return found
}

const resultsOf = ({ unlockSteps, checks }: SmokeObservation) =>
  Object.fromEntries(
    [...unlockSteps, ...checks].map(({ name, result, reason }) => [
      name,
      reason ? `${result}: ${reason.why}` : result,
    ]),
  )

const cookiesOf = (asked: readonly Asked[], path: string) =>
  asked.filter((each) => each.path === path).map(({ headers }) => headers.cookie)

describe('unlock steps', () => {
  it('unlock what needs them, and nothing else', async () => {
    const server = await startSite()
    const found = await run(server.url, PLAN)
    expect(resultsOf(found)).toEqual({
      gate: 'passed',
      operator: 'passed',
      public: 'passed',
      gated: 'passed',
      operated: 'passed',
    })
    expect(found.unlockSteps).toEqual([
      { name: 'gate', kind: 'site-gate', result: 'passed', httpStatus: 303 },
      { name: 'operator', kind: 'operator-session', result: 'passed', httpStatus: 201 },
    ])
    expect(found.checks.map(({ unlockSteps }) => unlockSteps)).toEqual([
      undefined,
      ['gate'],
      ['gate', 'operator'],
    ])
    expect(new Set(cookiesOf(server.asked, '/health'))).toEqual(
      new Set([undefined, `gate=${COOKIE}`, `gate=${COOKIE}; session=operator-cookie-0001`]),
    )
  })

  it('show the secret itself, where the plan says so', async () => {
    const server = await startServer((response) => say(response, 200))
    const shown = [
      OPERATOR,
      { ...OPERATOR, name: 'header', present: { as: 'header', name: 'X-Key' } },
      { ...OPERATOR, name: 'cookie', present: { as: 'cookie', name: 'sid' } },
    ]
    const needs = shown.map(({ name }) => name)
    const found = await run(server.url, { unlock: shown, checks: [{ ...CHECK, needs }] })
    expect(resultsOf(found)).toMatchObject({ operator: 'passed', health: 'passed' })
    expect(server.asked[0]?.headers).toMatchObject({
      authorization: `Bearer ${SECRETS.TEST_OPERATOR}`,
      'x-key': SECRETS.TEST_OPERATOR,
      cookie: `sid=${SECRETS.TEST_OPERATOR}`,
    })
  })

  it.each([
    ['answers another status', 200, undefined, 'http-status'],
    ['sets no cookie of that name', 303, 'gates=1', 'session-missing'],
    ['sets an empty cookie', 303, 'gate=', 'session-missing'],
    ['sets a cookie without a value', 303, 'gate', 'session-missing'],
    ['sets a cookie that is none', 303, 'gate="a b"', 'session-missing'],
  ])('leave out all that needs them when the server %s', async (_, status, setCookie, why) => {
    const server = await startSite(status, setCookie)
    expect(resultsOf(await run(server.url, PLAN))).toEqual({
      gate: `failed: ${why}`,
      operator: 'not-run: unlock-step',
      public: 'passed',
      gated: 'not-run: unlock-step',
      operated: 'not-run: unlock-step',
    })
    expect(server.asked.map(({ path }) => path)).toEqual(['/gate', '/health'])
  })

  it('leave out all that needs them when the secret is wrong, or the server is silent', async () => {
    const server = await startSite()
    const environment = { ...SECRETS, TEST_OPERATOR: 'a wrong one' }
    expect(resultsOf(await run(server.url, PLAN, { environment }))).toEqual({
      gate: 'passed',
      operator: 'failed: http-status',
      public: 'passed',
      gated: 'passed',
      operated: 'not-run: unlock-step',
    })
    const silent = await startServer((response, { path }) => {
      if (path !== '/gate') say(response, 200)
    })
    expect(resultsOf(await run(silent.url, { ...PLAN, requestSeconds: 1 }))).toMatchObject({
      gate: 'failed: timed-out',
      gated: 'not-run: unlock-step',
    })
  })

  it('fail without their variable, unless they are optional', async () => {
    const server = await startSite()
    const environment = { TEST_OPERATOR: SECRETS.TEST_OPERATOR }
    const found = await run(server.url, PLAN, { environment })
    expect(resultsOf(found)).toMatchObject({
      gate: 'failed: secret-missing',
      gated: 'not-run: unlock-step',
    })
    expect(found.unlockSteps[0]?.reason?.expected).toBe('TEST_GATE')

    const open = await startServer((response, { path }) => {
      const made = { 'set-cookie': 'session=operator-cookie-0001' }
      response.writeHead(path === '/session' ? 201 : 200, made).end()
    })
    const plan = { ...PLAN, unlock: [{ ...GATE, optional: true }, SESSION] }
    const without = await run(open.url, plan, { environment })
    expect(resultsOf(without)).toEqual({
      gate: 'not-run: secret-missing',
      operator: 'passed',
      public: 'passed',
      gated: 'passed',
      operated: 'passed',
    })
    expect(without.checks.map(({ unlockSteps }) => unlockSteps)).toEqual([
      undefined,
      undefined,
      ['operator'],
    ])
  })

  it('never send a secret that would be another request', async () => {
    const server = await startServer((response) => say(response, 200))
    const environment = { TEST_OPERATOR: 'one\r\nx-two: three' }
    for (const present of [
      { as: 'bearer' },
      { as: 'header', name: 'x-one' },
      { as: 'cookie', name: 'one' },
    ]) {
      const plan = {
        unlock: [{ ...OPERATOR, present }],
        checks: [{ ...CHECK, needs: ['operator'] }],
      }
      expect(resultsOf(await run(server.url, plan, { environment }))).toEqual({
        operator: 'failed: secret-unusable',
        health: 'not-run: unlock-step',
      })
    }
    expect(server.asked).toEqual([])
  })

  it('fail a check whose answer repeats a secret, and keep no digest of it', async () => {
    const spellings = [
      SECRETS.TEST_GATE,
      encodeURIComponent(SECRETS.TEST_GATE),
      JSON.stringify(SECRETS.TEST_GATE),
      COOKIE,
    ]
    let turn = 0
    const server = await startServer((response, { path }) => {
      const made = { 'set-cookie': `gate=${COOKIE}`, location: '/' }
      if (path === '/gate') return void response.writeHead(303, made).end()
      say(response, 200, `{"you sent":"${spellings[turn]}"}`)
    })
    for (turn = 0; turn < spellings.length; turn++) {
      const found = await run(server.url, {
        unlock: [GATE],
        checks: [{ ...CHECK, needs: ['gate'] }],
      })
      expect(found.checks[0]).toMatchObject({
        result: 'failed',
        reason: { why: 'secret-repeated' },
        httpStatus: 200,
      })
      expect(found.checks[0]?.responseSha256).toBeUndefined()
    }
    const typed = await startServer((response) => {
      response.writeHead(200, { 'content-type': `text/${SECRETS.TEST_OPERATOR}` }).end()
    })
    const plan = { unlock: [OPERATOR], checks: [{ ...CHECK, needs: ['operator'] }] }
    expect(resultsOf(await run(typed.url, plan))).toMatchObject({
      health: 'failed: secret-repeated',
    })
  })

  it('are not asked after the deadline', async () => {
    const server = await startServer(() => undefined)
    const plan = { ...PLAN, unlock: [GATE, OPERATOR], requestSeconds: 60, deadlineSeconds: 1 }
    const unlock = { ...plan, checks: [{ ...CHECK, needs: ['operator'] }] }
    expect(resultsOf(await run(server.url, unlock))).toEqual({
      gate: 'failed: deadline',
      operator: 'not-run: deadline',
      health: 'not-run: unlock-step',
    })
  })
})
