// The shipped playbook over `fixtures/production-readiness`, by the command: no-go, then go by exception, then go, offline, whenever it is asked.

import { rmSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/core/index.ts'
import {
  askedOfPlaybook,
  DECISIONS,
  readPlaybookExpectation,
  writePlaybookProject,
} from '../../gate/fixtures/playbook/playbook-fixture.ts'
import { openFolder, type Scene } from '../../gate/fixtures/scene.ts'
import { makeTemporaryFolder } from '../../temporary-folder.ts'

/** Long after: the answer is that of then. */
const NOW = Date.parse('2099-12-31T00:00:00Z')
const { release, states } = readPlaybookExpectation()

let folder: string
let scene: Scene
beforeAll(async () => {
  folder = await writePlaybookProject(makeTemporaryFolder('decisions'))
  scene = openFolder(folder)
}, 120_000)
afterAll(() => rmSync(folder, { recursive: true }))

interface Told {
  readonly outcome: string
  readonly playbooks: readonly {
    readonly release: string
    readonly decision: string
    readonly summary: { readonly status: string; readonly firstFailing?: { readonly id: string } }
    readonly controls: readonly (JsonObject & { readonly id: string; readonly status: string })[]
  }[]
}

/** What the shipped policies look like today is of no interest. */
const masked = (text: string) =>
  text
    .replace(/"sha256": "[0-9a-f]{64}"/g, '"sha256": "<sha256>"')
    .replace(/[0-9a-f]{64}/g, '<record>')
    .replace(/line \d+, column \d+/g, 'line <l>, column <c>')

describe.each(DECISIONS)('the release that is %s', (decision) => {
  const golden = (kind: string) => `../../golden/playbook/by-command/${decision}.${kind}`
  const { exitCode, status, firstFailing, open } = states[decision]

  it('is told to a person', async () => {
    const said = await scene.run(askedOfPlaybook(decision), NOW)
    expect(said.exitCode).toBe(exitCode)
    await expect(masked(said.stdout)).toMatchFileSnapshot(golden('txt'))
  })

  it('is a document', async () => {
    const said = await scene.run(`${askedOfPlaybook(decision)} --format json`, NOW)
    const document = JSON.parse(said.stdout) as Told
    const [playbook, ...others] = document.playbooks
    expect([said.exitCode, document.outcome === 'accepted', others]).toEqual([
      ...[exitCode, exitCode === 0, []],
    ])
    expect(playbook).toMatchObject({ release, decision, summary: { status } })
    expect(playbook?.summary.firstFailing?.id).toBe(firstFailing)
    const left = playbook?.controls.filter((control) => control.status !== 'passed') ?? []
    expect(Object.fromEntries(left.map((one) => [one.id, one.status]))).toEqual(open)
    const brief = playbook?.controls.map(({ id, status: word }) => `${id}: ${word}`)
    const text = JSON.stringify(
      { ...document, playbooks: [{ ...playbook, controls: brief }] },
      null,
      2,
    )
    await expect(masked(`${text}\n`)).toMatchFileSnapshot(golden('json'))
  })
})

it('an exception does not count where it is strict', async () => {
  const said = await scene.run(`${askedOfPlaybook('go-by-exception')} --strict`, NOW)
  expect(said.exitCode).toBe(1)
  const strict = await scene.run(`${askedOfPlaybook('go')} --strict`, NOW)
  expect(strict.exitCode).toBe(0)
})

it('an export is too old after a week, by the time that an authority vouches for', async () => {
  const asked = askedOfPlaybook('go').replace(states.go.at, '2026-11-30T00:00:00Z')
  const said = await scene.run(asked, NOW)
  expect(said.exitCode).toBe(1)
  expect(said.stdout).toContain('first failing control: github_branch_protection_report ')
  expect(said.stdout).toContain('It was signed too long ago')
})
