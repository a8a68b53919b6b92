// docs/playbook.md has every condition of the shipped playbook, and shows what the program says.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import { POLICY } from '../gate/playbook/playbook-world.ts'

const page = readFileSync(join(ROOT, 'docs/playbook.md'), 'utf8')

it.each(POLICY.controls)('docs/playbook.md has the condition $id', (control) => {
  const row = page.split('\n').find((line) => line.includes(`| \`${control.id}\` |`))
  expect(row).toMatch(new RegExp(`^\\| ${control.section} \\|`))
  if ('report' in control) {
    const { path, at, equals } = control.report
    expect(row).toContain(`\`${path}\`: \`${at}\` is \`${JSON.stringify(equals)}\``)
  }
})

it('docs/playbook.md has no other condition, and what the exception and the decision ask for', () => {
  expect(page.match(/^\| 2\.[1-4] \|/gm)).toHaveLength(POLICY.controls.length)
  const { exception, decision } = POLICY
  for (const words of [exception.id, exception.runbook, ...exception.attached]) {
    expect(page).toContain(`\`${words}\``)
  }
  for (const words of [decision.scope, ...decision.ownerRoles, ...decision.approverRoles]) {
    expect(page).toContain(`\`${words}\``)
  }
})
