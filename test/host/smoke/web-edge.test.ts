import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { WEB_EDGE_CHECKS } from '../../../src/policy/index.ts'
import { parseSmokePlan } from '../../../src/record/observation/index.ts'
import { makeTemporaryFolder } from '../../temporary-folder.ts'
import { valueOf } from '../../trust/keys.ts'
import { startServer } from '../network/misbehaving-server.ts'
import { createTestHost } from '../test-host.ts'
import { answerAsWebEdge, type WebEdge } from './web-edge.ts'

const folder = makeTemporaryFolder('web-edge')
const SHIPPED = join(import.meta.dirname, '../../../policies/smoke-plans/web-edge.yaml')
const plan = valueOf(parseSmokePlan(readFileSync(SHIPPED)))
const GATE = 'staging code 1'
const OPERATOR = 'operator-token-1'

/** The names of the checks that did not pass, with the reason. */
async function failuresOf(edge: WebEdge, environment: Readonly<Record<string, string>>) {
  const server = await startServer(answerAsWebEdge(edge))
  const { host } = createTestHost(folder, { environment })
  const found = valueOf(await host.runSmoke({ plan, baseUrl: server.url, label: 'Web edge' }))
  expect(found.checks.map(({ name }) => name)).toEqual(WEB_EDGE_CHECKS)
  return found.checks
    .filter(({ result }) => result !== 'passed')
    .map(({ name, reason }) => `${name}: ${reason?.why}`)
}

describe('the shipped plan', () => {
  it('passes on a site that is open, and on one behind a gate', async () => {
    const operator = { ASSAY_SMOKE_OPERATOR: OPERATOR }
    expect(await failuresOf({ operator: OPERATOR }, operator)).toEqual([])
    const gated = { siteAccess: GATE, operator: OPERATOR }
    const both = { ...operator, ASSAY_SMOKE_SITE_ACCESS: GATE }
    expect(await failuresOf(gated, both)).toEqual([])
  })

  it('lets nothing pass behind a gate that is not opened', async () => {
    const gated = { siteAccess: GATE, operator: OPERATOR }
    const without = await failuresOf(gated, { ASSAY_SMOKE_OPERATOR: OPERATOR })
    expect(without).toHaveLength(WEB_EDGE_CHECKS.length)
    const wrong = { ASSAY_SMOKE_OPERATOR: OPERATOR, ASSAY_SMOKE_SITE_ACCESS: 'another code' }
    expect(await failuresOf(gated, wrong)).toEqual(
      WEB_EDGE_CHECKS.map((name) => `${name}: unlock-step`),
    )
  })

  it('leaves out the checks of the operator without a session', async () => {
    expect(await failuresOf({ operator: OPERATOR }, {})).toEqual([
      'web-operator-session-unlocks: unlock-step',
      'web-operator-metrics-proxy-available: unlock-step',
    ])
  })
})
