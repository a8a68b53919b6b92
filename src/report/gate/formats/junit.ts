// Gates as JUnit XML, for whatever shows test results: each list is a suite, each requirement a case. What allows nothing by itself is a
// suite of its own.

import { type Blocker, type Judgement, type ListFinding, listsOf } from '../../../gate/index.ts'
import {
  alsoSelected,
  blockerClearing,
  blockerReasons,
  blockerSentence,
  waiverWords,
} from '../blocker-text.ts'
import {
  type Obstacle,
  obstacleClearing,
  obstacleReasons,
  obstacleSentence,
  obstaclesOf,
  type ToldGates,
} from './told-gates.ts'
import { type BlockerEffect, effectOf, type ToldBlocker, toldBlockers } from './told-blockers.ts'
import { showText } from '../../shown-text.ts'

/** One document. A case that blocks has failed; one that is not accepted and keeps the gate from nothing is skipped. */
export function junitOfGates(told: ToldGates): string {
  const lists = told.gates.flatMap((finding) =>
    listsOf(finding).map((list) => suiteOf(list, finding)),
  )
  const suites = [...suiteOfObstacles(told), ...lists]
  const sum = (member: 'tests' | 'failures' | 'skipped') =>
    suites.reduce((total, suite) => total + suite[member], 0)
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="assay gate" tests="${sum('tests')}" failures="${sum('failures')}" errors="0" skipped="${sum('skipped')}">`,
    ...suites.flatMap(({ lines }) => lines),
    '</testsuites>',
    '',
  ].join('\n')
}

interface Suite {
  readonly lines: readonly string[]
  readonly tests: number
  readonly failures: number
  readonly skipped: number
}

/** None where there are none: whoever reads results looks at what failed. */
function suiteOfObstacles(told: ToldGates): readonly Suite[] {
  const obstacles = obstaclesOf(told)
  const count = obstacles.length
  if (count === 0) return []
  const lines = [
    `  <testsuite name="ledger" tests="${count}" failures="${count}" errors="0" skipped="0">`,
    ...obstacles.flatMap((obstacle) => [
      `    <testcase classname="${attribute(obstacle.gate ?? 'ledger')}" name="${attribute(obstacle.id)}">`,
      `      <failure type="${obstacle.check.outcome}" message="${attribute(obstacleSentence(obstacle))}">${bodyOf(obstacleLines(obstacle))}</failure>`,
      '    </testcase>',
    ]),
    '  </testsuite>',
  ]
  return [{ lines, tests: count, failures: count, skipped: 0 }]
}

function suiteOf(list: ListFinding, finding: Judgement): Suite {
  const accepted = list.findings.filter(({ outcome }) => outcome === 'accepted')
  const blockers = toldBlockers(list, finding)
  const isEmpty = list.findings.length === 0
  const open = blockers.length + (isEmpty ? 1 : 0)
  const effect = effectOf(list, finding)
  const counts = {
    tests: accepted.length + open,
    failures: effect === 'blocks' ? open : 0,
    skipped: effect === 'blocks' ? 0 : open,
  }
  const { tests, failures, skipped } = counts
  const policy = attribute(list.policy)
  return {
    ...counts,
    lines: [
      `  <testsuite name="${attribute(nameOf(list, finding))}" tests="${tests}" failures="${failures}" errors="0" skipped="${skipped}">`,
      ...accepted.map(({ id }) => `    <testcase classname="${policy}" name="${attribute(id)}"/>`),
      ...blockers.flatMap((told) => caseOf(told, policy)),
      ...(isEmpty ? emptyCase(effect, policy) : []),
      '  </testsuite>',
    ],
  }
}

/** Unlike that of any other suite: of fulfilment there is a list for each policy behind a gate. */
function nameOf({ list, policy }: ListFinding, { gate }: Judgement): string {
  return list === 'fulfilment' ? `${gate.id} ${list} of ${policy}` : `${gate.id} ${list}`
}

function caseOf({ blocker, effect }: ToldBlocker, policy: string): readonly string[] {
  const message = attribute(blockerSentence(blocker))
  const body = bodyOf(blockerBody(blocker))
  const result =
    effect === 'blocks'
      ? [`      <failure type="${blocker.outcome}" message="${message}">${body}</failure>`]
      : [
          `      <skipped message="${blocker.outcome}, ${SKIPPED[effect]}: ${message}"/>`,
          `      <system-out>${body}</system-out>`,
        ]
  return [
    `    <testcase classname="${policy}" name="${attribute(blocker.id)}">`,
    ...result,
    '    </testcase>',
  ]
}

const SKIPPED: Readonly<Record<Exclude<BlockerEffect, 'blocks'>, string>> = {
  exception: 'let by as an exception',
  aside: 'and decides nothing here',
}

/** An empty list shows nothing, and a suite without cases would pass. */
function emptyCase(effect: BlockerEffect, policy: string): readonly string[] {
  const [element, type] = effect === 'blocks' ? ['failure', ' type="missing"'] : ['skipped', '']
  return [
    `    <testcase classname="${policy}" name="requirements">`,
    `      <${element}${type} message="The list asks for nothing, and so nothing is shown"/>`,
    '    </testcase>',
  ]
}

/** One line for each. */
function bodyOf(lines: readonly string[]): string {
  return lines.map(attribute).join('\n')
}

function obstacleLines(obstacle: Obstacle): readonly string[] {
  const { words, commands = [] } = obstacleClearing(obstacle) ?? {}
  return [
    ...obstacleReasons(obstacle).map((reason) => `because: ${reason}`),
    ...(words === undefined ? [] : [`clears: ${words}`]),
    ...commands.map((command) => `$ ${command}`),
  ]
}

function blockerBody(blocker: Blocker): readonly string[] {
  const { words, commands } = blockerClearing(blocker)
  const also = alsoSelected(blocker)
  return [
    ...blockerReasons(blocker).map((reason) => `because: ${reason}`),
    `rule: ${blocker.finding.position}`,
    ...also.map((sha256) => `looked at: ${sha256}`),
    `clears: ${words}`,
    ...commands.map((command) => `$ ${command}`),
    ...waiverWords(blocker),
  ]
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
}

/** Of characters that XML 1.0 does not have, these two are left by the escapes of texts. */
const ABSENT = /[\u{fffe}\u{ffff}]/gu

/** The text in a value of an attribute, or between two tags. */
function attribute(text: string): string {
  return showText(text)
    .replace(ABSENT, (character) => `\\u{${character === '\ufffe' ? 'fffe' : 'ffff'}}`)
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? '')
}
