// What the gates of a project come to: the ledger is judged, its releases are collected, and each gate is asked.

import { type Check, type Instant, type Result, accept } from '../../core/index.ts'
import {
  type CandidateCommit,
  collectProject,
  countProject,
  type Counter,
  type GateFinding,
  type GateSubject,
  judgeGate,
  judgeRequirements,
  type PostureLine,
  type Project,
  postureOf,
  type RequirementsFinding,
  requirementsOfGate,
} from '../../gate/index.ts'
import type { Host } from '../../host/index.ts'
import type { TreeHead } from '../../ledger/index.ts'
import {
  answerExpressions,
  type EvidenceIndex,
  type ExpressionAnswers,
  type PlacedRequirement,
  type PolicyOf,
  type Registry,
  requirementsOf,
} from '../../policy/index.ts'
import { judgeCommit, type LedgerScope } from '../../record/index.ts'
import { principalsWith } from '../../trust/index.ts'
import { judgeLedger } from '../judging/ledger-judging.ts'
import type { LedgerSetting } from '../judging/ledger-setting.ts'
import type { OtherEntries } from '../judging/release-pass.ts'

/** What is asked of the gates. */
export interface GatesQuestion extends Omit<LedgerSetting, 'registry'> {
  readonly registry: Registry
  /** The commit that the next release would be built from; else the one that the ledger last heard of. */
  readonly commit: string | undefined
  readonly isStrict: boolean
  readonly scope: LedgerScope
  /** The release that policies of requirements are asked about; else the newest one that they are for. */
  readonly release: string | undefined
}

/** What came of it. */
export interface JudgedGates extends JudgedProject {
  /** Of the ledger: without them nothing that is computed of it counts. */
  readonly checks: readonly Check[]
  readonly head?: TreeHead
}

/** What came of the project that a ledger holds. */
export interface JudgedProject {
  /** Of all gates, in the order of the registry. */
  readonly gates: readonly GateFinding[]
  /** Of all policies of requirements. */
  readonly policies: readonly RequirementsFinding[]
  readonly counters: readonly Counter[]
  readonly posture: readonly PostureLine[]
  /** What each was judged over, by its id. */
  readonly evidence: ReadonlyMap<string, EvidenceIndex>
}

/** Judges every gate of the registry. */
export async function judgeGates(
  host: Host,
  question: GatesQuestion,
): Promise<Result<JudgedGates>> {
  const { registry, scope, release } = question
  const collection = collectProject(registry, release)
  const ledger = await judgeLedger(host, {
    ...question,
    scope,
    only: undefined,
    onRelease: (view, { refused, lost }) => collection.add(view, refused.length + lost.length),
  })
  if (!ledger.ok) return ledger
  const { checks, head, others } = ledger.value
  const judged = await judgeProject(host, { project: collection.close(), others }, question)
  return accept({ checks, ...(head !== undefined && { head }), ...judged })
}

/** What is asked of a project whose releases were looked at. */
export type ProjectQuestion = Pick<
  GatesQuestion,
  'registry' | 'commit' | 'isStrict' | 'now' | 'at' | 'trust'
>

/** Asks every gate and every policy of requirements, and counts. */
export async function judgeProject(
  host: Pick<Host, 'evaluateExpressions'>,
  { project, others }: { readonly project: Project; readonly others: readonly OtherEntries[] },
  question: ProjectQuestion,
): Promise<JudgedProject> {
  const { registry, isStrict, now, at } = question
  const gates: GateFinding[] = []
  const indexes = new Map<string, EvidenceIndex>()
  for (const gate of registry.of('gate').values()) {
    const { subject, evidence } = project.of(gate.id, candidateOf(gate, others, question))
    indexes.set(gate.id, evidence)
    const around = { registry, subject, evidence, now: at ?? now, isStrict }
    const answers = await askExpressions(host, requirementsOfGate(gate, registry), around)
    gates.push(judgeGate({ gate, ...around, answers }))
  }
  const policies: RequirementsFinding[] = []
  for (const policy of registry.of('requirements').values()) {
    const around = { registry, ...project.of(policy.id), now: at ?? now, isStrict }
    indexes.set(policy.id, around.evidence)
    const answers = await askExpressions(host, requirementsOf(policy), around)
    policies.push(judgeRequirements({ policy, ...around, answers }))
  }
  const counters = countProject(project.state)
  const posture = postureOf(project.state, counters, gates)
  return { gates, policies, counters, posture, evidence: indexes }
}

interface Around {
  readonly subject: GateSubject
  readonly evidence: EvidenceIndex
  readonly now: Instant
}

function askExpressions(
  host: Pick<Host, 'evaluateExpressions'>,
  requirements: readonly PlacedRequirement[],
  { subject: { release, commit }, evidence, now }: Around,
): Promise<ExpressionAnswers> {
  const expressions = { evaluate: host.evaluateExpressions }
  return answerExpressions(requirements, evidence, { release, commit, now, expressions })
}

/** The commit that is asked about, or the last one that an entry of the ledger is about. */
function candidateOf(
  gate: PolicyOf<'gate'>,
  others: readonly OtherEntries[],
  { commit: asked, registry, trust, now, at }: ProjectQuestion,
): CandidateCommit | undefined {
  const commits = others.filter(({ about }) => about.startsWith(COMMIT))
  const found =
    asked === undefined
      ? commits.toSorted((a, b) => lastOf(b) - lastOf(a))[0]
      : commits.find(({ about }) => about === `${COMMIT}${asked}`)
  if (found === undefined) {
    return asked === undefined
      ? undefined
      : { commit: asked, records: [], refused: 0, isNamed: true }
  }
  const commit = found.about.slice(COMMIT.length)
  const [target] = gate.scope.targets
  const [channel] = gate.scope.channels
  const records = judgeCommit({
    commit,
    place: { target, channel },
    items: found.found.items,
    registry,
    now: at ?? now,
    holdersOf: (roles) => principalsWith(trust, roles),
  })
  const refused = found.found.refused.length + found.found.lost.length
  return { commit, records, refused, isNamed: asked !== undefined }
}

const COMMIT = 'git:'

function lastOf({ found }: OtherEntries): number {
  return found.items.reduce((last, { index }) => Math.max(last, index), -1)
}
