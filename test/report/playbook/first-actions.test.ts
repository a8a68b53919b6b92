// What is to be done first is told in every format, with the control that failed first.

import { expect, it } from 'vitest'
import type { FirstActions } from '../../../src/gate/index.ts'
import {
  documentOfPlaybook,
  markdownOfPlaybook,
  renderPlaybook,
} from '../../../src/report/gate/index.ts'
import { judge } from '../../gate/playbook/playbook-world.ts'

const first: FirstActions = {
  fired: ['runtime-canary-failed'],
  open: ['inc-1'],
  firstFailing: 'runtime_canary',
  actions: ['Freeze merges', 'Find the cause'],
}
const columns = Number.POSITIVE_INFINITY

it('a person reads why, which control, and what to do in which order', () => {
  const lines = [
    'incident: the trigger "runtime-canary-failed" fires, the incident "inc-1" is open',
    'first failing control: "runtime_canary"',
    '1. "Freeze merges"',
    '2. "Find the cause"',
  ]
  const text = renderPlaybook(judge({ rest: { first } }), { columns })
  expect(text).toContain(`${lines.join('\n')}\n`)
  const markdown = markdownOfPlaybook(judge({ rest: { first } }))
  expect(markdown).toContain('\n- incident')
  expect(markdown).toMatch(/\n {2}- 1.*Freeze merges/)
})

it('a program reads the same; nothing is there where nothing is to be done', () => {
  expect(documentOfPlaybook(judge({ rest: { first } }))).toMatchObject({
    incident: {
      triggers: ['runtime-canary-failed'],
      open: ['inc-1'],
      firstFailing: 'runtime_canary',
      firstActions: ['Freeze merges', 'Find the cause'],
    },
  })
  expect(documentOfPlaybook(judge())).not.toHaveProperty('incident')
})

it('the summary says which control failed first, where no trigger does', () => {
  const { firstFailing: _, ...rest } = first
  const open = judge({ rest: { first: rest }, isStrict: true, closure: undefined })
  expect(documentOfPlaybook(open)).toMatchObject({
    incident: { firstFailing: 'github_branch_protection_report' },
  })
  const quiet = judge({ rest: { first: rest } })
  const { incident } = documentOfPlaybook(quiet) as { readonly incident: object }
  expect(incident).not.toHaveProperty('firstFailing')
  expect(renderPlaybook(quiet, { columns })).not.toContain('first failing')
})
