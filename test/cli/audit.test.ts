// A ledger in a folder, audited: what is accepted, what each fault is called, and what an audit says of the rest.

import { copyFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { digestBytes } from '../../src/digest/index.ts'
import { createHost } from '../../src/host/index.ts'
import { fileOf, statementOf } from '../record/signed.ts'
import { digestOf } from '../verify/release.ts'
import {
  appendAll,
  commitResult,
  ledgerOf,
  openAuditWorld,
  put,
  releaseOf,
  UNDER,
} from './audit-world.ts'
import type { LedgerWorld } from './ledger-world.ts'

const CI = 'evidence.repo.ci_monorepo_validation'
const RELEASE = releaseOf()
const OLDER = releaseOf('v1.1.0')

let world: LedgerWorld
beforeAll(async () => {
  world = openAuditWorld()
  await ledgerOf(world, 'ledger', [...OLDER.generated, ...RELEASE.generated])
  copyFileSync(join(world.folder, 'ledger/checkpoint'), join(world.folder, 'kept'))
}, 60_000)

interface Judgement {
  readonly outcome: string
  readonly releases: readonly { readonly outcome: string; readonly contradictions: number }[]
}

let made = 0
async function copyWith(files: readonly Uint8Array[] = []): Promise<string> {
  made += 1
  const name = `copy-${made}`
  world.copy('ledger', name)
  if (files.length > 0) await appendAll(world, name, files)
  return name
}

const audit = async (ledger: string, rest = '--log-key log.vkey --run') =>
  world.judge(`audit ${ledger} ${UNDER} ${rest}`)

describe('assay audit of a ledger', () => {
  it('accepts the ledger of a run with every status of every release', async () => {
    const judged = await audit('ledger')
    expect([judged.exitCode, judged.codes]).toEqual([0, []])
    const { releases } = JSON.parse(judged.text) as {
      releases: { id: string; records: object[] }[]
    }
    expect(releases.map(({ id }) => id)).toEqual([OLDER.id, RELEASE.id])
    expect(releases[1]?.records).toMatchObject([
      { family: 'tracking', status: 'bundle-generated', standing: 'generated', signer: 'release' },
      { family: 'attestation', status: 'signed-and-verified', origin: 'local-proof' },
    ])
  })

  it('lists what nobody adopted in the ledger of a project, and counts it nowhere', async () => {
    const judged = await audit('ledger', '--log-key log.vkey')
    expect([judged.exitCode, judged.codes]).toEqual([1, ['record/nothing-counts']])
    const { outcome, releases } = JSON.parse(judged.text) as Judgement
    expect([outcome, releases.map((release) => release.outcome)]).toEqual([
      'missing',
      ['missing', 'missing'],
    ])
    expect(releases[0]).toMatchObject({
      records: [],
      generated: [{ family: 'tracking' }, { family: 'attestation' }],
    })
  })

  it.each([
    ['an empty ledger', [], []],
    ['a provenance, which says of no set what it is', RELEASE.generated.slice(0, 1), ['missing']],
  ])('misses records in %s', async (_, files, outcomes) => {
    const ledger = `bare-${outcomes.length}`
    await ledgerOf(world, ledger, files)
    const judged = await audit(ledger)
    expect([judged.exitCode, judged.codes]).toEqual([1, ['record/nothing-counts']])
    const { releases } = JSON.parse(judged.text) as Judgement
    expect(releases.map(({ outcome }) => outcome)).toEqual(outcomes)
    expect(releases.map(({ contradictions }) => contradictions)).toEqual(outcomes.map(() => 0))
    await appendAll(world, ledger, RELEASE.generated.slice(outcomes.length))
    expect(await audit(ledger)).toMatchObject({ exitCode: 0, codes: [] })
  })

  it('misses a release that the ledger does not have', async () => {
    const judged = await audit('ledger', `--log-key log.vkey --run --release ${RELEASE.id}-2`)
    expect([judged.exitCode, judged.codes]).toEqual([1, ['record/nothing-counts']])
  })

  it('says so where no signed head is judged', async () => {
    expect(await audit('ledger', '--run')).toMatchObject({
      exitCode: 1,
      codes: ['cli/ledger-head-missing'],
    })
    expect(await audit('ledger', '--run --unsafe-unsigned')).toMatchObject({ exitCode: 0 })
    expect(await audit('ledger', '--unsafe-unsigned --log-key log.vkey')).toMatchObject({
      exitCode: 2,
      codes: ['cli/usage'],
    })
    expect(await audit('ledger', '--head kept')).toMatchObject({ exitCode: 2 })
  })

  it('judges one release alone', async () => {
    const judged = await audit('ledger', `--log-key log.vkey --run --release ${RELEASE.id}`)
    const { releases } = JSON.parse(judged.text) as { releases: { id: string }[] }
    expect([judged.exitCode, releases.map(({ id }) => id)]).toEqual([0, [RELEASE.id]])
  })

  it('hears of what can not be read about the commit, of one release as of all (A-83)', async () => {
    const own = openAuditWorld()
    const failed = commitResult('FAILED', CI)
    await ledgerOf(own, 'ledger', [...RELEASE.generated, failed])
    const sha256 = digestOf(failed)
    const file = join(own.folder, `ledger/records/${sha256.slice(0, 2)}/${sha256}.sigstore.json`)
    const ask = async (rest: string) =>
      own.judge(`audit ledger ${UNDER} --log-key log.vkey --run${rest}`)
    const alone = ` --release ${RELEASE.id}`
    for (const rest of ['', alone]) expect(await ask(rest)).toMatchObject({ exitCode: 1 })
    writeFileSync(file, Buffer.concat([readFileSync(file), Buffer.from(' ')]))
    const changed = await ask(alone)
    expect([changed.exitCode, changed.codes]).toEqual([1, ['record/commit-refused']])
    rmSync(file)
    const gone = await ask(alone)
    expect(gone.exitCode).toBe(1)
    expect(gone.codes).toContain('host/ledger-record-missing')
    expect(gone.codes).toContain('record/commit-refused')
  })

  it('refuses a record of a signer whom nobody knows, and judges the rest without it', async () => {
    const stranger = fileOf(
      statementOf(
        'withdrawal',
        { action: 'withdraw', reason: 'no', urgency: 'soon' },
        {
          about: { kind: 'set', id: RELEASE.id, digest: RELEASE.set },
          header: { release: RELEASE.reference },
        },
      ),
      'stranger',
    )
    const judged = await audit(await copyWith([stranger]))
    expect([judged.exitCode, judged.codes]).toEqual([1, ['verify/key-unknown']])
    const { releases } = JSON.parse(judged.text) as { releases: object[] }
    expect(releases[1]).toMatchObject({ refused: 1, isWithdrawn: false })
  })

  it('tells of a withdrawal, and of entries behind the signed head', async () => {
    const withdrawal = RELEASE.record('withdrawal', {
      action: 'withdraw',
      reason: 'It loses data',
      urgency: 'soon',
    })
    const ledger = await copyWith([withdrawal])
    const judged = await audit(ledger)
    expect([judged.exitCode, judged.codes]).toEqual([1, ['record/withdrawn']])
    expect(judged.text).toContain('1 entry after the last signed head')
    const { releases } = JSON.parse(judged.text) as { releases: { records?: object[] }[] }
    const [withdrawn] = releases[1]?.records?.slice(-1) ?? []
    expect(withdrawn).toMatchObject({ family: 'withdrawal', standing: 'direct' })
    // What a person says has a signer, and no origin.
    expect(withdrawn).not.toHaveProperty('origin')
    const { stdout } = await world.run(`audit ${ledger} ${UNDER} --log-key log.vkey --run`)
    expect(stdout).toContain('withdrawn; ')
  })

  it('finds a record of another set among those of a release', async () => {
    const other = releaseOf('v1.2.0', { 'app.js': 'another\n' })
    const judged = await audit(await copyWith(other.generated.slice(1)))
    expect([judged.exitCode, judged.codes]).toEqual([1, ['record/contradiction']])
  })

  it('joins records about a commit by the provenance that names it', async () => {
    const good = await audit(await copyWith([commitResult('PASSED', CI)]))
    expect([good.exitCode, good.codes]).toEqual([0, []])
    const { releases, others } = JSON.parse(good.text) as { releases: object[]; others: object[] }
    expect(releases[0]).toMatchObject({ commitRecords: [{ family: 'test-result', evidence: CI }] })
    expect(others).toMatchObject([{ releases: [OLDER.id, RELEASE.id], refused: 0 }])
    const bad = await audit(await copyWith([commitResult('FAILED', CI)]))
    expect([bad.exitCode, bad.codes]).toEqual([1, ['record/check-failed']])
    const passed = commitResult('PASSED', CI)
    const ledger = await copyWith([commitResult('FAILED', CI), passed])
    const again = await audit(ledger)
    expect([again.exitCode, again.codes]).toEqual([0, []])
    const sha256 = digestBytes('sha256', passed)
    const [later] = (JSON.parse(again.text) as { releases: object[] }).releases
    expect(later).toMatchObject({
      commitRecords: [{ status: 'failed', outcome: 'rejected', overtakenBy: sha256 }, {}],
    })
    const { stdout } = await world.run(`audit ${ledger} ${UNDER} --log-key log.vkey --run`)
    expect(stdout).toMatch(new RegExp(`made up for\\s+found:\\s+${sha256}\\s+at entry 7`))
  })
})

describe('assay audit of a ledger that was changed', () => {
  const recordOf = (ledger: string, bytes: Uint8Array) => {
    const sha256 = digestOf(bytes)
    return join(world.folder, ledger, 'records', sha256.slice(0, 2), `${sha256}.sigstore.json`)
  }

  it('names a record that was changed, dropped or added', async () => {
    const [, tracking = new Uint8Array()] = RELEASE.generated
    const changed = await copyWith()
    writeFileSync(recordOf(changed, tracking), `${Buffer.from(tracking).toString()} `)
    expect(await audit(changed)).toMatchObject({
      exitCode: 1,
      codes: ['host/ledger-record-differs', 'record/missing'],
    })
    const dropped = await copyWith()
    rmSync(recordOf(dropped, tracking))
    expect(await audit(dropped)).toMatchObject({
      exitCode: 1,
      codes: ['host/ledger-record-missing', 'record/missing'],
    })
    const added = await copyWith()
    put(world, `${added}/records/ab/extra`, 'x')
    expect(await audit(added)).toMatchObject({ exitCode: 1, codes: ['host/ledger-record-extra'] })
  })

  it('finds a tail that was cut by a head that somebody kept', async () => {
    await ledgerOf(world, 'short', OLDER.generated)
    const line = '--log-key log.vkey --run --head kept'
    expect(await audit('ledger', line)).toMatchObject({ exitCode: 0 })
    const judged = await audit('short', line)
    expect([judged.exitCode, judged.codes]).toEqual([1, ['ledger/tail-cut']])
  })

  it('refuses a record that stands under an entry of something else', async () => {
    const ledger = await copyWith()
    const store = await createHost(world.folder).openLedger(ledger)
    const [bytes = new Uint8Array()] = releaseOf('v1.3.0').generated.slice(1)
    const entry = {
      sha256: digestOf(bytes),
      predicateType: 'urn:assay:predicate:tracking:v1',
      release: 'staging__render_staging_rollout__v9__1',
    }
    expect(await store.append([{ bytes, entry }])).toMatchObject({ ok: true })
    const judged = await audit(ledger)
    const codes = ['cli/ledger-record', 'record/nothing-counts']
    expect([judged.exitCode, judged.codes]).toEqual([1, codes])
  })
})
