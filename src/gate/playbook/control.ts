// A control of a playbook (seed 002): the one form that all parts of a playbook come to, whatever they are judged from.

import type { Check, Outcome } from '../../core/index.ts'
import type { ControlClearing } from './control-clearing.ts'

/** What a control comes to. */
export const CONTROL_WORDS = ['passed', 'unverified', 'missing', 'failed'] as const

/** One of {@link CONTROL_WORDS}, from the best to the worst. */
export type ControlWord = (typeof CONTROL_WORDS)[number]

/** Whose it is to mend (section 6). */
export const OWNER_CLASSES = ['maintainers', 'administrators', 'release-owner'] as const

/** One of {@link OWNER_CLASSES}. */
export type OwnerClass = (typeof OWNER_CLASSES)[number]

/** What a control is called, and where it stands in the playbook. */
export interface ControlPlace {
  readonly id: string
  readonly title: string
  readonly owner: OwnerClass
  /** Of the playbook: `2.1`. */
  readonly section: string
}

/** What was found of a control. */
export interface JudgedControl {
  readonly check: Check
  /** What would clear it, where it is not accepted. */
  readonly clearing: ControlClearing
  /** The controls that it is unverified for, where it tells of others: an executive summary does. */
  readonly affected?: readonly string[]
}

/**
 * A control, judged. The one that an exception may be made for has the id that the policy's exception names.
 *
 * @example { id: 'runtime_canary', title: 'Runtime canary', owner: 'maintainers', section: '2.1', outcome: 'accepted', word: 'passed', check: { … } }
 */
export interface ControlFinding extends ControlPlace {
  readonly outcome: Outcome
  readonly word: ControlWord
  readonly check: Check
  /** What would clear it; absent where it is passed. */
  readonly clearing?: ControlClearing
  /** As it was judged. */
  readonly affected?: readonly string[]
}

/** What was found of a control, in its place. */
export function controlOf(
  { id, title, owner, section }: ControlPlace,
  { check, clearing, affected }: JudgedControl,
): ControlFinding {
  const { outcome } = check
  return {
    ...{ id, title, owner, section, outcome, word: wordOf(outcome), check },
    ...(outcome !== 'accepted' && { clearing }),
    ...(affected !== undefined && { affected }),
  }
}

/** What is stale or could not be judged is failed. */
function wordOf(outcome: Outcome): ControlWord {
  if (outcome === 'accepted') return 'passed'
  return outcome === 'unverified' || outcome === 'missing' ? outcome : 'failed'
}
