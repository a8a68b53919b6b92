// `assay playbook` over a signed ledger: what each decision exits with, and what it takes of ledger and files.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { appendAll, SHIPPED_POLICIES } from '../audit-world.ts'
import { type LedgerWorld, signLedger } from '../ledger-world.ts'
import {
  ASKED,
  approvalBy,
  checkRuns,
  openPlaybookWorld,
  RELEASE,
  REVISION,
} from './playbook-world.ts'

let world: LedgerWorld
let copies = 0
beforeAll(async () => {
  world = await openPlaybookWorld()
  mkdirSync(join(world.folder, 'none'))
}, 120_000)

interface Document {
  readonly outcome: string
  readonly playbooks: readonly {
    readonly decision: string
    readonly commit?: string
    readonly summary: { readonly status: string; readonly firstFailing?: { readonly id: string } }
    readonly exception?: { readonly control: string; readonly used: boolean }
    readonly controls: readonly { readonly id: string; readonly status: string }[]
  }[]
}

async function decide(rest = '', asked = ASKED) {
  const { exitCode, codes, text } = await world.judge(`${asked}${rest}`)
  const { playbooks, outcome } = JSON.parse(text) as Document
  const [playbook] = playbooks
  const open = playbook?.controls.filter(({ status }) => status !== 'passed') ?? []
  return { exitCode, codes, outcome, playbook, open: open.map(({ id, status }) => [id, status]) }
}

/** The ledger with more at its end, and another head. */
async function copyWith(...files: readonly Uint8Array[]): Promise<string> {
  copies += 1
  const name = `copy-${copies}`
  world.copy('ledger', name)
  await appendAll(world, name, files)
  await signLedger(world, name)
  return ` --ledger ${name}`
}

/** The files with another one in the place of one. */
function filesWith(path: string, content: string): string {
  copies += 1
  const name = `files-${copies}`
  world.copy('files', name)
  writeFileSync(join(world.folder, name, path), content)
  return ASKED.replace('--reports files', `--reports ${name}`)
}

const EXCEPTED = ['github_branch_protection_report', 'unverified']
const REPORT = 'artifacts/branch_protection_policy_report.json'

