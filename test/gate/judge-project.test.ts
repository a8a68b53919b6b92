// A project that is asked everything: its gates, its policies of requirements, and the expressions in them.

import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/core/index.ts'
import { collectProject, COUNTERS, judgeProject } from '../../src/gate/index.ts'
import { type Expressions, parsePolicies } from '../../src/policy/index.ts'
import { documentOf, draft, POLICY } from '../policy/requirement/documents.ts'
import { SHIPPED } from '../policy/shipped.ts'
import { NOW } from '../record/folded.ts'
import { RELEASE } from '../record/signed.ts'
import { judgedView, trackedAt } from './judged-view.ts'
import { PRODUCTION, STAGING } from './states.ts'

const ASKS = draft({ select: { family: 'tracking' }, holds: [{ cel: 'release.id != ""' }] })
const FILE = { name: 'mine.json', bytes: Buffer.from(JSON.stringify(documentOf(ASKS))) }

/** What is asked, and what it comes to when every expression says the same. */
async function judge(answer: boolean, ledger: Outcome = 'accepted') {
  const registry = parsePolicies([...SHIPPED, FILE])
  if (!registry.ok) throw new Error(JSON.stringify(registry.problems))
  const collection = collectProject(registry.value)
  collection.add(judgedView([trackedAt(1)], { registry: registry.value }), [])
  const expressions: Expressions = {
    evaluate: (questions) => Promise.resolve(questions.map(() => ({ holds: answer }))),
  }
  const candidate = { commit: 'c'.repeat(40), records: [], refused: [] }
  return judgeProject({
    ...{ registry: registry.value, project: collection.close(), now: NOW, isStrict: false },
    ...{ expressions, candidateOf: () => candidate },
    ground: { name: 'ground', outcome: ledger, message: 'The ledger' },
  })
}

describe('a project', () => {
  it('is asked about each gate, each policy of requirements, and every counter', async () => {
    const found = await judge(true)
    expect(found.gates.map(({ gate }) => gate.id).toSorted()).toEqual([PRODUCTION, STAGING])
    expect(found.policies.map(({ gate }) => gate.id)).toEqual([POLICY])
    expect([...found.evidence.keys()].toSorted()).toEqual([PRODUCTION, STAGING, POLICY].toSorted())
    expect(found.counters.map(({ name }) => name)).toEqual(COUNTERS)
    expect(found.posture).toHaveLength(14)
    const [policy] = found.policies
    expect(policy?.subject.release?.id).toBe(RELEASE.artifactSetId)
    const production = found.gates.find(({ gate }) => gate.id === PRODUCTION)
    expect(production?.subject).toMatchObject({
      ...{ commit: 'c'.repeat(40), against: [{ code: 'gate/subject-unknown' }] },
    })
  })

  it('is decided by what its expressions say', async () => {
    expect((await judge(true)).policies.map(({ decision }) => decision)).toEqual(['go'])
    expect((await judge(false)).policies.map(({ decision }) => decision)).toEqual(['no-go'])
  })

  it('is go in nothing while its ledger is not whole', async () => {
    for (const outcome of ['missing', 'rejected', 'error'] as const) {
      const { gates, policies, posture } = await judge(true, outcome)
      const judged = [...gates, ...policies]
      expect(judged.map(({ decision }) => decision)).toEqual(judged.map(() => 'no-go'))
      for (const { subject } of judged) expect(subject.against.at(-1)).toMatchObject({ outcome })
      expect(posture.filter((line) => 'isReady' in line && line.isReady)).toEqual([])
    }
  })
})
