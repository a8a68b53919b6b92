// Every family of records, by each way in which a draft might come to count, at each door: refused with its code; and the same record by
// whoever signs for production is taken.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { FAMILIES } from '../../../src/record/index.ts'
import { put } from '../audit-world.ts'
import { openGateWorld } from '../gate/gate-world.ts'
import type { LedgerWorld } from '../ledger-world.ts'
import { PRE, RELEASE } from '../project-world.ts'
import { DRAFTER, forceInto, SELF_SERVICE, TWINS, WAYS } from './draft-records.ts'

const UNDER = '--trust trust.json --policies policies'
const DOCUMENTS = '--document inner.json --document snapshot.json'
const HEAD = '--log-key log.vkey'

let world: LedgerWorld
let trustText = ''
beforeAll(async () => {
  world = await openGateWorld()
  const trust = JSON.parse(readFileSync(join(world.folder, 'trust.json'), 'utf8')) as {
    keys: object[]
    roles: object[]
  }
  trust.keys.push(DRAFTER)
  trust.roles.push(SELF_SERVICE)
  trustText = JSON.stringify(trust)
  put(world, 'trust.json', trustText)
  for (const way of WAYS) {
    const ledger = forced(way.name)
    world.copy('ledger', ledger)
    await forceInto(world, ledger, way)
    for (const [family, bytes] of way.bundles) put(world, `${ledger}-${family}.json`, bytes)
  }
  for (const [family, bytes] of TWINS) put(world, `twin-${family}.json`, bytes)
}, 60_000)

const forced = (name: string) => `forced-${name.replaceAll(' ', '-')}`
const count = (text: string, code: string) => text.split(`"code": "${code}"`).length - 1
const countersOf = async (ledger: string) => {
  const { stdout } = await world.run(
    `gate --counters --ledger ${ledger} ${UNDER} ${HEAD} --format json`,
  )
  const { counters } = JSON.parse(stdout) as { counters: { name: string; count: number }[] }
  return counters.map(({ name, count: counted }) => [name, counted])
}

describe.each(WAYS)('by $name', ({ name, code, bundles }) => {
  it('no family is appended', async () => {
    expect(bundles.length).toBeGreaterThan(10)
    for (const [family] of bundles) {
      const line = `ledger append ${forced(name)}-${family}.json --ledger ledger --trust trust.json`
      const judged = await world.judge(line)
      expect([family, judged.exitCode === 0, judged.codes.includes(code)]).toEqual([
        family,
        false,
        true,
      ])
    }
  })

  it('an audit says of each that is there why it does not count', async () => {
    const judged = await world.judge(`audit ${forced(name)} ${UNDER} ${HEAD}`)
    expect(judged.exitCode).not.toBe(0)
    expect(count(judged.text, code)).toBeGreaterThanOrEqual(bundles.length)
  })

  it('no counter of a gate moves', async () => {
    expect(await countersOf(forced(name))).toEqual(await countersOf('ledger'))
  })

  it('none is merged', async () => {
    world.copy('ledger', `into-${forced(name)}`)
    const judged = await world.judge(
      `ledger merge ${forced(name)} --ledger into-${forced(name)} --trust trust.json`,
    )
    expect([judged.exitCode === 0, judged.codes.includes(code)]).toEqual([false, true])
  })

  it('no pack is made of a release with them, and no adoption proposed', async () => {
    const release = name === 'channel' ? RELEASE.id.replace('staging', 'draft') : RELEASE.id
    const packed = await world.judge(
      `pack --release ${release} --phase ${PRE} --ledger ${forced(name)} ${UNDER} ${DOCUMENTS} --out ${name}`,
    )
    expect([packed.exitCode === 0, packed.codes.includes(code)]).toEqual([false, true])
    const proposed = await world.judge(
      `record adoption propose ${forced(name)} ${UNDER} --source-policies policies --unsafe-unsigned --phase ${PRE} --out c.json`,
    )
    expect([proposed.exitCode === 0, proposed.codes.includes(code)]).toEqual([false, true])
  })
})

describe('whoever signs for production', () => {
  it('has a record of every family appended', async () => {
    world.copy('ledger', 'twins')
    for (const [family] of TWINS) {
      const line = `ledger append twin-${family}.json --ledger twins --trust trust.json`
      const { exitCode, codes } = await world.judge(line)
      expect([family, exitCode, codes]).toEqual([family, 0, []])
    }
    expect(TWINS).toHaveLength(FAMILIES.length)
  })

  it('has the release packed, and its ledger audited', async () => {
    const line = `pack --release ${RELEASE.id} --phase ${PRE} --ledger ledger ${UNDER} ${DOCUMENTS} --out good`
    expect((await world.run(line)).exitCode).toBe(0)
    const audited = await world.judge(`audit ledger ${UNDER} ${HEAD}`)
    expect(WAYS.filter(({ code }) => audited.codes.includes(code))).toEqual([])
  })
})
