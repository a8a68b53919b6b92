// What counts over the window of a playbook: failures of every commit that the ledger knows, also of those that became no release.

import { beforeAll, describe, expect, it } from 'vitest'
import { fileOf, REPORTED_AT, statementOf } from '../../record/signed.ts'
import { appendAll, put } from '../audit-world.ts'
import { type LedgerWorld, signLedger } from '../ledger-world.ts'
import {
  ASKED,
  checkRuns,
  openPlaybookWorld,
  RELEASE,
  REVISION,
  shippedControls,
} from './playbook-world.ts'

const REPORT = /\n {8}report: \{ path: artifacts\/critical[^\n]*/
const FAILED = { runtime_canary: 'failure' }
const commitOf = (digit: number) => String(digit).repeat(40)

let world: LedgerWorld
beforeAll(async () => {
  world = await openPlaybookWorld()
  put(world, 'windows/playbook.yaml', shippedControls('incidents').replace(REPORT, ''))
}, 120_000)

interface Document {
  readonly playbooks: readonly {
    readonly incident?: { readonly triggers: readonly string[]; readonly open: readonly string[] }
    readonly controls: readonly { readonly id: string; readonly status: string }[]
  }[]
}

let copies = 0

/** What the section of incidents comes to over a ledger with more at its end. */
const incidentsIn = (...files: readonly Uint8Array[]) => incidentsOf(ASKED, ...files)

/** The same of what is asked. */
async function incidentsOf(line: string, ...files: readonly Uint8Array[]) {
  copies += 1
  const name = `copy-${copies}`
  world.copy('ledger', name)
  await appendAll(world, name, files)
  await signLedger(world, name)
  const asked = line.replace('--playbooks playbooks', '--playbooks windows')
  const { text } = await world.judge(`${asked} --ledger ${name}`)
  const [playbook] = (JSON.parse(text) as Document).playbooks
  const wordOf = (id: string) => playbook?.controls.find((control) => control.id === id)?.status
  return {
    canary: wordOf('runtime-canary-failed'),
    breaches: wordOf('critical-ci-repeated-breaches'),
    open: wordOf('no-open-incident'),
    fired: playbook?.incident?.triggers ?? [],
    names: playbook?.incident?.open ?? [],
  }
}

const failuresOf = (...digits: readonly number[]) =>
  Promise.all(digits.map((digit) => checkRuns(FAILED, commitOf(digit))))

/** As it was opened, about a commit. */
function incidentOf(digit: number): Uint8Array {
  const members = { incident: 'inc-1', trigger: 'somebody-called', openedAt: REPORTED_AT }
  const about = { kind: 'commit', commit: commitOf(digit) } as const
  return fileOf(statementOf('incident', members, { about, header: {} }), 'alice')
}

const QUIET = { canary: 'passed', breaches: 'passed', open: 'passed', fired: [], names: [] }

describe('commits that became no release', () => {
  it('breach with their failures, each of its commit, and fail no job of the release', async () => {
    expect(await incidentsIn(...(await failuresOf(1, 2)))).toEqual(QUIET)
    const fired = ['critical-ci-repeated-breaches']
    const three = { ...QUIET, breaches: 'failed', fired }
    expect(await incidentsIn(...(await failuresOf(1, 2, 3)))).toEqual(three)
  })

  it('are those of another target, too, as they are checked for this one', async () => {
    const failed = await failuresOf(1, 2)
    const of = (evidence: string) => checkRuns(FAILED, REVISION, { evidence })
    const asked = ASKED.replace(RELEASE.id, 'production__render_production_launch__v9__1')
    const inProduction = (...files: readonly Uint8Array[]) => incidentsOf(asked, ...files)
    const production = await of('evidence.production.cloud_preflight')
    const staging = await of('evidence.staging.cloud_preflight')
    expect((await inProduction(...failed, production)).breaches).toBe('failed')
    expect((await inProduction(...failed, staging)).breaches).toBe('passed')
  })

  it('have incidents as well', async () => {
    const open = { ...QUIET, open: 'failed', names: ['inc-1'] }
    expect(await incidentsIn(incidentOf(1))).toEqual(open)
  })
})
