// A folder that the commands made, read by the programs of others: Tessera's fsck, and Go's tlog and note.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { askPeer, hasFsck, hasPeer, runFsck } from '../ledger/outside-readers.ts'
import { createLedger, createWorld, type LedgerWorld, NOW, ORIGIN } from './ledger-world.ts'

let world: LedgerWorld
const at = (...path: readonly string[]) => join(world.folder, ...path)

beforeAll(async () => {
  world = await createWorld(5)
  await createLedger(world, 'ledger', { records: [1, 2, 3], isSigned: true })
  await world.done('ledger append r4.json r5.json --trust trust.json')
}, 120_000)

describe.skipIf(!hasFsck)('fsck of Tessera', () => {
  it('finds nothing wrong with what the commands made, also with entries after the signed head', async () => {
    const key = readFileSync(at('log.vkey'), 'utf8').trim()
    expect(runFsck(at('ledger'), key)).toBe('')
    world.copy('ledger', 'all-signed')
    await world.done('ledger checkpoint --ledger all-signed --key log.key.pem')
    expect(runFsck(at('all-signed'), key)).toBe('')
    // The same ledger without the order of its first two records.
    await createLedger(world, 'reordered', { records: [2, 1, 3] })
    world.copy('ledger/checkpoint', 'reordered/checkpoint')
    expect(runFsck(at('reordered'), key)).not.toBe('')
  })
})

describe.skipIf(!hasPeer)('tlog and note of Go', () => {
  it('take the head, its time, and the proof that the commands made', async () => {
    const key = readFileSync(at('log.vkey'), 'utf8').trim()
    const proof = JSON.parse(await world.done('ledger prove 1')) as {
      inclusion: { index: number; entry: Record<string, string>; hashes: readonly string[] }
    }
    const { index, entry, hashes } = proof.inclusion
    const { hashLeaf } = await import('../../src/digest/index.ts')
    const { encodeEntry } = await import('../../src/ledger/index.ts')
    const leaf = Buffer.from(hashLeaf(encodeEntry(entry as never))).toString('base64')
    const request = { dir: at('ledger'), keys: [key], cosigners: [], consistency: [] }
    const said = askPeer({ ...request, inclusion: [{ index, leaf, hashes }] })
    expect(said).toMatchObject({
      size: 3,
      refused: [],
      signatures: [{ name: ORIGIN }],
      // Our own cosignature, of whose key it was not told.
      unverified: 1,
    })
    expect(said.inclusion[String(index)]).toEqual(hashes)
    const wrong = askPeer({ ...request, inclusion: [{ index: 2, leaf, hashes }] })
    expect(wrong.refused).not.toEqual([])
    expect(NOW).toBeGreaterThan(0)
  })
})
