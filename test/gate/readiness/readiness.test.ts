// The shipped readiness policy over evidence that is there, and over evidence that is not.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../../.ci/checkout.ts'
import { type Check, encodeUtf8, type JsonObject } from '../../../src/core/index.ts'
import { judgeReadiness, judgeSeparation, type ReadinessFinding } from '../../../src/gate/index.ts'
import { type Evidence, lintPolicies, parsePolicies } from '../../../src/policy/index.ts'
import { valueOf } from '../../trust/keys.ts'
import { COMMIT, indexOf, NOW, piece, RELEASE } from '../evidence.ts'
import { readTrust, trust as trustJson, trustedKey } from '../../verify/release.ts'

const FILE = join(ROOT, 'policies/deployment-readiness/readiness.yaml')
const REGISTRY = valueOf(parsePolicies([{ name: 'readiness.yaml', bytes: readFileSync(FILE) }]))
const POLICY = REGISTRY.of('readiness').get('readiness.production_deployment')!

const signer = (...roles: string[]) =>
  ({ name: roles[0]!, principal: roles[0]!, kind: 'person', roles }) as const

/** What an owner says in a test result: which criteria, by which document. */
function told(role: string, tests: readonly string[], document = 'notes'): Evidence {
  const configuration = [{ name: document, digest: { sha256: 'ab'.repeat(32) } }]
  const predicate: JsonObject = { passedTests: [...tests], configuration }
  return piece({ family: 'test-result', signer: signer(role), predicate, signedAt: NOW - 1000 })
}

const COVERAGE = [
  told(
    'risk-owner',
    [
      'boundary-path-mapped',
      'authority-context-named',
      'authority-source-named',
      'expansion-moves-drafted',
      'coverage-plan-ready',
    ],
    'coverage-plan',
  ),
  told('risk-owner', ['boundary-object-reviewed'], 'boundary-object'),
]
const REVIEW = [
  told('security-owner', ['databases-separated'], 'env-contract'),
  told('operator', ['env-contract-checked'], 'env-contract'),
  told('security-owner', ['public-safety-screen'], 'screen-report'),
  told('security-owner', ['deployment-scope-approved'], 'security-review'),
  told('operator', ['deployment-scope-approved'], 'security-review'),
]
const STAGING = [
  told('integration-engineer', [
    'integration-payload',
    'signed-result-members',
    'signed-result-by-published-keys',
    'self-service-smoke',
  ]),
  piece({ family: 'smoke', phase: 'post-deploy-smoke-verified' }),
  told('integration-engineer', ['staging-matches-plan'], 'coverage-plan'),
]
const SCOPE = ['partner', 'unit', 'gate', 'system', 'authority'].map((word) => `${word}-approved`)
const PRODUCTION = [
  told('business-owner', [...SCOPE, 'production-accepted'], 'production-scope'),
  piece({ family: 'rollback' }),
  told('platform-owner', ['rollback-owner-named', 'incident-channel-named']),
  told('business-owner', ['sla-documented', 'support-documented'], 'support-plan'),
  piece({
    family: 'deployment',
    signer: signer('operator'),
    computed: {
      status: 'deployed-as-intended',
      outcome: 'accepted',
      facts: {},
      reason: { name: 'deployment', outcome: 'accepted', message: 'As intended' },
    },
  }),
  ...[1, 2, 3].map((run) =>
    told('platform-owner', ['signed-result-by-published-keys'], `run-${run}`),
  ),
]
const ALL = [...COVERAGE, ...REVIEW, ...STAGING, ...PRODUCTION]

const trust = (...parts: Parameters<typeof trustJson>) => readTrust(trustJson(...parts))

const DRAFTS = [{ name: 'draft', threshold: 1, targets: ['drafts'] }]
const APART = trust([trustedKey('release'), trustedKey('alice', { roles: ['draft'] })], DRAFTS)

