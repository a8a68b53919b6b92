// The cases of the policies that are shipped come true, and there are some of every requirement: of evidence that satisfies it, and of evidence that
// does not.

import { beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../../../.ci/checkout.ts'
import { createHost } from '../../../src/host/index.ts'
import {
  type CaseFile,
  parsePolicies,
  parsePolicyCases,
  type Registry,
  requirementsOf,
  runCases,
} from '../../../src/policy/index.ts'
import { withParts } from '../../../src/policy/requirement/placed-requirement.ts'

const FOLDERS = ['release-assurance', 'deployment-readiness', 'production-readiness'].map(
  (name) => `policies/${name}`,
)
const host = createHost(ROOT)

async function read(folder: string) {
  const policies = await host.readPolicies(folder)
  const files = await host.readPolicies(folder, 'cases')
  if (!policies.ok || !files.ok) throw new Error('The folder is there')
  const registry = parsePolicies(policies.value)
  if (!registry.ok) throw new Error(JSON.stringify(registry.problems))
  const cases = parsePolicyCases(files.value, registry.value)
  if (!cases.ok) throw new Error(JSON.stringify(cases.problems))
  return { registry: registry.value, cases: cases.value }
}

describe.each(FOLDERS)('the policies in %s', (folder) => {
  let registry: Registry
  let cases: readonly CaseFile[]
  beforeAll(async () => {
    const found = await read(folder)
    registry = found.registry
    cases = found.cases
  })

  it('have cases that come true', async () => {
    const setting = { registry, expressions: { evaluate: host.evaluateExpressions } }
    expect(cases.length).toBeGreaterThan(0)
    for (const file of cases) {
      expect((await runCases(file, setting)).outcome, file.name).toBe('accepted')
    }
  })

  it.each(['accepted', 'refused'] as const)(
    'have a case in which each requirement is %s',
    (word) => {
      const without = [...registry.policies.values()].flatMap((policy) => {
        const shown = new Set(shownIn(cases, policy.id, word))
        const ids = requirementsOf(policy).flatMap(withParts).filter(isShownByEvidence(word))
        return ids.map(({ requirement }) => requirement.id).filter((id) => !shown.has(id))
      })
      expect(without).toEqual([])
    },
  )
})

/** The requirements that a case of the policy expects to be so. */
function shownIn(cases: readonly CaseFile[], id: string, word: 'accepted' | 'refused') {
  return cases
    .filter(({ policy }) => policy.id === id)
    .flatMap((file) => file.cases)
    .flatMap(({ expect: expected }) => Object.entries(expected))
    .filter(([, outcome]) => (outcome === 'accepted') === (word === 'accepted'))
    .map(([requirement]) => requirement)
}

type Placed = ReturnType<typeof withParts>[number]

/** That a policy is there and in date, no evidence can refute. */
function isShownByEvidence(word: 'accepted' | 'refused') {
  return ({ requirement }: Placed) => word === 'accepted' || !('policies' in requirement)
}
