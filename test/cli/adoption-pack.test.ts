// A pack is adopted as one file: every byte of it is held against what it says of itself, and nobody is believed for being in it.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  applying,
  COMMON,
  copyOf,
  createAdoptionWorld,
  PRE,
  SET_ID,
  sizeOf,
} from './adoption-world.ts'
import type { LedgerWorld } from './ledger-world.ts'

let world: LedgerWorld
const PACK = 'artifacts/release-evidence/staging/4711-1/pre-deploy.tar'

beforeAll(async () => {
  world = await createAdoptionWorld()
  await world.done(
    `pack --release ${SET_ID} --phase ${PRE} --ledger run --run ${COMMON} --document inner.json --document snapshot.json --out .`,
  )
  await world.done(`record adoption propose ${PACK} ${COMMON} --unsafe-unsigned --out packed.json`)
  await world.done(
    `record adoption review packed.json --from ${PACK} ${COMMON} --unsafe-unsigned --key rita.key.pem --decision adopt --out packed-review.json`,
  )
}, 120_000)

const changes = {
  candidate: 'packed.json',
  from: PACK,
  reviews: ['packed-review.json'],
  run: '--unsafe-unsigned',
}

describe('a pack as the source of an adoption', () => {
  it('is adopted without saying its phase, and named by the digest of its one file', async () => {
    const ledger = copyOf(world, 'ledger')
    expect(await world.judge(applying(ledger, changes))).toMatchObject({ exitCode: 0, codes: [] })
    expect(await sizeOf(world, ledger)).toBe(9)
    const other = `record adoption propose ${PACK} ${COMMON} --unsafe-unsigned --phase post-deploy-smoke-verified`
    expect(await world.judge(other)).toMatchObject({ exitCode: 2, codes: ['cli/usage'] })
  })

  it('is refused where it is of the ledger of a project, of which all is adopted already', async () => {
    const ledger = copyOf(world, 'ledger')
    await world.done(applying(ledger, changes))
    const documents = '--document inner.json --document snapshot.json'
    await world.done(
      `pack --release ${SET_ID} --phase ${PRE} --ledger ${ledger} ${COMMON} ${documents} --out project`,
    )
    const again = `record adoption propose project/${PACK} ${COMMON} --unsafe-unsigned`
    const judged = await world.judge(again)
    expect(judged).toMatchObject({ exitCode: 2, codes: ['record/adoption-source'] })
    expect(judged.text).toContain('found one of the ledger of a project')
  })

  it('is refused with one byte changed anywhere (A-86)', async () => {
    const ledger = copyOf(world, 'ledger')
    const bytes = readFileSync(join(world.folder, PACK))
    for (let part = 0; part < 24; part++) {
      const changed = Uint8Array.from(bytes)
      const place = Math.floor(((part + 0.5) * bytes.length) / 24)
      changed[place] = (changed[place] ?? 0) ^ 1
      writeFileSync(join(world.folder, 'changed.tar'), changed)
      const judged = await world.judge(applying(ledger, { ...changes, from: 'changed.tar' }))
      expect(judged.exitCode, `byte ${place}`).not.toBe(0)
      expect(judged.codes.length).toBeGreaterThan(0)
    }
    expect(await sizeOf(world, ledger)).toBe(0)
  })

  it('brings policies that are held against those of now, and names those that moved', async () => {
    const ledger = copyOf(world, 'ledger')
    const policies = copyOf(world, 'policies')
    const path = join(world.folder, policies, 'tracking/render-staging-rollout.yaml')
    writeFileSync(path, readFileSync(path, 'utf8').replace('title: ', 'title: Now '))
    const common = `--trust trust.json --policies ${policies}`
    const judged = await world.judge(applying(ledger, { ...changes, common }))
    expect([judged.exitCode, await sizeOf(world, ledger)]).toEqual([1, 0])
    expect(judged.codes).toContain('record/policies-moved')
    expect(judged.text).toContain('release_tracking_policy.render_staging_rollout.bundle_identity')
  })
})
