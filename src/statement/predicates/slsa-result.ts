// SlsaResult (SLSA v1.2, verification_summary.md): what a verification summary says that was reached, and what is enough of it.

/**
 * VSA-8: `SLSA_<TRACK>_LEVEL_<n>` (X10: 4 is one), `…_LEVEL_UNEVALUATED`, and the two verified
 * properties of v1.2.
 */
const SLSA_LEVEL = /^SLSA_(?<track>[A-Z]+(?:_[A-Z]+)*)_LEVEL_(?<level>[0-4]|UNEVALUATED)$/
const SLSA_PROPERTIES = ['SLSA_BUILD_REPRODUCED', 'SLSA_SOURCE_TWO_PARTY_REVIEWED']

/** What stands in place of levels where the verification failed. */
export const FAILED = 'FAILED'

/** A word of `verifiedLevels`. */
export type SlsaResult =
  | {
      readonly kind: 'level'
      readonly track: string
      /** Absent where the track was not evaluated. */
      readonly level?: number
    }
  | { readonly kind: 'property' | 'failed' | 'custom' }

/** What the word says; nothing for none of SLSA's that begins as they do (VSA-7). */
export function parseSlsaResult(text: string): SlsaResult | undefined {
  const { track, level } = SLSA_LEVEL.exec(text)?.groups ?? {}
  if (track !== undefined) {
    return { kind: 'level', track, ...(level !== 'UNEVALUATED' && { level: Number(level) }) }
  }
  if (SLSA_PROPERTIES.includes(text)) return { kind: 'property' }
  if (text === '' || text.startsWith('SLSA_')) return undefined
  return { kind: text === FAILED ? 'failed' : 'custom' }
}

/** VSA-5: one level for each track at the most. */
export function hasOneLevelPerTrack(levels: readonly string[]): boolean {
  const tracks = levels
    .map(parseSlsaResult)
    .flatMap((one) => (one?.kind === 'level' ? one.track : []))
  return new Set(tracks).size === tracks.length
}

/** False for what no verification can reach: a track that was not evaluated, a failure, a word that SLSA does not have. */
export function isReachable(expected: string): boolean {
  const asked = parseSlsaResult(expected)
  if (asked?.kind === 'level') return asked.level !== undefined
  return asked?.kind === 'property' || asked?.kind === 'custom'
}

/** VSA-1, step 7: a level implies those below it; every other word stands for itself alone. */
export function hasReached(levels: readonly string[], expected: string): boolean {
  const asked = parseSlsaResult(expected)
  if (asked?.kind !== 'level') return isReachable(expected) && levels.includes(expected)
  const { track, level } = asked
  return (
    level !== undefined && levels.some((word) => isAtLeast(parseSlsaResult(word), track, level))
  )
}

/** VSA-8: what was not evaluated is not even level 0. */
function isAtLeast(found: SlsaResult | undefined, track: string, level: number): boolean {
  return (
    found?.kind === 'level' &&
    found.track === track &&
    found.level !== undefined &&
    found.level >= level
  )
}
