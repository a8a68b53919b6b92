// The shipped readiness policy over evidence that is there, and over evidence that is not.

import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { encodeUtf8 } from '../../../src/core/index.ts'
import { type ReadinessFinding } from '../../../src/gate/index.ts'
import { lintPolicies, parsePolicies } from '../../../src/policy/index.ts'
import { COMMIT, piece } from '../evidence.ts'
import { FILE, signer, REVIEW, ALL, APART, judge, REGISTRY } from './readiness-world.ts'

const standings = ({ stages }: ReadinessFinding) => stages.map(({ standing }) => standing)

describe('the shipped readiness policy', () => {
  it('has four stages, sixteen criteria, and an exit of each, in which lint finds nothing', () => {
    const { stages } = judge([])
    expect(stages.map(({ id }) => id)).toEqual([
      'draft-coverage',
      'security-review',
      'staging-validation',
      'production-deployment',
    ])
    expect(stages.flatMap(({ criteria }) => criteria)).toHaveLength(16)
    expect(stages.every(({ exit }) => exit.length > 1)).toBe(true)
    expect(lintPolicies(REGISTRY)).toEqual([])
  })

  it('continues nothing of a release some of whose records are refused', () => {
    const refused = { name: 'records', outcome: 'rejected', message: 'Refused' } as const
    const found = judge(ALL, { trust: APART, against: [refused] })
    expect([found.standing, ...standings(found)]).toEqual(Array(5).fill('blocked'))
  })

  it.each([
    ['an incident is open', { family: 'incident', status: 'open', outcome: 'missing' }],
    ['another set was found', { family: 'deployment', status: 'drift', outcome: 'rejected' }],
    [
      'somebody decided against it',
      { family: 'approval', status: 'rejected', outcome: 'rejected' },
    ],
  ] as const)('continues nothing of a release where %s', (_, { family, status, outcome }) => {
    const reason = { name: family, outcome, message: 'It speaks against it' } as const
    const computed = { status, outcome, facts: {}, reason }
    const against = piece({ family, computed, predicate: { incident: 'inc-1' } })
    const found = judge([...ALL, against])
    expect([found.standing, ...standings(found)]).toEqual(Array(5).fill('blocked'))
    expect(found.subject.against).toMatchObject([{ code: 'gate/release-opposed' }])
    const ofCommit = piece({ family, computed, commit: COMMIT })
    expect(judge([...ALL, ofCommit]).standing).toBe('blocked')
    // A decision or a drift is made good by a later word, and an incident by its own records alone.
    const made = judge([...ALL, { ...against, overtakenBy: ALL[0]!.sha256 }])
    expect(made.standing).toBe(family === 'incident' ? 'blocked' : 'continue')
    const settled = { ...computed, status: 'closed', outcome: 'accepted' } as const
    expect(judge([...ALL, { ...against, computed: settled }]).standing).toBe('continue')
  })

  it('says all that speaks against it', () => {
    const refused = { name: 'records', outcome: 'rejected', message: 'Refused' } as const
    const reason = { name: 'incident', outcome: 'missing', message: 'Open' } as const
    const computed = { status: 'open', outcome: 'missing', facts: {}, reason } as const
    const found = judge([...ALL, piece({ family: 'incident', computed })], {
      trust: APART,
      against: [refused],
    })
    expect(found.subject.against.map(({ message }) => message)).toEqual([
      'Refused',
      'An incident is open',
    ])
  })

  it('continues when all is there, and says by whom', () => {
    const found = judge(ALL)
    expect(standings(found)).toEqual(['continue', 'continue', 'continue', 'continue'])
    expect(found).toMatchObject({ standing: 'continue', productionWriteFromSelfService: false })
    expect(found.stages.map(({ owners }) => owners.map(({ principal }) => principal))).toEqual([
      ['risk-owner'],
      ['security-owner', 'operator'],
      ['integration-engineer'],
      ['business-owner', 'platform-owner'],
    ])
    expect(found.stages[1]?.criteria[0]).toMatchObject({
      id: 'databases-apart',
      standing: 'continue',
      declaredBy: ['security-owner'],
    })
  })

  it('is missing where there is nothing', () => {
    const found = judge([])
    expect(standings(found)).toEqual(['missing', 'missing', 'missing', 'missing'])
    expect(found.stages[0]?.owners).toEqual([{ roles: ['platform-owner', 'risk-owner'] }])
  })

  it.each(ALL.map((_, index) => index))('does not continue without piece %i', (index) => {
    expect(judge(ALL.toSpliced(index, 1)).standing).not.toBe('continue')
  })

  it('continues no stage before the one under it', () => {
    const found = judge(ALL.filter((one) => one !== REVIEW[1]))
    expect(found.stages[2]?.criteria.every(({ standing }) => standing === 'continue')).toBe(true)
    expect(standings(found)).toEqual(['continue', 'blocked', 'blocked', 'blocked'])
  })

  it('is blocked where automation says what a person has to say', () => {
    const automated = { ...signer('security-owner'), kind: 'automation' } as const
    const others = ALL.filter((one) => one !== REVIEW[3])
    const found = judge([...others, { ...REVIEW[3]!, signer: automated }])
    expect(found.standing).toBe('blocked')
  })

  it('takes one principal in two roles for one owner', () => {
    const both = { ...signer('security-owner', 'operator'), principal: 'one' }
    const evidence = ALL.map((one) => (REVIEW.includes(one) ? { ...one, signer: both } : one))
    const found = judge(evidence)
    expect(found.stages[1]?.owners).toEqual([
      { roles: ['security-owner'], principal: 'one' },
      { roles: ['operator'] },
    ])
    expect(standings(found)).toEqual(['continue', 'missing', 'missing', 'missing'])
    const check = found.stages[1]?.exit.at(-1)?.check
    expect(check?.checks?.map(({ code }) => code)).toEqual([undefined, 'gate/readiness-owner'])
  })

  it('names whoever signed, also where another owner did not', () => {
    const found = judge(ALL.filter((one) => one !== REVIEW[3]))
    expect(found.stages[1]?.owners).toEqual([
      { roles: ['security-owner'] },
      { roles: ['operator'], principal: 'operator' },
    ])
  })

  it('finds the owners among any number of signatures', () => {
    const many = Array.from({ length: 400 }, (_, index) => {
      const one = index % 2 === 0 ? REVIEW[3]! : REVIEW[4]!
      return { ...one, sha256: index.toString(16).padStart(64, 'f') }
    })
    expect(judge([...ALL, ...many]).stages[1]?.standing).toBe('continue')
  })

  it('finds the owners whoever of them could stand for another', () => {
    const first = { ...signer('security-owner', 'operator'), principal: 'both' }
    const evidence = ALL.map((one) => (one === REVIEW[3] ? { ...one, signer: first } : one))
    expect(judge(evidence).stages[1]?.standing).toBe('continue')
  })
})

describe('a readiness policy', () => {
  it('has each stage once', () => {
    const text = readFileSync(FILE, 'utf8').replace('id: staging-validation', 'id: draft-coverage')
    const read = parsePolicies([{ name: 'readiness.yaml', bytes: encodeUtf8(text) }])
    expect(read).toMatchObject({ ok: false, problems: [{ code: 'policy/member' }] })
  })
})
