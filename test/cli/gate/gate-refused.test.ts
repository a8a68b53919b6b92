// A gate where records of the release are refused or contradict it: whatever the others show, nothing is allowed.

import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../../../.ci/checkout.ts'
import { fileOf, REVISION, statementOf } from '../../record/signed.ts'
import { digestOf } from '../../verify/release.ts'
import { appendAll } from '../audit-world.ts'
import { type LedgerWorld, signLedger } from '../ledger-world.ts'
import { PRE, RELEASE, TARGET } from '../project-world.ts'
import { openGateWorld, STAGING, UNDER } from './gate-world.ts'

const RELEASE_OBJECT = { ...RELEASE.reference, phase: PRE } as const
const withdrawal = (key: string, release: typeof RELEASE.reference = RELEASE_OBJECT) =>
  withdrawalOf({ ...RELEASE, reference: release }, key)

function withdrawalOf({ id, set, reference }: typeof RELEASE, key = 'release') {
  const members = { action: 'withdraw', reason: 'It loses data', urgency: 'immediate' }
  const about = { kind: 'set', id, digest: set } as const
  const header = { release: { ...reference, phase: PRE } } as const
  return fileOf(statementOf('withdrawal', members, { about, header }), key)
}

let world: LedgerWorld
beforeAll(async () => {
  world = await openGateWorld()
  const readiness = join(ROOT, 'policies/deployment-readiness')
  cpSync(readiness, join(world.folder, 'readiness'), { recursive: true })
}, 60_000)

let count = 0
/** The ledger that was asked about last. */
let told = ''
async function gateWith(...records: readonly Uint8Array[]) {
  count += 1
  const name = `with-${count}`
  world.copy('ledger', name)
  if (records.length > 0) {
    await appendAll(world, name, records)
    await signLedger(world, name)
  }
  const said = await world.run(`gate ${STAGING} --ledger ${name} ${UNDER} --format json`)
  told = name
  const { gates } = JSON.parse(said.stdout) as {
    gates: {
      decision: string
      release?: string
      deploymentAllowed: boolean
      against: { check: { code: string; hint?: string } }[]
    }[]
  }
  return { exitCode: said.exitCode, gate: gates[0] }
}

interface Readiness {
  readonly standing: string
  readonly stages: readonly { readonly standing: string }[]
}

const NO_GO = {
  exitCode: 1,
  gate: {
    decision: 'no-go',
    deploymentAllowed: false,
    against: [{ check: { code: 'gate/records-refused' } }],
  },
}

