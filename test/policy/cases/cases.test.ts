// Cases of policies: what is read, what is refused, and what they come to.

import { describe, expect, it } from 'vitest'
import { type Check, LIMITS } from '../../../src/core/index.ts'
import { createHost } from '../../../src/host/index.ts'
import { parsePolicies, parsePolicyCases, runCases } from '../../../src/policy/index.ts'

const POLICY = `schema: assay/policy/v1
kind: requirements
id: policy.web
version: 1
title: Web
scope: { stages: [production] }
requirements:
  - id: tests
    title: The tests passed
    select: { family: test-result, about: commit, signerKind: automation }
    fresh: 1d
    holds:
      - cel: size(predicate.passedTests) > 1
  - id: people
    title: Two people
    any:
      - { id: review, title: A review, select: { family: review, about: commit, role: reviewer } }
      - { id: outside, title: Another one, select: { predicateType: 'urn:x' }, external: true }
`
const COMMIT = 'ab'.repeat(20)
const CASE = `schema: assay/policy-cases/v1
cases:
  - name: All there
    now: 2026-04-10T12:00:00Z
    commit: ${COMMIT}
    evidence:
      - family: test-result
        commit: ${COMMIT}
        signedAt: 2026-04-10T11:00:00Z
        signer: { name: ci, kind: automation }
        predicate: { passedTests: [unit, web] }
      - { family: review, commit: ${COMMIT}, signer: { name: rita, principal: r, roles: [reviewer] } }
    expect: { tests: accepted, people: accepted, review: accepted, outside: unverified }
`

const bytes = (text: string) => new TextEncoder().encode(text)
const registryOf = (policy: string) => {
  const read = parsePolicies([{ name: 'own/web.yaml', bytes: bytes(policy) }])
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return read.value
}
const registry = registryOf(POLICY)
const expressions = { evaluate: createHost('/').evaluateExpressions }

function read(text: string, name = 'own/web.test.yaml', known = registry) {
  return parsePolicyCases([{ name, bytes: bytes(text) }], known)
}

async function run(text: string, policy = POLICY): Promise<Check> {
  const known = registryOf(policy)
  const cases = read(text, undefined, known)
  if (!cases.ok) throw new Error(JSON.stringify(cases.problems))
  const [file] = cases.value
  if (file === undefined) throw new Error('There is a file')
  return runCases(file, { registry: known, expressions })
}

const refusals = (text: string, name?: string) => {
  const cases = read(text, name)
  return cases.ok ? [] : cases.problems.map(({ code, at }) => `${code} ${at}`)
}

describe('a file of cases', () => {
  it.each([
    'own/web.test.yaml',
    'own/web.test.yml',
    'own/web.test/first.yaml',
    'own/web.test/a/b.yaml',
  ])('lies beside its policy: %s', (name) => {
    expect(read(CASE, name)).toMatchObject({ ok: true, value: [{ policy: { id: 'policy.web' } }] })
  })

  it('may be JSON', () => {
    const one = {
      name: 'a',
      now: '2026-04-10T12:00:00Z',
      evidence: [],
      expect: { tests: 'missing' },
    }
    const text = JSON.stringify({ schema: 'assay/policy-cases/v1', cases: [one] })
    expect(refusals(text, 'own/web.test.json')).toEqual([])
    expect(refusals('{', 'own/web.test.json')).toEqual([
      expect.stringMatching(/^policy\/case own\/web\.test\.json/),
    ])
  })

  it.each([
    ['of no policy', CASE, 'own/other.test.yaml', 'policy/case-orphan own/other.test.yaml'],
    ['that is no YAML', 'a: [', undefined, 'policy/case own/web.test.yaml, line 1'],
    ['that is a list', '- 1\n', undefined, 'policy/case own/web.test.yaml, line 1, column 1'],
    [
      'of more than a policy may have',
      '#'.repeat(LIMITS.policyBytesMax + 1),
      undefined,
      'policy/case own/web.test.yaml',
    ],
    [
      'without cases',
      'schema: assay/policy-cases/v1\ncases: []\n',
      undefined,
      'policy/case own/web.test.yaml, line 2, column 1',
    ],
    [
      'of which a case expects nothing',
      CASE.replace(/expect: .*/, 'expect: {}'),
      undefined,
      'policy/case own/web.test.yaml, line 13, column 5',
    ],
    [
      'with an unknown member',
      CASE.replace('signedAt', 'signed'),
      undefined,
      'policy/case own/web.test.yaml, line 9, column 9',
    ],
    [
      'with evidence of no kind',
      CASE.replace('family: test-result', 'stage: repo'),
      undefined,
      'policy/case own/web.test.yaml, line 7, column 9',
    ],
    [
      'with an outcome that there is not',
      CASE.replace('tests: accepted', 'tests: passed'),
      undefined,
      'policy/case own/web.test.yaml, line 13, column 15',
    ],
    [
      'with a day that there is not',
      CASE.replace('2026-04-10T12', '2026-04-31T12'),
      undefined,
      'policy/case own/web.test.yaml, line 4, column 5',
    ],
    [
      'with a requirement that there is not',
      CASE.replace('people: accepted', 'persons: accepted'),
      undefined,
      'policy/case-requirement own/web.test.yaml, line 13, column 32',
    ],
  ])('is refused %s', (_, text, name, expected) => {
    const found = refusals(text, name)
    expect(found).toHaveLength(1)
    expect(found[0]).toContain(expected)
    expect(refusals(CASE)).toEqual([])
  })
})

