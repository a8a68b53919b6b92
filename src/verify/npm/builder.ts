// The builder that somebody expects of a package of npm: only few can be named there (NPM-1).

import { type Check, quote } from '../../core/index.ts'
import { failed } from '../check.ts'
import type { Expectation } from '../expectation.ts'
import { isNpmBuilder } from '../provenance/builder-pair.ts'

/** A builder that no such provenance can name is a mistake of the question, and not of the evidence. */
export function checkNpmBuilder({ provenance, package: asked }: Expectation): readonly Check[] {
  const builder = provenance?.builderId
  if (asked?.purl === undefined || builder === undefined || isNpmBuilder(builder)) return []
  const message = 'No provenance of a package of npm can name the expected builder'
  return [
    failed('builder', 'error', 'verify/builder-unknown', message, {
      expected: 'a runner of GitHub or GitLab, as npm calls them',
      found: quote(builder),
    }),
  ]
}
