// Gates as Markdown, for pull requests, release notes and the summary of a CI run.

import {
  type Blocker,
  blockersOf,
  type Judgement,
  type ListFinding,
  listsOf,
} from '../../../gate/index.ts'
import {
  alsoSelected,
  blockerClearing,
  blockerReasons,
  blockerSentence,
  waiverWords,
} from '../blocker-text.ts'
import { DECISION_WORDS } from '../gate-text.ts'
import {
  type Obstacle,
  obstacleClearing,
  obstacleReasons,
  obstacleSentence,
  obstaclesOf,
  obstaclesOfGate,
  type ToldGates,
} from './told-gates.ts'
import { showText } from '../../shown-text.ts'

/** Everything that Markdown or HTML would take for more than text. */
const ACTIVE = /[\\`*_{}[\]()<>#+!|~&@:-]/g

/** One section for each gate; before them, what is wrong with the ledger that all of them rest on. */
export function markdownOfGates({ gates, checks }: ToldGates): string {
  const obstacles = obstaclesOf({ gates: [], checks })
  const ledger = ['## The ledger: no-go', '', ...obstacles.flatMap(obstacleLines), '']
  return [...(obstacles.length === 0 ? [] : [ledger.join('\n')]), ...gates.map(sectionOf)].join(
    '\n',
  )
}

function obstacleLines(obstacle: Obstacle): readonly string[] {
  const { name, outcome } = obstacle.check
  const { words, commands = [] } = obstacleClearing(obstacle) ?? {}
  return [
    `- **${outcome}**: ${plain(name)}: ${plain(obstacleSentence(obstacle))}`,
    ...obstacleReasons(obstacle).map((reason) => `  - because: ${plain(reason)}`),
    ...(words === undefined ? [] : [`  - clears: ${plain(words)}`]),
    ...commands.map(commandLine),
  ]
}

function sectionOf(finding: Judgement): string {
  const { gate, decision, subject, exceptions } = finding
  const about =
    subject.release?.id ?? (subject.commit === undefined ? 'nothing' : `commit ${subject.commit}`)
  const lines = [
    `## ${plain(gate.id)}: ${DECISION_WORDS[decision]}`,
    '',
    `- about: ${plain(about)}`,
    ...(subject.release?.digest === undefined ? [] : [`- set: ${subject.release.digest}`]),
    ...allowedLines(finding),
    ...obstaclesOfGate(finding).flatMap(obstacleLines),
    ...exceptions.map(
      ({ check, owner, expires }) =>
        `- exception: ${plain(check)}, until ${plain(expires)}, by ${plain(owner)}`,
    ),
    ...listsOf(finding).flatMap((list) => listLines(list, finding)),
    '',
  ]
  return lines.join('\n')
}

function allowedLines(finding: Judgement): readonly string[] {
  if ('requirements' in finding) return []
  return [
    `- deployment allowed: ${finding.isDeployable ? 'yes' : 'no'}`,
    `- production ready: ${finding.isProductionReady ? 'yes' : 'no'}`,
  ]
}

function listLines(list: ListFinding, finding: Judgement): readonly string[] {
  const accepted = list.findings.filter(({ outcome }) => outcome === 'accepted').length
  return [
    '',
    `### ${plain(list.list === 'fulfilment' ? `fulfilment of ${list.policy}` : list.list)}: ${accepted} of ${list.findings.length}`,
    '',
    ...list.findings
      .filter(({ outcome }) => outcome === 'accepted')
      .map(({ id }) => `- accepted: ${plain(id)}`),
    ...blockersOf(list, finding).flatMap((blocker) => [
      `- **${blocker.outcome}**: ${plain(blocker.id)}`,
      ...blockerBody(blocker),
    ]),
  ]
}

function blockerBody(blocker: Blocker): readonly string[] {
  const { words, commands } = blockerClearing(blocker)
  const also = alsoSelected(blocker)
  return [
    `  - ${plain(blockerSentence(blocker))}`,
    ...blockerReasons(blocker).map((reason) => `  - because: ${plain(reason)}`),
    `  - rule: ${plain(blocker.finding.position)}`,
    ...(also.length === 0 ? [] : [`  - looked at: ${also.join(' ')}`]),
    `  - clears: ${plain(words)}`,
    ...commands.map(commandLine),
    ...waiverWords(blocker).map((text) => `  - ${plain(text)}`),
  ]
}

function commandLine(command: string): string {
  return `  - run: ${code(command)}`
}

/** Code, to be copied as it stands: between more backticks than it has in a row. */
export function code(text: string): string {
  const shown = showText(text)
  const longest = Math.max(0, ...(shown.match(/`+/g) ?? []).map(({ length }) => length))
  const fence = '`'.repeat(longest + 1)
  const gap = longest === 0 ? '' : ' '
  return `${fence}${gap}${shown}${gap}${fence}`
}

/** Text that stays text: no markup, no link, no mention. Some readers make links of names and addresses wherever they find them. */
export function plain(text: string): string {
  return showText(text)
    .replace(ACTIVE, (character) =>
      character === '<' ? '&lt;' : character === '@' ? '@&#8203;' : `\\${character}`,
    )
    .replace(/www\./gi, (name) => `${name.slice(0, -1)}\\.`)
}