describe('a case', () => {
  it('is accepted where every requirement comes to what it says', async () => {
    const check = await run(CASE)
    expect(check.outcome).toBe('accepted')
    expect(check.checks?.[0]?.message).toBe('"All there" (own/web.test.yaml, line 3, column 5)')
  })

  it.each([
    ['its time', '2026-04-10T11:00:00Z', '2026-04-01T11:00:00Z', 'stale'],
    ['its signer', 'kind: automation', 'kind: person', 'missing'],
    ['its predicate', '[unit, web]', '[unit]', 'rejected'],
    ['a predicate that an expression can not read', 'passedTests', 'passed', 'error'],
    [
      'its outcome',
      'predicate: {',
      'computed: { outcome: rejected }\n        predicate: {',
      'rejected',
    ],
  ])('sees %s', async (_, from, to, outcome) => {
    const changed = CASE.replace(from, to)
    const wrong = await run(changed)
    expect(wrong.outcome).toBe('rejected')
    const failed = wrong.checks?.[0]?.checks?.[0]
    expect(failed).toMatchObject({
      code: 'policy/case-failed',
      expected: 'accepted',
      found: outcome,
    })
    const right = await run(changed.replace('tests: accepted', `tests: ${outcome}`))
    expect(right.outcome).toBe('accepted')
  })

  it.each([
    ['test-result', 'https://in-toto.io/attestation/test-result/v0.1'],
    ['smoke', 'https://in-toto.io/attestation/test-result/v0.1'],
    ['provenance', 'https://slsa.dev/provenance/v1'],
    ['sbom', 'https://cyclonedx.org/bom'],
    ['review', 'urn:assay:predicate:review:v1'],
  ])('has evidence (%s) of the predicate type that it has in a ledger', async (family, type) => {
    const asked = (select: string) => `schema: assay/policy/v1
kind: requirements
id: policy.web
version: 1
title: Web
scope: { stages: [production] }
requirements:
  - { id: it, title: It is there, select: { ${select}, about: commit } }
`
    const text = `schema: assay/policy-cases/v1
cases:
  - name: One
    now: 2026-04-10T12:00:00Z
    commit: ${COMMIT}
    evidence: [{ family: ${family}, commit: ${COMMIT} }]
    expect: { it: accepted }
`
    const outcome = async (select: string) => (await run(text, asked(select))).outcome
    expect(await outcome(`predicateType: '${type}'`)).toBe('accepted')
    expect(await outcome(`family: ${family}`)).toBe('accepted')
    expect(await outcome(`predicateType: '${type}/other'`)).toBe('rejected')
  })

  it('has evidence about its release, or about another one', async () => {
    const release = '{ id: a__b__c__d, target: b, channel: a, version: c }'
    const text = `schema: assay/policy-cases/v1
cases:
  - name: A statement of another kind
    now: 2026-04-10T12:00:00Z
    release: ${release}
    evidence:
      - { predicateType: 'urn:x' }
    expect: { outside: accepted }
`
    expect((await run(text)).outcome).toBe('accepted')
    const other = text.replace(
      "'urn:x' }",
      `'urn:x', release: ${release.replace('c__d', 'c__e')} }`,
    )
    expect((await run(other.replace('accepted', 'unverified'))).outcome).toBe('accepted')
  })
})