function judge(
  evidence: readonly Evidence[],
  question: { readonly trust: typeof APART; readonly unsound?: Check } = { trust: APART },
): ReadinessFinding {
  const { trust: under, unsound } = question
  const separation = judgeSeparation({ trust: under, roles: ['draft'], target: RELEASE.target })
  const subject = { release: RELEASE, commit: COMMIT, ...(unsound !== undefined && { unsound }) }
  const around = { registry: REGISTRY, subject, evidence: indexOf(...evidence), now: NOW }
  return judgeReadiness({ policy: POLICY, ...around, separation })
}

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
    const unsound = { name: 'records', outcome: 'rejected', message: 'Refused' } as const
    const found = judge(ALL, { trust: APART, unsound })
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
    expect(found.subject.unsound).toMatchObject({ code: 'gate/release-opposed' })
    const ofCommit = piece({ family, computed, commit: COMMIT })
    expect(judge([...ALL, ofCommit]).standing).toBe('blocked')
    // A decision or a drift is made good by a later word, and an incident by its own records alone.
    const made = judge([...ALL, { ...against, overtakenBy: ALL[0]!.sha256 }])
    expect(made.standing).toBe(family === 'incident' ? 'blocked' : 'continue')
    const settled = { ...computed, status: 'closed', outcome: 'accepted' } as const
    expect(judge([...ALL, { ...against, computed: settled }]).standing).toBe('continue')
  })

  it('says all that speaks against it', () => {
    const unsound = { name: 'records', outcome: 'rejected', message: 'Refused' } as const
    const reason = { name: 'incident', outcome: 'missing', message: 'Open' } as const
    const computed = { status: 'open', outcome: 'missing', facts: {}, reason } as const
    const found = judge([...ALL, piece({ family: 'incident', computed })], {
      trust: APART,
      unsound,
    })
    expect(found.subject.unsound?.checks?.map(({ message }) => message)).toEqual([
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

describe('drafts apart from production', () => {
  const separate = (roles: readonly string[], rest = {}) => {
    const document = trust([trustedKey('release'), trustedKey('alice', { roles })], DRAFTS)
    const target: string | undefined = RELEASE.target
    return judgeSeparation({ trust: document, roles: ['draft'], target, ...rest })
  }

  it('is shown where no key for drafts may sign for the target', () => {
    expect(separate(['draft']).outcome).toBe('accepted')
  })

  it('is refused where a key for drafts may sign for releases, too', () => {
    const check = separate(['draft', 'release'])
    expect(check).toMatchObject({
      outcome: 'rejected',
      code: 'gate/readiness-drafts',
      found: '"alice"',
    })
    const document = trust(
      [trustedKey('alice', { roles: ['draft'] })],
      [{ name: 'draft', threshold: 1 }],
    )
    expect(separate(['draft'], { trust: document }).outcome).toBe('rejected')
    const found = judge(ALL, { trust: document })
    expect(found).toMatchObject({ standing: 'blocked', productionWriteFromSelfService: true })
  })

  it('is refused where a key for drafts heads the ledger, or signed what counts', () => {
    const [drafter] = trust([trustedKey('alice')], []).keys
    const headKeys = [drafter!.publicKey.keyId]
    expect(separate(['draft'], { headKeys })).toMatchObject({
      outcome: 'rejected',
      found: '"alice" as a key of the ledger',
    })
    expect(separate(['draft'], { signers: ['alice', 'release'] })).toMatchObject({
      outcome: 'rejected',
      found: '"alice", who signed a record that counts',
    })
    expect(separate(['draft'], { headKeys: ['other'], signers: ['release'] }).outcome).toBe(
      'accepted',
    )
  })

  it('is of roles that the trust document has for drafts, also where the policy does not name them', () => {
    const apart = [{ name: 'draft', threshold: 1, draft: true }]
    const judged = (kind: 'person' | 'automation') => {
      const keys = [
        trustedKey('release', { principal: 'carol', kind }),
        trustedKey('alice', { roles: ['draft'], principal: 'carol', kind }),
      ]
      const question = { roles: ['draft'], target: RELEASE.target }
      const [own, other] = [trust(keys, apart), trust([keys[1]!], apart)]
      return [
        judgeSeparation({ ...question, trust: own }),
        judgeSeparation({ ...question, trust: other }),
      ] as const
    }
    const both = '"carol" holds "alice" for drafts, and "release"'
    const [service, alone] = judged('automation')
    expect(service).toMatchObject({ outcome: 'rejected', found: both })
    expect(alone).toMatchObject({ outcome: 'accepted', found: 'nobody' })
    // A person takes up the other key on purpose: said, and no way from a draft to production.
    expect(judged('person')[0]).toMatchObject({ outcome: 'accepted', found: `nobody; ${both}` })
  })

  it('is not shown where nobody knows of drafts, or there is no release', () => {
    expect(separate(['release'], { roles: ['unknown'] }).outcome).toBe('missing')
    expect(separate(['draft'], { target: undefined }).outcome).toBe('missing')
    expect(judge(ALL, { trust: trust([trustedKey('release')], []) })).toMatchObject({
      standing: 'missing',
      productionWriteFromSelfService: true,
    })
  })
})

describe('a readiness policy', () => {
  it('has each stage once', () => {
    const text = readFileSync(FILE, 'utf8').replace('id: staging-validation', 'id: draft-coverage')
    const read = parsePolicies([{ name: 'readiness.yaml', bytes: encodeUtf8(text) }])
    expect(read).toMatchObject({ ok: false, problems: [{ code: 'policy/member' }] })
  })
})