describe('assay playbook', () => {
  it('is go by exception where nobody shows what GitHub enforces, and somebody looked at it', async () => {
    const named = ASKED.replace('playbook ', 'playbook playbook.production_readiness ')
    const found = await decide('', named)
    expect(found).toMatchObject({ exitCode: 0, outcome: 'accepted', open: [EXCEPTED] })
    expect(found.playbook).toMatchObject({
      decision: 'go-by-exception',
      commit: REVISION,
      summary: { status: 'unverified' },
      exception: { control: EXCEPTED[0], used: true },
    })
  })

  it('is no-go for it where it is strict', async () => {
    const found = await decide(' --strict')
    expect([found.exitCode, found.outcome]).toEqual([1, 'unverified'])
    expect(found.playbook?.summary.firstFailing?.id).toBe(EXCEPTED[0])
  })

  it('is told as text and as Markdown, and written to a file', async () => {
    const { exitCode, stdout, stderr } = await world.run(ASKED)
    expect([exitCode, stderr]).toEqual([0, ''])
    expect(stdout).toContain('go by exception: playbook.production_readiness\n')
    expect(stdout).toContain('decision of the release owner (release-owner): ')
    const told = await world.run(`${ASKED} --format markdown --out summary.md`)
    expect(told).toMatchObject({
      exitCode: 0,
      stdout: 'go-by-exception  playbook.production_readiness\n',
    })
    const written = readFileSync(join(world.folder, 'summary.md'), 'utf8')
    expect(written).toMatch(/^## playbook\.production\\_readiness: go by exception\n/)
  })

  it('takes a job that only has to complete however it ended, and none of the others', async () => {
    const trend = await decide(await copyWith(await checkRuns({ ci_stability_trend: 'failure' })))
    expect(trend).toMatchObject({ exitCode: 0, open: [EXCEPTED] })
    const canary = await decide(await copyWith(await checkRuns({ runtime_canary: 'timed_out' })))
    expect(canary).toMatchObject({ exitCode: 1, open: [['runtime_canary', 'failed'], EXCEPTED] })
    expect(canary.codes).toContain('gate/playbook-job')
  })

  it('knows a report by its bytes', async () => {
    const changed = await decide('', filesWith(REPORT, '{"status": "passed"}'))
    expect(changed).toMatchObject({ exitCode: 1 })
    expect(changed.open).toEqual([['branch_protection_policy_report', 'failed'], EXCEPTED])
    expect(changed.codes).toContain('gate/report-changed')
  })

  it('takes no file that lies there for one that somebody signed', async () => {
    const found = await decide('', ASKED.replace('--reports files', '--reports none'))
    expect(found.exitCode).toBe(1)
    expect(found.codes).toContain('gate/report-absent')
  })

  it('can not read a folder as a report', async () => {
    const asked = filesWith('artifacts/other.json', '')
    const [, folder = ''] = /--reports (\S+)/.exec(asked) ?? []
    rmSync(join(world.folder, folder, REPORT))
    mkdirSync(join(world.folder, folder, REPORT))
    expect((await decide('', asked)).codes).toContain('gate/report-unreadable')
  })

  it.each<readonly [string, () => Uint8Array]>([
    [
      'somebody who decided takes it back',
      () => approvalBy('bob', { decision: 'reject', expires: undefined as never }),
    ],
  ])('is no-go where %s', async (_, record) => {
    const found = await decide(await copyWith(record()))
    expect(found).toMatchObject({ exitCode: 1, open: [EXCEPTED, ['promotion_decision', 'failed']] })
  })

  it('is no-go of a release of which the ledger holds nothing', async () => {
    const found = await decide('', ASKED.replace('v1.2.0', 'v9.9.9'))
    expect(found).toMatchObject({ exitCode: 1, playbook: { decision: 'no-go' } })
    expect(found.codes).toContain('gate/report-loose')
  })

  it('is no-go over a ledger that is not whole, whatever is read out of it', async () => {
    world.copy('ledger', 'cut')
    const head = join(world.folder, 'cut/checkpoint')
    writeFileSync(head, readFileSync(head, 'utf8').replace(/\n\d+\n/, '\n1\n'))
    const { exitCode, stdout } = await world.run(`${ASKED} --ledger cut`)
    expect(exitCode).not.toBe(0)
    expect(stdout).not.toContain('go by exception:')
  })

  it('is asked about releases of its scope alone', async () => {
    const text = readFileSync(join(world.folder, 'playbooks/playbook.yaml'), 'utf8')
    mkdirSync(join(world.folder, 'others'))
    const scope = 'scope:\n  channels: [production]\n'
    writeFileSync(join(world.folder, 'others/p.yaml'), text.replace('scope:\n', scope))
    const asked = ASKED.replace('--playbooks playbooks', '--playbooks others')
    expect(await world.judge(asked)).toMatchObject({ exitCode: 2, codes: ['cli/usage'] })
  })

  it.each([
    ['another id', ASKED.replace('playbook ', 'playbook playbook.other '), 'cli/usage'],
    [
      'no playbook',
      ASKED.replace('--playbooks playbooks', `--playbooks ${SHIPPED_POLICIES}`),
      'cli/usage',
    ],
    [
      'no folder',
      ASKED.replace('--playbooks playbooks', '--playbooks nothing'),
      'host/file-missing',
    ],
    ['no set id', ASKED.replace(RELEASE.id, 'web'), 'statement/artifact-set-id'],
    ['no trust document', ASKED.replace('trust.json', 'nothing.json'), 'host/file-missing'],
    ['no place to write', `${ASKED} --out nowhere/p.txt`, 'host/file-unwritable'],
  ])('can not judge with %s', async (_, asked, code) => {
    expect(await world.judge(asked)).toMatchObject({ exitCode: 2, codes: [code] })
  })
})
