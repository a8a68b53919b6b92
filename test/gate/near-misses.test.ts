// Every near miss of the fixture `live`: blocked by its reason and by nothing else, while `live` itself is ready.

import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import {
  listNearMisses,
  NEAR_MISSES,
  type NearMiss,
  readNearMiss,
} from './fixtures/near-misses/case.ts'
import { askedOf, compose, composeBase } from './fixtures/near-misses/compose.ts'
import { findingsOf, judgeScene } from './fixtures/near-misses/findings.ts'
import { readLiveEntries } from './fixtures/near-misses/live-entries.ts'
import { openScene } from './fixtures/scene.ts'

const FILES_MAX = 400
const BYTES_MAX = 2_000_000
const CASES_MIN = 60

const cases = listNearMisses().map((name) => readNearMiss(name))
const live = await readLiveEntries()
const base = await composeBase(live)
const before = await judgeScene(await openScene(base), askedOf({}))

async function judge(nearMiss: NearMiss, at = nearMiss.at) {
  const scene = await openScene(await compose(nearMiss, base, live))
  return { scene, judged: await judgeScene(scene, askedOf({ at })) }
}

describe('live, before anything is taken from it', () => {
  it('is go at both gates, and ready for production', () => {
    expect(before.checks.filter(({ outcome }) => outcome !== 'accepted')).toEqual([])
    expect(before.gates.map(({ decision }) => decision)).toEqual(['go', 'go'])
    expect(before.gates.map(({ isProductionReady }) => isProductionReady)).toContain(true)
  })
})

describe('a near miss', () => {
  it.each(cases.map((nearMiss) => [nearMiss.name, nearMiss] as const))(
    '(%s) is blocked by its reason alone',
    async (_, nearMiss) => {
      const { gate, ...expected } = nearMiss.expect
      const { judged } = await judge(nearMiss)
      expect(findingsOf(judged, gate, before.counters)).toEqual(expected)
      const finding = judged.gates.find((one) => one.gate.id === gate)
      expect(finding?.decision).toBe('no-go')
      // No head, no entry and no file of the ledger is a reason.
      expect(judged.checks.filter(({ outcome }) => outcome !== 'accepted')).toEqual([])
    },
  )

  it.each(cases.flatMap((one) => (one.readyAt === undefined ? [] : [[one.name, one] as const])))(
    '(%s) is none at an earlier time',
    async (_, nearMiss) => {
      const { judged } = await judge(nearMiss, nearMiss.readyAt)
      const finding = judged.gates.find((one) => one.gate.id === nearMiss.expect.gate)
      expect(finding?.decision).toBe('go')
    },
  )
})

/** One of each kind: of people, of time, of what was tried, of what was built, and of the other gate. */
const TOLD = [
  'launch-approved-by-one',
  'launch-approval-expired',
  'smoke-of-another-set',
  'provenance-of-a-moved-tag',
  'staging-another-set-deployed',
]

describe('a near miss that is told', () => {
  it.each(TOLD)('(%s) names its reason in words', async (name) => {
    const nearMiss = readNearMiss(name)
    const { at, head, logKey } = askedOf(nearMiss)
    const scene = await openScene(await compose(nearMiss, base, live))
    const under = `--policies policies --trust trust.json --at ${at} --head ${head}`
    const line = `gate ${nearMiss.expect.gate} ${under} --log-key ${logKey}`
    const { exitCode, stdout } = await scene.run(line, Date.parse(at))
    expect(exitCode).toBe(1)
    await expect(stdout).toMatchFileSnapshot(`../golden/gate/near-miss.${name}.txt`)
  })
})

describe('the near misses together', () => {
  it('are many, each for itself, small, and hold no private key', () => {
    expect(cases.length).toBeGreaterThanOrEqual(CASES_MIN)
    const texts = cases.map(({ name: _, folder: __, ...said }) => JSON.stringify(said))
    expect(new Set(texts).size).toBe(texts.length)
    const files = readdirSync(NEAR_MISSES, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name))
    expect(files.length).toBeLessThan(FILES_MAX)
    expect(files.reduce((sum, file) => sum + statSync(file).size, 0)).toBeLessThan(BYTES_MAX)
  })
})
