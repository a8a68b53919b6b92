// Runs the cases of a policy: each requirement that a case names has to come to what it says.

import { strict as assert } from 'node:assert'
import {
  type Check,
  encodeUtf8,
  groupChecks,
  type Outcome,
  parseTimestamp,
  quote,
  refusedCheck,
} from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import { answerExpressions } from '../evaluation/asked-expressions.ts'
import { evaluateRequirement } from '../evaluation/evaluate.ts'
import { indexEvidence } from '../evaluation/evidence-index.ts'
import type { RequirementFinding } from '../evaluation/finding.ts'
import type { Evidence } from '../evidence.ts'
import type { Expressions } from '../expression/expressions.ts'
import { requirementsOf } from '../policy.ts'
import { predicateTypeOf } from '../predicate-type.ts'
import type { PolicyCode } from '../problem.ts'
import type { Registry } from '../registry.ts'
import type { CaseEvidence, CaseFile, PolicyCase } from './case-file.ts'

/** With what cases are run. */
export interface CaseSetting {
  readonly registry: Registry
  readonly expressions: Expressions
}

/** Every case of a file, in its order. */
export async function runCases(file: CaseFile, setting: CaseSetting): Promise<Check> {
  const checks: Check[] = []
  for (const [index, one] of file.cases.entries()) {
    const expected = await runCase(one, file, setting)
    checks.push(groupChecks('case', `${quote(one.name)} (${file.place(index)})`, expected))
  }
  return groupChecks('cases', `The cases of ${file.policy.id} in ${quote(file.name)}`, checks)
}

async function runCase(
  { now: at, release, commit, evidence: drafts, expect }: PolicyCase,
  { policy }: CaseFile,
  { registry, expressions }: CaseSetting,
): Promise<readonly Check[]> {
  const now = instantOf(at)
  const requirements = requirementsOf(policy)
  const evidence = indexEvidence(
    drafts.map((draft, index) => buildEvidence(draft, { index, release })),
  )
  const question = { release, commit, now }
  const answers = await answerExpressions(requirements, evidence, { ...question, expressions })
  const findings = requirements
    .map((placed) => evaluateRequirement(placed, evidence, { ...question, registry, answers }))
    .flatMap(withParts)
  return Object.entries(expect).map(([id, expected]) => {
    const found = findings.find(({ requirement }) => requirement.id === id)
    assert(found, 'a case that names what is not required was refused when it was read')
    return compare(expected, found)
  })
}

function compare(
  expected: Outcome,
  { requirement: { id }, outcome, check }: RequirementFinding,
): Check {
  if (outcome === expected) {
    return { name: id, outcome: 'accepted', message: `${quote(id)} is ${expected}` }
  }
  const message = `${quote(id)} does not come to what the case says`
  const facts = { expected, found: outcome, checks: [check] }
  return refusedCheck<PolicyCode>(id, 'rejected', 'policy/case-failed', message, facts)
}

function withParts(finding: RequirementFinding): readonly RequirementFinding[] {
  return [finding, ...finding.parts.flatMap(withParts)]
}

interface Place {
  readonly index: number
  readonly release: PolicyCase['release']
}

/** What a case leaves out is what it has no interest in. */
function buildEvidence(draft: CaseEvidence, { index, release }: Place): Evidence {
  const { signer: by, computed, signedAt, predicate = {}, ...members } = draft
  const { origin = 'local-proof' } = computed ?? {}
  const about = members.commit === undefined ? (members.release ?? release) : undefined
  return {
    ...withoutUnset(members),
    sha256: digestBytes('sha256', encodeUtf8(`evidence ${index}`)),
    index,
    predicateType: typeOf(draft),
    ...(about !== undefined && { release: about }),
    origin,
    signer: buildSigner(by),
    ...(signedAt !== undefined && { signedAt: instantOf(signedAt) }),
    computed: buildView(computed),
    predicate,
  }
}

function typeOf({ family, predicateType }: CaseEvidence): string {
  if (predicateType !== undefined) return predicateType
  assert(family !== undefined, 'the schema asks for one of them')
  return predicateTypeOf(family)
}

function buildSigner(
  { name, principal = name, kind = 'unknown', roles = [] }: NonNullable<CaseEvidence['signer']> = {
    name: 'nobody',
  },
): Evidence['signer'] {
  return { name, principal, kind, roles }
}

function buildView({
  status = 'none',
  outcome = 'accepted',
  facts = {},
}: NonNullable<CaseEvidence['computed']> = {}): Evidence['computed'] {
  const reason: Check = { name: 'case', outcome, message: 'As the case says' }
  return { status, outcome, facts, reason }
}

type Members = Omit<CaseEvidence, 'signer' | 'computed' | 'signedAt' | 'predicate'>

function withoutUnset(members: Members): Partial<Evidence> {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined))
}

function instantOf(time: string): number {
  const instant = parseTimestamp(time)
  assert(instant.ok, 'the schema takes nothing else')
  return instant.value
}
