// A record as a person reads it: what it came to and by whose word, and below it every fact that was computed.

import { quote } from '../../core/index.ts'
import { flowText } from '../text-wrap.ts'
import type { TextOptions } from '../verdict-text.ts'
import { FAMILY_WORDS } from './family-words.ts'
import { readFacts } from './facts.ts'
import { part } from './part.ts'
import type { ToldRecord } from './told-record.ts'
import { showText } from '../shown-text.ts'

/** `accepted`, the longest of the outcomes, and two blanks. */
const MARGIN = ' '.repeat(10)

/**
 * The record, in lines without newlines:
 *
 *     accepted  deployment: deployed-as-intended, reported by "operator", entry 7
 *               intended and observed: 9f86d081884c; seen in: its files
 *
 * What somebody observed is told as reported by whoever signed it (seed ruling 2).
 *
 * @param indent blanks before every line
 */
export function renderRecord(
  record: ToldRecord,
  { columns }: TextOptions,
  indent = '',
): readonly string[] {
  const { family, status, outcome, evidence, origin } = record
  const facts = readFacts({ ...record.facts, ...(origin !== undefined && { origin }) })
  const by = facts.text('reportedBy')
  const head = [
    `${family}: ${status}`,
    by === undefined ? `signed by ${quote(record.signer)}` : `reported by ${by}`,
    ...(record.index === undefined ? [] : [`entry ${record.index}`]),
    ...(record.overtakenBy === undefined ? [] : [`made up for by ${record.overtakenBy}`]),
  ]
  const said = [
    ...(evidence === undefined ? [] : [`answers ${quote(evidence)}`]),
    ...FAMILY_WORDS[family](facts, status),
    part('dated by its signer', record.reportedAt),
    part('origin', facts.word('origin')?.replaceAll('-', ' ')),
    ...facts.rest(),
  ].filter((words) => words !== undefined)
  const width = columns - indent.length - MARGIN.length
  const [first = '', ...others] = flowText(head.map(showText), width, ', ')
  return [
    `${outcome.padEnd(MARGIN.length)}${first}`,
    ...[...others, ...flowText(said.map(showText), width, '; ')].map((line) => MARGIN + line),
  ].map((line) => indent + line)
}
