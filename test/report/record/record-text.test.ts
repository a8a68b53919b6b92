// Records as a person reads them: one of each family, and every fact of every view among its words.

import { describe, expect, it } from 'vitest'
import { RECORD_FAMILIES } from '../../../src/policy/index.ts'
import { FAMILIES, type LedgerItem, type ViewedRecord } from '../../../src/record/index.ts'
import { renderRecord, type ToldRecord } from '../../../src/report/index.ts'
import { FAMILY_WORDS } from '../../../src/report/record/family-words.ts'
import { readFacts } from '../../../src/report/record/facts.ts'
import { person } from '../../record/deciders.ts'
import { foldedRecord } from '../../record/folded.ts'
import { goldenRecord } from '../../record/golden-record.ts'
import { judgeItems, SUPPORT } from '../../record/properties/judged.ts'

/** The example of every family that the release does not have of itself. */
function examples(): readonly LedgerItem[] {
  const there = new Set(SUPPORT.flatMap((item) => (item.kind === 'record' ? [item.family] : [])))
  return FAMILIES.filter(({ name }) => !there.has(name)).map((family, at) => {
    const { members, header } = goldenRecord(family)
    const { evidence, policy } = header
    return foldedRecord(family, members, {
      index: 100 + at,
      signer: person('operator'),
      header: { ...(evidence !== undefined && { evidence }) },
      ...(policy !== undefined && { policy }),
    })
  })
}

const { records } = judgeItems([...SUPPORT, ...examples()])

function toldOf({ record, view }: ViewedRecord): ToldRecord {
  const { family, signer, index, evidence, reportedAt } = record
  const { status, check } = view
  // Which policies are shipped is told elsewhere.
  const isAdoption = family === 'adoption'
  const facts = { ...view.facts, ...(isAdoption && { policiesMoved: ['a', 'b', 'c', 'd', 'e'] }) }
  return {
    ...{ family, status, facts, index, evidence, reportedAt },
    outcome: check.outcome,
    signer: signer.principal,
  }
}

describe('The words of a record', () => {
  it('are there for every family', () => {
    const families = new Set(records.map(({ record }) => record.family))
    expect([...families].toSorted()).toEqual([...RECORD_FAMILIES].toSorted())
  })

  it.each(records.map((one) => [one.record.family, one] as const))(
    'have every fact that was computed: %s',
    (family, { view }) => {
      const facts = readFacts(view.facts)
      const words = FAMILY_WORDS[family](facts, view.status)
      facts.skip('reportedBy', 'origin')
      expect(facts.rest()).toEqual([])
      expect(words.join('; ')).not.toMatch(/undefined|NaN|\[object/)
    },
  )

  it('fit into a terminal, and are those of the golden page', async () => {
    const lines = records.flatMap((one) => renderRecord(toldOf(one), { columns: 80 }))
    await expect(`${lines.join('\n')}\n`).toMatchFileSnapshot('../../golden/records.txt')
  })
})

const TOLD: ToldRecord = {
  ...{ family: 'waiver', status: 'in-force', outcome: 'accepted', signer: 'alice' },
  facts: { check: 'smoke' },
}

describe('renderRecord()', () => {
  it('says who reported what was observed, and who signed anything else', () => {
    expect(renderRecord(TOLD, { columns: 80 })[0]).toBe(
      'accepted  waiver: in-force, signed by "alice"',
    )
    const facts = { reportedBy: 'alice' }
    expect(renderRecord({ ...TOLD, family: 'canary', facts }, { columns: 80 })).toEqual([
      'accepted  canary: in-force, reported by "alice"',
    ])
  })

  it('tells a fact that no table knows by its name', () => {
    const facts = { ...TOLD.facts, newFact: 'x y', isNew: true, digests: ['ab'.repeat(32), 'ab'] }
    const text = renderRecord({ ...TOLD, facts }, { columns: 200 }).join('\n')
    expect(text).toContain('; new fact: "x y"; is new: true\n          digests: abababababab, "ab"')
    expect(renderRecord({ ...TOLD, facts: { none: [] } }, { columns: 80 })[1]).toContain(
      'none: none',
    )
  })

  it('quotes what somebody chose freely, and escapes what a terminal would act on (A-115)', () => {
    const facts = { check: 'accepted', reason: 'all\nwell \u001b[2K', owner: '"op"' }
    const text = renderRecord({ ...TOLD, facts, evidence: '::set-output' }, { columns: 80 })
    expect(text).toEqual([
      'accepted  waiver: in-force, signed by "alice"',
      '          answers "\\u{3a}:set-output"; check: "accepted"; owner: "\\"op\\""',
      '          signed by: a person or automation, unknown which',
      '          reason: "all\\u{a}well \\u{1b}[2K"',
    ])
  })

  it('says which later record made up for it, and indents all of it', () => {
    const told = { ...TOLD, overtakenBy: 'entry 7', index: 3, origin: 'local-proof' }
    expect(renderRecord(told, { columns: 80 }, '  ')).toEqual([
      '  accepted  waiver: in-force, signed by "alice", entry 3, made up for by entry 7',
      '            check: "smoke"; signed by: a person or automation, unknown which',
      '            origin: local proof',
    ])
  })
})
