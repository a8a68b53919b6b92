// What a file holds, in words. Nothing here was verified: whoever made the file chose every word of it.

import type { JsonObject, JsonValue } from '../../core/index.ts'
import { wrapText } from '../text-wrap.ts'
import { showText } from '../shown-text.ts'

/** One thing that the file says. */
export interface Fact {
  readonly label: string
  readonly value: string
  readonly facts?: readonly Fact[]
}

/**
 * A file, described.
 *
 * @example { kind: 'public key', facts: [{ label: 'type', value: 'ed25519' }] }
 */
export interface Inspection {
  readonly kind: string
  readonly facts: readonly Fact[]
}

/** Said first, on every screen that shows one. */
const WARNING = 'NOT VERIFIED: this is what the file says, and nobody has checked it'

/** The facts as lines, those below a fact indented; the warning before them. */
export function renderInspection({ kind, facts }: Inspection, columns: number): string {
  const lines = [WARNING, kind, ...facts.flatMap((fact) => renderFact(fact, 1, columns))]
  return lines.map((line) => `${line}\n`).join('')
}

function renderFact({ label, value, facts = [] }: Fact, depth: number, columns: number): string[] {
  const indent = '  '.repeat(depth)
  const [first = '', ...others] = wrapText(
    `${label}: ${showText(value)}`,
    columns - 2 - indent.length,
  )
  return [
    indent + first,
    ...others.map((line) => `${indent}  ${line}`),
    ...facts.flatMap((fact) => renderFact(fact, depth + 1, columns)),
  ]
}

/** The same as a document, `assay/inspection/v1`. */
export function documentOfInspection({ kind, facts }: Inspection): JsonObject {
  return { schema: 'assay/inspection/v1', verified: false, kind, facts: facts.map(documentOfFact) }
}

function documentOfFact({ label, value, facts }: Fact): JsonValue {
  return { label, value, ...(facts !== undefined && { facts: facts.map(documentOfFact) }) }
}
