import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'

let house: string

beforeEach(() => {
  house = mkdtempSync(join(tmpdir(), 'assay-house-'))
  symlinkSync(join(ROOT, 'node_modules'), join(house, 'node_modules'))
  write('tsconfig.json', '{"compilerOptions":{"module":"nodenext"},"include":["src"]}')
  write('src/core/index.ts', "export { one } from './one.ts'")
  write('src/core/one.ts', 'export const one = 1')
})

afterEach(() => rmSync(house, { recursive: true, force: true }))

it('A house in which modules import upwards through their index is accepted', () => {
  write('src/digest/index.ts', "export { one } from '../core/index.ts'")
  write('src/record/observation/index.ts', "export { one } from '../../core/index.ts'")
  write('src/cli/record.ts', "import '../record/observation/index.ts'")
  expect(check()).toMatchObject({ status: 0, stdout: '5 of 5 files looked at\n', stderr: '' })
})

it('A house that breaks every rule is refused, with each of them named', () => {
  write('test/one.ts', 'export const one = 1')
  write('src/index.ts', "import './core/one.ts'")
  const breaches = [
    ['core-imports-only-from-above-it', 'core', "import '../digest/index.ts'"],
    ['only-through-the-index', 'digest', "import '../core/one.ts'"],
    ['surface-only-through-the-index', 'core', ''],
    ['nobody-imports-the-surface', 'digest', "import '../index.ts'"],
    ['a-verifier-carries-no-signing-code', 'verify', "import '../sign/index.ts'"],
    ['pure-modules-have-no-effects', 'verify', "import 'node:fs'"],
    ['cryptography-only-where-it-belongs', 'bundle', "import 'node:crypto'"],
    ['cli-reaches-the-world-through-host', 'cli', "import 'node:fs'"],
    ['canonicalize-only-behind-its-door', 'digest', "import 'canonicalize'"],
    ['no-package-without-a-door', 'digest', "import 'esbuild'"],
    ['no-cycle', 'core', "import './again.ts'"],
    ['sources-know-no-tests', 'digest', "import '../../test/one.ts'"],
    ['no-unresolvable', 'digest', "import './absent.ts'"],
  ] as const
  for (const [rule, module, text] of breaches) write(`src/${module}/${rule}.ts`, text)
  write('src/core/again.ts', "import './no-cycle.ts'")
  write('src/digest/index.ts', '')
  write('src/sign/index.ts', '')
  const { status, stderr } = check()
  expect(status).toBe(1)
  expect(breaches.filter(([rule]) => !stderr.includes(`error: ${rule}: `))).toEqual([])
})

it('A run that saw no file is refused', () => {
  rmSync(join(house, 'src/core'), { recursive: true })
  write('src/one.js', '')
  expect(check().status).toBe(1)
})

function write(path: string, text: string): void {
  mkdirSync(dirname(join(house, path)), { recursive: true })
  writeFileSync(join(house, path), text)
}

function check() {
  const program = join(ROOT, '.ci/boundaries.ts')
  return spawnSync(process.execPath, [program, house], { encoding: 'utf8' })
}
