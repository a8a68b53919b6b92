// `assay gate` in a project: what each decision exits with, and what it takes of the ledger.

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { appendAll, commitResult } from '../audit-world.ts'
import { NOW, signLedger } from '../ledger-world.ts'
import {
  COMMIT_RECORDS,
  decide,
  FAILED_CI,
  FAILED_LATE,
  type LedgerWorld,
  makeExternal,
  openGateWorld,
  PRODUCTION,
  RELEASE,
  REVISION,
  STAGING,
  UNDER,
  waiver,
} from './gate-world.ts'

const HOUR = 3_600_000
const CHECK = `${STAGING}#ci-validation`

let world: LedgerWorld
let copies = 0
beforeAll(async () => {
  world = await openGateWorld()
}, 120_000)

/** A ledger of the world, with more at its end. */
async function copyWith(...files: readonly Uint8Array[]): Promise<string> {
  copies += 1
  const name = `copy-${copies}`
  world.copy('ledger', name)
  await appendAll(world, name, files)
  return `--ledger ${name}`
}

describe('assay gate', () => {
  it('ends with 0 where the gate is go, about the newest release', async () => {
    const found = await decide(world, `${STAGING} ${UNDER}`)
    expect(found).toMatchObject({ exitCode: 0, decision: 'go', codes: expect.any(Array) })
    expect(found.document.gates).toMatchObject([
      { id: STAGING, release: RELEASE.id, commit: REVISION, deploymentAllowed: true },
    ])
  })

  it('ends with 1 where one of the gates is no-go, and says what clears it', async () => {
    const found = await decide(world, UNDER)
    expect(found.exitCode).toBe(1)
    expect(found.document.gates.map(({ id, decision }) => [id, decision])).toEqual([
      [PRODUCTION, 'no-go'],
      [STAGING, 'go'],
    ])
    const { exitCode, stdout, stderr } = await world.run(`gate ${UNDER}`)
    expect([exitCode, stderr]).toEqual([1, ''])
    expect(stdout).toContain(`no-go  ${PRODUCTION}`)
    expect(stdout).toMatch(/^ {4}\$ assay record test-result --commit [0-9a-f]{40} --evidence /m)
  })

  it('is no-go where a newer check of the commit failed', async () => {
    const ledger = await copyWith(FAILED_CI)
    const found = await decide(world, `${STAGING} ${UNDER} ${ledger}`)
    expect(found).toMatchObject({ exitCode: 1, decision: 'no-go' })
    expect(found.blockers).toMatchObject([{ id: CHECK, outcome: 'rejected' }])
  })

  it.each(Object.keys(COMMIT_RECORDS) as (keyof typeof COMMIT_RECORDS)[])(
    'is no-go without %s',
    async (name) => {
      const { [name]: _, ...others } = COMMIT_RECORDS
      const one = await openGateWorld(Object.values(others))
      const found = await decide(one, `${STAGING} ${UNDER}`)
      expect(found).toMatchObject({ exitCode: 1, decision: 'no-go' })
      expect(found.blockers.map(({ outcome }) => outcome)).toEqual(['missing'])
    },
    60_000,
  )

  it('asks about a commit before there is a release of the gate', async () => {
    const commit = 'd'.repeat(40)
    const found = await decide(world, `${PRODUCTION} ${UNDER} --commit ${commit}`)
    expect(found.document.gates).toMatchObject([{ commit, decision: 'no-go' }])
    const last = await decide(world, `${PRODUCTION} ${UNDER} ${await copyWith()}`)
    expect(last.exitCode).toBe(1)
  })

  it('refuses ids that are of no gate', async () => {
    const { exitCode, codes, text } = await world.judge(`gate gate.nobody ${UNDER}`)
    expect([exitCode, codes]).toEqual([2, ['cli/usage']])
    expect(text).toContain(STAGING)
  })

  it.each([
    '--counters --format markdown',
    '--explain --format junit',
    '--dry-run --format sarif',
    '--counters --dry-run',
    '--counters --run',
    '--release x',
    `--run ${STAGING}`,
  ])('refuses %s', async (rest) => {
    const { exitCode, stderr } = await world.run(`gate ${UNDER} ${rest}`)
    expect([exitCode, stderr]).toEqual([2, expect.stringContaining('cli/usage')])
  })

  it('refuses policies that are not there, and a ledger that is not', async () => {
    const policies = await world.judge('gate --trust trust.json --log-key log.vkey --policies none')
    expect([policies.exitCode, policies.codes]).toEqual([2, ['host/file-missing']])
    const ledger = await world.judge(`gate ${UNDER} --ledger none`)
    expect(ledger.exitCode).toBe(2)
  })

  it('explains every requirement with its reason', async () => {
    const { exitCode, stdout } = await world.run(`gate ${STAGING} ${UNDER} --explain`)
    expect(exitCode).toBe(0)
    expect(stdout).toContain(`\naccepted  deploy of ${STAGING}\n  accepted  Requirement\n`)
    expect(stdout).toContain('signed by "alice" (person)')
    const short = await world.run(`gate ${STAGING} ${UNDER}`)
    expect(stdout.startsWith(short.stdout)).toBe(true)
  })

  it('prints what it would ask, and looks for no ledger', async () => {
    const line = `gate ${STAGING} ${UNDER} --ledger none --dry-run`
    const { exitCode, stdout } = await world.run(line)
    expect(exitCode).toBe(0)
    expect(stdout).toContain(`${STAGING}: deploy\n  approval-record: `)
    const { text } = await world.judge(line)
    const { requirements } = JSON.parse(text) as { requirements: { id: string }[] }
    expect(requirements.map(({ id }) => id)).toContain(CHECK)
    expect(requirements.every(({ id }) => !id.startsWith(PRODUCTION))).toBe(true)
  })

  it('writes a format to a file, and says the decisions', async () => {
    const { exitCode, stdout } = await world.run(
      `gate ${UNDER} --format sarif --out gates.sarif ${STAGING}`,
    )
    expect([exitCode, stdout]).toEqual([0, `go  ${STAGING}\n`])
    const written: unknown = JSON.parse(readFileSync(join(world.folder, 'gates.sarif'), 'utf8'))
    expect(written).toMatchObject({ version: '2.1.0' })
    const json = await world.run(`gate ${UNDER} --format json --out gates.json ${STAGING}`)
    expect(json.exitCode).toBe(0)
    const document: unknown = JSON.parse(readFileSync(join(world.folder, 'gates.json'), 'utf8'))
    expect(document).toMatchObject({ schema: 'assay/gates/v1', outcome: 'accepted' })
    const refused = await world.run(`gate ${UNDER} --out none/gates.txt`)
    expect(refused.exitCode).toBe(2)
  })
})

