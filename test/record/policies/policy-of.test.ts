import { expect, it } from 'vitest'
import { policyOf } from '../../../src/record/policies/policy-of.ts'
import { contextOf } from '../folded.ts'
import { shippedRegistry } from '../registry.ts'

const ID = 'release_tracking_policy.render_staging_rollout.bundle_identity'
const OTHER = 'release_tracking_policy.render_production_launch.bundle_identity'
const EXPIRING = shippedRegistry((text, name) =>
  name.includes('/tracking/') ? `${text}\nexpires: "2026-04-11T23:59:59Z"\n` : text,
)

it('A record is judged under the policy that it names', () => {
  const { policy, check } = policyOf(
    'tracking',
    { policy: ID },
    contextOf([], { registry: shippedRegistry() }),
  )
  expect(check.outcome).toBe('accepted')
  expect(policy?.id).toBe(ID)
  const now = '2026-04-11T23:59:59Z'
  expect(
    policyOf('tracking', { policy: ID }, contextOf([], { registry: EXPIRING, now })).policy?.id,
  ).toBe(ID)
})

it.each([
  ['without policies', undefined, ID, 'missing', 'record/policy-unknown'],
  ['by an unknown id', shippedRegistry(), `${ID}.v2`, 'missing', 'record/policy-unknown'],
  ['by no id', shippedRegistry(), undefined, 'missing', 'record/policy-unknown'],
  [
    'by a policy of another kind',
    shippedRegistry(),
    'release_rollback_policy.render_staging_rollout.documented_ref',
    'missing',
    'record/policy-unknown',
  ],
  ['by the policy of another target', shippedRegistry(), OTHER, 'rejected', 'record/policy-scope'],
  ['by a policy that has expired', EXPIRING, ID, 'stale', 'record/policy-expired'],
])('A record is not judged %s', (_, registry, id, outcome, code) => {
  const context = contextOf([], { registry })
  const { policy, check } = policyOf('tracking', id === undefined ? {} : { policy: id }, context)
  expect(check).toMatchObject({ outcome, code })
  expect(policy).toBeUndefined()
})

it('A record of an unknown policy is told which there are, or that there are none', () => {
  const registry = shippedRegistry()
  const hintAt = (kind: 'approval' | 'evidence', policies = registry) =>
    policyOf(kind, { policy: 'x' }, contextOf([], { registry: policies })).check.hint
  expect(hintAt('approval')).toBe(`There are ${[...registry.of('approval').keys()].join(', ')}`)
  expect(hintAt('evidence')).toMatch(/^There are (?:evidence\.[a-z_.]+, ){4}\S+ and \d+ more$/)
  const none = { ...registry, of: () => new Map() } as typeof registry
  expect(hintAt('approval', none)).toContain('has none of the kind approval')
})
