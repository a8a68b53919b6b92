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
