// A release to staging climbs what its policy asks for, and never the stages of production.

import { describe, expect, it } from 'vitest'
import { person } from '../deciders.ts'
import {
  codesOf,
  deployment,
  POST,
  promotion,
  STAGED,
  STAGING,
  view,
  WHOLE,
} from '../whole-release.ts'

describe('A release to staging', () => {
  const asked = { registry: STAGING }
  const at = (stage: string, items = STAGED) => view(items, promotion(stage, asked), asked)

  it('does not enter the stages of production, and is verified after its deployment', () => {
    expect(at('post-deploy-verified')).toMatchObject({
      status: 'stage-reached',
      check: { outcome: 'accepted' },
      facts: {
        position: 'post-deploy-verified',
        completed: [
          'build-complete',
          'artifact-verified',
          'artifact-signed-or-attested',
          'candidate-tested',
          'post-deploy-verified',
        ],
        gaps: [],
        outOfOrder: [],
        open: [],
        notRequired: ['canary-approved', 'production-approved', 'production-deployed'],
      },
    })
  })

  it.each(['production-approved', 'production-deployed'])('never enters %s', (stage) => {
    const observed = deployment(11, {}, { signer: person('operator') })
    const word = promotion(stage, { ...asked, index: 41, phase: POST, signer: person('alice') })
    const found = at(stage, [...STAGED, observed, word])
    expect(found).toMatchObject({ status: 'stage-open', check: { outcome: 'missing' } })
    expect(codesOf(found)).toEqual(['record/stage-open'])
    expect(view(WHOLE, promotion(stage)).status).toBe('stage-reached')
  })

  it('does not enter them where its policy is not known either', () => {
    const found = view(WHOLE, promotion(), { registry: undefined })
    expect(found.facts['completed']).not.toContain('production-approved')
    expect(found.facts['open']).toContain('production-approved')
  })
})
