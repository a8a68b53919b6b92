// What a pure module may not touch: anything that gives another answer the next time.

import ts from 'typescript'
import { descend, type SourceFile } from '../../.ci/source-file.ts'

const AMBIENT_NAMES = new Set([
  'console',
  'fetch',
  'globalThis',
  'navigator',
  'performance',
  'process',
  'setImmediate',
  'setInterval',
  'setTimeout',
])

const AMBIENT_MEMBERS = new Set(['Date.now', 'Math.random', 'Temporal.Now'])

/** Each use of the clock, of chance, of the environment or of the network, as `path: expression`. */
export function listAmbientEffects({ path, tree }: SourceFile): readonly string[] {
  return descend(tree)
    .filter((node) => isAmbientName(node) || isAmbientMember(node) || isNow(node))
    .map((node) => `${path}: ${node.getText()}`)
}

function isAmbientName(node: ts.Node): boolean {
  if (!ts.isIdentifier(node) || !AMBIENT_NAMES.has(node.text)) return false
  const { parent } = node
  // A member or property of that name is something else: `options.process`, `{ process: 1 }`.
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node
  return ts.isExpression(parent) && !ts.isPropertyAssignment(parent)
}

function isAmbientMember(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node) && AMBIENT_MEMBERS.has(node.getText())
}

function isNow(node: ts.Node): boolean {
  return ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length
}
