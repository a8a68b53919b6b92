// Whether a run is whole is shown by the head that its ledger signed: on the way to the project nothing is dropped or moved unseen.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { encodeArchive } from '../../src/host/pack/pack-archive.ts'
import {
  encodePackManifest,
  PACK_MANIFEST_PATH,
  parsePackManifest,
} from '../../src/record/index.ts'
import {
  applying,
  COMMON,
  copyOf,
  createAdoptionWorld,
  PRE,
  record,
  RUN,
  SET_ID,
  sizeOf,
  write,
} from './adoption-world.ts'
import { appendAll } from './audit-world.ts'
import { type LedgerWorld, ORIGIN, signLedger } from './ledger-world.ts'
import { filesOf } from './pack-world.ts'

const KEY = '--log-key log.vkey'
const PROTECTED = `--source-policies policies ${KEY}`
const PACK = 'artifacts/release-evidence/staging/4711-1/pre-deploy.tar'

let world: LedgerWorld
let files: readonly Uint8Array[]
const at = (...path: readonly string[]) => join(world.folder, ...path)
const propose = (from: string, more = PROTECTED) =>
  world.judge(`record adoption propose ${from} ${COMMON} ${more} --phase ${PRE}`)

beforeAll(async () => {
  world = await createAdoptionWorld()
  write(world, 'configuration', 'all of them')
  for (const [name, word] of [
    ['passed', 'ok'],
    ['failed', 'not ok'],
  ] as const) {
    write(world, `${name}.tap`, `TAP version 14\n1..1\n${word} 1 - edge\n`)
    await record(world, 'test-result', `--from ${name}.tap --digest-of configuration=configuration`)
  }
  await world.done('key generate --out log --type ed25519 --unsafe-unencrypted')
  await signLedger(world, 'run')
  const list = JSON.parse(await world.done('ledger list --ledger run --format json')) as Listed
  files = list.entries.map(({ sha256 }) =>
    readFileSync(at('run/records', sha256.slice(0, 2), `${sha256}.sigstore.json`)),
  )
  await pack('run', '.')
}, 120_000)

interface Listed {
  readonly entries: readonly { readonly sha256: string }[]
}

interface Sheeted {
  readonly sheet: { readonly runHead?: object }
}

async function pack(ledger: string, out: string): Promise<void> {
  const documents = '--document inner.json --document snapshot.json'
  await world.done(
    `pack --release ${SET_ID} --phase ${PRE} --ledger ${ledger} --run ${COMMON} ${documents} --out ${out}`,
  )
}

/** A run of these records, with the head that the real one signed. */
async function runOf(name: string, records: readonly Uint8Array[]): Promise<string> {
  await world.done(`ledger init --ledger ${name}`)
  await appendAll(world, name, records)
  writeFileSync(at(name, 'checkpoint'), readFileSync(at('run/checkpoint')))
  return name
}

