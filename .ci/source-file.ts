// The sources of this repository as syntax trees, for the tests and documents that look at how they are written.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { ROOT } from './checkout.ts'

export interface SourceFile {
  /** From the root of the repository, with slashes. */
  readonly path: string
  /** The folder under `src/`; empty for `src/index.ts`. */
  readonly module: string
  readonly text: string
  readonly tree: ts.SourceFile
}

export interface Import {
  readonly specifier: string
  readonly typeOnly: boolean
}

/** Every `.ts` file below a folder of the repository. */
export function readSources(folder: string): readonly SourceFile[] {
  return listFiles(folder, '.ts').map((path) => {
    return parseSource(path, readFileSync(join(ROOT, path), 'utf8'))
  })
}

/** One file from its text. */
export function parseSource(path: string, text: string): SourceFile {
  const [, module = ''] = /^src\/([^/]+)\//.exec(path) ?? []
  return { path, module, text, tree: ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true) }
}

/** Paths below a folder of the repository, in byte order. */
export function listFiles(folder: string, ending: string): readonly string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith(ending))
    .map((name) => `${folder}/${name}`)
    .toSorted()
}

/** What a file imports or re-exports, statically or on use. */
export function listImports({ tree }: SourceFile): readonly Import[] {
  return descend(tree).flatMap((node) => {
    if (ts.isImportDeclaration(node) && ts.isStringLiteral(node.moduleSpecifier)) {
      const typeOnly = node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
      return [{ specifier: node.moduleSpecifier.text, typeOnly }]
    }
    if (ts.isExportDeclaration(node) && node.moduleSpecifier !== undefined) {
      return [{ specifier: node.moduleSpecifier.getText().slice(1, -1), typeOnly: node.isTypeOnly }]
    }
    const [argument] = ts.isCallExpression(node) ? node.arguments : []
    const loads = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
    return loads && argument !== undefined && ts.isStringLiteral(argument)
      ? [{ specifier: argument.text, typeOnly: false }]
      : []
  })
}

/** The names of exported declarations that have no doc comment; re-exports are documented where they are made. */
export function listUndocumentedExports({ path, tree }: SourceFile): readonly string[] {
  return tree.statements.filter(isExported).flatMap((statement) => {
    const documented = ts.getJSDocCommentsAndTags(statement).length > 0
    // What a command file exports is a command.
    return documented || nameOf(statement) === 'command' ? [] : [`${path}: ${nameOf(statement)}`]
  })
}

/** Every node of a tree, parents first. */
export function descend(node: ts.Node): readonly ts.Node[] {
  const nodes = [node]
  ts.forEachChild(node, (child) => {
    nodes.push(...descend(child))
  })
  return nodes
}

function isExported(statement: ts.Statement): boolean {
  return (
    ts.canHaveModifiers(statement) &&
    (ts.getModifiers(statement) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
  )
}

function nameOf(statement: ts.Statement): string {
  if (ts.isVariableStatement(statement)) {
    return statement.declarationList.declarations.map(({ name }) => name.getText()).join(', ')
  }
  return 'name' in statement ? (statement.name as ts.Identifier).text : statement.getText()
}
