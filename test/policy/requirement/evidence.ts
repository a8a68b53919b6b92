// Evidence for tests: pieces as a project would hand them over, and what requirements come to over them.

import { createHash } from 'node:crypto'
import { type Check, failedChecks, type Outcome } from '../../../src/core/index.ts'
import {
  type Evidence,
  evaluateRequirement,
  type ExpressionAnswers,
  indexEvidence,
  type RequirementFinding,
  requirementsOf,
} from '../../../src/policy/index.ts'
import { draft, POLICY, registryOf } from './documents.ts'

export const NOW = Date.parse('2026-06-01T00:00:00Z')
export const DAY = 86_400_000
export const COMMIT = 'c'.repeat(40)
export const RELEASE = {
  id: 'production__web__v1.2.0__7',
  target: 'web',
  channel: 'production',
  version: 'v1.2.0',
} as const

export function sha256Of(name: string | number): string {
  return createHash('sha256').update(String(name)).digest('hex')
}

type Changes = Partial<Omit<Evidence, 'computed'>> & {
  readonly computed?: Partial<Evidence['computed']>
}

/** An accepted smoke record of {@link RELEASE}, in the ledger at `index`, as the changes have it. */
export function piece(index = 0, { computed = {}, ...changes }: Changes = {}): Evidence {
  const outcome = computed.outcome ?? 'accepted'
  const reason: Check = { name: 'smoke', outcome, message: 'The smoke checks' }
  return {
    sha256: sha256Of(index),
    index,
    family: 'smoke',
    predicateType: 'https://in-toto.io/attestation/test-result/v0.1',
    phase: 'post-deploy-smoke-verified',
    stage: 'production',
    release: RELEASE,
    origin: 'live-workflow',
    signer: { name: 'ci', principal: 'ci', kind: 'automation', roles: ['release'] },
    signedAt: NOW - DAY,
    predicate: { result: 'PASSED', passedTests: ['health', 'config'], count: 2 },
    computed: { status: 'verified', outcome, facts: { passed: 2 }, reason, ...computed },
    ...changes,
  }
}

/** The piece without one of its members. */
export function without(found: Evidence, member: keyof Evidence): Evidence {
  const { [member]: _, ...rest } = found
  return rest as Evidence
}

interface Around {
  readonly now?: number
  readonly answers?: ExpressionAnswers
  /** What is in question, where it is not both a release and its commit. */
  readonly about?: 'all' | 'release' | 'commit' | 'nothing'
}

/** What a requirement with these members comes to. */
export function find(
  members: object,
  evidence: readonly Evidence[],
  { now = NOW, answers, about = 'all' }: Around = {},
): RequirementFinding {
  const registry = registryOf(draft(members))
  const policy = registry.policies.get(POLICY)
  const [first] = policy === undefined ? [] : requirementsOf(policy)
  if (first === undefined) throw new Error('A folder of one requirement has it')
  const subject = {
    ...((about === 'all' || about === 'release') && { release: RELEASE }),
    ...((about === 'all' || about === 'commit') && { commit: COMMIT }),
  }
  const context = { registry, ...subject, now, answers }
  return evaluateRequirement(first, indexEvidence(evidence), context)
}

export function outcomeOf(members: object, ...evidence: readonly Evidence[]): Outcome {
  return find(members, evidence).outcome
}

export function codesOf(members: object, ...evidence: readonly Evidence[]): readonly unknown[] {
  return failedChecks(find(members, evidence).check).map(({ code }) => code)
}
