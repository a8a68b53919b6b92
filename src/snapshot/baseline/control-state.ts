// How far a baseline entry is under control: its pins, then its review, then whether a build attested it. The first
// comes from the files alone; the other two from facts that verified records give, and without facts they say no.

import type { BuildInput } from '../build-input.ts'
import { combinePinStates, type PinState } from '../pin-state.ts'

/** Facts from records that were verified before: digests that they cover, as lower-case SHA-256. */
export interface ControlFacts {
  /** Files that an accepted review, audit posture or preflight record covers. */
  readonly reviewed: ReadonlySet<string>
  /** Files among the resolved dependencies of accepted provenance. */
  readonly attested: ReadonlySet<string>
}

/** No record says anything: the state that a snapshot alone can give. */
export const NO_FACTS: ControlFacts = { reviewed: new Set(), attested: new Set() }

/**
 * The compound state of an entry.
 *
 * @example { pins: 'tag-pinned', review: 'not-reviewed', attestation: 'not-attested' }
 */
export interface ControlState {
  /** The weakest pin of its files; `nothing-found` when it has no file. */
  readonly pins: PinState | 'nothing-found'
  readonly review: 'not-reviewed' | 'partly-reviewed' | 'reviewed'
  readonly attestation: 'not-attested' | 'partly-attested' | 'attested'
}

/** Computes the state of an entry from its files; an entry without files is never reviewed or attested. */
export function computeControlState(
  files: readonly Pick<BuildInput, 'pinState' | 'sha256'>[],
  { reviewed, attested }: ControlFacts,
): ControlState {
  if (files.length === 0) {
    return { pins: 'nothing-found', review: 'not-reviewed', attestation: 'not-attested' }
  }
  return {
    pins: combinePinStates(files.map(({ pinState }) => pinState)),
    review: (['not-reviewed', 'partly-reviewed', 'reviewed'] as const)[coverage(files, reviewed)],
    attestation: (['not-attested', 'partly-attested', 'attested'] as const)[
      coverage(files, attested)
    ],
  }
}

/** 0: no file is covered; 1: some are; 2: every one is. */
function coverage(
  files: readonly Pick<BuildInput, 'sha256'>[],
  digests: ReadonlySet<string>,
): 0 | 1 | 2 {
  const covered = files.filter(({ sha256 }) => digests.has(sha256)).length
  if (covered === 0) return 0
  return covered === files.length ? 2 : 1
}
