import { expect, it } from 'vitest'
import { checkPhase } from '../../../src/record/policies/phase.ts'
import { RELEASE } from '../signed.ts'

it('checkPhase() accepts a phase of the policy, and no record without one', () => {
  expect(checkPhase({ release: RELEASE }, ['pre-deploy-candidate']).outcome).toBe('accepted')
  expect(checkPhase({ release: RELEASE }, ['post-deploy-smoke-verified'])).toMatchObject({
    code: 'record/phase',
    found: 'pre-deploy-candidate',
  })
  expect(checkPhase({}, ['pre-deploy-candidate'])).toMatchObject({
    outcome: 'rejected',
    found: 'none',
  })
})
