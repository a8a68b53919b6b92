// What speaks against a release: families that never say anything else, and of others what their records come to where they do.

import type { EvidenceFamily } from './evidence.ts'

interface Opposing {
  readonly family: EvidenceFamily
  /** With which it does; without one, whatever it comes to. */
  readonly status?: string
  /** No later record of another kind makes it good: there is no way back from a withdrawal, and an incident is closed by its own records. */
  readonly isLasting: boolean
}

/** Each family of which records speak against a release. */
export const OPPOSING: readonly Opposing[] = [
  { family: 'withdrawal', isLasting: true },
  { family: 'incident', isLasting: true },
  { family: 'deployment', status: 'drift', isLasting: false },
  { family: 'approval', status: 'rejected', isLasting: false },
]
