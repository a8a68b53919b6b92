// A release for which all sections after the second are passed: its evidence, its lineage, the files beside it, and ways to break one of them.

import { LINEAGE } from '../../lineage/lineages.ts'
import { NOW, COMMIT, piece } from '../../evidence.ts'
import { ADMIN, ciOf, commandOf, type Files, POLICY } from '../playbook-world.ts'
import type { JsonObject, JsonValue } from '../../../../src/core/index.ts'
import { digestBytes } from '../../../../src/digest/index.ts'
import {
  bindReports,
  buildPromotionReport,
  type ControlFinding,
  type FoundFile,
  judgeOperations,
  pathsOfOperations,
  type ReleaseLineage,
} from '../../../../src/gate/index.ts'
import type { Evidence, PolicyOf } from '../../../../src/policy/index.ts'

type OperationsFinding = ReturnType<typeof judgeOperations>

const DAY_MS = 86_400_000
const bytesOf = (value: JsonValue) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value))
export const EXPORT = 'artifacts/github_ruleset.json'
export const TREND = 'artifacts/critical_ci_trend_slo_report.json'
export const REQUIRED = 'docs/required_status_checks.json'
export const LINEAGE_FILE = 'artifacts/release_lineage.json'
export const PROMOTION_FILE = 'artifacts/release_bundle_promotion_production.json'
export const CHECKS = ['policy-bundle-governance', 'runtime_canary']

/** As GitHub exports it, with members that nobody looks at. */
export const RULESET: JsonObject = {
  id: 42,
  name: 'release branch',
  target: 'branch',
  source_type: 'Repository',
  source: 'team/app',
  enforcement: 'active',
  conditions: { ref_name: { include: ['~DEFAULT_BRANCH'], exclude: [] } },
  rules: [
    { type: 'deletion' },
    {
      type: 'pull_request',
      parameters: {
        required_approving_review_count: 1,
        dismiss_stale_reviews_on_push: true,
        required_review_thread_resolution: true,
        require_code_owner_review: false,
      },
    },
    {
      type: 'required_status_checks',
      parameters: {
        strict_required_status_checks_policy: true,
        required_status_checks: CHECKS.map((context) => ({ context, integration_id: 15_368 })),
      },
    },
  ],
  bypass_actors: [],
}

/** What each path holds when all is well. */
export const FILES: Files = {
  ...Object.fromEntries(
    pathsOfOperations(POLICY, LINEAGE).map((path) => [path, path.endsWith('.json') ? {} : 'words']),
  ),
  'artifacts/governance_executive_summary.json': { status: 'passed' },
  'artifacts/runtime_governance_executive_summary.json': { status: 'passed' },
  [TREND]: { breaches: [] },
  [REQUIRED]: { required_status_checks: [...CHECKS] },
  [EXPORT]: RULESET,
  [LINEAGE_FILE]: LINEAGE as unknown as JsonObject,
  [PROMOTION_FILE]: buildPromotionReport(LINEAGE, 'production') as unknown as JsonObject,
}

/** A run of a command, as a record has it. */
export interface Ran {
  readonly run: readonly string[]
  readonly folder?: string
  readonly exitCode?: number
}

/** A command record about the commit. */
export function ranOf(commands: readonly Ran[], more: Partial<Evidence> = {}): Evidence {
  const told = commands.map(({ run, folder = '.', exitCode = 0 }, index) => ({
    name: `command-${index}`,
    arguments: [...run],
    ...{ folder, exitCode, reports: [] },
  }))
  const predicate = { commit: COMMIT, commands: told }
  return piece({ family: 'command', commit: COMMIT, predicate, ...more })
}

/** The steps of a sequence of the policy. */
export function stepsOf(id: string): readonly Ran[] {
  const sequence = POLICY.sequences?.find((one) => one.id === id)
  const { folder } = sequence ?? {}
  return (sequence?.steps ?? []).map(({ run }) => ({
    run,
    ...(folder !== undefined && { folder }),
  }))
}

