// What `--exclude` leaves out.

import { compileGlob } from './glob.ts'

/**
 * Makes the function that says by which path a path is excluded: its own, or a folder's above it, which then ends in `/`.
 *
 * @param globs one without a slash matches a name at any depth, one with a slash the whole path; dot files are matched too
 */
export function compileExclusion(globs: readonly string[]): (path: string) => string | undefined {
  if (globs.length === 0) return () => undefined
  const matchers = globs.map((glob) => {
    const bare = glob.replace(/\/$/, '')
    const matches = compileGlob(bare)
    const byName = !bare.includes('/')
    return (path: string) => matches(byName ? path.slice(path.lastIndexOf('/') + 1) : path)
  })
  const matches = (path: string) => matchers.some((matcher) => matcher(path))
  return (path) => {
    for (let end = path.indexOf('/'); end !== -1; end = path.indexOf('/', end + 1)) {
      if (matches(path.slice(0, end))) return path.slice(0, end + 1)
    }
    return matches(path) ? path : undefined
  }
}
