// How firmly something holds what it names: computed from the text of a file, never declared in one.

/**
 * Weakest first. `versioned` is a file that names nothing outside the project: its own digest is all there is to pin.
 *
 * - `floating`: tomorrow the same text can mean other bytes (a branch, `latest`, no version, no lockfile)
 * - `tag-pinned`: a version that its publisher can still move
 * - `commit-pinned`: a git commit
 * - `digest-pinned`: a digest of the bytes
 * - `lockfile-pinned`: a lockfile names every version
 */
export const PIN_STATES = [
  'floating',
  'tag-pinned',
  'commit-pinned',
  'digest-pinned',
  'lockfile-pinned',
  'versioned',
] as const

/** One of {@link PIN_STATES}. */
export type PinState = (typeof PIN_STATES)[number]

/** The weakest of the parts, or `versioned` when there are none. */
export function combinePinStates(states: Iterable<PinState>): PinState {
  const found = new Set(states)
  return PIN_STATES.find((state) => found.has(state)) ?? 'versioned'
}

/** True when the second holds less firmly than the first: what was fixed can now move. */
export function isWeakerPin(before: PinState, after: PinState): boolean {
  return PIN_STATES.indexOf(after) < PIN_STATES.indexOf(before)
}

const WORDS: Readonly<Record<PinState, string>> = {
  floating: 'floating',
  'tag-pinned': 'tag pinned, not digest pinned',
  'commit-pinned': 'commit pinned',
  'digest-pinned': 'digest pinned',
  'lockfile-pinned': 'lockfile pinned',
  versioned: 'versioned',
}

/** The state in words for a person. */
export function renderPinState(state: PinState): string {
  return WORDS[state]
}

/** A git reference as a workflow or an include names it: a whole object id, a version, or a name that moves. */
export function pinStateOfGitReference(reference: string): PinState {
  if (reference.length > REFERENCE_MAX) return 'floating'
  if (GIT_OBJECT_ID.test(reference)) return 'commit-pinned'
  return VERSION.test(reference) ? 'tag-pinned' : 'floating'
}

/** SHA-1 or SHA-256; a shortened id is no id, because a second object can be made to begin alike. */
const GIT_OBJECT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/

/** In UTF-16 units; git itself takes no longer names. */
const REFERENCE_MAX = 255

/** `v4`, `1.2.3`, `v2.0.0-rc.1`, `release-1.4`; a branch can bear such a name too, so it is never more than a tag. */
const VERSION = /^(?:[a-z][a-z-]*[-_/@])?v?\d+(?:[._]\d+)*(?:[-+.][0-9A-Za-z.-]+)?$/i
