// Gates as SARIF 2.1.0 (OASIS), for whatever shows results of analyses: each requirement is a rule, each blocker a result at its rule.

import { escapeText, type JsonObject } from '../../../core/index.ts'
import { type Blocker, blockersOf, type Judgement, listsOf } from '../../../gate/index.ts'
import type { RequirementFinding } from '../../../policy/index.ts'
import { blockerClearing, blockerSentence } from '../blocker-text.ts'
import { placeOf } from './place.ts'

/** Section 3.27.10: what blocks is an error, what nobody could verify a warning. */
const LEVELS: Readonly<Record<Blocker['outcome'], 'error' | 'warning'>> = {
  missing: 'error',
  rejected: 'error',
  stale: 'error',
  error: 'error',
  unverified: 'warning',
}

/** The log, with one run. */
export function sarifOfGates(
  gates: readonly Judgement[],
  { policies, version }: { readonly policies: string; readonly version: string },
): JsonObject {
  const lists = gates.flatMap((finding) => listsOf(finding).map((list) => ({ list, finding })))
  const rules = new Map(
    lists
      .flatMap(({ list }) => list.findings.flatMap(leavesOf))
      .map((finding) => [finding.id, finding]),
  )
  const blockers = lists.flatMap(({ list, finding }) =>
    blockersOf(list, finding).map((blocker) => ({ blocker, finding })),
  )
  const ids = [...rules.keys()]
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'assay',
            semanticVersion: version,
            rules: [...rules.values()].map(({ id, requirement, check }) => ({
              id,
              shortDescription: { text: escapeText(requirement.title) },
              fullDescription: { text: escapeText(check.expected ?? requirement.title) },
            })),
          },
        },
        results: blockers.map(({ blocker, finding }) => ({
          ruleId: blocker.id,
          ruleIndex: ids.indexOf(blocker.id),
          level: LEVELS[blocker.outcome],
          kind: 'fail',
          message: {
            text: `${escapeText(blockerSentence(blocker))}. Clears: ${escapeText(blockerClearing(blocker))}`,
          },
          locations: [locationOf(blocker.finding, policies)],
          properties: { gate: finding.gate.id, list: blocker.list, outcome: blocker.outcome },
        })),
      },
    ],
  }
}

/** Blockers are told of the parts of requirements that all have to hold. */
function leavesOf(finding: RequirementFinding): readonly RequirementFinding[] {
  return 'all' in finding.requirement ? finding.parts.flatMap(leavesOf) : [finding]
}

function locationOf({ position }: RequirementFinding, folder: string): JsonObject {
  const { file, line, column } = placeOf(position, folder)
  return {
    physicalLocation: {
      artifactLocation: { uri: file.split('/').map(encodeURIComponent).join('/') },
      region: { startLine: line, startColumn: column },
    },
  }
}
