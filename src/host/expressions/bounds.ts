// What an expression may be before it is evaluated: the library that evaluates it bounds nothing itself.

import { LIMITS } from '../../core/index.ts'

/**
 * A parsed expression, as far as its bounds go (`cel.expr.Expr` of the CEL specification): one kind of node, and what it holds.
 *
 * @example { exprKind: { case: 'callExpr', value: { function: '_&&_', args: [{ exprKind: … }, { exprKind: … }] } } }
 */
export interface ExpressionTree {
  readonly exprKind: { readonly case: string | undefined; readonly value?: unknown }
}

interface Placed {
  readonly node: ExpressionTree
  readonly depth: number
  readonly comprehensions: number
}

/** The bound that the expression breaks; nothing where it keeps them all. Walked without recursion: depth is what is judged. */
export function findExcess(root: ExpressionTree): string | undefined {
  const open: Placed[] = [{ node: root, depth: 1, comprehensions: 0 }]
  for (let placed = open.pop(); placed !== undefined; placed = open.pop()) {
    const { node, depth } = placed
    const { case: kind, value } = node.exprKind
    const isComprehension = kind === 'comprehensionExpr'
    const comprehensions = placed.comprehensions + (isComprehension ? 1 : 0)
    if (depth > LIMITS.expressionDepthMax) {
      return `It is nested deeper than ${LIMITS.expressionDepthMax}`
    }
    if (comprehensions > LIMITS.comprehensionDepthMax) {
      return `More than ${LIMITS.comprehensionDepthMax} comprehensions are nested`
    }
    const refused = findRefused(value)
    if (refused !== undefined) return refused
    for (const part of partsOf(value)) open.push({ node: part, depth: depth + 1, comprehensions })
  }
  return undefined
}

/** What the library would evaluate without a bound, or otherwise than CEL does. */
function findRefused(value: unknown): string | undefined {
  if (!isObject(value)) return undefined
  if ('function' in value && value.function === 'bytes') return BYTES_REFUSED
  const constant = 'constantKind' in value ? value.constantKind : undefined
  const literal = isObject(constant) && 'value' in constant ? constant.value : undefined
  if (literal instanceof Uint8Array) return BYTES_REFUSED
  // Whole numbers of CEL have 64 bits; those of the library grow.
  const isWide = typeof literal === 'bigint' && literal !== BigInt.asIntN(64, literal)
  return isWide ? 'A whole number has more than 64 bits' : undefined
}

/** No limit of memory counts them. */
const BYTES_REFUSED = 'Bytes are not evaluated'

/** Every expression that a node holds, in lists and entries too. */
function partsOf(value: unknown): readonly ExpressionTree[] {
  const members = isObject(value) ? Object.values(value) : []
  return members.flatMap((member: unknown): readonly ExpressionTree[] => {
    if (isTree(member)) return [member]
    return Array.isArray(member) ? member.flatMap(partsOfItem) : []
  })
}

/** An item of a list, or an entry of a map, whose key is one more step away. */
function partsOfItem(item: unknown): readonly ExpressionTree[] {
  if (isTree(item)) return [item]
  if (!isObject(item)) return []
  return [...partsOf(item), ...('keyKind' in item ? partsOf(item.keyKind) : [])]
}

function isTree(value: unknown): value is ExpressionTree {
  return isObject(value) && 'exprKind' in value
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

/** True for a document with more values than an expression is given. */
export function isTooLarge(document: unknown): boolean {
  let count = 0
  const open: unknown[] = [document]
  for (let at = 0; at < open.length; at++) {
    const value = open[at]
    if (!isObject(value)) continue
    const members: readonly unknown[] = Object.values(value)
    count += members.length
    if (count > LIMITS.expressionElementsMax) return true
    open.push(...members)
  }
  return false
}
