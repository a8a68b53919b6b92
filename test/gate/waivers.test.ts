// Waivers that nobody needs to hear of any more, and lists that nothing makes good.

import { expect, it } from 'vitest'
import { findWaivers, isGoodList } from '../../src/gate/waivers.ts'
import type { Evidence } from '../../src/policy/index.ts'
import { indexOf, NOW, piece, RELEASE, waiver } from './evidence.ts'

it('a list that asks for nothing is not good, whatever is waived', () => {
  expect(isGoodList({ findings: [] }, [])).toBe(false)
  expect(isGoodList({ findings: [] }, [{ check: 'gate.a#one' }])).toBe(false)
})

it('a waiver that a later one made up for is told no more', () => {
  const reason = { name: 'waiver', outcome: 'stale', message: 'Over' } as const
  const over = { status: 'expired', outcome: 'stale', facts: {}, reason } as const
  const later = waiver('gate.a#one')
  const earlier = waiver('gate.a#one', {
    ...{ sha256: 'e'.repeat(64), index: later.index + 1, overtakenBy: later.sha256 },
    computed: over,
  })
  const found = (...evidence: readonly Evidence[]) =>
    findWaivers([], { subject: { release: RELEASE }, evidence: indexOf(...evidence), now: NOW })
  expect(found(earlier, later)).toMatchObject({ unused: [{ sha256: later.sha256 }], idle: [] })
  // Without the later one it stands as it is.
  expect(found(earlier, piece({ family: 'smoke' }))).toMatchObject({
    ...{ unused: [], idle: [{ status: 'expired' }] },
  })
})
