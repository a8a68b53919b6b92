// Writes `fixtures/verify/` from the cases beside this file: `node test/verify/make-fixtures.ts`. The same bytes in every run.

import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { CASES } from './cases/index.ts'
import { renderCase } from './cases/render.ts'

const FIXTURES = resolve(import.meta.dirname, '../../fixtures/verify')

rmSync(FIXTURES, { recursive: true, force: true })
for (const one of CASES) {
  for (const [path, content] of Object.entries(renderCase(one))) {
    const file = join(FIXTURES, one.name, path)
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, content)
  }
}
