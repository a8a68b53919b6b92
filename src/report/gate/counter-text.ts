// Counters as a person reads them: the number, its live and its local part, what was counted, and the rule.

import {
  COUNTERS,
  type CountedBeside,
  type CountedOrigins,
  type Counter,
  type UncountedId,
} from '../../gate/index.ts'
import { wrapText } from '../text-wrap.ts'
import type { TextOptions } from '../verdict-text.ts'
import { commandsFor } from './clearing-commands.ts'
import { COUNTER_WORDS } from './counter-words.ts'
import { showText } from '../shown-text.ts'

/** On whose word something that is no public root is live. */
export interface CounterOptions extends TextOptions {
  /** SHA-256 of the trust document. */
  readonly trust: string
}

const LABEL_WIDTH = Math.max(...COUNTERS.map((name) => COUNTER_WORDS[name].label.length)) + 2
const NUMBER_WIDTH = '9999/9999'.length
const MARGIN = '  '

/**
 * All counters:
 *
 *     Signed provenance          0/2  live 0, local 0
 *       counts: approval records of whose gate …
 *
 * @returns lines, each with its newline
 */
export function renderCounters(counters: readonly Counter[], options: CounterOptions): string {
  return counters.map((counter) => renderCounter(counter, options)).join('')
}

function renderCounter(counter: Counter, { columns, trust }: CounterOptions): string {
  const { label, rule } = COUNTER_WORDS[counter.name]
  const { count, of, origins, beside = [], counted, lacking = [] } = counter
  const number = of === undefined ? `${count}` : `${count}/${of}`
  const parts = [
    ...(origins === undefined ? [] : [`live ${origins.live}, local ${origins.local}`]),
    ...beside.map(({ word, count: more }) => `${word} ${more}`),
  ]
  const besideIds = beside.map(({ word, counted: ids }) => ({ word, ids: new Set(ids) }))
  const lines = [
    `${label.padEnd(LABEL_WIDTH)}${number.padStart(NUMBER_WIDTH)}  ${parts.join('; ')}`.trimEnd(),
    ...declarationOf(origins, trust),
    ...wrapText(`counts: ${rule}`, columns - MARGIN.length).map((line) => MARGIN + line),
    ...counted.map((id) => `${MARGIN}- ${showText(id)}${besideWords(id, besideIds)}`),
    ...lacking.flatMap((one) => lackingLines(counter.name, one)),
  ]
  return lines.map((line) => `${line}\n`).join('')
}

/** Of a ledger of a hundred thousand records each is looked up. */
interface BesideIds extends Pick<CountedBeside, 'word'> {
  readonly ids: ReadonlySet<string>
}

/** `: recorded, not fulfilled`. */
function besideWords(id: string, beside: readonly BesideIds[]): string {
  const words = beside.map(({ word, ids }) => (ids.has(id) ? word : `not ${word}`))
  return words.length === 0 ? '' : `: ${words.join(', ')}`
}

/** What is not counted, why, and the commands that change it. */
function lackingLines(name: Counter['name'], { id, release }: UncountedId): readonly string[] {
  const isOfProvenance = name === 'signed-provenance'
  const commands =
    isOfProvenance && release !== undefined
      ? commandsFor({ family: 'provenance' }, { release: { ...NOWHERE, id: release } })
      : []
  return [
    `${MARGIN}- not counted: ${showText(id)}: ${showText(lackingWords(isOfProvenance, release))}`,
    ...commands.map((command) => `${MARGIN}  $ ${showText(command)}`),
  ]
}

function lackingWords(isOfProvenance: boolean, release: string | undefined): string {
  if (!isOfProvenance) return 'there is not exactly one approval record of it'
  return release === undefined
    ? 'no release of its gate is in use; a tracking record of one has to be adopted first'
    : `no accepted provenance of the release ${release}`
}

/** A command takes the rest from the id of the release. */
const NOWHERE = { target: '', channel: '' } as const

/** Ruling 6: a root is live by its digest, or because a trust document says so. */
function declarationOf(origins: CountedOrigins | undefined, trust: string): readonly string[] {
  if (origins === undefined || origins.declaredLive === 0) return []
  const which = origins.declaredLive === origins.live ? 'live' : `${origins.declaredLive} live`
  return [`${MARGIN}${which} by declaration of trust document ${trust}`]
}
