// Writes `fixtures/observations/reports/` with the test runners themselves: `node test/record/observation/test-report/make-fixtures.ts`.
// Vitest and Node are those of this checkout; pytest and go-junit-report are asked where they are found, and else left as they are.

import { spawnSync } from 'node:child_process'
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'

const ROOT = resolve(import.meta.dirname, '../../../..')
const FIXTURES = join(ROOT, 'fixtures/observations/reports')

/** As the fixtures name the folder in which the tests ran. */
const FOLDER = '/builds/web'

const REPORT = 'report.out'

const SOURCES: Readonly<Record<string, string>> = {
  'test/sum.test.js': `import { describe, expect, it } from 'vitest'
describe('sum', () => {
  it('adds', () => expect(1 + 1).toBe(2))
  it('is wrong', () => expect(1 + 1).toBe(3))
  it.skip('is skipped', () => {})
  it.todo('is to do')
  describe('inner', () => { it('adds <too> & "well"', () => {}) })
})
it('twice', () => {})
it('twice', () => { throw new Error('second') })
`,
  'test/broken.test.js': "throw new Error('does not load')\n",
  'good/good.test.js': `import { describe, it } from 'vitest'
describe('a suite', () => { it('holds', () => {}) })
`,
  'node/sum.mjs': `import { describe, it } from 'node:test'
describe('sum', () => {
  it('adds', () => {})
  it('is wrong', () => { throw new Error('no') })
  it('is skipped', { skip: true }, () => {})
  it('is to do', { todo: true }, () => { throw new Error('not yet') })
  describe('inner', () => { it('adds # with \\\\ and <signs>', () => {}) })
  describe('bad inside', () => { it('bad', () => { throw new Error('no') }) })
})
describe('nothing', () => {})
`,
  'node/parent.mjs': `import { test } from 'node:test'
test('parent', async (context) => {
  await context.test('child', () => {})
  throw new Error('after the child')
})
`,
  'sum_test.py': `import pytest
class TestSum:
    def test_adds(self): assert 1 + 1 == 2
    def test_wrong(self): assert 1 + 1 == 3
@pytest.mark.skip(reason="later")
def test_skipped(): pass
@pytest.mark.xfail
def test_expected(): assert False
@pytest.mark.parametrize("x", ["a\\tb", "\\x1b[2J"])
def test_each(x): pass
@pytest.fixture
def bad():
    yield 1
    raise RuntimeError("teardown")
def test_both(bad): assert False
def test_teardown(bad): pass
`,
  'go/go.mod': 'module example.org/sum\n\ngo 1.21\n',
  'go/sum_test.go': `package sum
import "testing"
func TestAdds(t *testing.T) {}
func TestWrong(t *testing.T) { t.Run("inner", func(t *testing.T) { t.Fatal("no") }) }
func TestSkipped(t *testing.T) { t.Skip("later") }
`,
}

const folder = mkdtempSync(join(tmpdir(), 'assay-reports-'))
mkdirSync(FIXTURES, { recursive: true })
for (const [path, text] of Object.entries(SOURCES)) {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'))

const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
const reporters = { 'vitest.xml': 'junit', 'vitest.json': 'json', 'vitest.tap': 'tap' }
for (const [name, reporter] of Object.entries({ ...reporters, 'vitest-flat.tap': 'tap-flat' })) {
  const args = [vitest, 'run', '--root', '.', `--reporter=${reporter}`, `--outputFile=${REPORT}`]
  keep(name, run(process.execPath, [...args, 'test/']))
  if (reporter === 'json') keep('vitest-good.json', run(process.execPath, [...args, 'good/']))
}
for (const reporter of ['junit', 'tap']) {
  const end = reporter === 'junit' ? 'xml' : 'tap'
  for (const file of ['sum', 'parent']) {
    const args = ['--test', `--test-reporter=${reporter}`, `node/${file}.mjs`]
    keep(`node-${file}.${end}`, run(process.execPath, args))
  }
}
keep('pytest.xml', run('pytest', ['-q', `--junitxml=${REPORT}`, 'sum_test.py']))
keep('go.xml', run('go-junit-report', [], run('go', ['test', '-C', 'go', '-v', './...'])))
rmSync(folder, { recursive: true })

/** What the program wrote into the report that it was given, or else to its standard output. */
function run(program: string, args: readonly string[], input = ''): string {
  const report = join(folder, REPORT)
  const ran = spawnSync(program, args, { cwd: folder, input, encoding: 'utf8' })
  if (ran.error !== undefined) return ''
  if (!existsSync(report)) return ran.stdout
  const text = readFileSync(report, 'utf8')
  rmSync(report)
  return text
}

/** Nothing of this machine stays in it. */
function keep(name: string, text: string): void {
  if (text === '') return void process.stderr.write(`left as it is: ${name}\n`)
  const plain = text
    .replaceAll(folder, FOLDER)
    .replaceAll(ROOT, '/checkout')
    .replaceAll(`hostname="${hostname()}"`, 'hostname="builder"')
  writeFileSync(join(FIXTURES, name), plain)
}