describe('a gate', () => {
  it('is go where every record of the release is accepted', async () => {
    const { exitCode, gate } = await gateWith()
    expect([exitCode, gate?.decision, gate?.against]).toEqual([0, 'go', []])
  })

  it('is no-go with a withdrawal whose signer nobody trusts any more', async () => {
    expect(await gateWith(withdrawal('other'))).toMatchObject(NO_GO)
  })

  it('is no-go with a withdrawal that contradicts the release', async () => {
    const elsewhere = { ...RELEASE_OBJECT, sourceRevision: '7'.repeat(40) }
    expect(await gateWith(withdrawal('release', elsewhere))).toMatchObject(NO_GO)
  })

  it('is no-go with a refused result about the commit', async () => {
    const failed = fileOf(
      statementOf(
        'test-result',
        {
          result: 'FAILED',
          configuration: [{ digest: { sha256: digestOf('tests') } }],
          failedTests: ['unit'],
        },
        {
          about: { kind: 'commit', commit: REVISION },
          header: { evidence: 'evidence.staging.cloud_preflight' },
        },
      ),
      'other',
    )
    expect(await gateWith(failed)).toMatchObject(NO_GO)
  })

  it('shows that in every format, and readiness for a deployment does', async () => {
    expect(await gateWith(withdrawal('other'))).toMatchObject(NO_GO)
    const failures = {
      text: 'Records are not accepted',
      markdown: '**rejected**: release\\-records',
      sarif: '"ruleId": "gate/records-refused"',
      junit: `<testcase classname="${STAGING}" name="${STAGING}#release-records">`,
      github: `::error title=${STAGING}#release-records::rejected`,
    }
    for (const [format, failure] of Object.entries(failures)) {
      const line = `gate ${STAGING} --ledger ${told} ${UNDER} --format ${format}`
      const { exitCode, stdout } = await world.run(line)
      expect([exitCode, stdout]).toEqual([1, expect.stringContaining(failure)])
    }
    const asked = `readiness --release ${RELEASE.id} --readiness readiness ${UNDER}`
    const before = JSON.parse((await world.judge(asked)).text) as { readonly standing: string }
    expect(before.standing).toBe('missing')
    const { exitCode, text, codes } = await world.judge(`${asked} --ledger ${told}`)
    expect([exitCode, codes]).toEqual([1, expect.arrayContaining(['gate/records-refused'])])
    const { standing, stages } = JSON.parse(text) as Readiness
    expect([standing, ...stages.map((stage) => stage.standing)]).toEqual(Array(5).fill('blocked'))
    const { stdout } = await world.run(`${asked} --ledger ${told}`)
    expect(stdout).toMatch(/^rejected {2}Records are not accepted/)
    expect(stdout).toContain('verify/key-unknown')
  })

  it('shows in every format that the ledger is not whole', async () => {
    const name = 'without-head'
    world.copy('ledger', name)
    rmSync(join(world.folder, name, 'checkpoint'))
    for (const format of ['text', 'sarif', 'junit']) {
      const { exitCode, stdout } = await world.run(
        `gate ${STAGING} --ledger ${name} ${UNDER} --format ${format}`,
      )
      expect([format, exitCode]).toEqual([format, 1])
      expect(stdout).toMatch(/ledger(?:-|\\-|\/)(?:head|checkpoint)/)
    }
    const asked = `readiness --release ${RELEASE.id} --readiness readiness ${UNDER}`
    const { stdout } = await world.run(`${asked} --ledger ${name}`)
    expect(stdout).toMatch(/^missing {3}The ledger\n/)
  })

  it('goes back to the release before a withdrawn one only where that one is named', async () => {
    const { exitCode, gate } = await gateWith(withdrawal('release'))
    expect([exitCode, gate?.against[0]?.check.code]).toEqual([1, 'gate/release-withdrawn'])
    expect(gate?.release).toBe(RELEASE.id)
    const of = `gate ${STAGING} --ledger ${told} ${UNDER} --format json --release`
    const asked = async (release: string) => {
      const { exitCode: code, stdout } = await world.run(`${of} ${release}`)
      return [code, (JSON.parse(stdout) as { gates: object[] }).gates[0]] as const
    }
    const release = TARGET.id
    expect(gate?.against[0]?.check.hint).toContain(`--release ${release}`)
    expect(await asked(release)).toMatchObject([0, { release, decision: 'go' }])
    const newest = await asked(RELEASE.id)
    expect(newest).toMatchObject([
      1,
      {
        release: RELEASE.id,
        decision: 'no-go',
        against: [{ check: { code: 'gate/release-withdrawn' } }],
      },
    ])
  })

  it('goes on to another commit after every release was withdrawn, and not to theirs', async () => {
    const both = [withdrawal('release'), withdrawalOf(TARGET)]
    const { exitCode, gate } = await gateWith(...both)
    expect([exitCode, gate?.release, gate?.against[0]?.check.code]).toEqual([
      1,
      undefined,
      'gate/release-withdrawn',
    ])
    const asked = async (commit: string) => {
      const of = `gate ${STAGING} --ledger ${told} ${UNDER} --format json --commit ${commit}`
      return (JSON.parse((await world.run(of)).stdout) as { gates: readonly object[] }).gates[0]
    }
    expect(await asked(REVISION)).toMatchObject({
      against: [{ check: { code: 'gate/release-withdrawn' } }],
    })
    // Nothing is known of it, and none of theirs is held against it.
    const next = 'c'.repeat(40)
    expect(await asked(next)).toMatchObject({
      commit: next,
      against: [{ check: { code: 'gate/subject-unknown' } }],
    })
  })
})