/** What an administrator signs of the export: that it is one, and that the bypass list was reviewed. */
export function exportOf(
  ruleset: JsonValue = RULESET,
  more: Partial<Evidence> = {},
  passedTests: readonly string[] = ['github-ruleset-bypass-list-reviewed'],
): Evidence {
  const sha256 = digestBytes('sha256', bytesOf(ruleset))
  return piece({
    family: 'test-result',
    signer: ADMIN,
    signedAt: NOW - DAY_MS,
    predicate: { passedTests, configuration: [{ name: EXPORT, digest: { sha256 } }] },
    ...more,
  })
}

/** A record of an incident, as it was computed. */
export function incidentOf(
  members: Readonly<Record<string, JsonValue>>,
  status: 'open' | 'closed' = 'open',
): Evidence {
  const outcome = status === 'closed' ? 'accepted' : 'missing'
  const reason = { name: 'incident', outcome, message: 'An incident' } as const
  return piece({
    family: 'incident',
    commit: COMMIT,
    predicate: { incident: 'inc-1', openedAt: '2026-04-09T12:00:00Z', ...members },
    computed: { status, outcome, facts: {}, reason },
  })
}

export const CI = ciOf({ passedTests: CHECKS })
export const SEQUENCES = (POLICY.sequences ?? []).map(({ id }) => ranOf(stepsOf(id)))

/** What a question is made of. */
export interface Question {
  readonly files?: Files
  readonly lineage?: ReleaseLineage | undefined
  readonly evidence?: readonly Evidence[]
  readonly more?: readonly Evidence[]
  /** Of other releases of the target. */
  readonly history?: readonly Evidence[]
  /** Paths that nobody names. */
  readonly loose?: readonly string[]
  readonly policy?: PolicyOf<'playbook'>
  readonly commit?: string | undefined
}

export const EVIDENCE: readonly Evidence[] = [CI, ...SEQUENCES, exportOf()]

/** Judges; all is passed where nothing is said otherwise. */
export function judge(asked: Question = {}) {
  const {
    files = FILES,
    evidence = EVIDENCE,
    more = [],
    loose = [],
    policy = POLICY,
    history = [],
  } = asked
  const lineage = 'lineage' in asked ? asked.lineage : LINEAGE
  const commit = 'commit' in asked ? asked.commit : COMMIT
  // The export is named by its administrator alone.
  const unnamed = new Set([EXPORT, ...loose])
  const signed = Object.fromEntries(Object.entries(files).filter(([path]) => !unnamed.has(path)))
  const all = [...evidence, commandOf(signed), ...more]
  const found = pathsOfOperations(policy, lineage).map((path): readonly [string, FoundFile] => {
    const value = files[path]
    return [
      path,
      value === undefined ? { kind: 'absent' } : { kind: 'read', bytes: bytesOf(value) },
    ]
  })
  const reports = bindReports(new Map(found), all)
  return judgeOperations({ policy, evidence: all, history, commit, lineage, reports, now: NOW })
}

/** Each control. */
export function controlsOf({ controls, closure }: OperationsFinding): readonly ControlFinding[] {
  return closure === undefined ? controls : [...controls, closure]
}

/** A control. */
export function controlIn(finding: OperationsFinding, id: string): ControlFinding {
  const found = controlsOf(finding).find((control) => control.id === id)
  if (found === undefined) throw new Error(`Expected the control ${id}`)
  return found
}

/** What a control comes to, and the codes of what stands in its way. */
export function toldOf(id: string, asked: Question = {}): readonly [string, ...string[]] {
  const { word, check } = controlIn(judge(asked), id)
  return [word, ...new Set(codesIn(check))]
}

function codesIn(check: ControlFinding['check']): readonly string[] {
  if (check.outcome === 'accepted') return []
  const own = check.code === undefined ? [] : [check.code]
  return [...own, ...(check.checks ?? []).flatMap(codesIn)]
}

export { COMMIT, LINEAGE, NOW, POLICY, DAY_MS }
