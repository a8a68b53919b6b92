// What goes into a ledger, and what is proven of it to others.

import { copyFileSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { attest, createLedger, createWorld, type LedgerWorld, signLedger } from './ledger-world.ts'

let world: LedgerWorld
const at = (...path: readonly string[]) => join(world.folder, ...path)

/** The ledger `good`: five records, of which four are signed; `old` is the head of three, kept by somebody. */
beforeAll(async () => {
  world = await createWorld(6)
  await createLedger(world, 'good', { records: [1, 2, 3], isSigned: true })
  copyFileSync(at('good/checkpoint'), at('old'))
  await world.done('ledger append r4.json --trust trust.json --ledger good')
  await signLedger(world, 'good')
  await world.done('ledger append r5.json --trust trust.json --ledger good')
}, 120_000)

let made = 0
/** A copy of the good ledger, under a name of its own. */
function copyOf(ledger = 'good'): string {
  made += 1
  world.copy(ledger, `copy-${made}`)
  return `copy-${made}`
}

describe('ledger append', () => {
  it('takes no record that does not verify, and none of several then', async () => {
    const same = copyOf()
    await attest(world, 'stranger', { release: 'v7', key: 'other' })
    const before = await world.done(`ledger list --ledger ${same}`)
    const line = `ledger append r6.json stranger.json --trust trust.json --ledger ${same}`
    const judged = await world.judge(line)
    expect([judged.exitCode, judged.codes]).toEqual([1, ['verify/key-unknown']])
    expect(await world.done(`ledger list --ledger ${same}`)).toBe(before)
    expect(
      await world.judge(`ledger append r6.json --trust trust.json --ledger ${same}`),
    ).toMatchObject({ exitCode: 0 })
  })

  it('refuses a second artifact set for one version (A-85)', async () => {
    const same = copyOf()
    await attest(world, 'again', { release: 'v1.1', key: 'release', run: '2' })
    expect(
      await world.judge(`ledger append again.json --trust trust.json --ledger ${same}`),
    ).toMatchObject({ exitCode: 2, codes: ['ledger/release-conflict'] })
    await attest(world, 'hotfix', { release: 'v1.1.1', key: 'release', run: '2' })
    expect(
      await world.judge(`ledger append hotfix.json --trust trust.json --ledger ${same}`),
    ).toMatchObject({ exitCode: 0 })
  })

  it('asks for the release of evidence that names only files, and refuses another than is named', async () => {
    const same = copyOf()
    const key = '--key release.key.pem'
    await world.done(`attest provenance --artifact dist/a ${key} --out files.json`)
    const line = `ledger append files.json --trust trust.json --ledger ${same}`
    expect(await world.judge(line)).toMatchObject({ exitCode: 2, codes: ['cli/ledger-record'] })
    expect(await world.judge(`${line} --release staging__web__v1.1__1`)).toMatchObject({
      exitCode: 0,
    })
    expect(
      await world.judge(
        `ledger append r6.json --trust trust.json --ledger ${same} --release staging__web__v1.1__1`,
      ),
    ).toMatchObject({ exitCode: 2, codes: ['cli/ledger-record'] })
  })
})

describe('ledger verify, while others append', () => {
  it('always finds a ledger that is whole', async () => {
    await createLedger(world, 'busy', { records: [1] })
    const append = async () => {
      for (const one of [2, 3, 4, 5, 6]) {
        await world.done(`ledger append r${one}.json --trust trust.json --ledger busy`)
      }
    }
    const look = async () => {
      for (let at = 0; at < 10; at++) {
        await world.done('ledger verify --ledger busy --unsafe-unsigned')
      }
    }
    await Promise.all([append(), look()])
    expect((await world.done('ledger list --ledger busy')).trim().split('\n').length).toBe(6)
  })
})

describe('ledger prove', () => {
  it('proves an entry and the older head, to whoever has the key alone', async () => {
    await world.done('ledger prove 3 --from old --ledger good --out proof')
    const check = 'ledger prove --check proof --log-key log.vkey'
    expect(await world.judge(`${check} --record r4.json`)).toMatchObject({ exitCode: 0 })
    expect(await world.judge(`${check} --record r5.json`)).toMatchObject({
      exitCode: 1,
      codes: ['cli/ledger-proof'],
    })
    const proof = JSON.parse(readFileSync(at('proof'), 'utf8')) as {
      inclusion: { index: number; hashes: string[] }
      consistency: { hashes: string[] }
    }
    const { inclusion, consistency } = proof
    for (const [name, changed] of Object.entries({
      index: { ...proof, inclusion: { ...inclusion, index: 2 } },
      path: { ...proof, inclusion: { ...inclusion, hashes: inclusion.hashes.slice(1) } },
      way: { ...proof, consistency: { ...consistency, hashes: consistency.hashes.toReversed() } },
      nothing: { ...proof, inclusion: undefined, consistency: undefined },
    })) {
      writeFileSync(at(`proof-${name}`), JSON.stringify(changed))
      const judged = await world.judge(`ledger prove --check proof-${name} --log-key log.vkey`)
      expect([name, judged.exitCode, judged.codes]).toEqual([name, 1, ['cli/ledger-proof']])
    }
    writeFileSync(at('no-proof'), '{}')
    expect(await world.judge('ledger prove --check no-proof --log-key log.vkey')).toMatchObject({
      exitCode: 2,
    })
  })

  it('proves nothing that is not under the signed head', async () => {
    expect(await world.judge('ledger prove 4 --ledger good')).toMatchObject({
      exitCode: 2,
      codes: ['cli/ledger-entry-missing'],
    })
    expect(await world.judge('ledger prove 99 --ledger good')).toMatchObject({
      codes: ['cli/ledger-entry-missing'],
    })
    await createLedger(world, 'unsigned', { records: [1] })
    expect(await world.judge('ledger prove 0 --ledger unsigned')).toMatchObject({
      codes: ['cli/ledger-head-missing'],
    })
    for (const line of [
      'prove --ledger good',
      'prove 1 --ledger good --log-key log.vkey',
      'prove 1 --check proof',
    ]) {
      expect(await world.judge(`ledger ${line}`)).toMatchObject({
        exitCode: 2,
        codes: ['cli/usage'],
      })
    }
  })
})

describe('ledger show', () => {
  it('shows an entry by its place or digest, with all text of its record escaped', async () => {
    const [line = ''] = (await world.done('ledger list --ledger good')).split('\n')
    const [, digest = ''] = line.split(' ')
    const shown = await world.done('ledger show 0 --ledger good')
    expect(shown).toContain('NOT VERIFIED')
    expect(await world.done(`ledger show ${digest.slice(0, 8)} --ledger good`)).toBe(shown)
    for (const line of ['show 0', 'list', 'prove 0', 'verify --unsafe-unsigned']) {
      expect(await world.judge(`ledger ${line} --ledger good`)).toMatchObject({ exitCode: 0 })
    }
    expect(await world.judge('ledger init --ledger one-more')).toMatchObject({ exitCode: 0 })
    expect(await world.judge('ledger show 9 --ledger good')).toMatchObject({
      exitCode: 2,
      codes: ['cli/ledger-entry-missing'],
    })
  })
})
