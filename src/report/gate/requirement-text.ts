// Requirements of policies as a person reads them, before anything is asked of any evidence: what each asks for, and where it stands.

import { encodeJsonPointer, type JsonObject, quote } from '../../core/index.ts'
import {
  describeRequirement,
  partsOf,
  type PlacedRequirement,
  type Registry,
} from '../../policy/index.ts'
import { wrapText } from '../text-wrap.ts'
import type { TextOptions } from '../verdict-text.ts'
import { showText } from '../shown-text.ts'

/**
 * Requirements, under the list that they stand in:
 *
 *     policy.container_release: requirements
 *       provenance: "The image was built by the release workflow"
 *         one accepted: provenance about the set
 *         rule: container.yaml, line 9, column 5
 *
 * @returns lines, each with its newline
 */
export function renderRequirements(
  requirements: readonly PlacedRequirement[],
  registry: Registry,
  { columns }: TextOptions,
): string {
  const lines: string[] = []
  let last = ''
  for (const placed of requirements) {
    const list = `${placed.policy}: ${listOf(placed)}`
    if (list !== last) lines.push(...(last === '' ? [] : ['']), list)
    last = list
    lines.push(...linesOf(placed, registry, { columns, depth: 1 }))
  }
  return lines.map((line) => `${line}\n`).join('')
}

interface Layout extends TextOptions {
  readonly depth: number
}

function linesOf(
  placed: PlacedRequirement,
  registry: Registry,
  { columns, depth }: Layout,
): readonly string[] {
  const { id, title, clears } = placed.requirement
  const margin = '  '.repeat(depth)
  const wrapped = (text: string, indent: string) =>
    wrapText(showText(text), columns - indent.length).map((line) => indent + line)
  const inner = `${margin}  `
  return [
    ...wrapped(`${id}: ${quote(title)}`, margin),
    ...describeRequirement(placed.requirement).flatMap((line) => wrapped(line, inner)),
    ...partsOf(placed).flatMap((part) => linesOf(part, registry, { columns, depth: depth + 2 })),
    ...(clears === undefined ? [] : wrapped(`clears, as the policy says: ${quote(clears)}`, inner)),
    ...wrapped(`rule: ${ruleOf(placed, registry)}`, inner),
  ]
}

/** The same as JSON. */
export function documentOfRequirement(placed: PlacedRequirement, registry: Registry): JsonObject {
  const { policy, requirement } = placed
  const { id, title, clears } = requirement
  const parts = partsOf(placed)
  return {
    id: `${policy}#${id}`,
    policy,
    list: listOf(placed),
    title,
    asks: [...describeRequirement(requirement)],
    ...(clears !== undefined && { clears }),
    rule: ruleOf(placed, registry),
    ...(parts.length > 0 && {
      parts: parts.map((part) => documentOfRequirement(part, registry)),
    }),
  }
}

function listOf({ at }: PlacedRequirement): string {
  return String(at[0])
}

function ruleOf({ policy, at }: PlacedRequirement, registry: Registry): string {
  return registry.position(policy, encodeJsonPointer(at)) ?? 'nowhere'
}
