// Which families are decisions: where the trust document names their type in a role, they are made in that role.

import type { RecordFamily } from './vocabulary.ts'

/** Decisions that are counted together. */
export const COUNTED_DECISIONS = [
  'approval',
  'adoption-review',
] as const satisfies readonly RecordFamily[]

/** All of them. Of the others the word of one is enough. */
export const DECISIONS = [
  ...COUNTED_DECISIONS,
  'review',
  'certification',
  'waiver',
] as const satisfies readonly RecordFamily[]
