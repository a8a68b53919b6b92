// The statuses of each family: those that its page has, and those that evidence of the fixtures has.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import { type Evidence, RECORD_FAMILIES } from '../../src/policy/index.ts'
import { FAMILY_STATUSES } from '../../src/policy/statuses.ts'
import { FIXTURES } from '../gate/fixtures/fixture.ts'
import { listNearMisses, readNearMiss } from '../gate/fixtures/near-misses/case.ts'
import { askedOf, compose, composeBase } from '../gate/fixtures/near-misses/compose.ts'
import { readLiveEntries } from '../gate/fixtures/near-misses/live-entries.ts'
import { composeWorld, evidenceIn, openWorld } from '../gate/worlds.ts'

/** The first column of the table of statuses. */
function statusesOn(family: string): readonly string[] {
  const text = readFileSync(join(ROOT, 'docs/predicates', `${family}.md`), 'utf8')
  const [table = ''] = /^\| status \|[^]*?(?=\n\n)/m.exec(text) ?? []
  return Array.from(
    table.matchAll(/^\| `(?<status>[a-z-]+)` \|/gm),
    ({ groups }) => groups?.['status'] ?? '',
  )
}

/** A status that is not in the list of its family, or by its list is never accepted. */
function strayOf({ family, computed: { status, outcome } }: Evidence): readonly string[] {
  const { accepted, others } = family === undefined ? NONE : FAMILY_STATUSES[family]
  const known = outcome === 'accepted' ? accepted : [...accepted, ...others]
  return known.includes(status) ? [] : [`${family} ${status} ${outcome}`]
}

const NONE = { accepted: [], others: [] } as const

describe('the statuses of', () => {
  it.each(RECORD_FAMILIES)('%s are those of its page', (family) => {
    const { accepted, others } = FAMILY_STATUSES[family]
    expect([...accepted, ...others].toSorted()).toEqual([...statusesOn(family)].toSorted())
  })

  it.each(FIXTURES)('evidence of the fixture %s are those of its family', async (name) => {
    const evidence = await evidenceIn(await openWorld(name))
    expect(evidence.length).toBeGreaterThan(10)
    expect(new Set(evidence.flatMap(strayOf))).toEqual(new Set())
  })

  it('evidence of the near misses are those of its family', async () => {
    const live = await readLiveEntries()
    const base = await composeBase(live)
    const stray = new Set<string>()
    const seen = new Set<string>()
    for (const name of listNearMisses()) {
      const nearMiss = readNearMiss(name)
      const content = await compose(nearMiss, base, live)
      const world = await composeWorld(content, Date.parse(askedOf(nearMiss).at))
      for (const piece of await evidenceIn(world)) {
        seen.add(`${piece.family} ${piece.computed.status}`)
        for (const found of strayOf(piece)) stray.add(`${name}: ${found}`)
      }
    }
    expect(stray).toEqual(new Set())
    expect(seen.size).toBeGreaterThan(40)
  })

  it('evidence that is accepted are never those that a family is not accepted with', () => {
    const piece = (status: string, outcome: 'accepted' | 'rejected') =>
      strayOf({ family: 'smoke', computed: { status, outcome } } as Evidence)
    expect(piece('failed', 'rejected')).toEqual([])
    expect(piece('failed', 'accepted')).toEqual(['smoke failed accepted'])
    expect(piece('unused', 'rejected')).toEqual(['smoke unused rejected'])
  })
})
