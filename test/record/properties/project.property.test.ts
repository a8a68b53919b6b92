// A run in the ledger of a project, and a release in a pack of it: whatever was said, in whatever order and however old, comes to the same.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeTimestamp } from '../../../src/core/index.ts'
import { DEPLOYMENT } from '../../../src/record/families/deployment.ts'
import { INCIDENT } from '../../../src/record/families/incident.ts'
import { SMOKE } from '../../../src/record/families/smoke.ts'
import { TEST_RESULT } from '../../../src/record/families/test-result.ts'
import { WITHDRAWAL } from '../../../src/record/families/withdrawal.ts'
import {
  buildCandidate,
  type Family,
  itemsOfPhase,
  type LedgerItem,
  type ReleaseView,
} from '../../../src/record/index.ts'
import { digestOf } from '../../verify/release.ts'
import { foldedRecord, NOW } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { POLICIES } from '../release-items.ts'
import { POST, PRE, PRODUCTION, SMOKED } from '../whole-release.ts'
import { acceptedOf, completedOf, failedSmoke, judgeItems, statusesOf, SUPPORT } from './judged.ts'

const MINUTE = 60_000
const GOLDEN_SMOKE = goldenRecord(SMOKE).members
const EVIDENCE = 'evidence.staging.web_edge_smoke'

/** Something of the phase after the deployment, that may be older than what stands before it. */
interface Said {
  readonly what: readonly [Family, object]
  readonly minutes: number
}

function saidAt(index: number, { what: [family, members], minutes }: Said): LedgerItem {
  return foldedRecord(family, members, {
    ...{ index, phase: POST, sha256: digestOf(`${family.name}, said at ${index}`) },
    ...(family.name === 'smoke' && { policy: POLICIES.smoke, evidence: EVIDENCE }),
    header: { reportedAt: encodeTimestamp(NOW - minutes * MINUTE) },
  })
}

function someOf(kinds: readonly Said['what'][], least = 1) {
  const minutes = fc.integer({ min: 1, max: 90 })
  const said = fc.record({ what: fc.constantFrom(...kinds), minutes })
  return fc
    .array(said, { minLength: least, maxLength: 5 })
    .map((all) => all.map((one, at) => saidAt(60 + at, one)))
}

const SMOKES = someOf([
  [SMOKE, GOLDEN_SMOKE],
  [SMOKE, failedSmoke()],
])
const BEFORE_SMOKE = SUPPORT.filter((item) => item !== SMOKED)

/** What the adoptions of both phases of a run would name. */
function proposedOf(run: readonly LedgerItem[]): ReadonlySet<string> {
  const records = run.filter((item) => item.kind === 'record')
  const named = [PRE, POST].flatMap((phase) => {
    const source = { pack: digestOf('the pack'), phase, records, registry: PRODUCTION }
    const candidate = buildCandidate(source)
    return candidate.ok ? candidate.value.records.map(({ sha256 }) => sha256) : []
  })
  return new Set(named)
}

function smokesOf({ records, summary }: ReleaseView) {
  const told = records
    .filter(({ record }) => record.family === 'smoke')
    .map(({ record, view, overtakenBy }) => [record.sha256, view.status, overtakenBy?.sha256])
  return { told, isSmokePassed: summary.isSmokePassed }
}

describe('A run that is adopted', () => {
  const judgeProject = (items: readonly LedgerItem[], proposed: ReadonlySet<string>) =>
    judgeItems(items, PRODUCTION, { scope: 'project', proposed })

  it('comes to what it came to by itself, whatever it said again, and however old', () => {
    const seen = new Set<boolean>()
    const property = fc.property(SMOKES, (smokes) => {
      const run = [...BEFORE_SMOKE, ...smokes]
      const own = judgeItems(run)
      const adopted = judgeProject(run, proposedOf(run))
      expect(smokesOf(adopted)).toEqual(smokesOf(own))
      expect(completedOf(adopted)).toEqual(completedOf(own))
      seen.add(own.summary.isSmokePassed)
    })
    fc.assert(property, { numRuns: 60 })
    expect(seen).toEqual(new Set([true, false]))
  })

  it('is not changed by what nobody adopted, older or newer', () => {
    const proposed = proposedOf(SUPPORT)
    const before = judgeProject(SUPPORT, proposed)
    expect(acceptedOf(before)).toContain(SMOKED.sha256)
    const property = fc.property(SMOKES, (smokes) => {
      const after = judgeProject([...SUPPORT, ...smokes], proposed)
      expect(statusesOf(after)).toEqual(statusesOf(before))
      expect(after.fold.generated).toHaveLength(smokes.length)
    })
    fc.assert(property, { numRuns: 40 })
  })
})

describe('A pack of the phase before the deployment', () => {
  const failedTests = {
    result: 'FAILED',
    configuration: [{ digest: { sha256: digestOf('tests of all') } }],
    failedTests: ['unit'],
  }
  const LATER = someOf(
    [
      [SMOKE, GOLDEN_SMOKE],
      [SMOKE, failedSmoke()],
      [TEST_RESULT, failedTests],
      [
        TEST_RESULT,
        { ...failedTests, result: 'PASSED', failedTests: undefined, passedTests: ['unit'] },
      ],
      [DEPLOYMENT, { ...goldenRecord(DEPLOYMENT).members, observedSet: digestOf('another set') }],
      [WITHDRAWAL, goldenRecord(WITHDRAWAL).members],
      [INCIDENT, { incident: 'INC-1', trigger: 'It fell', openedAt: '2026-04-10T15:00:00Z' }],
    ].map(([family, members]) => [family as Family, JSON.parse(JSON.stringify(members)) as object]),
    0,
  )

  const against = ({ records }: ReleaseView) =>
    records
      .filter(({ view, overtakenBy }) => overtakenBy === undefined && view.isAside !== true)
      .filter(({ view }) => ['rejected', 'error'].includes(view.check.outcome))
      .map(({ record }) => record.sha256)

  it.each(['run', 'project'] as const)('hides nothing against the release: in a %s', (scope) => {
    let spoken = 0
    const property = fc.property(LATER, (later) => {
      const items = [...SUPPORT, ...later]
      const counting = { scope, proposed: proposedOf(items) }
      const ledger = judgeItems(items, PRODUCTION, counting)
      const taken = itemsOfPhase(PRE, items, ledger)
      const pack = judgeItems(taken.items, PRODUCTION, counting)
      expect(against(pack)).toEqual(expect.arrayContaining([...against(ledger)]))
      expect(pack.summary.isWithdrawn).toBe(ledger.summary.isWithdrawn)
      spoken += taken.against
    })
    fc.assert(property, { numRuns: 60 })
    expect(spoken).toBeGreaterThan(0)
  })
})
