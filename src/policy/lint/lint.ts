// What is wrong with policies that can be read and fit together: requirements that decide nothing, names that nobody has, and texts that
// claim something. It looks at policies alone, so whatever it finds holds for any evidence.

import { compareCodePoints, encodeJsonPointer } from '../../core/index.ts'
import type { TrustDocument } from '../../trust/index.ts'
import { type Policy, requirementsOf } from '../policy.ts'
import type { PolicyCode, PolicyProblem } from '../problem.ts'
import type { Registry } from '../registry.ts'
import { withParts } from '../requirement/placed-requirement.ts'
import { findClaims } from './claim-words.ts'
import { lintConditions } from './condition-lint.ts'
import { lintDecision } from './decision-lint.ts'
import { lintForm } from './form-lint.ts'
import { lintRoles } from './role-lint.ts'
import { isForbidden, lintSelection } from './selection-lint.ts'
import { lintSupport } from './support-lint.ts'
import { lintThreshold } from './threshold-lint.ts'

/** What lint may know besides the policies. */
export interface LintOptions {
  /** Who may sign what; without it, roles are not looked at. */
  readonly trust?: Pick<TrustDocument, 'keys' | 'identities' | 'roles'> | undefined
}

/** Something wrong, and where in the policy it stands. */
export interface Lint {
  readonly code: PolicyCode
  readonly message: string
  readonly at: readonly (string | number)[]
}

/** Everything that is wrong with the policies of a folder, by policy; each with its file, line and column. */
export function lintPolicies(
  registry: Registry,
  options: LintOptions = {},
): readonly PolicyProblem[] {
  return [...registry.policies.values()]
    .toSorted((a, b) => compareCodePoints(a.id, b.id))
    .flatMap((policy) =>
      lintPolicy(policy, registry, options).map(({ code, message, at }) => {
        const position = registry.position(policy.id, encodeJsonPointer(at))
        return { code, message: `${policy.id}: ${message}`, ...(position && { at: position }) }
      }),
    )
}

function lintPolicy(policy: Policy, registry: Registry, options: LintOptions): readonly Lint[] {
  const requirements = requirementsOf(policy)
  return [
    ...findClaims(policy),
    ...lintRoles(policy, options.trust),
    ...requirements.flatMap(withParts).flatMap((placed) => {
      const { requirement } = placed
      if (!('select' in requirement)) return []
      const leaf = { ...placed, requirement }
      const found = [
        ...lintSelection(leaf, registry, options),
        ...lintSupport(leaf, registry),
        ...lintThreshold(leaf, options.trust),
        ...lintDecision(leaf, options.trust),
        ...lintConditions(leaf, registry),
      ]
      // What can never be there is no fault of what is forbidden, but of whoever forbids it.
      return isForbidden(placed.at)
        ? found.filter(({ code }) => code !== 'policy/never-holds')
        : found
    }),
    ...requirements.flatMap((placed) => lintForm(placed, registry)),
  ]
}
