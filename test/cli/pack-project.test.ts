// A pack of a project is judged as its ledger is: what was adopted counts, and a release to go back to comes along.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { appendAll, put, UNDER } from './audit-world.ts'
import { runBlock } from './check-blocks.ts'
import type { LedgerWorld } from './ledger-world.ts'
import { hasTool } from '../outside-tool.ts'
import { fileOf, statementOf } from '../record/signed.ts'
import { digestOf } from '../verify/release.ts'
import { type Files, filesOf, PLACE, packOf } from './pack-world.ts'
import { failedSmoke, openProjectWorld, PRE, RELEASE, TARGET } from './project-world.ts'

const LINE = `--release ${RELEASE.id} --phase ${PRE} ${UNDER} --document inner.json --document snapshot.json`

interface Judgement {
  readonly scope: string
  readonly releases: readonly {
    readonly id: string
    readonly outcome: string
    readonly records: readonly Row[]
    readonly generated: readonly object[]
  }[]
}

interface Row {
  readonly family: string
  readonly status: string
  readonly outcome: string
  readonly standing: string
}

let world: LedgerWorld
let archive: Uint8Array
let files: ReadonlyMap<string, Uint8Array>
beforeAll(async () => {
  world = await openProjectWorld()
  await world.done(`pack ${LINE} --ledger ledger --out one`)
  archive = readFileSync(join(world.folder, 'one', `${PLACE}.tar`))
  files = await filesOf(archive)
}, 60_000)

async function auditOf(
  bytes: Uint8Array,
  rest = '',
): Promise<{ exitCode: number; codes: readonly string[]; read: Judgement; text: string }> {
  writeFileSync(join(world.folder, 'other.tar'), bytes)
  const { exitCode, text, codes } = await world.judge(
    `audit other.tar --trust trust.json --log-key log.vkey ${rest}`.trim(),
  )
  return { exitCode, codes, text, read: JSON.parse(text) as Judgement }
}

const rollbackOf = ({ releases }: Pick<Judgement, 'releases'>) =>
  releases[0]?.records.find(({ family }) => family === 'rollback')

