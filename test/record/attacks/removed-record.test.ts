// A record that speaks against a release is taken out of the ledger, whatever the reason that is given.

import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/core/index.ts'
import { ledgerOf, openAuditWorld, releaseOf, UNDER } from '../../cli/audit-world.ts'
import type { LedgerWorld } from '../../cli/ledger-world.ts'
import { goldenRecord } from '../golden-record.ts'
import { WITHDRAWAL } from '../../../src/record/families/withdrawal.ts'
import { digestBytes } from '../../../src/digest/index.ts'

const release = releaseOf()
const { generated } = release

let world: LedgerWorld
let withdrawal: Uint8Array
beforeAll(async () => {
  world = openAuditWorld()
  withdrawal = release.record('withdrawal', goldenRecord(WITHDRAWAL).members as JsonObject)
  await ledgerOf(world, 'whole', [...generated, withdrawal])
}, 60_000)

const audit = (ledger: string) => world.judge(`audit ${ledger} ${UNDER} --log-key log.vkey --run`)

describe('A record that is taken out of the ledger (A-83)', () => {
  it('is counted while it is there, and would not be missed where it never was', async () => {
    const judged = await audit('whole')
    expect(judged.exitCode).toBe(1)
    expect(judged.codes).toContain('record/withdrawn')
    // The accepted twin, with a key and a head of its own.
    await ledgerOf(world, 'rebuilt', generated)
    expect(await audit('rebuilt')).toMatchObject({ exitCode: 0, codes: [] })
  })

  it('is missed by its entry, and nothing is accepted without it', async () => {
    world.copy('whole', 'without')
    const sha256 = digestBytes('sha256', withdrawal)
    rmSync(join(world.folder, `without/records/${sha256.slice(0, 2)}/${sha256}.sigstore.json`))
    const judged = await audit('without')
    expect(judged.exitCode).not.toBe(0)
    expect(judged.codes).toContain('host/ledger-record-missing')
  })

  it('is missed by the signed head where its entry is taken out too', async () => {
    world.copy('whole/checkpoint', 'rebuilt/checkpoint')
    const judged = await audit('rebuilt')
    expect(judged.exitCode).not.toBe(0)
    expect(judged.codes).toContain('ledger/tail-cut')
  })
})
