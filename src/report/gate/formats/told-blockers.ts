// What formats of other tools tell of each requirement that is not satisfied: whether it keeps the gate from anything.

import {
  type Blocker,
  blockersOf,
  decidingLists,
  type Judgement,
  type ListFinding,
} from '../../../gate/index.ts'

/**
 * What a blocker does at its gate: it blocks; it is let by, by exception; or it decides nothing, as whatever fulfilment asks for. A gate that
 * is go has none that blocks, in whatever format.
 */
export type BlockerEffect = 'blocks' | 'exception' | 'aside'

/** A blocker and what it does. */
export interface ToldBlocker {
  readonly blocker: Blocker
  readonly effect: BlockerEffect
}

/** What any blocker of the list does, were there one. */
export function effectOf(list: ListFinding, finding: Judgement): BlockerEffect {
  if (!decidingLists(finding).includes(list)) return 'aside'
  return finding.decision === 'no-go' ? 'blocks' : 'exception'
}

/** Those of a list. */
export function toldBlockers(list: ListFinding, finding: Judgement): readonly ToldBlocker[] {
  const effect = effectOf(list, finding)
  return blockersOf(list, finding).map((blocker) => ({ blocker, effect }))
}
