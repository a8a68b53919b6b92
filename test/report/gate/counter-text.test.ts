// Counters in words: what is counted, what of it comes to more, and of what is not counted why, and what makes it count.

import { describe, expect, it } from 'vitest'
import type { Counter } from '../../../src/gate/index.ts'
import { documentOfCounter, renderCounters } from '../../../src/report/gate/index.ts'

const TRUST = 'e'.repeat(64)
const told = (counter: Counter) => renderCounters([counter], { columns: 400, trust: TRUST })

const PROVENANCE: Counter = {
  ...{ name: 'signed-provenance', count: 1, of: 3, counted: ['release_approval.a'] },
  origins: { live: 1, local: 0, declaredLive: 1 },
  lacking: [
    { id: 'release_approval.b', release: 'production__web__v1__7' },
    { id: 'release_approval.c' },
  ],
}

describe('a counter', () => {
  it('says of which approval records provenance is lacking, and the next step of each', () => {
    const text = told(PROVENANCE)
    expect(text).toContain('Signed provenance           1/3  live 1, local 0\n')
    expect(text).toContain('  - release_approval.a\n')
    expect(text).toContain(
      '  - not counted: release_approval.b: no accepted provenance of the release production__web__v1__7\n    $ assay attest provenance --set SET --channel production --target web --release v1 --run 7 ',
    )
    expect(text).toContain(
      '  - not counted: release_approval.c: no release of its gate is in use; a tracking record of one has to be adopted first\n',
    )
    expect(text.match(/\$ assay attest/g)).toHaveLength(1)
  })

  it('says of which gates there is not one approval record, for which no command is', () => {
    const counter: Counter = {
      ...{ name: 'approval-records', count: 0, of: 1, counted: [] },
      lacking: [{ id: 'gate.web' }],
    }
    const text = told(counter)
    expect(text).toContain(
      '- not counted: gate.web: there is not exactly one approval record of it\n',
    )
    expect(text).not.toContain('$ ')
    expect(documentOfCounter(counter)).toMatchObject({ lacking: [{ id: 'gate.web' }] })
  })

  it('says which of what is live is live by nothing but the word of the trust document', () => {
    expect(told(PROVENANCE)).toContain(`  live by declaration of trust document ${TRUST}\n`)
    const some = { ...PROVENANCE, origins: { live: 2, local: 0, declaredLive: 1 } }
    expect(told(some)).toContain(`  1 live by declaration of trust document ${TRUST}\n`)
    const none = { ...PROVENANCE, origins: { live: 1, local: 0, declaredLive: 0 } }
    expect(told(none)).not.toContain('by declaration')
  })

  it('says of each that it counts whether it comes to more', () => {
    const counter: Counter = {
      ...{ name: 'attestation-policies', count: 2, counted: ['a', 'b'] },
      beside: [
        { word: 'recorded', count: 2, counted: ['a', 'b'] },
        { word: 'fulfilled', count: 1, counted: ['b'] },
      ],
    }
    const text = told(counter)
    expect(text).toMatch(/^Attestation policies +2 {2}recorded 2; fulfilled 1\n/)
    expect(text).toContain('  - a: recorded, not fulfilled\n  - b: recorded, fulfilled\n')
    expect(documentOfCounter(counter)).toMatchObject({
      ...{ recorded: 2, fulfilled: 1 },
      which: { recorded: ['a', 'b'], fulfilled: ['b'] },
    })
  })

  it('of nothing but policies has neither origins nor anything beside', () => {
    const counter: Counter = { name: 'canary-rules', count: 1, counted: ['canary_rule.a'] }
    expect(told(counter)).toMatch(/^Canary rules +1\n {2}counts: .*\n {2}- canary_rule\.a\n$/)
    expect(Object.keys(documentOfCounter(counter)).toSorted()).toEqual(
      ['count', 'counted', 'name', 'rule'].toSorted(),
    )
  })
})
