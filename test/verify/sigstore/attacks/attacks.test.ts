// Every attack on keyless bundles that these tables know: each way of it is refused with its own code, and what differs from it in
// nothing else is accepted.

import { describe, expect, it } from 'vitest'
import { FAMILIES } from './tables/families.ts'
import { codesOf } from './scene.ts'

describe.each(FAMILIES)('attacks on $name', ({ attacks }) => {
  it.each(attacks)('$defect', ({ codes, ways, twin = {} }) => {
    expect(codesOf(twin), 'its twin').toEqual([])
    expect(Object.keys(ways).length).toBeGreaterThan(0)
    for (const [way, making] of Object.entries(ways)) expect(codesOf(making), way).toEqual(codes)
  })

  it('are not made good by a caller who did not load what judges them', () => {
    const refused = attacks.filter(({ codes }) => codes.length > 0)
    for (const { defect, ways } of refused) {
      for (const [way, making] of Object.entries(ways)) {
        expect(codesOf(making, {}), `${defect}: ${way}`).not.toEqual([])
      }
    }
  })

  it('have a code each, unless the table says why not', () => {
    const seen = new Set<string>()
    for (const { defect, codes, alike } of attacks) {
      expect(seen.has(codes.join()), defect).toBe(alike !== undefined)
      seen.add(codes.join())
    }
  })
})
