// One bundle or several, judged to the end: each by itself, and then what only all of them can show. Evidence is made here alone.

import type { BundleProblem } from '../bundle/index.ts'
import { type Check, combineOutcomes, countOf, type Problems, quote } from '../core/index.ts'
import { judgeBundle } from './bundle-judgement.ts'
import {
  type BundleFinding,
  type BundleVerdict,
  groupBundle,
  refuseBundle,
} from './bundle-verdict.ts'
import { failed } from './check.ts'
import { checkNpmAttestations } from './npm/attestations.ts'
import { checkNpmBuilder } from './npm/builder.ts'
import { checkQuestion } from './question-check.ts'
import { isProvenance, provenanceMissing } from './provenance/provenance-check.ts'
import type { NamedBundle, RunRequest, VerifyRequest } from './request.ts'
import { checkSelection, selectBundles, type UnaskedBundle } from './selection.ts'
import { countSigners } from './signer/signer-count.ts'
import { describeForm } from './subjects/set-form.ts'
import { checkSummaryThere } from './summary/summary-check.ts'
import { sealVerified, type SignedFacts } from './verified.ts'

/** The verdict over all, and that of each bundle, in the order in which they were given; evidence only where all was accepted. */
export interface RunVerdict {
  readonly verdict: Check
  readonly bundles: readonly (BundleVerdict & { readonly name: string })[]
  /** Where a predicate type is expected: the bundles that say to be of another one, and were left out. */
  readonly notAsked: readonly UnaskedBundle[]
}

/**
 * Is this bundle alone the word of those whom it takes, about these artifacts, and does it say what is expected?
 *
 * A role that asks for several signers is not met by one bundle: see {@link verifyBundles}.
 *
 * A question that can not be asked is an `error` too, and nothing is thrown: times that are no whole milliseconds since 1970, or lie
 * before the year 2000 or after 9999; members of the expectation that are not known, are missing, or are no yes or no.
 *
 * @returns every check with what was expected and found; the evidence only where all were accepted
 */
export function verifyBundle(request: VerifyRequest): BundleVerdict {
  const wrong = checkQuestion(request)
  if (wrong.length > 0) return { verdict: groupBundle(wrong) }
  const finding = judgeBundle(request)
  const verdict = groupBundle([...finding.verdict.checks, ...checkTogether([finding], request)])
  return { verdict, ...sealFinding(finding, verdict) }
}

/**
 * Verifies every bundle against one expectation. Each must be accepted: none that is wrong is passed over.
 *
 * Where a predicate type is expected, a bundle that says to be of another one is not asked: the verdict is the one without it.
 *
 * What only all of them show is asked of all: as many principals have signed as the signers' roles ask for, and one of the bundles is
 * the provenance where one is expected.
 */
export function verifyBundles({ bundles, ...request }: RunRequest): RunVerdict {
  const wrong = checkQuestion(request)
  if (wrong.length > 0) return refuseRun(bundles, wrong)
  const { predicateType } = request.expectation
  const selection = selectBundles(bundles, predicateType)
  const findings = selection.asked.map((named) => judgeNamed(named, request))
  const checks = [
    ...(bundles.length === 0 ? [noBundle()] : findings.map(({ verdict }) => verdict)),
    ...checkSelection(selection, predicateType),
    ...checkTogether(findings, request),
  ]
  const outcome = combineOutcomes(checks)
  const message = summarise(findings, selection.notAsked.length, outcome)
  const run = { name: 'verification', outcome, message, checks }
  return {
    verdict: run,
    bundles: findings.map((finding) => {
      const { name, verdict } = finding
      return { name, verdict, ...sealFinding(finding, run) }
    }),
    notAsked: selection.notAsked,
  }
}

/** Nothing was looked at: the question itself is wrong. */
function refuseRun(bundles: readonly NamedBundle[], checks: readonly Check[]): RunVerdict {
  const message = 'The question can not be answered'
  const verdict = groupBundle(checks)
  return {
    verdict: { name: 'verification', outcome: combineOutcomes(checks), message, checks },
    bundles: bundles.map(({ name }) => ({ name, verdict })),
    notAsked: [],
  }
}

/** Facts become evidence where all that was asked is answered, and not only what this bundle was asked. */
function sealFinding({ facts }: BundleFinding, { outcome }: Check): Omit<BundleVerdict, 'verdict'> {
  return facts === undefined || outcome !== 'accepted' ? {} : { verified: sealVerified(facts) }
}

type Question = Omit<RunRequest, 'bundles'>

function judgeNamed(
  { name, bundle, declaredType }: NamedBundle,
  request: Question,
): BundleFinding & { readonly name: string } {
  const { verdict, ...rest } = bundle.ok
    ? judgeBundle({
        ...request,
        bundle: bundle.value,
        ...(declaredType !== undefined && { declaredType }),
      })
    : refuseBundle([malformed(bundle.problems)])
  return { name, verdict: { ...verdict, message: `${quote(name)}: ${verdict.message}` }, ...rest }
}

/** What no bundle shows by itself. */
function checkTogether(
  findings: readonly BundleFinding[],
  { trust, expectation }: Question,
): readonly Check[] {
  const facts = findings.flatMap((finding) => finding.facts ?? [])
  return [
    ...describeForm(expectation.artifacts),
    ...checkNpmBuilder(expectation),
    ...countSigners(facts, trust),
    // Asked only of bundles that are all accepted: of a refused one its own verdict says enough.
    ...(facts.length === findings.length ? checkAllThere(facts, expectation) : []),
  ]
}

function checkAllThere(
  facts: readonly SignedFacts[],
  expectation: Question['expectation'],
): readonly Check[] {
  const { provenance, package: asked } = expectation
  return [
    ...(provenance === undefined || facts.some(isProvenance)
      ? []
      : [provenanceMissing(provenance, facts)]),
    ...(asked?.purl === undefined ? [] : checkNpmAttestations(facts)),
    ...checkSummaryThere(facts, expectation),
  ]
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

function summarise(
  findings: readonly BundleFinding[],
  notAsked: number,
  outcome: Check['outcome'],
): string {
  const accepted = findings.filter(({ facts }) => facts !== undefined).length
  const others = notAsked === 0 ? '' : `, ${notAsked} of other types not asked`
  const isShort = accepted === findings.length && outcome !== 'accepted' && accepted > 0
  const short = isShort ? ', which is not all that is asked' : ''
  return `${accepted} of ${countOf(findings.length, 'bundle')} accepted${others}${short}`
}
