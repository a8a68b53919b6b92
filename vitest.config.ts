// How the tests run. `npm test -- corpora` runs the files whose path holds the word.
import { defineConfig } from 'vitest/config'

/** In these modules no branch goes untested, unless a `v8 ignore` comment says why. */
const COVERED_MODULES = [
  'core',
  'digest',
  'statement',
  'bundle',
  'trust',
  'verify',
  'policy',
  'ledger',
  'record',
  'gate',
  'snapshot/advisories',
]

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/global-setup.ts'],
    setupFiles: ['test/setup.ts'],
    testTimeout: 60_000,
    // By default one processor is left idle, which is half of a small machine.
    maxWorkers: '100%',
    restoreMocks: true,
    unstubEnvs: true,
    expect: { requireAssertions: true },
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      reportOnFailure: true,
      reporter: ['text-summary', 'json-summary', 'html'],
      thresholds: Object.fromEntries(
        COVERED_MODULES.map((module) => [`src/${module}/**`, { branches: 100 }]),
      ),
    },
  },
})
