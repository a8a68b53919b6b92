// A release for which the shipped playbook is go: its evidence, the files that lie beside it, and ways to break one of them.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../../.ci/checkout.ts'
import type { Check, JsonObject, JsonValue } from '../../../src/core/index.ts'
import { digestBytes } from '../../../src/digest/index.ts'
import {
  bindReports,
  type ControlFinding,
  type ControlPlace,
  controlOf,
  type FoundFile,
  judgePlaybook,
  type PlaybookFinding,
  pathsOfPlaybook,
} from '../../../src/gate/index.ts'
import { type Evidence, parsePolicies } from '../../../src/policy/index.ts'
import { valueOf } from '../../trust/keys.ts'
import { COMMIT, NOW, piece, RELEASE } from '../evidence.ts'

const FILE = join(ROOT, 'policies/production-readiness/playbook.yaml')
export const REGISTRY = valueOf(
  parsePolicies([{ name: 'playbook.yaml', bytes: readFileSync(FILE) }]),
)
export const POLICY = REGISTRY.of('playbook').get('playbook.production_readiness')!

export const RUNBOOK = 'docs/GITHUB_RULESET_RUNBOOK.md'
export const PROOF = 'artifacts/github_ruleset_verification.md'
export const EXCEPTED = 'github_branch_protection_report'
export const SUMMARIES = [
  'artifacts/governance_executive_summary.json',
  'artifacts/runtime_governance_executive_summary.json',
] as const

/** The files as they lie, by path; documents are written as JSON. */
export type Files = Readonly<Record<string, JsonValue>>

/** What each path holds when all is well. */
export const FILES: Files = Object.fromEntries(
  pathsOfPlaybook(POLICY).map((path) => {
    if (!path.endsWith('.json')) return [path, `words of ${path}`]
    if (SUMMARIES.some((summary) => summary === path)) return [path, summary('passed')]
    const conditions = POLICY.controls.flatMap((control) =>
      'report' in control && control.report.path === path ? [control.report] : [],
    )
    const members = conditions.map(({ at, equals }) => [at.split('/').at(-1)!, equals] as const)
    const isNumber = (value: JsonValue) => typeof value !== 'string'
    const numbers = members.filter(([, value]) => isNumber(value))
    const texts = members.filter(([, value]) => !isNumber(value))
    return [path, { ...Object.fromEntries(texts), summary: Object.fromEntries(numbers) }]
  }),
)

/** A summary of that word, over controls of these. */
export function summary(status: string, controls: Readonly<Record<string, string>> = {}) {
  const all = { policy_gate_freshness_report: 'passed', ...controls }
  return { status, controls: Object.entries(all).map(([id, word]) => ({ id, status: word })) }
}

export const bytesOf = (value: JsonValue) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
const person = (name: string, ...roles: string[]) =>
  ({ name, principal: name, kind: 'person', roles }) as const
const named = (files: Files) =>
  Object.entries(files).map(([name, value]) => ({
    name,
    sha256: digestBytes('sha256', bytesOf(value)),
  }))

/** A command record that names these files. */
export function commandOf(files: Files, more: Partial<Evidence> = {}): Evidence {
  const predicate: JsonObject = { commands: [{ name: 'verify', reports: named(files) }] }
  return piece({ family: 'command', commit: COMMIT, predicate, ...more })
}

export const JOBS = [
  'policy-bundle-governance',
  'runtime_canary',
  'dx_metrics',
  'ci_stability_trend',
]

/** What CI says of these jobs; where one failed, the record is refused for that. */
export function ciOf(
  lists: Readonly<Record<string, readonly string[]>>,
  more: Partial<Evidence> = {},
): Evidence {
  const failed = lists['failedTests'] ?? []
  const code = failed.length > 0 ? { code: 'record/check-failed' } : {}
  const outcome = failed.length > 0 ? 'rejected' : 'accepted'
  const reason = { name: 'failures', outcome, message: 'Something failed', ...code } as const
  const predicate = { configuration: [{ digest: { sha256: 'c1'.repeat(32) } }], ...lists }
  return piece({
    family: 'test-result',
    commit: COMMIT,
    predicate: predicate,
    computed: { status: outcome, outcome, facts: {}, reason },
    ...more,
  })
}

/** An approval of the release, as it was computed. */
export function approvalOf(
  signer: Evidence['signer'],
  { scope = 'rollout', ...more }: Partial<Evidence> & { readonly scope?: string } = {},
): Evidence {
  return piece({ family: 'approval', signer, predicate: { scope }, ...more })
}

export const OWNER = person('alice', 'release-owner')
export const APPROVER = person('bob', 'approver')
export const ADMIN = person('carol', 'repository-admin')

/** What an administrator signs who followed the runbook. */
export function verificationOf(files: Files = FILES, more: Partial<Evidence> = {}): Evidence {
  const predicate = {
    passedTests: ['github-ruleset-manual-verification'],
    configuration: named(files)
      .filter(({ name }) => name === RUNBOOK || name === PROOF)
      .map(({ name, sha256 }) => ({ name, digest: { sha256 } })),
  }
  return piece({ family: 'test-result', signer: ADMIN, predicate, ...more })
}

/** The control that the project can not force, as somebody shows it. */
const CLOSED: ControlFinding = controlWith(POLICY.exception, {
  name: 'closure',
  outcome: 'accepted',
  message: 'The rules are enforced',
})

/** A control of sections that are judged elsewhere, with a check of its own. */
export function controlWith(place: ControlPlace, check: Check): ControlFinding {
  return controlOf(place, { check, clearing: { by: 'run' } })
}

/** What a question is made of; each part may be another one. */
export interface Question {
  readonly files?: Files
  /** The bytes that evidence names, where they are not those that lie there. */
  readonly signed?: Files
  readonly evidence?: readonly Evidence[]
  readonly more?: readonly Evidence[]
  readonly further?: readonly ControlFinding[]
  /** Nobody shows what the project can not force, where it is given as `undefined`. */
  readonly closure?: ControlFinding | undefined
  readonly isStrict?: boolean
  readonly rest?: Partial<Parameters<typeof judgePlaybook>[0]>
}

/** All evidence but the command record. */
export const SIGNED = [
  ciOf({ passedTests: JOBS }),
  approvalOf(OWNER),
  approvalOf(APPROVER),
] as const

/** Judges the shipped playbook; go, where nothing is said otherwise. */
export function judge(question: Question = {}): PlaybookFinding {
  const {
    files = FILES,
    signed = files,
    evidence = SIGNED,
    more = [],
    further = [],
    isStrict = false,
    rest = {},
  } = question
  const closure = 'closure' in question ? question.closure : CLOSED
  const all = [...evidence, commandOf(signed), ...more]
  const found = pathsOfPlaybook(POLICY).map((path): readonly [string, FoundFile] => {
    const value = files[path]
    return [
      path,
      value === undefined ? { kind: 'absent' } : { kind: 'read', bytes: bytesOf(value) },
    ]
  })
  return judgePlaybook({
    ...{
      policy: POLICY,
      registry: REGISTRY,
      subject: { release: RELEASE, commit: COMMIT, against: [] },
    },
    ...{ evidence: all, reports: bindReports(new Map(found), all), further, closure },
    ...{ now: NOW, isStrict },
    ...rest,
  })
}

/** The word of a control. */
export function wordOf({ controls }: PlaybookFinding, id: string): string | undefined {
  return controls.find((control) => control.id === id)?.word
}
