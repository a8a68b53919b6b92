// The purl of a package of npm (purl specification, type npm; NPM-2).

import { buildPurl } from '../../snapshot/purl/index.ts'

/** A name, perhaps in a scope. */
const NAME = /^(?:(?<scope>@[^/@\s]+)\/)?(?<name>[^/@\s]+)$/u

/**
 * The canonical purl of a package of npm.
 *
 * @param name as `package.json` has it, with the scope
 * @returns undefined for what is no name of a package, without a version, and for what no purl can say as it is
 * @example npmPurlOf('@scope/name', '1.2.3') // 'pkg:npm/%40scope/name@1.2.3'
 */
export function npmPurlOf(name: string, version: string): string | undefined {
  const parts = NAME.exec(name)?.groups
  if (parts?.['name'] === undefined) return undefined
  const { scope } = parts
  const purl = buildPurl({
    type: 'npm',
    ...(scope !== undefined && { namespace: scope }),
    name: parts['name'],
    version,
  })
  // PURL-1: the specification writes names in lower case, and for npm those are other packages.
  const isSame = purl.ok && decodeURIComponent(purl.value) === `pkg:npm/${name}@${version}`
  return isSame ? purl.value : undefined
}
