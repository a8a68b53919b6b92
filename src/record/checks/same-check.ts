// Records of the same check: a later failure takes an earlier success away, and a newer success makes up for an earlier failure.

import type { RecordFamily } from '../../policy/index.ts'
import { type Check, quote } from '../../core/index.ts'
import type { Family } from '../family.ts'
import { onceFor } from '../once.ts'
import { recordsBeside } from '../release/records-of.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { describeStanding, standsAs } from '../signer/standing.ts'
import { failed, passed, type ViewContext } from '../view.ts'
import { isNewer, isOlder } from '../time/order.ts'
import type { NamedResult } from './results.ts'

/** What a record says of its check: `nothing` where it is empty or incomplete, which neither helps nor hurts another one. */
export type Word = 'passed' | 'failed' | 'nothing'

/** The word of a list of results. */
export function wordOf(results: readonly { readonly result: NamedResult }[]): Word {
  if (results.length === 0) return 'nothing'
  return results.some(({ result }) => result === 'failed') ? 'failed' : 'passed'
}

/** How a family knows that two of its records are of the same check. */
export interface SameCheck<M> {
  readonly isSame: (one: FoldedRecord<M>, other: FoldedRecord<M>) => boolean
  /** What the check consists of, where it has parts: what failed in one record has to pass by the same name in a newer one. */
  readonly resultsOf?: (record: FoldedRecord<M>) => ReadonlyMap<string, NamedResult>
  /** Where a record tells when something was seen: true where it is no older than the other, whenever it was said. */
  readonly isAsRecent?: (record: FoldedRecord<M>, other: FoldedRecord<M>) => boolean
}

/** What makes it good again comes from somebody who may say so, and is not the older look. */
function mayMakeGood<M>(
  { isAsRecent = () => true }: SameCheck<M>,
  later: FoldedRecord<M>,
  earlier: FoldedRecord<M>,
): boolean {
  return standsAs(later, earlier) && isAsRecent(later, earlier)
}

/**
 * The last newer record of the same check in which everything passed that failed in the earlier one, by a signer who stands as that of the
 * earlier one: a failure that somebody else found stays beside it.
 */
type FindMakingUp<M> = (
  earlier: FoldedRecord<M>,
  among: readonly FoldedRecord<M>[],
) => FoldedRecord<M> | undefined

const NO_RESULTS: ReadonlyMap<string, NamedResult> = new Map()

/** Reads the results of each record once, however many it is held against; and of many looks at those that have what failed. */
export function makingUp<M>(sameCheck: SameCheck<M>): FindMakingUp<M> {
  const { isSame, resultsOf = () => NO_RESULTS } = sameCheck
  const partsOf = onceFor((record: FoldedRecord<M>) => {
    const results = resultsOf(record)
    const failures = [...results].filter(([, result]) => result === 'failed').map(([name]) => name)
    return { results, failures }
  })
  const byName = onceFor((among: readonly FoldedRecord<M>[]) => {
    const found = new Map<string, FoldedRecord<M>[]>()
    for (const record of among) {
      for (const name of partsOf(record).results.keys()) {
        const list = found.get(name)
        if (list === undefined) found.set(name, [record])
        else list.push(record)
      }
    }
    return found
  })
  return (earlier, among) => {
    const { failures } = partsOf(earlier)
    const [first] = failures
    const candidates = first === undefined ? among : byName(among).get(first)
    return candidates?.findLast((later) => {
      if (!isNewer(later, earlier) || !mayMakeGood(sameCheck, later, earlier)) return false
      if (!isSame(earlier, later)) return false
      const { results } = partsOf(later)
      // To pass with a warning is not to pass.
      return failures.every((name) => results.get(name) === 'passed')
    })
  }
}

/** The records of a family, and what each of them says. */
export interface Sayings<M> {
  readonly family: () => Family<RecordFamily, M>
  readonly sameCheck: SameCheck<M>
  readonly wordOf: (record: FoldedRecord<M>, context: ViewContext) => Word
}

/**
 * Makes the check of a family that is accepted unless a record of the same check failed later, and no newer one makes up for that. To a
 * record that is older than a failure before it, or that may not make it good, that one is later too. What is open is found once, for whoever asks in one context.
 */
export function laterFailureCheck<M>({ family, sameCheck, wordOf: read }: Sayings<M>) {
  const findMakingUp = makingUp(sameCheck)
  const openOf = onceFor((context: ViewContext, kind: string) => {
    const about = { kind } as FoldedRecord['about']
    const records = recordsBeside({ about }, family(), context.evidence)
    const words = records.map((record) => ({ record, word: read(record, context) }))
    const successes = words.filter(({ word }) => word === 'passed').map(({ record }) => record)
    return words
      .filter(({ word }) => word === 'failed')
      .filter(({ record }) => findMakingUp(record, successes) === undefined)
      .map(({ record }) => record)
  })
  return (record: FoldedRecord<M>, context: ViewContext): Check => {
    const last = openOf(context, record.about.kind).findLast(
      (other) =>
        other.sha256 !== record.sha256 &&
        sameCheck.isSame(record, other) &&
        (other.index > record.index ||
          isOlder(record, other) ||
          !mayMakeGood(sameCheck, record, other)),
    )
    if (last === undefined) {
      return passed('later-result', 'No later result of the same check speaks against it')
    }
    const where = `Record ${last.sha256} at entry ${last.index}`
    if (last.index > record.index || standsAs(record, last)) {
      const message = `${where} is a later result of the same check, and failed`
      return failed('later-result', 'rejected', 'record/later-failure', message)
    }
    const message = `${where} failed, and this result of the same check does not make it good`
    return failed('later-result', 'rejected', 'record/standing', message, {
      expected: describeStanding(last),
      found: quote(record.signer.principal),
    })
  }
}
