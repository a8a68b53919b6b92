// Which bundles are asked, where one predicate type is expected and several bundles are given.

import { isInTotoPayloadType } from '../bundle/index.ts'
import { type Check, type Problem, quote } from '../core/index.ts'
import { parseStatement } from '../statement/index.ts'
import { failed, passed } from './check.ts'
import type { VerifyCode } from './problem.ts'
import type { NamedBundle } from './request.ts'
import { READABLE_VERSIONS } from './statement-checks.ts'

/** A bundle that says to be of another type. Nothing else of it was looked at, and what it says was not verified. */
export interface UnaskedBundle {
  readonly name: string
  /** Absent where bare bytes were signed. */
  readonly unverifiedPredicateType?: string
}

/** The bundles that are judged, and those that are not. */
export interface Selection {
  readonly asked: readonly NamedBundle[]
  readonly notAsked: readonly UnaskedBundle[]
}

/**
 * Takes the bundles apart by the type that they say to be of.
 *
 * No signature has been checked here, so this may only leave a bundle out, as if it had not been given: one that is left in still has
 * to show that it is of the expected type (A-51, A-53). Whatever can not be read is left in, and refused.
 */
export function selectBundles(
  bundles: readonly NamedBundle[],
  expected: string | undefined,
): Selection {
  if (expected === undefined) return { asked: bundles, notAsked: [] }
  const asked: NamedBundle[] = []
  const notAsked: UnaskedBundle[] = []
  for (const named of bundles) {
    const unasked = unaskedAs(named, expected)
    if (unasked === undefined) asked.push(named)
    else notAsked.push(unasked)
  }
  return { asked, notAsked }
}

function unaskedAs({ name, bundle }: NamedBundle, expected: string): UnaskedBundle | undefined {
  if (!bundle.ok) return undefined
  const { content } = bundle.value
  if (content.kind === 'message') return { name }
  if (!isInTotoPayloadType(content.envelope.payloadType)) return undefined
  const unverified = parseStatement(content.envelope.payload, { versions: READABLE_VERSIONS })
  if (!unverified.ok || unverified.value.predicateType === expected) return undefined
  return { name, unverifiedPredicateType: unverified.value.predicateType }
}

/** What was left out, told in the verdict. Tenet 3: where nothing is left, nothing is proven. */
export function checkSelection(
  { asked, notAsked }: Selection,
  expected: string | undefined,
): readonly Check[] {
  if (notAsked.length === 0 || expected === undefined) return []
  const facts = { expected: quote(expected), found: notAsked.map(describe).join(', ') }
  if (asked.length > 0) {
    const message = 'What says to be of another type was not asked and does not count'
    return [passed('selection', message, facts)]
  }
  const message = 'No bundle is of the expected type'
  const because = notAsked.map(reasonOf)
  return [
    failed('selection', 'missing', 'verify/no-bundle', message, {
      expected: facts.expected,
      because,
    }),
  ]
}

function describe({ name, unverifiedPredicateType: type }: UnaskedBundle): string {
  return `${quote(name)} ${type === undefined ? 'without a statement' : `of ${quote(type)}`}`
}

function reasonOf(bundle: UnaskedBundle): Problem<VerifyCode> {
  const isStatement = bundle.unverifiedPredicateType !== undefined
  const code = isStatement ? 'verify/predicate-type' : 'verify/statement-expected'
  return { code, message: `Not asked: ${describe(bundle)}` }
}
