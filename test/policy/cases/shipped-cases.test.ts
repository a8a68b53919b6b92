// The cases of the gates that are shipped come true.

import { expect, it } from 'vitest'
import { ROOT } from '../../../.ci/checkout.ts'
import { createHost } from '../../../src/host/index.ts'
import { parsePolicies, parsePolicyCases, runCases } from '../../../src/policy/index.ts'

const FOLDER = 'policies/release-assurance'

it('gates and lineage have cases, and all of them come true', async () => {
  const host = createHost(ROOT)
  const policies = await host.readPolicies(FOLDER)
  const files = await host.readPolicies(FOLDER, 'cases')
  if (!policies.ok || !files.ok) throw new Error('The folder is there')
  const registry = parsePolicies(policies.value)
  if (!registry.ok) throw new Error(JSON.stringify(registry.problems))
  const cases = parsePolicyCases(files.value, registry.value)
  if (!cases.ok) throw new Error(JSON.stringify(cases.problems))
  const kinds = cases.value.map(({ policy }) => policy.kind)
  expect(kinds).toEqual(['attestation', 'gate', 'gate'])
  const setting = {
    registry: registry.value,
    expressions: { evaluate: host.evaluateExpressions },
  }
  for (const file of cases.value) {
    expect((await runCases(file, setting)).outcome, file.name).toBe('accepted')
  }
})
