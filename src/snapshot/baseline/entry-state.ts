// One entry of the provenance baseline, as the files of a snapshot fill it.

import type { BuildInput } from '../build-input.ts'
import { combinePinStates, type PinState } from '../pin-state.ts'
import type { Baseline } from './baseline.ts'
import { computeControlState, type ControlState, NO_FACTS } from './control-state.ts'

/** The files of an entry that belong together, such as the signer's env contract apart from the rest. */
export interface BaselinePart {
  readonly name: string
  /** Sorted; each is the path of an input. */
  readonly paths: readonly string[]
  readonly pins: PinState | 'nothing-found'
}

/**
 * One entry of the baseline.
 *
 * @example
 * {
 *   id: 'supply_chain.local_compose_infra_images', scope: 'local_rehearsal', criticality: 'high',
 *   control: { pins: 'tag-pinned', review: 'not-reviewed', attestation: 'not-attested' },
 *   parts: [{ name: 'compose', paths: ['compose.yaml'], pins: 'tag-pinned' }],
 * }
 */
export interface BaselineEntryState {
  readonly id: string
  readonly scope: string
  readonly criticality: 'critical' | 'high' | 'medium' | 'low'
  readonly control: ControlState
  readonly parts: readonly BaselinePart[]
}

/** Where a file belongs: the entry's id and the part's name. */
export interface Membership {
  readonly entry: string
  readonly part: string
}

/** Fills every entry of the baseline, also those that no file belongs to. */
export function buildEntryStates(
  baseline: Baseline,
  inputs: readonly BuildInput[],
  memberships: ReadonlyMap<string, Membership>,
): readonly BaselineEntryState[] {
  return baseline.entries.map(({ id, scope, criticality, parts }) => {
    const ofEntry = inputs.filter(({ path }) => memberships.get(path)?.entry === id)
    return {
      id,
      scope,
      criticality,
      control: computeControlState(ofEntry, NO_FACTS),
      parts: [...new Set(parts.map(({ name }) => name))].map((name) => {
        const files = ofEntry.filter(({ path }) => memberships.get(path)?.part === name)
        return { name, paths: files.map(({ path }) => path), pins: pinsOf(files) }
      }),
    }
  })
}

/** The weakest pin of some files, or that there are none. */
export function pinsOf(files: readonly Pick<BuildInput, 'pinState'>[]): PinState | 'nothing-found' {
  if (files.length === 0) return 'nothing-found'
  return combinePinStates(files.map(({ pinState }) => pinState))
}
