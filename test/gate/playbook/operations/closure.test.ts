// The closure of section 8 (seed ruling 44): read out of an export, as strong as whoever signed it, and unverified without one.

import { describe, expect, it } from 'vitest'
import type { JsonObject, JsonValue } from '../../../../src/core/index.ts'
import type { Evidence } from '../../../../src/policy/index.ts'
import { ADMIN, EXCEPTED as ID } from '../playbook-world.ts'
import {
  CHECKS,
  controlIn,
  DAY_MS,
  EVIDENCE,
  EXPORT,
  exportOf,
  FILES,
  judge,
  LINEAGE,
  NOW,
  POLICY,
  type Question,
  REQUIRED,
  RULESET,
  toldOf,
} from './operations-world.ts'

const others = EVIDENCE.slice(0, -1)

/** The export as it is, with some members of others. */
function exported(
  more: Readonly<Record<string, JsonValue | undefined>>,
  asked: Partial<Evidence> = {},
): Question {
  const ruleset = JSON.parse(JSON.stringify({ ...RULESET, ...more })) as JsonObject
  return {
    files: { ...FILES, [EXPORT]: ruleset },
    evidence: [...others, exportOf(ruleset, asked)],
  }
}

const signed = (...records: readonly Evidence[]): Question => ({
  evidence: [...others, ...records],
})
const refsOf = (include: readonly string[], exclude: readonly string[] = []) =>
  exported({ conditions: { ref_name: { include, exclude } } })
const [deletion, reviews, checks] = RULESET['rules'] as readonly JsonObject[]
const rulesOf = (...rules: readonly (JsonObject | undefined)[]) =>
  exported({ rules: rules.filter((rule) => rule !== undefined) })
const reviewed = (parameters: JsonObject) =>
  rulesOf(
    {
      type: 'pull_request',
      parameters: { ...(reviews?.['parameters'] as JsonObject), ...parameters },
    },
    checks,
  )
const required = (names: readonly JsonValue[]) =>
  rulesOf(reviews, {
    type: 'required_status_checks',
    parameters: { required_status_checks: [...names] },
  })
const actor = (more: JsonObject = {}) => ({
  ...{ actor_id: 5, actor_type: 'RepositoryRole', bypass_mode: 'pull_request' },
  ...more,
})
const policyWith = (more: object): Question => ({
  policy: { ...POLICY, closure: { ...POLICY.closure!, ...more } },
})

describe('an export that an administrator signed', () => {
  it('is passed, and says whose word it is', () => {
    expect(toldOf(ID)).toEqual(['passed'])
    const { check, section } = controlIn(judge(), ID)
    expect([section, check.message]).toEqual([
      '2.5',
      'The rules of the release branch, reported by "carol": as strong as their word',
    ])
    expect(check.checks?.map(({ name }) => name)).toEqual([
      ...['report', 'export'],
      ...['enforcement', 'required-checks', 'reviews', 'bypass', 'evidence'],
    ])
  })

  it('is unverified where there is none, or nobody with the role signed it', () => {
    const { [EXPORT]: _, ...files } = FILES
    const unverified = ['unverified', 'gate/closure-unverified']
    expect(toldOf(ID, { evidence: others, files })).toEqual(unverified)
    expect(toldOf(ID, signed())).toEqual(unverified)
    const signer = { ...ADMIN, roles: ['release'] }
    expect(toldOf(ID, signed(exportOf(RULESET, { signer })))).toEqual(unverified)
  })

  it('is there, and is the one that was signed', () => {
    const { [EXPORT]: _, ...files } = FILES
    expect(toldOf(ID, { files })).toEqual(['missing', 'gate/report-absent'])
    const changed = { ...FILES, [EXPORT]: { ...RULESET, id: 43 } }
    expect(toldOf(ID, { files: changed })).toEqual(['failed', 'gate/report-changed'])
    expect(toldOf(ID, { files: { ...FILES, [EXPORT]: '{' } })[0]).toBe('failed')
    expect(toldOf(ID, { evidence: others, files: { ...FILES, [EXPORT]: '{' } })[0]).toBe('failed')
  })

  it('is of the last days, by a time that somebody vouches for', () => {
    const at = (signedAt: number | undefined) => {
      const { signedAt: _, ...one } = exportOf()
      return toldOf(ID, signed(signedAt === undefined ? one : { ...one, signedAt }))
    }
    expect(at(NOW - 7 * DAY_MS)).toEqual(['passed'])
    expect(at(NOW - 7 * DAY_MS - 1)).toEqual(['failed', 'gate/closure-age'])
    expect(at(undefined)).toEqual(['missing', 'gate/closure-age'])
  })
})