describe('an exception', () => {
  it('lets pass what the project can not make itself, unless asked strictly', async () => {
    const { ci: _, ...others } = COMMIT_RECORDS
    const one = await openGateWorld(Object.values(others))
    makeExternal(one)
    const bare = await decide(one, `${STAGING} ${UNDER}`)
    expect(bare).toMatchObject({ exitCode: 1, decision: 'no-go' })
    expect(bare.blockers).toMatchObject([{ id: CHECK, outcome: 'unverified' }])
    await appendAll(one, 'ledger', [waiver(CHECK)])
    const found = await decide(one, `${STAGING} ${UNDER}`)
    expect(found).toMatchObject({ exitCode: 0, decision: 'go-by-exception' })
    expect(found.document.gates[0]?.exceptions).toMatchObject([{ check: CHECK }])
    // It stays what it was.
    expect(found.blockers).toMatchObject([{ id: CHECK, outcome: 'unverified' }])
    const strict = await decide(one, `${STAGING} ${UNDER} --strict`)
    expect(strict).toMatchObject({ exitCode: 1, decision: 'no-go' })
  }, 60_000)

  it('is none of what is merely missing, nor where it is over', async () => {
    const { ci: _, ...others } = COMMIT_RECORDS
    const one = await openGateWorld([...Object.values(others), waiver(CHECK)])
    const found = await decide(one, `${STAGING} ${UNDER}`)
    expect(found).toMatchObject({ exitCode: 1, decision: 'no-go' })
    expect(found.document.gates[0]?.waivers).toMatchObject({
      used: [],
      ineffective: [{ check: CHECK, outcome: 'missing' }],
    })
    const past = await openGateWorld([
      ...Object.values(others),
      waiver(CHECK, '2026-04-10T11:59:59Z'),
    ])
    makeExternal(past)
    const over = await decide(past, `${STAGING} ${UNDER}`)
    expect(over).toMatchObject({ exitCode: 1, decision: 'no-go' })
    expect(over.document.gates[0]?.waivers).toMatchObject({ used: [], idle: [{ check: CHECK }] })
  }, 60_000)
})

describe('counters', () => {
  it('are told with their rules whatever the gates come to, and exit with 0', async () => {
    const { exitCode, stdout } = await world.run(`gate --counters ${UNDER}`)
    expect(exitCode).toBe(0)
    expect(stdout).toMatch(/^Signed provenance +1\/2 {2}live 0, local 1$/m)
    expect(stdout).toContain('Provenance posture')
    const { document } = await decide(world, `--counters ${UNDER}`)
    expect(document.counters).toHaveLength(14)
    expect(document.posture).toHaveLength(14)
  })

  it('are not accepted of a ledger that may have been cut', async () => {
    const { exitCode, codes } = await decide(
      world,
      '--counters --policies policies --trust trust.json',
    )
    expect([exitCode, codes]).toEqual([1, ['cli/ledger-head-missing']])
  })
})

