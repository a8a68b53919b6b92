// An esbuild plugin: what the sources import through an `index.ts` is imported from the file that declares it. With an
// index between them, esbuild loads every chunk of a module with the first name that is taken from it.

import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import type { Plugin } from 'esbuild'
import ts from 'typescript'

interface Origin {
  readonly file: string
  readonly name: string
}

/** @param folder whose files are changed while they are bundled */
export function importDirectly(folder: string): Plugin {
  return {
    name: 'import-directly',
    setup({ onLoad }) {
      onLoad({ filter: /[.]ts$/ }, ({ path }) => {
        if (!path.startsWith(folder)) return undefined
        return { contents: rewriteImports(path, readFileSync(path, 'utf8')), loader: 'ts' }
      })
    },
  }
}

/** The text with each import from an index replaced by one import for each name; lines stay where they are. */
function rewriteImports(path: string, text: string): string {
  const tree = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true)
  return tree.statements
    .filter((statement) => ts.isImportDeclaration(statement))
    .toReversed()
    .reduce((result, declaration) => {
      const replacement = directImports(path, declaration)
      if (replacement === undefined) return result
      return result.slice(0, declaration.getStart()) + replacement + result.slice(declaration.end)
    }, text)
}

function directImports(path: string, declaration: ts.ImportDeclaration): string | undefined {
  const { moduleSpecifier, importClause } = declaration
  const names = importClause?.namedBindings
  if (!ts.isStringLiteral(moduleSpecifier) || !/\/index[.]ts$/.test(moduleSpecifier.text)) {
    return undefined
  }
  if (names === undefined || !ts.isNamedImports(names) || isTypeOnly(importClause)) {
    return undefined
  }
  const index = join(dirname(path), moduleSpecifier.text)
  return names.elements
    .filter((element) => !element.isTypeOnly)
    .map((element) => {
      const origin = findOrigin(index, (element.propertyName ?? element.name).text)
      return `import { ${origin.name} as ${element.name.text} } from ${JSON.stringify(origin.file)};`
    })
    .join(' ')
}

/** The file that declares a name, through as many indexes as there are. */
function findOrigin(index: string, name: string): Origin {
  for (const { moduleSpecifier, exportClause } of exportsOf(index)) {
    if (moduleSpecifier === undefined || !ts.isStringLiteral(moduleSpecifier)) continue
    if (exportClause === undefined || !ts.isNamedExports(exportClause)) continue
    const found = exportClause.elements.find((element) => element.name.text === name)
    if (found === undefined) continue
    const file = join(dirname(index), moduleSpecifier.text)
    const origin = (found.propertyName ?? found.name).text
    return file.endsWith('/index.ts') ? findOrigin(file, origin) : { file, name: origin }
  }
  return { file: index, name }
}

function exportsOf(index: string): readonly ts.ExportDeclaration[] {
  const tree = ts.createSourceFile(index, readFileSync(index, 'utf8'), ts.ScriptTarget.ESNext, true)
  return tree.statements.filter((statement) => ts.isExportDeclaration(statement))
}

function isTypeOnly(clause: ts.ImportClause | undefined): boolean {
  return clause?.phaseModifier === ts.SyntaxKind.TypeKeyword
}