describe('enforcement', () => {
  const refused = ['failed', 'gate/closure-enforcement']

  it.each(['evaluate', 'disabled', 'Active'])('is not %s', (enforcement) => {
    expect(toldOf(ID, exported({ enforcement }))).toEqual(refused)
  })

  it.each([['refs/heads/main'], ['~ALL'], ['refs/heads/other', '~DEFAULT_BRANCH']])(
    'is on the release branch by %s',
    (...include) => {
      expect(toldOf(ID, refsOf(include))).toEqual(['passed'])
    },
  )

  it.each([
    ['of no branch', []],
    ['of another branch', ['refs/heads/other']],
    ['of the name alone', ['main']],
    ['of a pattern, which is not read here', ['refs/heads/*']],
  ])('is not one %s', (_, include) => {
    expect(toldOf(ID, refsOf(include))).toEqual(refused)
  })

  it.each(['refs/heads/main', '~ALL', '~DEFAULT_BRANCH', 'refs/heads/ma?n', 'refs/**/*'])(
    'leaves out no %s',
    (pattern) => {
      expect(toldOf(ID, refsOf(['~ALL'], [pattern]))).toEqual(refused)
    },
  )

  it('may leave out another branch, and be on one that is not the default', () => {
    expect(toldOf(ID, refsOf(['~ALL'], ['refs/heads/other']))).toEqual(['passed'])
    const branch = policyWith({ branch: 'refs/heads/release' })
    expect(toldOf(ID, branch)).toEqual(refused)
    expect(toldOf(ID, { ...refsOf(['refs/heads/release']), ...branch })).toEqual(['passed'])
  })

  it('is of branches, and of the repository of the release', () => {
    expect(toldOf(ID, exported({ target: 'tag' }))).toEqual(refused)
    expect(toldOf(ID, exported({ source: 'team/other' }))).toEqual(refused)
    const lineage = { ...LINEAGE, sources: [] }
    const { check } = controlIn(judge({ lineage }), ID)
    expect(check.outcome).toBe('rejected')
  })
})

describe('the required checks', () => {
  const refused = ['failed', 'gate/closure-checks']
  const inFile = (names: JsonValue): Question => ({
    files: { ...FILES, [REQUIRED]: { required_status_checks: names } },
  })

  it('are those of the checked-in file, in any order', () => {
    expect(toldOf(ID, required(CHECKS.toReversed().map((context) => ({ context }))))).toEqual([
      'passed',
    ])
    expect(toldOf(ID, inFile(CHECKS.map((context) => ({ context }))))).toEqual(['passed'])
  })

  it.each([
    ['one less', CHECKS.slice(1).map((context) => ({ context }))],
    ['one more', [...CHECKS, 'lint'].map((context) => ({ context }))],
    ['one without a name', [...CHECKS.map((context) => ({ context })), { integration_id: 1 }]],
    ['none', []],
  ])('are not %s', (_, names) => {
    expect(toldOf(ID, required(names))).toEqual(refused)
  })

  it.each([['no list'], [[]], [[7]], [[...CHECKS, 'lint']]])(
    'are not those of a file with %j',
    (names) => {
      expect(toldOf(ID, inFile(names))).toEqual(refused)
    },
  )

  it('are in one rule, and in a file that counts', () => {
    expect(toldOf(ID, rulesOf(deletion, reviews))).toEqual(refused)
    expect(toldOf(ID, rulesOf(reviews, checks, checks))).toEqual(refused)
    expect(toldOf(ID, { loose: [REQUIRED] })).toEqual(['unverified', 'gate/report-loose'])
    const { [REQUIRED]: _, ...files } = FILES
    expect(toldOf(ID, { files })).toEqual(['failed', 'gate/report-absent', 'gate/closure-checks'])
  })

  it('may be the whole of the file', () => {
    const files = { ...FILES, [REQUIRED]: [...CHECKS] }
    const requiredChecks = { path: REQUIRED }
    expect(toldOf(ID, { files, ...policyWith({ requiredChecks }) })).toEqual(['passed'])
  })
})

