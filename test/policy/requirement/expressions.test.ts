// Expressions in requirements: what is asked, once, and that nothing but a plain `true` lets one hold.

import { describe, expect, it } from 'vitest'
import { createHost } from '../../../src/host/index.ts'
import {
  answerExpressions,
  type Evidence,
  evaluateRequirement,
  type ExpressionQuestion,
  type Expressions,
  indexEvidence,
  type RequirementFinding,
} from '../../../src/policy/index.ts'
import { POLICY, registryOf, draft } from './documents.ts'
import { requirementsOf } from '../../../src/policy/index.ts'
import { COMMIT, NOW, piece, RELEASE } from './evidence.ts'

const HOST: Expressions = {
  evaluate: (questions) => createHost().evaluateExpressions(questions),
}

async function judge(
  members: object,
  evidence: readonly Evidence[],
  expressions: Expressions = HOST,
): Promise<RequirementFinding> {
  const registry = registryOf(draft(members))
  const policy = registry.policies.get(POLICY)
  const requirements = policy === undefined ? [] : requirementsOf(policy)
  const [first] = requirements
  if (first === undefined) throw new Error('There is a requirement')
  const index = indexEvidence(evidence)
  const question = { release: RELEASE, commit: COMMIT, now: NOW }
  const answers = await answerExpressions(requirements, index, { ...question, expressions })
  return evaluateRequirement(first, index, { ...question, registry, answers })
}

const smoke = (...expressions: readonly string[]) => ({
  select: { family: 'smoke' },
  holds: expressions.map((cel) => ({ cel })),
})

describe('an expression of a requirement', () => {
  it('is asked of each piece that is selected, once, in all parts', async () => {
    const asked: ExpressionQuestion[] = []
    const recorder: Expressions = {
      evaluate: (questions) => {
        asked.push(...questions)
        return Promise.resolve(questions.map(() => ({ holds: true })))
      },
    }
    const other = draft({ select: { family: 'review' }, holds: [{ cel: 'true' }] }, 'other')
    const plain = draft({ select: { family: 'smoke' } }, 'plain')
    const members = {
      all: [draft(smoke('a', 'b', 'a'), 'two'), draft(smoke('a'), 'three'), other, plain],
    }
    const finding = await judge(members, [piece(0), piece(1)], recorder)
    expect(asked.map(({ expression }) => expression)).toEqual(['a', 'b', 'a', 'b'])
    expect(asked[0]).toMatchObject({ now: NOW, document: { computed: { status: 'verified' } } })
    expect(finding.parts.map(({ outcome }) => outcome)).toEqual([
      'accepted',
      'accepted',
      'missing',
      'accepted',
    ])
  })

  it('is not asked where there is none', async () => {
    const refuse: Expressions = { evaluate: () => Promise.reject(new Error('Nothing to ask')) }
    expect((await judge({ select: { family: 'smoke' } }, [piece()], refuse)).outcome).toBe(
      'accepted',
    )
    expect((await judge(smoke('true'), [], refuse)).outcome).toBe('missing')
  })

  it('is an error without its answer', async () => {
    const silent: Expressions = { evaluate: () => Promise.resolve([]) }
    expect((await judge(smoke('true'), [piece()], silent)).outcome).toBe('error')
  })

  it.each([
    ['predicate.count == 2 && signer.kind == "automation"', 'accepted'],
    ['predicate.passedTests.exists(test, test == "health")', 'accepted'],
    ['now - timestamp(signedAt) < duration("48h")', 'accepted'],
    ['release.version.startsWith("v1.") && stage == "production"', 'accepted'],
    ['!has(predicate.failedTests)', 'accepted'],
    ['predicate.count == 3', 'rejected'],
    ['predicate.failedTests == []', 'error'],
    ['predicate.count', 'error'],
    ['predicate.count ==', 'error'],
  ])('%s comes to %s', async (expression, outcome) => {
    expect((await judge(smoke(expression), [piece()])).outcome).toBe(outcome)
  })

  it('stands beside other conditions, of which each has to hold', async () => {
    const members = (count: number, expression: string) => ({
      select: { family: 'smoke' },
      holds: [{ at: '/predicate/count', equals: count }, { cel: expression }],
    })
    expect((await judge(members(2, 'true'), [piece()])).outcome).toBe('accepted')
    expect((await judge(members(3, 'true'), [piece()])).outcome).toBe('rejected')
    expect((await judge(members(2, 'false'), [piece()])).outcome).toBe('rejected')
  })
})
