// Whether all families are there that the adoption policy names for a phase: six before a deployment, seven after it.

import type { Check } from '../../core/index.ts'
import type { Phase, PolicyOf } from '../../policy/index.ts'
import { failed, passed } from '../view.ts'

/** The families that lack a record. */
export function missingFamilies(
  { adoptedFamilies }: PolicyOf<'adoption'>,
  phase: Phase,
  records: readonly { readonly family: string }[],
): readonly string[] {
  return adoptedFamilies[phase].filter(
    (family) => !records.some((record) => record.family === family),
  )
}

/** the policy says what is whole, and not the adoption. */
export function checkAdoptedFamilies(
  policy: PolicyOf<'adoption'>,
  phase: Phase,
  records: readonly { readonly family: string }[],
): Check {
  const missing = missingFamilies(policy, phase, records)
  if (missing.length === 0) {
    return passed('families', 'All families that the policy adopts in the phase are there')
  }
  const message = 'Families that the policy adopts in the phase are not there'
  return failed('families', 'missing', 'record/missing', message, {
    expected: policy.adoptedFamilies[phase].join(', '),
    found: `none of ${missing.join(', ')}`,
  })
}
