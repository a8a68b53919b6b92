// Several bundles, judged together: each by itself, and then what only all of them can show.

import type { Bundle, BundleProblem } from '../bundle/index.ts'
import { type Check, combineOutcomes, type Problems, quote, type Result } from '../core/index.ts'
import { type BundleVerdict, refuseBundle } from './bundle-verdict.ts'
import { failed } from './check.ts'
import { isProvenance, provenanceMissing } from './provenance/provenance-check.ts'
import type { VerifyRequest } from './request.ts'
import { countSigners } from './signer/signer-count.ts'
import { judgeBundle } from './verify-bundle.ts'

/** A bundle under the name that it has in the verdict, or why it could not be read. */
export interface NamedBundle {
  /** A file's name, with the line where it has several. */
  readonly name: string
  readonly bundle: Result<Bundle, BundleProblem>
}

/** One question about several bundles. */
export interface RunRequest extends Omit<VerifyRequest, 'bundle'> {
  readonly bundles: readonly NamedBundle[]
}

/** The verdict over all, and that of each bundle, in the order in which they were given. */
export interface RunVerdict {
  readonly verdict: Check
  readonly bundles: readonly (BundleVerdict & { readonly name: string })[]
}

/**
 * Verifies every bundle against one expectation. Each must be accepted: none that is wrong is passed over.
 *
 * Beyond `verifyBundle`: as many principals have signed as the signers' roles ask for, and one of the bundles is the provenance where
 * one is expected.
 */
export function verifyBundles({ bundles, ...request }: RunRequest): RunVerdict {
  const judged = bundles.map(({ name, bundle }) => ({ name, ...judgeNamed(name, bundle, request) }))
  const evidence = judged.flatMap(({ verified }) => verified ?? [])
  const checks = [
    ...(bundles.length === 0 ? [noBundle()] : judged.map(({ verdict }) => verdict)),
    ...countSigners(evidence, request.trust),
    ...checkProvenanceThere(request.expectation, judged),
  ]
  const outcome = combineOutcomes(checks)
  return {
    verdict: { name: 'verification', outcome, message: summarise(judged), checks },
    bundles: judged,
  }
}

function judgeNamed(
  name: string,
  bundle: NamedBundle['bundle'],
  request: Omit<VerifyRequest, 'bundle'>,
): BundleVerdict {
  const { verdict, ...rest } = bundle.ok
    ? judgeBundle({ ...request, bundle: bundle.value }, { isAlone: false })
    : refuseBundle([malformed(bundle.problems)])
  return { verdict: { ...verdict, message: `${quote(name)}: ${verdict.message}` }, ...rest }
}

/** Asked only of bundles that are all accepted: of a refused one its own verdict says enough. */
function checkProvenanceThere(
  { provenance }: RunRequest['expectation'],
  bundles: RunVerdict['bundles'],
): readonly Check[] {
  const isThere = bundles.some(({ verified }) => verified === undefined || isProvenance(verified))
  return provenance === undefined || isThere ? [] : [provenanceMissing()]
}

/** Tenet 3: an empty list of evidence proves nothing. */
function noBundle(): Check {
  return failed('bundle', 'missing', 'verify/no-bundle', 'There is no bundle to verify', {
    expected: 'at least one bundle',
    found: 'none',
  })
}

function malformed(because: Problems<BundleProblem>): Check {
  const message = 'The bundle can not be read'
  return failed('bundle-shape', 'error', 'verify/bundle-malformed', message, { because })
}

function summarise(bundles: RunVerdict['bundles']): string {
  const accepted = bundles.filter(({ verified }) => verified !== undefined).length
  return `${accepted} of ${bundles.length} ${bundles.length === 1 ? 'bundle' : 'bundles'} accepted`
}
