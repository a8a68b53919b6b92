// Evidence of every criterion of the shipped readiness policy, and a release that is judged by it.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../../.ci/checkout.ts'
import { type Check, type JsonObject } from '../../../src/core/index.ts'
import { judgeReadiness, judgeSeparation, type ReadinessFinding } from '../../../src/gate/index.ts'
import { type Evidence, parsePolicies } from '../../../src/policy/index.ts'
import { valueOf } from '../../trust/keys.ts'
import { COMMIT, indexOf, NOW, piece, RELEASE } from '../evidence.ts'
import { readTrust, trust as trustJson, trustedKey } from '../../verify/release.ts'

export const FILE = join(ROOT, 'policies/deployment-readiness/readiness.yaml')
export const REGISTRY = valueOf(
  parsePolicies([{ name: 'readiness.yaml', bytes: readFileSync(FILE) }]),
)
const POLICY = REGISTRY.of('readiness').get('readiness.production_deployment')!

export const signer = (...roles: string[]) =>
  ({ name: roles[0]!, principal: roles[0]!, kind: 'person', roles }) as const

const DAY = 86_400_000

/** What an owner says in a test result: which criteria, by which document. */
function told(role: string, tests: readonly string[], document = 'notes', ago = 1): Evidence {
  // The document that is asked for is not the only one, and not the first.
  const configuration = ['tools', document].map((name) => ({
    name,
    digest: { sha256: 'ab'.repeat(32) },
  }))
  const predicate: JsonObject = { passedTests: [...tests], configuration }
  return piece({
    family: 'test-result',
    signer: signer(role),
    predicate,
    signedAt: NOW - ago * DAY,
  })
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
export const REVIEW = [
  told('security-owner', ['databases-separated'], 'env-contract'),
  told('operator', ['env-contract-checked'], 'env-contract'),
  told('security-owner', ['public-safety-screen'], 'screen-report'),
  told('security-owner', ['deployment-scope-approved'], 'security-review'),
  told('operator', ['deployment-scope-approved'], 'security-review'),
]
/** The environment for both smokes. */
const SELECTED = 'https://www.example.com'
const STAGING = [
  told(
    'integration-engineer',
    ['integration-payload', 'signed-result-members', 'signed-result-by-published-keys'],
    'https://staging.example.com',
  ),
  told('integration-engineer', ['self-service-smoke'], SELECTED),
  piece({
    family: 'smoke',
    phase: 'post-deploy-smoke-verified',
    computed: {
      status: 'smoke-verified',
      outcome: 'accepted',
      facts: { publicOrigin: SELECTED },
      reason: { name: 'smoke', outcome: 'accepted', message: 'Verified' },
    },
  }),
  told('integration-engineer', ['staging-matches-plan'], 'coverage-plan'),
]
const SCOPE = ['partner', 'unit', 'gate', 'system', 'authority'].map((word) => `${word}-approved`)
const PRODUCTION = [
  told('business-owner', [...SCOPE, 'production-accepted'], 'production-scope'),
  piece({ family: 'rollback' }),
  told('platform-owner', ['rollback-owner-named', 'incident-channel-named'], 'runbook'),
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
  ...[1, 8, 15].map((ago) =>
    told('platform-owner', ['signed-result-by-published-keys'], 'run', ago),
  ),
]
export const ALL = [...COVERAGE, ...REVIEW, ...STAGING, ...PRODUCTION]

export const trust = (...parts: Parameters<typeof trustJson>) => readTrust(trustJson(...parts))

export const DRAFTS = [{ name: 'draft', threshold: 1, targets: ['drafts'] }]
export const APART = trust(
  [trustedKey('release'), trustedKey('alice', { roles: ['draft'] })],
  DRAFTS,
)

export function judge(
  evidence: readonly Evidence[],
  question: { readonly trust: typeof APART; readonly against?: readonly Check[] } = {
    trust: APART,
  },
): ReadinessFinding {
  const { trust: under, against = [] } = question
  const separation = judgeSeparation({ trust: under, roles: ['draft'], target: RELEASE.target })
  const subject = { release: RELEASE, commit: COMMIT, against }
  const around = { registry: REGISTRY, subject, evidence: indexOf(...evidence), now: NOW }
  return judgeReadiness({ policy: POLICY, ...around, separation })
}
