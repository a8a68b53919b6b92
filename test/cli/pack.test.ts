// A release packed: what is in the pack, and what is refused.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { digestOf, trust, trustedKey, writeTrust } from '../verify/release.ts'
import { appendAll, put, releaseOf, SHIPPED_POLICIES } from './audit-world.ts'
import {
  DOCUMENTS,
  filesOf,
  laterResult,
  OF,
  openPackWorld,
  PACK,
  PLACE,
  type PackWorld,
  RELEASE,
  RESULT,
  WITHDRAWAL,
} from './pack-world.ts'

let world: PackWorld
beforeAll(async () => {
  world = await openPackWorld()
}, 60_000)

describe('assay pack', () => {
  it('gives the same bytes for the same inputs, and the folder beside them', async () => {
    const same = `${PACK} --document sbom.json --document snapshot.json --document inner.json`
    await world.done(`${same} --set dist --out again`)
    expect(readFileSync(world.at('again', `${PLACE}.tar`)).equals(world.archive)).toBe(true)
    const listed = readdirSync(world.at('one', PLACE), { recursive: true, withFileTypes: true })
    const paths = listed
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name).slice(world.at('one', PLACE).length + 1))
    expect(paths.toSorted()).toEqual([...world.files.keys()].toSorted())
    for (const path of paths) {
      expect(
        readFileSync(world.at('one', PLACE, path)).equals(world.files.get(path) ?? Buffer.of()),
      ).toBe(true)
    }
  })

  it('takes the records of the release up to the phase, and those of its commit', async () => {
    const records = [...world.files.keys()].filter((path) => path.startsWith('records/'))
    const expected = [...RELEASE.generated, RESULT].map(
      (bytes) => `records/${digestOf(bytes)}.sigstore.json`,
    )
    expect(records.toSorted()).toEqual(expected.toSorted())
  })

  it('takes of a later phase what speaks against the release, and nothing that supports it', async () => {
    const failure = laterResult('FAILED', 'another suite')
    const cases: readonly (readonly [string, readonly Uint8Array[], readonly Uint8Array[]])[] = [
      ['withdrawn', [WITHDRAWAL], [WITHDRAWAL]],
      ['failed', [failure], [failure]],
      // What was made up for speaks against nothing.
      ['mended', [failure, laterResult('PASSED', 'another suite')], []],
    ]
    for (const [ledger, later, taken] of cases) {
      world.copy('ledger', ledger)
      await appendAll(world, ledger, later)
      const said = await world.run(
        `pack ${OF} --ledger ${ledger} --run ${DOCUMENTS} --out in-${ledger} --format json`,
      )
      expect(JSON.parse(said.stdout)).toMatchObject({
        records: 4 + taken.length,
        against: taken.length,
      })
      const files = await filesOf(readFileSync(world.at(`in-${ledger}`, `${PLACE}.tar`)))
      for (const bytes of later) {
        const isTaken = files.has(`records/${digestOf(bytes)}.sigstore.json`)
        expect([ledger, isTaken]).toEqual([ledger, taken.includes(bytes)])
      }
      expect(said.stderr.includes('of a later phase against the release')).toBe(taken.length > 0)
    }
  })

  it('writes below a layout of its own, and never over what is there', async () => {
    const line = `${PACK} ${DOCUMENTS} --out own --format json`
    const said = await world.run(`${line} --layout {target}/{release}/{phase}`)
    expect(JSON.parse(said.stdout)).toMatchObject({
      folder: 'own/render_staging_rollout/v1.2.0/pre-deploy',
      isSigned: true,
      records: 4,
    })
    const again = await world.judge(`${PACK} ${DOCUMENTS} --out one`)
    expect([again.exitCode, again.codes]).toEqual([2, ['host/file-exists']])
    expect(await world.judge(`${line.replace(' --format json', '')} --layout ../x`)).toMatchObject({
      exitCode: 2,
      codes: ['cli/usage'],
    })
  })

  it('names what records name by digest and is not in it', async () => {
    const said = await world.run(`${PACK} --document inner.json --out few --format json`)
    const { absent } = JSON.parse(said.stdout) as { absent: { namedBy: string[] }[] }
    expect(absent.flatMap(({ namedBy }) => namedBy)).toContain('tracking /snapshot')
    expect(said.stderr).toContain('Not in it: SHA256SUMS of the set')
    expect(said.stderr).toMatch(/Not in it: 1 document that tracking \/snapshot.* names: sha256:/)
  })

  it('refuses a release without its inner manifest, and documents that nothing names', async () => {
    const line = (documents: string) => world.judge(`${PACK} ${documents} --out none`)
    expect(await line('--document snapshot.json')).toMatchObject({
      exitCode: 2,
      codes: ['record/inner-manifest'],
    })
    expect(await line('--document inner.json --document trust.json')).toMatchObject({
      exitCode: 2,
      codes: ['record/pack-document'],
    })
    put(world, 'elsewhere/file', 'another set')
    expect(await line(`${DOCUMENTS} --set elsewhere`)).toMatchObject({
      exitCode: 2,
      codes: ['record/subject'],
    })
  })

  it('has a head of no key for drafts, by the trust document of whoever audits it', async () => {
    world.copy('trust.json', 'drafted.json')
    await world.done('trust add-role --trust drafted.json --name self-service --draft')
    const add = 'trust add-key log.pub.pem --trust drafted.json --name log --role self-service'
    await world.done(add)
    const audited = (trust: string) =>
      world.audit(world.archive, `--trust ${trust} --log-key log.vkey`)
    expect(await audited('drafted.json')).toMatchObject({ exitCode: 2, codes: ['cli/head-draft'] })
    expect(await audited('trust.json')).toMatchObject({ exitCode: 0, codes: [] })
  })

  it('refuses what does not verify, and a phase without records', async () => {
    put(world, 'others.json', writeTrust(trust([trustedKey('alice')])))
    const strangers = `pack --release ${RELEASE.id} --phase pre-deploy-candidate --ledger ledger --run --policies ${SHIPPED_POLICIES} --trust others.json`
    const judged = await world.judge(`${strangers} ${DOCUMENTS} --out none`)
    expect([judged.exitCode, judged.codes]).toEqual([
      1,
      ['verify/key-unknown', 'record/nothing-counts'],
    ])
    world.copy('ledger', 'mixed')
    await appendAll(world, 'mixed', releaseOf('v1.2.0', { 'app.js': 'x' }).generated.slice(1))
    const mixed = await world.judge(`pack ${OF} --ledger mixed --run ${DOCUMENTS} --out none`)
    expect([mixed.exitCode, mixed.codes]).toEqual([1, ['record/contradiction']])
    const unknown = PACK.replace(RELEASE.id, 'staging__render_staging_rollout__v9__1')
    expect(await world.judge(`${unknown} ${DOCUMENTS} --out none`)).toMatchObject({
      exitCode: 2,
      codes: ['record/missing'],
    })
  })
})
