// Requirements that hold whatever there is: alternatives of which one always holds, and prohibitions of what can not be.

import { strict as assert } from 'node:assert'
import type { Registry } from '../registry.ts'
import { partsOf, type PlacedRequirement } from '../requirement/placed-requirement.ts'
import { lintAlike } from './alike-lint.ts'
import { lintConditions } from './condition-lint.ts'
import type { Lint } from './lint.ts'
import { lintSelection } from './selection-lint.ts'

/** What in a requirement never fails. */
export function lintForm(placed: PlacedRequirement, registry: Registry): readonly Lint[] {
  const { requirement } = placed
  const parts = partsOf(placed)
  const inner = parts.flatMap((part) => lintForm(part, registry))
  if ('any' in requirement || 'quorum' in requirement) {
    const always = parts.filter((part) => isAlwaysMet(part, registry))
    const reason = 'one of its alternatives always holds'
    const alike = 'quorum' in requirement ? lintAlike(parts) : []
    return [...inner, ...alike, ...always.map((part) => neverFails(part.at, reason))]
  }
  if (!('none' in requirement)) return inner
  const empty = parts.filter((part) => isUnmeetable(part, registry))
  return empty.map((part) => neverFails(part.at, 'what it forbids can not be'))
}

/** Policies of a folder are there; those without an end always are. */
function isAlwaysMet(placed: PlacedRequirement, registry: Registry): boolean {
  const { requirement } = placed
  if ('policies' in requirement) {
    const endless = [...registry.policies.values()].filter(({ expires }) => expires === undefined)
    const always = new Set(endless.map(({ id }) => id))
    return requirement.policies.every((id) => always.has(id))
  }
  const parts = partsOf(placed)
  if ('none' in requirement) return parts.every((part) => isUnmeetable(part, registry))
  if ('all' in requirement) return parts.every((part) => isAlwaysMet(part, registry))
  const least = 'quorum' in requirement ? requirement.quorum.least : 1
  return parts.filter((part) => isAlwaysMet(part, registry)).length >= least
}

function isUnmeetable(placed: PlacedRequirement, registry: Registry): boolean {
  const { requirement } = placed
  assert('select' in requirement, 'the schema has made sure of what may be forbidden')
  const leaf = { ...placed, requirement }
  return [...lintSelection(leaf, registry, {}), ...lintConditions(leaf, registry)].some(
    ({ code }) => code === 'policy/never-holds',
  )
}

function neverFails(at: Lint['at'], reason: string): Lint {
  return { code: 'policy/never-fails', message: `The requirement can never fail: ${reason}`, at }
}
