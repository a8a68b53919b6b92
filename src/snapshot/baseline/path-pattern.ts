// Patterns for paths: `*` stays within a folder, `**` does not, and names that begin with a dot count like others.

import picomatch from 'picomatch'

/** Tests a path from the snapshot's root; a leading double star and slash also match nothing at all. */
export function matchPath(patterns: readonly string[]): (path: string) => boolean {
  if (patterns.length === 0) return () => false
  return picomatch([...patterns], { dot: true, nonegate: true, noextglob: true })
}
