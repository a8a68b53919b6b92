// `npm test [-- WORD… | --coverage]`: runs the tests, and closes with the line `N passed, N failed`.

import { parseCLI, startVitest, type Vitest } from 'vitest/node'

const { filter, options } = parseCLI(['vitest', 'run', ...process.argv.slice(2)])
const vitest = await startVitest('test', filter, { ...options, watch: false })
await vitest.close()
const count = countTests(vitest)

process.stdout.write(
  `\n${count.passed} passed, ${count.failed} failed` +
    `${count.skipped > 0 ? `, ${count.skipped} skipped` : ''}\n`,
)
if (count.passed + count.failed === 0) {
  process.stderr.write('error: Expected at least one test to run, found none\n')
  process.exitCode = 1
}
// Coverage below its threshold has set the exit code already.
if (count.failed > 0) process.exitCode = 1

/** Files that could not be loaded and errors outside of any test count as failures. */
function countTests({ state }: Vitest) {
  const count = { passed: 0, failed: state.getUnhandledErrors().length, skipped: 0 }
  for (const module of state.getTestModules()) {
    count.failed += module.errors().length
    for (const test of module.children.allTests()) {
      const { state: outcome } = test.result()
      count[outcome === 'pending' ? 'failed' : outcome] += 1
    }
    for (const suite of module.children.allSuites()) count.failed += suite.errors().length
  }
  return count
}