describe('a ledger that is not whole', () => {
  it('makes no gate go without a signed head, unless that is said aloud (A-78)', async () => {
    const line = `${STAGING} --policies policies --trust trust.json`
    const found = await decide(world, line)
    expect(found.exitCode).toBe(1)
    expect(found.codes).toContain('cli/ledger-head-missing')
    const text = await world.run(`gate ${line}`)
    expect(text.stdout).toMatch(/^missing {3}What all gates rest on/)
    const unsigned = await world.run(`gate ${line} --unsafe-unsigned`)
    expect([unsigned.exitCode, unsigned.stderr]).toEqual([0, expect.stringContaining('UNSAFE')])
  })

  it('makes no gate go where a record was taken out of it', async () => {
    const ledger = await copyWith()
    const name = ledger.slice('--ledger '.length)
    const listed = await world.done(`ledger list --ledger ${name} --format json`)
    const { entries } = JSON.parse(listed) as { entries: { sha256: string }[] }
    const sha256 = entries.at(-1)?.sha256 ?? ''
    const file = join(world.folder, name, 'records', sha256.slice(0, 2), `${sha256}.sigstore.json`)
    rmSync(file)
    const found = await decide(world, `${STAGING} ${UNDER} ${ledger}`)
    expect(found.exitCode).not.toBe(0)
    const whole = await decide(world, `${STAGING} ${UNDER}`)
    expect(whole.exitCode).toBe(0)
  })

  it('makes no gate go where its tail was cut since the head that was kept (A-78)', async () => {
    const more = (await copyWith(FAILED_CI)).slice('--ledger '.length)
    await signLedger(world, more)
    const kept = readFileSync(join(world.folder, more, 'checkpoint'))
    writeFileSync(join(world.folder, 'kept-later'), kept)
    const whole = await decide(world, `${STAGING} ${UNDER} --ledger ${more} --head kept-later`)
    expect(whole).toMatchObject({ exitCode: 1, decision: 'no-go' })
    // The same ledger from before: without the failed check the gate would be go.
    const cut = await decide(world, `${STAGING} ${UNDER} --head kept-later`)
    expect(cut.exitCode).not.toBe(0)
    const earlier = await decide(world, `${STAGING} ${UNDER} --head kept`)
    expect(earlier).toMatchObject({ exitCode: 0, decision: 'go' })
  })
})

describe('--at', () => {
  it('gives what was true under the head that was kept', async () => {
    const ledger = await copyWith(FAILED_LATE)
    await signLedger(world, ledger.slice('--ledger '.length), NOW + 2 * HOUR)
    const now = await decide(world, `${STAGING} ${UNDER} ${ledger}`, NOW + 4 * HOUR)
    expect(now.decision).toBe('no-go')
    const at = (hour: number) => `--at 2026-04-10T${hour}:00:00Z --head kept`
    const ask = (hour: number) =>
      decide(world, `${STAGING} ${UNDER} ${ledger} ${at(hour)}`, NOW + 4 * HOUR)
    expect(await ask(13)).toMatchObject({ exitCode: 0, decision: 'go' })
    // The head that was kept is still one from before; the ledger has a newer one from before.
    for (const hour of [14, 15, 16]) {
      expect(await ask(hour)).toMatchObject({ exitCode: 1, decision: 'no-go' })
    }
  })

  it('can not judge what is dated before, speaks against it, and stands behind that head', async () => {
    const ledger = await copyWith(FAILED_CI)
    await signLedger(world, ledger.slice('--ledger '.length), NOW + 2 * HOUR)
    const at = `--at 2026-04-10T13:00:00Z --head kept`
    const found = await decide(world, `${STAGING} ${UNDER} ${ledger} ${at}`, NOW + 4 * HOUR)
    expect(found).toMatchObject({ exitCode: 2, decision: 'no-go' })
    expect(found.codes).toContain('cli/audit-time')
  })

  it('can not judge without a head, where nobody vouches for times (ruling 34)', async () => {
    const found = await decide(world, `${STAGING} ${UNDER} --at 2026-04-10T12:00:00Z`)
    expect(found.exitCode).toBe(2)
    expect(found.codes).toContain('cli/audit-time')
  })
})

describe('of another kind of check', () => {
  it('a result about another commit is none', async () => {
    const { ci: _, ...others } = COMMIT_RECORDS
    const one = await openGateWorld([
      ...Object.values(others),
      commitResult('PASSED', 'evidence.devnet.live_verification'),
    ])
    const found = await decide(one, `${STAGING} ${UNDER}`)
    expect(found.blockers).toMatchObject([{ id: CHECK, outcome: 'missing' }])
  }, 60_000)
})
