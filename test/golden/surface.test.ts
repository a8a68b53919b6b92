import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ts from 'typescript'
import { expect, it } from 'vitest'
import * as surface from '../../src/index.ts'
import { listUnnamedTypes } from './named-types.ts'

const PATH = join(import.meta.dirname, '../../src/index.ts')

/** Every name that the surface re-exports, types among them, which leave no trace at run time. */
function exportedNames(): readonly string[] {
  const source = ts.createSourceFile(PATH, readFileSync(PATH, 'utf8'), ts.ScriptTarget.Latest)
  return source.statements.flatMap((statement) => {
    if (!ts.isExportDeclaration(statement)) return []
    const clause = statement.exportClause
    if (clause === undefined || !ts.isNamedExports(clause)) return []
    return clause.elements.map(({ isTypeOnly, name }) => `${isTypeOnly ? 'type ' : ''}${name.text}`)
  })
}

it('the library exports exactly this', async () => {
  const names = exportedNames()
  const values = names.filter((name) => !name.startsWith('type '))
  expect(Object.keys(surface).toSorted()).toEqual(values.toSorted())
  await expect(`${names.toSorted().join('\n')}\n`).toMatchFileSnapshot('surface.txt')
})

it('the library names every type that it takes and gives', { timeout: 60_000 }, () => {
  expect(listUnnamedTypes()).toEqual([])
})
