// Programs that are not ours and may not be there. A test that needs one and has none says so loudly.

import { spawnSync } from 'node:child_process'

/**
 * True when the command runs; else the reason stands in the output of the tests, and the test is left out.
 *
 * @example it.skipIf(!hasTool('openssl', 'version'))('…', () => …)
 */
export function hasTool(command: string, ...probe: readonly string[]): boolean {
  const ran = spawnSync(command, probe, { stdio: 'ignore' })
  if (ran.error === undefined && ran.status === 0) return true
  process.stderr.write(`\nNOT RUN: what needs ${command} (${probe.join(' ')}), which is not here\n`)
  return false
}

/** Python with the modules that a test needs: `ASSAY_TEST_PYTHON`, or the machine's own. */
export function findPython(...modules: readonly string[]): string | undefined {
  const python = process.env['ASSAY_TEST_PYTHON'] ?? 'python3'
  return hasTool(python, '-c', `import ${modules.join(', ')}`) ? python : undefined
}