describe('The folder of a run', () => {
  it('is adopted as the whole that its head signed, and review and adoption name that head', async () => {
    const ledger = copyOf(world, 'ledger')
    const runHead = { log: ORIGIN, size: 9, root: expect.stringMatching(/^[0-9a-f]{64}$/) }
    await world.done(
      `record adoption propose run ${COMMON} ${PROTECTED} --phase ${PRE} --out c.json`,
    )
    const review = `record adoption review c.json --from run ${COMMON} ${PROTECTED}`
    const shown = await world.run(review)
    expect(shown.stdout).toContain(
      `the run is whole: 9 entries under the head that ${ORIGIN} signed`,
    )
    expect(shown.stderr).not.toContain('UNSAFE')
    expect((JSON.parse((await world.judge(review)).text) as Sheeted).sheet).toMatchObject({
      runHead,
    })
    await world.done(`${review} --decision adopt --key rita.key.pem --out r.json`)
    const changes = { candidate: 'c.json', reviews: ['r.json'], run: PROTECTED }
    await world.done(applying(ledger, changes))
    for (const family of ['adoption', 'adoption-review']) {
      expect(await membersOf(ledger, family)).toMatchObject({ runHead })
    }
    const audit = await world.run(`audit ${ledger} ${COMMON} --unsafe-unsigned`)
    expect(audit.stdout).toContain('whole run: judged')
  })

  it('is not adopted with its last failure cut off, though every signature in it holds', async () => {
    const cut = await runOf('cut', files.slice(0, -1))
    expect(await propose(cut)).toMatchObject({ exitCode: 1, codes: ['ledger/tail-cut'] })
    expect(await propose('run')).toMatchObject({ exitCode: 0, codes: [] })
  })

  it('is not adopted with one of its records dropped from the middle, or two of them turned around', async () => {
    const moved = [...files.slice(0, -2), ...files.slice(-2).toReversed()]
    const dropped = [...files.slice(0, 3), ...files.slice(4)]
    expect((await propose(await runOf('moved', moved))).exitCode).toBe(1)
    expect((await propose('moved')).codes).toEqual(['ledger/rewritten'])
    expect((await propose(await runOf('dropped', dropped))).codes).toEqual(['ledger/tail-cut'])
  })

  it('is held against a head that was kept, and against the end of what is signed', async () => {
    writeFileSync(at('kept'), readFileSync(at('run/checkpoint')))
    const short = 'short'
    await world.done(`ledger init --ledger ${short}`)
    await appendAll(world, short, files.slice(0, -1))
    await signLedger(world, short)
    expect((await propose(short)).codes).toEqual([])
    const kept = await propose(short, `${PROTECTED} --head kept`)
    expect([kept.exitCode, kept.codes]).toEqual([1, ['ledger/tail-cut']])
    expect(await propose('run', `${PROTECTED} --head kept`)).toMatchObject({ exitCode: 0 })
    await appendAll(world, short, files.slice(-1))
    const after = await propose(short)
    expect([after.exitCode, after.codes]).toEqual([1, ['cli/ledger-head-missing']])
    expect(after.text).toContain('lie after the signed head')
  })

  it('is adopted without its key only where that is said aloud, and then every word shows it', async () => {
    const ledger = copyOf(world, 'ledger')
    const silent = '--source-policies policies'
    expect(await propose('run', silent)).toMatchObject({
      exitCode: 1,
      codes: ['cli/ledger-head-missing'],
    })
    const asked = applying(ledger, { run: silent })
    expect((await world.judge(asked)).codes).toContain('cli/ledger-head-missing')
    const reviewed = `record adoption review candidate.json --from run ${COMMON} ${silent}`
    const signing = `${reviewed} --decision adopt --key rita.key.pem --out no.json`
    const refused = await world.judge(signing)
    expect([refused.exitCode, refused.codes]).toEqual([1, ['cli/ledger-head-missing']])
    expect(await sizeOf(world, ledger)).toBe(0)
    const line = `record adoption propose run ${COMMON} ${RUN} --phase ${PRE} --out unsafe.json`
    const said = await world.run(line)
    expect(said.stdout).toContain('whether the run is whole was NOT judged')
    expect(said.stderr).toContain('UNSAFE: whether the run is whole was not judged')
    await world.done(
      `record adoption review unsafe.json --from run ${COMMON} ${RUN} --decision adopt --key rita.key.pem --out unsafe-review.json`,
    )
    const changes = { candidate: 'unsafe.json', reviews: ['unsafe-review.json'] }
    const applied = await world.run(applying(ledger, changes))
    expect([applied.exitCode, applied.stderr]).toEqual([0, expect.stringContaining('UNSAFE')])
    expect(await membersOf(ledger, 'adoption')).not.toHaveProperty('runHead')
    expect(await membersOf(ledger, 'adoption-review')).not.toHaveProperty('runHead')
    const audit = await world.run(`audit ${ledger} ${COMMON} --unsafe-unsigned`)
    expect(audit.stdout).toContain('whole run: not-judged')
  })

  it('needs the key of its head for everything that is said of heads, and one of both', async () => {
    const both = await propose('run', `${PROTECTED} --unsafe-unsigned`)
    expect(both).toMatchObject({ exitCode: 2, codes: ['cli/usage'] })
    const alone = await propose('run', '--source-policies policies --head kept')
    expect(alone).toMatchObject({ exitCode: 2, codes: ['cli/usage'] })
  })
})