describe('reviews', () => {
  it.each([
    [{ required_approving_review_count: 0 }, '0'],
    [{ required_approving_review_count: null }, 'no one rule of pull requests'],
  ])('are counted in %j', (parameters, found) => {
    const { check } = controlIn(judge(reviewed(parameters)), ID)
    const reviewing = check.checks?.find(({ name }) => name === 'reviews')
    expect(reviewing?.checks?.[0]).toMatchObject({ expected: 'at least 1', found })
  })

  it.each([
    ['no review', { required_approving_review_count: 0 }],
    ['a number that is none', { required_approving_review_count: '1' }],
    ['reviews that stay', { dismiss_stale_reviews_on_push: false }],
    ['conversations that stay open', { required_review_thread_resolution: null }],
  ])('are not passed with %s', (_, parameters) => {
    expect(toldOf(ID, reviewed(parameters))).toEqual(['failed', 'gate/closure-reviews'])
  })

  it('are asked for in one rule', () => {
    expect(toldOf(ID, rulesOf(checks))).toEqual(['failed', 'gate/closure-reviews'])
    expect(toldOf(ID, rulesOf(reviews, reviews, checks))).toEqual([
      'failed',
      'gate/closure-reviews',
    ])
    expect(toldOf(ID, rulesOf({ type: 'pull_request' }, checks))).toEqual([
      'failed',
      'gate/closure-reviews',
    ])
  })
})

describe('the bypass list', () => {
  const refused = ['failed', 'gate/closure-bypass']
  const bypass = [{ type: 'RepositoryRole', id: 5, mode: 'pull_request' }]

  it.each([
    ['somebody', [actor()]],
    ['somebody without a number', [actor({ actor_id: null })]],
    ['nothing that can be seen', undefined],
  ])('has not %s', (_, actors) => {
    expect(toldOf(ID, exported({ bypass_actors: actors }))).toEqual(refused)
  })

  it('has nobody but those whom the policy names', () => {
    const allowed = policyWith({
      bypass: [...bypass, { type: 'OrganizationAdmin', mode: 'always' }],
    })
    const admin = { actor_type: 'OrganizationAdmin', bypass_mode: 'always' }
    const told = (...actors: readonly JsonObject[]) =>
      toldOf(ID, { ...exported({ bypass_actors: actors }), ...allowed })
    expect(told(actor(), admin)).toEqual(['passed'])
    expect(told(actor({ bypass_mode: 'always' }))).toEqual(refused)
    expect(told(actor({ actor_id: 6 }))).toEqual(refused)
  })

  it('was reviewed lately, by a person with the role, in a result about that very export', () => {
    const missing = ['missing', 'gate/closure-review']
    const review = exportOf(RULESET, { evidence: 'evidence.repo.bypass_review' })
    const plain = (more: Partial<Evidence> = {}) => exportOf(RULESET, more, ['exported'])
    expect(toldOf(ID, signed(plain(), review))).toEqual(['passed'])
    expect(toldOf(ID, signed(plain()))).toEqual(missing)
    const automated = { ...ADMIN, kind: 'automation' as const }
    expect(toldOf(ID, signed(plain(), { ...review, signer: automated }))).toEqual(missing)
    const old = { ...review, signedAt: NOW - 8 * DAY_MS }
    expect(toldOf(ID, signed(plain(), old))).toEqual(['failed', 'gate/closure-age'])
    const { predicate } = review
    const command = { ...review, family: 'command' as const, predicate }
    expect(toldOf(ID, signed(plain(), command))).toEqual(missing)
    const other = exportOf({ ...RULESET, id: 7 }, { evidence: 'evidence.repo.bypass_review' })
    expect(toldOf(ID, signed(plain(), other))[0]).not.toBe('passed')
  })
})

describe('what is attached', () => {
  it.each(POLICY.closure?.attached ?? [])('has %s', (path) => {
    const files = Object.fromEntries(Object.entries(FILES).filter(([name]) => name !== path))
    expect(toldOf(ID, { files })).toEqual(['missing', 'gate/report-absent'])
    expect(toldOf(ID, { loose: [path] })).toEqual(['unverified', 'gate/report-loose'])
  })
})

describe('a document that is no ruleset', () => {
  it.each([
    ['a list', []],
    ['nothing in it', {}],
    ['no conditions', { ...RULESET, conditions: null }],
    ['rules that are none', { ...RULESET, rules: [7] }],
    ['a number as a name', { ...RULESET, conditions: { ref_name: { include: [7], exclude: [] } } }],
    ['an actor without a kind', { ...RULESET, bypass_actors: [{ actor_id: 1 }] }],
  ])('is refused: %s', (_, ruleset: JsonValue) => {
    const files = { ...FILES, [EXPORT]: ruleset }
    const asked = { files, evidence: [...others, exportOf(ruleset)] }
    expect(toldOf(ID, asked)).toEqual(['failed', 'gate/closure-ruleset'])
  })
})
