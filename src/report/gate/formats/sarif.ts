// Gates as SARIF 2.1.0 (OASIS), for whatever shows results of analyses: each requirement is a rule, each blocker a result at its rule;
// what allows nothing by itself is a result as well.

import { strict as assert } from 'node:assert'
import { join } from 'node:path/posix'
import { type JsonObject } from '../../../core/index.ts'
import { type Blocker, listsOf } from '../../../gate/index.ts'
import type { RequirementFinding } from '../../../policy/index.ts'
import { blockerMessage } from '../blocker-text.ts'
import { placeOf } from './place.ts'
import { type Obstacle, obstacleMessage, obstaclesOf, type ToldGates } from './told-gates.ts'
import { type ToldBlocker, toldBlockers } from './told-blockers.ts'
import { showText } from '../../shown-text.ts'

/** Section 3.27.10: what blocks is an error, what nobody could verify a warning. */
const LEVELS: Readonly<Record<Blocker['outcome'], 'error' | 'warning'>> = {
  missing: 'error',
  rejected: 'error',
  stale: 'error',
  error: 'error',
  unverified: 'warning',
}

/** Where things are, from where the tool looks at files. */
export interface SarifOptions {
  readonly policies: string
  readonly ledger: string
  readonly version: string
}

/** The log, with one run. */
export function sarifOfGates(told: ToldGates, options: SarifOptions): JsonObject {
  const { policies, version } = options
  const lists = told.gates.flatMap((finding) => listsOf(finding).map((list) => ({ list, finding })))
  const blockers = lists.flatMap(({ list, finding }) =>
    toldBlockers(list, finding).map((one) => ({ ...one, finding })),
  )
  // A whole of which every part is accepted can be a blocker, too: the time of its policy is over.
  const rules = new Map(
    [
      ...lists.flatMap(({ list }) => list.findings.flatMap(leavesOf)),
      ...blockers.map(({ blocker }) => blocker.finding),
    ].map((finding) => [finding.id, finding]),
  )
  const obstacles = obstaclesOf(told)
  const causes = new Map(obstacles.map((obstacle) => [ruleIdOf(obstacle), obstacle]))
  const indexes = new Map([...causes.keys(), ...rules.keys()].map((id, index) => [id, index]))
  const ruleOf = (ruleId: string) => {
    const ruleIndex = indexes.get(ruleId)
    assert(ruleIndex !== undefined, 'rules are made of everything that is told')
    return { ruleId, ruleIndex }
  }
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'assay',
            semanticVersion: version,
            rules: [
              ...[...causes].map(([id, { check }]) => ({
                id,
                shortDescription: { text: showText(check.message) },
              })),
              ...[...rules.values()].map(({ id, requirement, check }) => ({
                id,
                shortDescription: { text: showText(requirement.title) },
                fullDescription: { text: showText(check.expected ?? requirement.title) },
              })),
            ],
          },
        },
        results: [
          ...obstacles.map((obstacle) => ({
            ...ruleOf(ruleIdOf(obstacle)),
            ...resultOfObstacle(obstacle, options),
          })),
          ...blockers.map(({ finding, ...told }) => ({
            ...ruleOf(told.blocker.id),
            ...weightOf(told),
            message: { text: blockerMessage(told.blocker) },
            locations: [locationOf(told.blocker.finding, policies)],
            properties: {
              gate: finding.gate.id,
              list: told.blocker.list,
              outcome: told.blocker.outcome,
              evidence: [...told.blocker.finding.selected],
            },
          })),
        ],
      },
    ],
  }
}

/**
 * Section 3.27.9: what keeps a gate from nothing is no failure, and has no level then. What an exception lets by has failed and is suppressed
 * (3.35), on the word of the waiver.
 */
function weightOf({ blocker, effect }: ToldBlocker): JsonObject {
  if (effect === 'aside') return { level: 'none', kind: 'informational' }
  const failed = { level: LEVELS[blocker.outcome], kind: 'fail' }
  if (effect === 'blocks' || blocker.waiver === undefined) return failed
  const { reason } = blocker.waiver
  const suppression = { kind: 'external', status: 'accepted', justification: showText(reason) }
  return { ...failed, suppressions: [suppression] }
}

/** The code of the check: what failed is the same whatever gate it is of. */
function ruleIdOf({ check: { code, name } }: Obstacle): string {
  return code ?? name
}

/** At the head of the ledger: it is of no rule of a policy, and tools show nothing that is nowhere. */
function resultOfObstacle(obstacle: Obstacle, { ledger }: SarifOptions): JsonObject {
  const { gate, check } = obstacle
  return {
    level: 'error',
    kind: 'fail',
    message: { text: obstacleMessage(obstacle) },
    locations: [{ physicalLocation: placed(join(ledger, 'checkpoint'), 1, 1) }],
    properties: { ...(gate !== undefined && { gate }), outcome: check.outcome },
  }
}

/** Blockers are told of the parts of requirements that all have to hold. */
function leavesOf(finding: RequirementFinding): readonly RequirementFinding[] {
  return 'all' in finding.requirement ? finding.parts.flatMap(leavesOf) : [finding]
}

function locationOf({ position }: RequirementFinding, folder: string): JsonObject {
  const { file, line, column } = placeOf(position, folder)
  return { physicalLocation: placed(file, line, column) }
}

function placed(file: string, startLine: number, startColumn: number): JsonObject {
  return {
    artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
    region: { startLine, startColumn },
  }
}
