// What a person reads of the records of each family: one table, of the facts of the views alone. Nothing is computed here.

import type { RecordFamily } from '../../policy/index.ts'
import { BUILD_WORDS } from './build-words.ts'
import { DECISION_WORDS } from './decision-words.ts'
import type { Facts } from './facts.ts'
import { OBSERVATION_WORDS } from './observation-words.ts'
import { RELEASE_WORDS } from './release-words.ts'

/** The words of a family, from its facts: parts that stand one after the other; an undefined one has nothing to say. */
export type FamilyWords = (facts: Facts, status: string) => readonly (string | undefined)[]

/** By family. */
export const FAMILY_WORDS: Readonly<Record<RecordFamily, FamilyWords>> = {
  ...BUILD_WORDS,
  ...DECISION_WORDS,
  ...OBSERVATION_WORDS,
  ...RELEASE_WORDS,
}