/** What the one record of the family says, in the ledger. */
async function membersOf(ledger: string, family: string): Promise<unknown> {
  const listed = await world.done(`ledger list --ledger ${ledger} --type ${family} --format json`)
  const [entry] = (JSON.parse(listed) as Listed).entries
  const sha256 = entry?.sha256 ?? ''
  const bytes = readFileSync(at(ledger, 'records', sha256.slice(0, 2), `${sha256}.sigstore.json`))
  const { dsseEnvelope } = JSON.parse(bytes.toString()) as {
    readonly dsseEnvelope: { readonly payload: string }
  }
  const payload = Buffer.from(dsseEnvelope.payload, 'base64').toString()
  return (JSON.parse(payload) as { readonly predicate: unknown }).predicate
}

interface Proofs {
  entries: { index: number; entry: { sha256: string } }[]
}

/** The pack, with its proofs and records changed, and all that it says of itself made to fit. */
async function forge(
  name: string,
  change: (proofs: Proofs, packed: Map<string, Uint8Array>) => void,
) {
  const packed = new Map(await filesOf(readFileSync(at(PACK))))
  const manifest = parsePackManifest(packed.get(PACK_MANIFEST_PATH))
  if (!manifest.ok) throw new Error('The pack has a manifest')
  packed.delete(PACK_MANIFEST_PATH)
  const path = 'ledger/proofs.json'
  const proofs = JSON.parse(Buffer.from(packed.get(path) ?? []).toString()) as Proofs
  change(proofs, packed)
  packed.set(path, Buffer.from(JSON.stringify(proofs)))
  packed.set(PACK_MANIFEST_PATH, encodePackManifest(manifest.value, packed))
  writeFileSync(at(name), encodeArchive(packed))
}

describe('The pack of a run', () => {
  it('that has every entry of the ledger is the ledger again', async () => {
    expect(await propose(PACK, KEY)).toMatchObject({ exitCode: 0, codes: [] })
    writeFileSync(at('kept'), readFileSync(at('run/checkpoint')))
    expect(await propose(PACK, `${KEY} --head kept`)).toMatchObject({ exitCode: 0, codes: [] })
  })

  it('is not adopted with its last failure dropped, though all that it proves holds', async () => {
    await forge('forged.tar', ({ entries }, packed) => {
      const [last] = entries.splice(-1)
      packed.delete(`records/${last?.entry.sha256}.sigstore.json`)
    })
    const judged = await propose('forged.tar', KEY)
    expect([judged.exitCode, judged.codes]).toEqual([1, ['record/adoption-source']])
    expect(judged.text).toContain('does not have every entry')
    const unsafe = `record adoption propose forged.tar ${COMMON} --unsafe-unsigned`
    expect((await world.run(unsafe)).stdout).toContain('whether the run is whole was NOT judged')
  })

  it('is not adopted under a head that its ledger never signed', async () => {
    const moved = await runOf('moved-pack', [
      ...files.slice(0, -2),
      ...files.slice(-2).toReversed(),
    ])
    await pack(moved, 'of-moved')
    const judged = await propose(`of-moved/${PACK}`, KEY)
    expect([judged.exitCode, judged.codes]).toEqual([1, ['ledger/rewritten']])
    await world.done('ledger init --ledger unsigned')
    await appendAll(world, 'unsigned', files)
    await pack('unsigned', 'of-unsigned')
    expect((await propose(`of-unsigned/${PACK}`, KEY)).codes).toEqual(['cli/ledger-head-missing'])
  })

  it('brings its own policies', async () => {
    expect(await propose(PACK, PROTECTED)).toMatchObject({ exitCode: 2, codes: ['cli/usage'] })
  })
})
