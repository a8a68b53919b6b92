// Globs over names and paths. The only door to `picomatch`.

import picomatch from 'picomatch'

/** Without extended globs, whose backtracking takes exponential time over a hostile name. */
const GLOB_OPTIONS = { dot: true, nonegate: true, strictSlashes: true, noextglob: true }

/** Makes the function that says whether a name or a path is what the glob means; dot files are matched too. */
export function compileGlob(glob: string): (path: string) => boolean {
  const matches = picomatch(glob, GLOB_OPTIONS)
  return (path) => matches(path)
}
