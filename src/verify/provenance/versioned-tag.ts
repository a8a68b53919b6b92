// `--source-versioned-tag`: a version, or the beginning of one, that the tag must be of. The parts are compared as numbers are
// written in semantic versions (semver.org 2.0.0, sections 2 and 9), never as text.

/** `v` and one to three numbers without leading zeros; a pre-release and build metadata only after all three. */
const VERSION =
  /^v(?<major>0|[1-9]\d*)(?:\.(?<minor>0|[1-9]\d*)(?:\.(?<patch>0|[1-9]\d*)(?:-(?<pre>[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*))?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?)?)?$/u

/** True for what can be asked for: `v1`, `v1.2`, `v1.2.3`, `v1.2.3-rc.1`. */
export function isVersionedTag(text: string): boolean {
  return VERSION.test(text)
}

/**
 * Is the tag of the expected version? What the expectation leaves out, may be anything; what the tag leaves out, is 0. Where a patch
 * is expected, the pre-release is too, or that there is none; build metadata are not compared.
 *
 * @example isTagOfVersion('v1.2.3', 'v1.2') // true
 */
export function isTagOfVersion(tag: string, expected: string): boolean {
  const found = VERSION.exec(tag)?.groups
  const wanted = VERSION.exec(expected)?.groups
  if (found === undefined || wanted === undefined) return false
  const { major, minor = '0', patch = '0', pre } = found
  return (
    wanted['major'] === major &&
    (wanted['minor'] ?? minor) === minor &&
    (wanted['patch'] === undefined || (wanted['patch'] === patch && wanted['pre'] === pre))
  )
}
