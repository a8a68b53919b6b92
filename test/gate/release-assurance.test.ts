// The fixtures of release assurance: every number, decision and blocker, from signatures alone, as a person asks for them.

import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { buildNoteKey, encodeNoteKey } from '../../src/trust/index.ts'
import { SHIPPED, shippedRegistry } from '../policy/shipped.ts'
import { testKey } from '../verify/keys.ts'
import { makeTemporaryFolder } from '../temporary-folder.ts'
import { DAY, makeAsDocumented } from './fixtures/as-documented.ts'
import { askGate, findIn, FIXTURES, folderOf, readExpectation } from './fixtures/fixture.ts'
import { writeFixture } from './fixtures/fixture-folder.ts'
import { ORIGIN } from './fixtures/filled-ledger.ts'
import { trustOf } from './fixtures/parties.ts'

const BYTES_MAX = 2_000_000

describe.each(FIXTURES)('%s', (name) => {
  const folder = folderOf(name)
  const asked = readExpectation(name)
  const { at: _, head: __, logKey: ___, ...expected } = asked

  it('comes to what is expected of it', async () => {
    expect(await findIn(folder, asked)).toEqual(expected)
  })

  it('comes to the same as long as the century lasts', async () => {
    const { gates } = await findIn(folder, { ...asked, at: '2099-12-31T00:00:00Z' })
    expect(gates).toEqual(asked.gates)
  })

  it('is told in words', async () => {
    const gates = await askGate(folder, asked)
    await expect(gates.stdout).toMatchFileSnapshot(`../golden/gate/${name}.txt`)
    const counters = await askGate(folder, asked, '--counters')
    await expect(counters.stdout).toMatchFileSnapshot(`../golden/gate/${name}.counters.txt`)
  })

  it('is whole only under the key of its ledger', async () => {
    const key = buildNoteKey(ORIGIN, 'signature', testKey('another log').publicKey)
    if (!key.ok) throw new Error(JSON.stringify(key.problems))
    const other = { ...asked, logKey: encodeNoteKey(key.value) }
    const { exitCode, stdout } = await askGate(folder, other, '--counters --format json')
    expect(exitCode).not.toBe(0)
    expect(JSON.parse(stdout)).not.toMatchObject({ outcome: 'accepted' })
  })

  it('is small, and holds no private key', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    const bytes = files.reduce((sum, file) => sum + statSync(file).size, 0)
    expect(bytes).toBeGreaterThan(0)
    expect(bytes).toBeLessThan(BYTES_MAX)
    const texts = files.map((file) => readFileSync(file, 'latin1'))
    expect(texts.filter((text) => /PRIVATE KEY|"d":/.test(text))).toEqual([])
  })
})

describe('as-documented, made anew from the policies that are shipped', () => {
  it('comes to the same', async () => {
    const [now, trust] = [Date.parse(DAY), trustOf()]
    const folder = makeTemporaryFolder('as-documented')
    const { entries } = await makeAsDocumented(shippedRegistry(), { trust, now: () => now })
    await writeFixture(folder, { trust, policies: SHIPPED, entries, signedAt: now })
    const asked = readExpectation('as-documented')
    expect(await findIn(folder, asked)).toEqual(await findIn(folderOf('as-documented'), asked))
  })
})
