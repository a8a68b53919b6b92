// docs/gates.md has the words of every counter as the program says them.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import { COUNTERS } from '../../src/gate/index.ts'
import { COUNTER_WORDS } from '../../src/report/gate/counter-words.ts'

it.each(COUNTERS)('docs/gates.md has the rule of %s', (name) => {
  const page = readFileSync(join(ROOT, 'docs/gates.md'), 'utf8')
  const { label, rule } = COUNTER_WORDS[name]
  expect(page).toContain(`| ${label} | ${rule} |`)
})
