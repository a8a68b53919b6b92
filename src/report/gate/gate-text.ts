// A gate as a person reads it: what it decides, the blockers of each list, and the waivers beside them.

import { countOf, quote } from '../../core/index.ts'
import {
  blockersOf,
  type Judgement,
  type ListFinding,
  listsOf,
  type Waived,
} from '../../gate/index.ts'
import { wrapText } from '../text-wrap.ts'
import type { TextOptions } from '../verdict-text.ts'
import { blockerLines } from './blocker-text.ts'
import {
  obstacleClearing,
  obstacleReasons,
  obstacleSentence,
  obstaclesOfGate,
} from './formats/told-gates.ts'
import { showText } from '../shown-text.ts'

/** What a decision is called. */
export const DECISION_WORDS = {
  go: 'go',
  'go-by-exception': 'go by exception',
  'no-go': 'no-go',
} as const

/**
 * One gate:
 *
 *     no-go  gate.release_target.render_production_launch
 *       about: the release production__web__v1.2.0__4711-1
 *       set: 5f0c6d2b5c3e1f4a…
 *       deployment allowed: no; production ready: no
 *     deploy: 2 of 7 accepted
 *       missing     gate.release_target.render_production_launch#signed-provenance
 *         …
 *
 * @returns lines, each with its newline
 */
export function renderGate(finding: Judgement, options: TextOptions): string {
  const { gate, decision, waivers, exceptions } = finding
  const others = waivers.used.filter((waived) => !exceptions.includes(waived))
  const lines = [
    `${DECISION_WORDS[decision]}  ${gate.id}`,
    `  about: ${subjectWords(finding)}`,
    ...setLines(finding),
    ...allowedLines(finding),
    ...obstacleLines(finding, options),
    ...listsOf(finding).flatMap((list) => listLines(list, finding, options)),
    ...waiverLines('exception', exceptions, options),
    ...waiverLines('waiver, of what does not decide', others, options),
    ...waiverLines('waiver, without effect', waivers.ineffective, options),
    ...waiverLines('waiver, unused', waivers.unused, options),
    ...waivers.idle.flatMap(({ status, ...waived }) =>
      waiverLines(`waiver, ${status}`, [waived], options),
    ),
  ]
  const isShown = lines.some((line) => line.startsWith(COMMAND))
  const note = isShown ? wrapText(COMMANDS_NOTE, options.columns) : []
  return [...lines, ...note].map((line) => `${line}\n`).join('')
}

const COMMAND = '    $ '
/** Below commands. */
export const COMMANDS_NOTE =
  'Each command also takes who signs (--key FILE or --sigstore) and where (--trust FILE, --ledger DIR, --policies DIR); what is in capitals is for you to say.'

/** What is deployed, by its digest, before anything that is said of it; nothing where its records do not agree on one. */
function setLines({ subject: { release } }: Judgement): readonly string[] {
  return release?.digest === undefined ? [] : [`  set: ${release.digest}`]
}

function allowedLines(finding: Judgement): readonly string[] {
  if ('requirements' in finding) return []
  const { isDeployable, launch, isProductionReady } = finding
  const ready =
    launch === undefined ? 'no (it is not a gate to production)' : yesOrNo(isProductionReady)
  return [`  deployment allowed: ${yesOrNo(isDeployable)}; production ready: ${ready}`]
}

function obstacleLines(finding: Judgement, { columns }: TextOptions): readonly string[] {
  const wrapped = (text: string, indent: string) =>
    wrapText(showText(text), columns - indent.length).map((line) => indent + line)
  return obstaclesOfGate(finding).flatMap((obstacle) => {
    const { words, commands = [] } = obstacleClearing(obstacle) ?? {}
    return [
      ...wrapped(obstacleSentence(obstacle), '  '),
      ...obstacleReasons(obstacle).flatMap((reason) => wrapped(`because: ${reason}`, '    ')),
      ...(words === undefined ? [] : wrapped(`clears: ${words}`, '    ')),
      ...commands.map((command) => `${COMMAND}${showText(command)}`),
    ]
  })
}

function subjectWords({ subject: { release, commit } }: Judgement): string {
  if (release !== undefined) return `the release ${showText(release.id)}`
  return commit === undefined
    ? 'no release and no commit'
    : `the commit ${commit}, before any release`
}

function listLines(list: ListFinding, finding: Judgement, options: TextOptions): readonly string[] {
  const accepted = list.findings.filter(({ outcome }) => outcome === 'accepted').length
  const total = list.findings.length
  const name = list.list === 'fulfilment' ? `fulfilment of ${list.policy}` : list.list
  const count =
    total === 0
      ? 'asks for nothing, and so nothing is shown'
      : `${accepted} of ${countOf(total, 'requirement')} accepted`
  return [
    `${name}: ${count}`,
    ...blockersOf(list, finding).flatMap((blocker) => blockerLines(blocker, options)),
  ]
}

function waiverLines(
  word: string,
  waivers: readonly Waived[],
  { columns }: TextOptions,
): readonly string[] {
  return waivers.flatMap(({ check, owner, reason, expires, sha256 }) =>
    wrapText(
      showText(
        `${word}: ${check}, until ${expires}, by ${quote(owner)}, for ${quote(reason)} (${sha256})`,
      ),
      columns - 2,
    ).map((line) => `  ${line}`),
  )
}

function yesOrNo(is: boolean): string {
  return is ? 'yes' : 'no'
}
