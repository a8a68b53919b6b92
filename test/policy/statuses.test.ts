// The statuses of each family: those that its page has, and those that evidence of the fixtures has.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import { RECORD_FAMILIES } from '../../src/policy/index.ts'
import { FAMILY_STATUSES } from '../../src/policy/statuses.ts'

/** The first column of the table of statuses. */
function statusesOn(family: string): readonly string[] {
  const text = readFileSync(join(ROOT, 'docs/predicates', `${family}.md`), 'utf8')
  const [table = ''] = /^\| status \|[^]*?(?=\n\n)/m.exec(text) ?? []
  return Array.from(
    table.matchAll(/^\| `(?<status>[a-z-]+)` \|/gm),
    ({ groups }) => groups?.['status'] ?? '',
  )
}

describe('the statuses of', () => {
  it.each(RECORD_FAMILIES)('%s are those of its page', (family) => {
    const { accepted, others } = FAMILY_STATUSES[family]
    expect([...accepted, ...others].toSorted()).toEqual([...statusesOn(family)].toSorted())
  })
})
