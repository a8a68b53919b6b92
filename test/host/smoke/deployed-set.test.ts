import { describe, expect, it } from 'vitest'
import { makeTemporaryFolder } from '../../temporary-folder.ts'
import { valueOf } from '../../trust/keys.ts'
import { GATE, planOf } from '../../record/observation/smoke/plans.ts'
import { say, startServer } from '../network/misbehaving-server.ts'
import { createTestHost } from '../test-host.ts'

const folder = makeTemporaryFolder('deployed-set')
const SET = 'a'.repeat(64)
const PLACE = { path: '/release.json', pointer: '/set' }

/** What the server is found to run, which answers this. */
async function observe(body: string, { status = 200, place = {}, unlock = [] as object[] } = {}) {
  const server = await startServer((response, { path }) =>
    path === PLACE.path ? say(response, status, body) : say(response, 200),
  )
  const { host } = createTestHost(folder)
  const plan = planOf({ deployedSet: { ...PLACE, ...place }, unlock })
  const found = valueOf(await host.runSmoke({ plan, baseUrl: server.url, label: 'Test' }))
  expect(found.checks).toMatchObject([{ name: 'health', result: 'passed' }])
  return found.observedSet
}

describe('runSmoke(), asked which set the server runs', () => {
  it('takes the digest that stands at its place', async () => {
    expect(await observe(JSON.stringify({ set: SET }))).toBe(SET)
    expect(await observe(JSON.stringify([SET]), { place: { pointer: '/0' } })).toBe(SET)
  })

  it.each([
    ['something else than a digest', JSON.stringify({ set: 'a secret of somebody' })],
    ['a digest in upper case', JSON.stringify({ set: SET.toUpperCase() })],
    ['nothing there', '{}'],
    ['no JSON', SET],
    ['more than is read', JSON.stringify({ set: SET, rest: 'x'.repeat(70_000) })],
  ])('takes nothing of %s', async (_, body) => {
    expect(await observe(body)).toBeUndefined()
  })

  it('takes nothing of an answer with another status', async () => {
    expect(await observe(JSON.stringify({ set: SET }), { status: 500 })).toBeUndefined()
  })

  it('takes nothing where it can not unlock what it needs', async () => {
    const locked = { unlock: [GATE], place: { needs: ['gate'] } }
    expect(await observe(JSON.stringify({ set: SET }), locked)).toBeUndefined()
  })
})
