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
  expect(check()).toMatchObject({ status: 0, stdout: '3 of 3 files looked at\n', stderr: '' })
})

it.each([
  ['core-imports-only-from-above-it', 'src/core/two.ts', "import '../digest/index.ts'"],
  ['only-through-the-index', 'src/digest/two.ts', "import '../core/one.ts'"],
  ['a-verifier-carries-no-signing-code', 'src/verify/two.ts', "import '../sign/index.ts'"],
  ['pure-modules-have-no-effects', 'src/verify/two.ts', "import 'node:fs'"],
  ['cryptography-only-where-it-belongs', 'src/bundle/two.ts', "import 'node:crypto'"],
  ['cli-reaches-the-world-through-host', 'src/cli/two.ts', "import 'node:fs'"],
  ['canonicalize-only-behind-its-door', 'src/digest/two.ts', "import 'canonicalize'"],
  ['no-package-without-a-door', 'src/digest/two.ts', "import 'esbuild'"],
  ['no-cycle', 'src/core/two.ts', "import { one } from './three.ts'\nexport const two = one"],
  ['sources-know-no-tests', 'src/digest/two.ts', "import '../../test/one.ts'"],
  ['no-unresolvable', 'src/digest/two.ts', "import './absent.ts'"],
])('A house that breaks the rule %s is refused', (rule, path, text) => {
  write('src/digest/index.ts', "export { one } from '../core/index.ts'")
  write('src/sign/index.ts', 'export const sign = 1')
  write('src/core/three.ts', "import { two } from './two.ts'\nexport const one = two")
  write('src/core/two.ts', 'export const two = 2')
  write('test/one.ts', 'export const one = 1')
  expect(check()).toMatchObject({ status: 0 })
  write(path, text)
  const { status, stderr } = check()
  expect(stderr).toContain(`error: ${rule}: `)
  expect(status).toBe(1)
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
