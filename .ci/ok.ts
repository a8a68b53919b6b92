// `npm run ok [-- --tested]`: everything that has to be right before a change is kept. Every step runs, even after one that failed;
// with --tested all but the tests, for whoever has just run them with coverage.

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { delimiter, dirname, join } from 'node:path'
import { ROOT, toolPath } from './checkout.ts'

interface Step {
  readonly name: string
  /** Programs of this Node, one after the other, each with its arguments. */
  readonly runs: readonly (readonly string[])[]
}

const own = (name: string) => join(ROOT, '.ci', name)

const TESTS = 'tests with coverage'

const STEPS: readonly Step[] = [
  { name: 'format', runs: [[toolPath('biome'), 'format']] },
  { name: 'lint', runs: [[toolPath('oxlint')]] },
  { name: 'types', runs: [[toolPath('tsc')]] },
  { name: 'boundaries', runs: [[own('boundaries.ts')]] },
  { name: 'dead code', runs: [[toolPath('knip')]] },
  { name: TESTS, runs: [[own('test.ts'), '--coverage']] },
  { name: 'docs', runs: [[own('docs.ts'), '--check']] },
  { name: 'packaging', runs: [[own('packaging.ts')]] },
]

const outcomes: { readonly name: string; readonly failed: boolean; readonly seconds: number }[] = []
const isTested = process.argv.includes('--tested')
for (const step of STEPS.filter(({ name }) => !isTested || name !== TESTS)) {
  process.stdout.write(`\n== ${step.name}\n`)
  const start = performance.now()
  let failed = false
  for (const args of step.runs) failed = !(await succeeds(args)) || failed
  outcomes.push({ name: step.name, failed, seconds: (performance.now() - start) / 1000 })
}

process.stdout.write('\n')
for (const { name, failed, seconds } of outcomes) {
  const time = `${seconds.toFixed(1)} s`.padStart(8)
  process.stdout.write(`${failed ? 'FAILED' : 'ok    '} ${time}  ${name}\n`)
}
const failures = outcomes.filter(({ failed }) => failed).length
process.stdout.write(`${outcomes.length - failures} of ${outcomes.length} steps are ok\n`)
if (failures > 0) process.exitCode = 1

async function succeeds(args: readonly string[]): Promise<boolean> {
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    // Tools start other tools by name.
    env: { ...process.env, PATH: `${dirname(process.execPath)}${delimiter}${process.env['PATH']}` },
    stdio: ['ignore', 'inherit', 'inherit'],
  })
  const [code] = (await once(child, 'exit')) as [number | null]
  return code === 0
}
