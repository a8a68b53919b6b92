// Evidence of a definition by somebody who is not asked: that something is not well, is heard from everybody.

import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../../src/core/index.ts'
import {
  type Evidence,
  evaluateRequirement,
  indexEvidence,
  placeRequirements,
  type Requirement,
} from '../../../src/policy/index.ts'
import { shippedRegistry } from '../shipped.ts'
import { NOW, piece, RELEASE } from './evidence.ts'

const registry = shippedRegistry()
const gate = { id: 'gate.release_target.render_staging_rollout' }
const evidence = 'evidence.staging.web_edge_smoke'
const OTHER = { name: 'x', principal: 'x', kind: 'person', roles: ['other'] } as const

/** What a requirement of smoke in the role `release` comes to, of a definition or of any. */
function outcomeOf(select: object, ...pieces: readonly Evidence[]): Outcome {
  const requirement = {
    id: 'x',
    title: 'X',
    select: { family: 'smoke', role: 'release', ...select },
  }
  const [placed] = placeRequirements(gate, 'deploy', [requirement as unknown as Requirement])
  if (placed === undefined) throw new Error('There is one')
  const context = { registry, release: RELEASE, now: NOW }
  return evaluateRequirement(placed, indexEvidence(pieces), context).outcome
}

const byOther = (outcome: Outcome) => piece(1, { evidence, signer: OTHER, computed: { outcome } })

describe('evidence of a definition by somebody who is not asked', () => {
  it.each(['rejected', 'error'] as const)('is heard where it comes to %s', (outcome) => {
    const found = [piece(0, { evidence }), byOther(outcome)]
    expect(outcomeOf({ evidence }, ...found)).toBe(outcome)
    expect(outcomeOf({}, ...found)).toBe('accepted')
  })

  it.each(['accepted', 'missing', 'stale', 'unverified'] as const)(
    'is not heard where it comes to %s',
    (outcome) => {
      expect(outcomeOf({ evidence }, byOther(outcome))).toBe('missing')
      expect(outcomeOf({ evidence }, piece(0, { evidence }), byOther(outcome))).toBe('accepted')
    },
  )
})
