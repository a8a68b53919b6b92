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
  // The name of a member or a parameter is something else: `options.process`, `{ process: 1 }`.
  const names =
    'name' in parent && parent.name === node && !ts.isShorthandPropertyAssignment(parent)
  return !names && !ts.isTypeNode(parent) && !ts.isBindingElement(parent)
}

function isAmbientMember(node: ts.Node): boolean {
  return ts.isPropertyAccessExpression(node) && AMBIENT_MEMBERS.has(node.getText())
}

function isNow(node: ts.Node): boolean {
  return ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length
}
