// Every near miss of the fixture `live`: blocked by its reason and by nothing else, while `live` itself is ready.

import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { JudgedGates } from '../../src/cli/gate/gate-run.ts'
import {
  listNearMisses,
  NEAR_MISSES,
  type NearMiss,
  readNearMiss,
} from './fixtures/near-misses/case.ts'
import { askedOf, compose, composeBase } from './fixtures/near-misses/compose.ts'
import { findingsOf, judgeScene } from './fixtures/near-misses/findings.ts'
import { readLiveEntries } from './fixtures/near-misses/live-entries.ts'
import { tellCase } from './fixtures/near-misses/telling.ts'
import { openScene, type Scene } from './fixtures/scene.ts'

const FILES_MAX = 400
const BYTES_MAX = 2_000_000
const CASES_MIN = 60

const cases = listNearMisses().map((name) => readNearMiss(name))
const live = await readLiveEntries()
const base = await composeBase(live)
const before = await judgeScene(await openScene(base), askedOf({}))

const scenes = new Map<string, Promise<Scene>>()

/** Of each case one ledger, whatever is asked of it. */
async function sceneOf(nearMiss: NearMiss): Promise<Scene> {
  const scene = scenes.get(nearMiss.name) ?? compose(nearMiss, base, live).then(openScene)
  scenes.set(nearMiss.name, scene)
  return scene
}

const judged = new Map<string, Promise<JudgedGates>>()

function judge(nearMiss: NearMiss, at = nearMiss.at): Promise<JudgedGates> {
  const asked = `${nearMiss.name} ${at}`
  const found =
    judged.get(asked) ?? sceneOf(nearMiss).then((one) => judgeScene(one, askedOf({ at })))
  judged.set(asked, found)
  return found
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
      const found = await judge(nearMiss)
      expect(findingsOf(found, gate, before.counters)).toEqual(expected)
      const finding = found.gates.find((one) => one.gate.id === gate)
      expect(finding?.decision).toBe('no-go')
      // No head, no entry and no file of the ledger is a reason.
      expect(found.checks.filter(({ outcome }) => outcome !== 'accepted')).toEqual([])
    },
  )

  it.each(cases.flatMap((one) => (one.readyAt === undefined ? [] : [[one.name, one] as const])))(
    '(%s) is none at an earlier time',
    async (_, nearMiss) => {
      const found = await judge(nearMiss, nearMiss.readyAt)
      const finding = found.gates.find((one) => one.gate.id === nearMiss.expect.gate)
      expect(finding?.decision).toBe('go')
    },
  )
})

/** Of people, of time, of what was tried, of what was built, of what speaks against it, of policies, and of the other gate. */
const TOLD = [
  'launch-approved-by-one',
  'launch-approval-expired',
  'smoke-of-another-set',
  'provenance-of-a-moved-tag',
  'staging-another-set-deployed',
  'release-withdrawn',
  'rollback-target-withdrawn',
  'policy-moved-since-approval',
  'critical-advisory-with-exception',
  'waiver-in-force',
]

describe('a near miss that is told', () => {
  it.each(TOLD)('(%s) names its reason in words', async (name) => {
    const nearMiss = readNearMiss(name)
    const { at, head, logKey } = askedOf(nearMiss)
    const scene = await sceneOf(nearMiss)
    const under = `--policies policies --trust trust.json --at ${at} --head ${head}`
    const of = `${under} --log-key ${logKey}`
    const told = await scene.run(`gate ${nearMiss.expect.gate} ${of}`, Date.parse(at))
    expect(told.exitCode).toBe(1)
    await expect(told.stdout).toMatchFileSnapshot(`../golden/gate/near-miss.${name}.txt`)
    const counted = await scene.run(`gate --counters ${of}`, Date.parse(at))
    expect(counted.exitCode).toBe(0)
    const golden = `../golden/gate/near-miss.${name}.counters.txt`
    await expect(counted.stdout).toMatchFileSnapshot(golden)
  })
})

describe('the near misses together', () => {
  it('come to these decisions, blockers and counters', async () => {
    const told: string[] = [tellCase('live', before)]
    for (const nearMiss of cases) told.push(tellCase(nearMiss.name, await judge(nearMiss)))
    await expect(told.join('\n')).toMatchFileSnapshot('../golden/gate/near-misses.txt')
  })

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
