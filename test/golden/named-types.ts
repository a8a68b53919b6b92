// Which types the signatures of the public surface use, and whether each has a name there.

import { join } from 'node:path'
import ts from 'typescript'
import { ROOT } from '../../.ci/checkout.ts'

const SURFACE = join(ROOT, 'src/index.ts')

/** The types of our own that are part of something public, and are not themselves exported: `PackageExpectation, in Expectation`. */
export function listUnnamedTypes(): readonly string[] {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), ts.sys.readFile)
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT)
  const program = ts.createProgram([SURFACE], options)
  const checker = program.getTypeChecker()
  const source = program.getSourceFile(SURFACE)
  const module = source && checker.getSymbolAtLocation(source)
  const resolve = (symbol: ts.Symbol) =>
    symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
  const exported = new Set(module && checker.getExportsOfModule(module).map(resolve))
  const isUnnamed = (symbol: ts.Symbol) =>
    (symbol.flags & (ts.SymbolFlags.Interface | ts.SymbolFlags.TypeAlias | ts.SymbolFlags.Class)) >
      0 &&
    !exported.has(symbol) &&
    symbol.declarations?.[0]?.getSourceFile().fileName.startsWith(join(ROOT, 'src/'))
  const unnamed = [...exported].flatMap((symbol) =>
    (symbol.declarations ?? []).flatMap(listTypeNames).flatMap((name) => {
      const used = checker.getSymbolAtLocation(name)
      return used !== undefined && isUnnamed(resolve(used))
        ? [`${resolve(used).name}, in ${symbol.name}`]
        : []
    }),
  )
  return [...new Set(unnamed)].toSorted()
}

/** The names of types in a declaration, as a user's compiler sees it: no bodies, and nothing that is internal. */
function listTypeNames(node: ts.Node): readonly ts.Node[] {
  const isHidden =
    ts.isBlock(node) ||
    ts.isConstructorDeclaration(node) ||
    ts.isHeritageClause(node) ||
    ts.getJSDocTags(node).some(({ tagName }) => tagName.text === 'internal')
  if (isHidden) return []
  const names: ts.Node[] = ts.isTypeReferenceNode(node) ? [node.typeName] : []
  node.forEachChild((child) => void names.push(...listTypeNames(child)))
  return names
}
