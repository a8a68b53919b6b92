// Parts of a quorum that ask for the same: whatever satisfies one satisfies the other as well, and is counted twice.

import { quote } from '../../core/index.ts'
import { partsOf, type PlacedRequirement } from '../requirement/placed-requirement.ts'
import type { Lint } from './lint.ts'

/** Each part that asks for what one before it asks for. */
export function lintAlike(parts: readonly PlacedRequirement[]): readonly Lint[] {
  const first = new Map<string, string>()
  return parts.flatMap((part): readonly Lint[] => {
    const { requirement, at } = part
    const asked = askedBy(part)
    const known = first.get(asked)
    first.set(asked, known ?? requirement.id)
    if (known === undefined) return []
    const message = `What satisfies ${quote(known)} satisfies ${quote(requirement.id)} as well, and counts twice`
    return [{ code: 'policy/requirements-alike', message, at }]
  })
}

/** What a requirement is called is no part of what it asks for. */
const WORDS = ['id', 'title', 'clears']

function askedBy(placed: PlacedRequirement): string {
  const { requirement } = placed
  const members = Object.entries(requirement).filter(([name]) => !WORDS.includes(name))
  if ('select' in requirement || 'policies' in requirement)
    return formOf(Object.fromEntries(members))
  const least = 'quorum' in requirement ? requirement.quorum.least : ''
  const form = members.map(([name]) => name).join()
  return `${form} ${least} ${formOf(partsOf(placed).map(askedBy))}`
}

/** The same text for the same value; no list of a requirement has an order that counts. */
function formOf(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(formOf).toSorted().join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  const members = Object.entries(value).map(([name, part]) => `${quote(name)}: ${formOf(part)}`)
  return `{${members.toSorted().join()}}`
}
