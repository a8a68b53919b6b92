// The pin state of one file, from what was found in it.

import type { BuildInput } from '../build-input.ts'
import type { Lockfile } from '../dependency.ts'
import { combinePinStates, type PinState } from '../pin-state.ts'

type PinFacts = 'kind' | 'references' | 'missing' | 'unreadable' | 'lockedBy' | 'asksForNothing'

/**
 * A lockfile pins unless something in it floats; a manifest is as firm as the lockfile beside it; every other file is as
 * firm as the weakest thing that it names, and floats when a file that it uses is not there or it can not be read.
 */
export function pinStateOfInput(input: Pick<BuildInput, PinFacts>, lockfile?: Lockfile): PinState {
  if (input.kind === 'lockfile') {
    return lockfile === undefined || lockfile.floating.length > 0 ? 'floating' : 'lockfile-pinned'
  }
  if (input.kind === 'manifest') {
    if (input.asksForNothing) return 'versioned'
    return input.lockedBy === undefined ? 'floating' : 'lockfile-pinned'
  }
  if (input.unreadable !== undefined || (input.missing ?? []).length > 0) return 'floating'
  return combinePinStates(input.references.map(({ pinState }) => pinState))
}
