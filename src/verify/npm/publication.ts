// The registry's word that it took the package: the same name and version once more, beside the purl (NPM-6).

import { type Check, quote } from '../../core/index.ts'
import type { KnownPredicate } from '../../statement/index.ts'
import { failed, passed } from '../check.ts'
import type { PackageExpectation } from '../expectation.ts'
import { npmPurlOf } from './purl.ts'

/** Of a publish attestation, where a package of npm is expected. */
export function checkPublication(
  predicate: KnownPredicate | undefined,
  { purl }: PackageExpectation = {},
): readonly Check[] {
  if (purl === undefined || predicate?.name !== 'npm-publish') return []
  const { name, version, registry } = predicate.value
  const facts = {
    expected: `${quote(purl)}, in a registry`,
    found: `${quote(`${name}@${version}`)} in ${quote(registry)}`,
  }
  if (npmPurlOf(name, version) === purl && REGISTRY.test(registry)) {
    return [passed('publication', 'The registry says that it published this package', facts)]
  }
  const message = 'The registry says that it published another package, or is none'
  return [failed('publication', 'rejected', 'verify/package-published', message, facts)]
}

/** Its address; whose it is, its key says. */
const REGISTRY = /^https:\/\/[A-Za-z0-9.-]+(?::\d{1,5})?(?:\/[A-Za-z0-9._~/-]*)?$/u