describe('a pack of the ledger of a project', () => {
  it('comes to the same as the ledger', async () => {
    const ledger = await world.judge(`audit ledger ${UNDER} --log-key log.vkey`)
    const known = JSON.parse(ledger.text) as Judgement
    const { read } = await auditOf(archive)
    expect([known.scope, read.scope]).toEqual(['project', 'project'])
    expect(read.releases).toHaveLength(1)
    expect(read.releases[0]).toEqual(known.releases.find(({ id }) => id === RELEASE.id))
    expect(read.releases[0]?.records).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ family: 'tracking', standing: 'adopted' }),
        expect.objectContaining({ family: 'adoption', status: 'reviewed-and-adopted' }),
      ]),
    )
    const { stdout } = await world.run('audit other.tar --trust trust.json --log-key log.vkey')
    expect(stdout.split('\n')[0]).toContain('of the ledger of a project')
  })

  it('has the records of the release that it would go back to, apart from its own', async () => {
    const referred = [...files.keys()].filter((path) => path.startsWith('referred/'))
    expect(referred.toSorted()).toEqual(
      TARGET.bundles.map((bytes) => `referred/${digestOf(bytes)}.sigstore.json`).toSorted(),
    )
    const { read, text } = await auditOf(archive)
    expect(rollbackOf(read)).toMatchObject({ outcome: 'accepted', status: 'known-good-signed' })
    expect(text).toContain(`${TARGET.id}: ${TARGET.bundles.length} records verified`)
  })

  it('judges that release by what the ledger has of it', async () => {
    const withdrawal = TARGET.record('withdrawal', {
      action: 'withdraw',
      reason: 'It loses data',
      urgency: 'soon',
    })
    world.copy('ledger', 'withdrawn')
    await appendAll(world, 'withdrawn', [withdrawal])
    await world.done(`pack ${LINE} --ledger withdrawn --out two`)
    const { read } = await auditOf(readFileSync(join(world.folder, 'two', `${PLACE}.tar`)))
    expect(rollbackOf(read)).toMatchObject({ outcome: 'rejected', status: 'documented-ref' })
  })

  it('takes what an adoption of a later phase counts against the release, and the ledger and the pack agree', async () => {
    const packOfTarget = async (ledger: string, out: string) => {
      const about = `--release ${TARGET.id} --phase ${PRE} ${UNDER}`
      const named = Object.entries(TARGET.documents).map(([name, bytes]) => {
        put(world, `target-${name}`, bytes)
        return name === 'sbom.json' ? '' : `--document target-${name}`
      })
      const line = [`pack ${about} --ledger ${ledger} --out ${out}`, ...named].join(' ').trim()
      const { stderr } = await world.run(line)
      return { stderr, ...(await auditOf(readFileSync(join(world.folder, out, `${PLACE}.tar`)))) }
    }
    const smokesOf = ({ records }: Pick<Judgement['releases'][number], 'records'>) =>
      records
        .filter(({ family }) => family === 'smoke')
        .map(({ status, outcome, standing }) => [status, outcome, standing])
    world.copy('ledger', 'failed')
    await appendAll(world, 'failed', failedSmoke())
    for (const [ledger, smoke] of [
      ['ledger', ['smoke-verified', 'accepted', 'adopted']],
      ['failed', ['failed', 'rejected', 'adopted']],
    ] as const) {
      const audited = await world.judge(`audit ${ledger} ${UNDER} --log-key log.vkey`)
      const { releases } = JSON.parse(audited.text) as Judgement
      const known = releases.find(({ id }) => id === TARGET.id)
      const { read, stderr } = await packOfTarget(ledger, `against-${ledger}`)
      const [packed] = read.releases
      expect(known && smokesOf(known)).toEqual([smoke])
      expect(packed && smokesOf(packed)).toEqual([smoke])
      expect(packed?.outcome).toBe(known?.outcome)
      expect(stderr.replaceAll(/\s+/g, ' ')).toMatch(/ by which they count /)
      expect(packed?.generated).toEqual(known?.generated)
    }
  })

  it('is not made where a record of that release does not verify', async () => {
    const withdrawal = { action: 'withdraw', reason: 'no', urgency: 'soon' }
    const about = { kind: 'set', id: TARGET.id, digest: TARGET.set } as const
    const header = { release: TARGET.reference }
    world.copy('ledger', 'strange')
    await appendAll(world, 'strange', [
      fileOf(statementOf('withdrawal', withdrawal, { about, header }), 'stranger'),
    ])
    const judged = await world.judge(`pack ${LINE} --ledger strange --out none`)
    expect([judged.exitCode, judged.codes]).toEqual([1, ['verify/key-unknown']])
    // Nor is such a release one to go back to.
    const { text } = await world.judge(`audit strange ${UNDER} --log-key log.vkey`)
    const { releases } = JSON.parse(text) as Judgement
    const own = releases.find(({ id }) => id === RELEASE.id)
    expect(rollbackOf({ releases: own === undefined ? [] : [own] })).toMatchObject({
      outcome: 'rejected',
      facts: { verification: 'contradictory' },
    })
  })

  it.skipIf(!hasTool('openssl', 'version'))('has a page that verifies them all', () => {
    const stdout = runBlock(join(world.folder, 'one', PLACE), 'Who signed')
    const count = TARGET.bundles.length + RELEASE.bundles.length
    expect(stdout.match(/^signed by keys\/\S+\.pem: (?:records|referred)\//gm)).toHaveLength(count)
    expect(stdout).not.toContain('WRONG')
  })

  it('is refused with a record of that release changed, dropped, renamed or moved among its own', async () => {
    const [path = '', bytes = new Uint8Array()] =
      [...files].find(([name]) => name.startsWith('referred/')) ?? []
    const unnamed = (copy: Files) => {
      const proofs = Buffer.from(copy.get('ledger/proofs.json') ?? '').toString()
      copy.set('ledger/proofs.json', Buffer.from(proofs.replaceAll('__v1.1.0__', '__v1.1.1__')))
    }
    const cases: readonly ((copy: Files) => void)[] = [
      unnamed,
      (copy) => copy.delete(path),
      (copy) => copy.set(path, Buffer.concat([bytes, Buffer.from(' ')])),
      (copy) => copy.delete(path) && copy.set(path.replace('referred/', 'records/'), bytes),
    ]
    for (const change of cases) {
      const { codes } = await auditOf(packOf(files, change, { isListed: true }))
      expect(codes).toContain('cli/audit-pack')
    }
  })

  it('is told from one of a run, which has no other release', async () => {
    await world.done(`pack ${LINE} --ledger ledger --run --out three`)
    const run = await filesOf(readFileSync(join(world.folder, 'three', `${PLACE}.tar`)))
    expect([...run.keys()].filter((path) => path.startsWith('referred/'))).toEqual([])
    const bytes = readFileSync(join(world.folder, 'three', `${PLACE}.tar`))
    const { read, codes } = await auditOf(bytes, '--run')
    expect(read.scope).toBe('run')
    expect(codes).not.toContain('cli/audit-scope')
    const { stdout } = await world.run('audit other.tar --trust trust.json --run')
    expect(stdout.replaceAll(/\s+/g, ' ')).toContain('of which nobody adopted a record')
  })

  it('counts what its auditor says that it counts, whatever it says itself', async () => {
    const stray = RELEASE.record(
      'attestation',
      { innerManifest: digestOf(RELEASE.innerManifest), provenance: [], sboms: [] },
      { release: { ...RELEASE.reference, phase: PRE } },
    )
    world.copy('ledger', 'littered')
    await appendAll(world, 'littered', [stray])
    await world.done(`pack ${LINE} --ledger littered --out five`)
    const packed = readFileSync(join(world.folder, 'five', `${PLACE}.tar`))
    const { read, codes } = await auditOf(packed)
    expect(codes).not.toContain('cli/audit-scope')
    expect(read.releases[0]?.generated).toHaveLength(1)
    // Of a run it would count, in the place of the one that was adopted.
    const flipped = packOf(await filesOf(packed), () => {}, { isListed: true, scope: 'run' })
    const cases = [
      [packed, '--run', 'project'],
      [flipped, '', 'run'],
    ] as const
    for (const [bytes, rest, said] of cases) {
      const judged = await auditOf(bytes, rest)
      expect([judged.exitCode, judged.codes]).toEqual([1, ['cli/audit-scope']])
      expect(judged.read.releases).toEqual([])
      expect(judged.text).toContain(`It says that it is of the ledger of a ${said}, and not`)
    }
  })

  it('is not made of records that nobody adopted', async () => {
    await world.done('ledger init --ledger bare')
    await appendAll(world, 'bare', RELEASE.bundles.slice(0, 7))
    const judged = await world.judge(`pack ${LINE} --ledger bare --out none`)
    expect([judged.exitCode, judged.codes]).toEqual([1, ['record/nothing-counts']])
    await world.done(`pack ${LINE} --ledger bare --run --out four`)
  })
})
