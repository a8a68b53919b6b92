// What each counter hangs on: one record, one policy or one reference is taken away, and exactly its counters move.

import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createHost } from '../../src/host/index.ts'
import { readEntries } from '../../src/ledger/index.ts'
import { verifyRecord } from '../../src/record/index.ts'
import { parseTrust } from '../../src/trust/index.ts'
import { loadSigstore } from '../../src/verify/index.ts'
import type { CounterName } from '../../src/gate/index.ts'
import { type Draft, filesOf, shippedDrafts } from '../policy/shipped.ts'
import {
  askGate,
  copyOf,
  countIn,
  type FixtureName,
  folderOf,
  readExpectation,
} from './fixtures/fixture.ts'
import { writeLedger } from './fixtures/fixture-folder.ts'

/** The counters whose number is another one than before. */
function movedBetween(
  before: Awaited<ReturnType<typeof countIn>>,
  after: Awaited<ReturnType<typeof countIn>>,
): readonly string[] {
  const numbers = (counts: typeof before, name: string) => {
    const { count, of } = counts[name] ?? {}
    return JSON.stringify([count, of])
  }
  return Object.keys(before).filter((name) => numbers(before, name) !== numbers(after, name))
}

/** Everything that one adoption brings. */
const ADOPTED: readonly CounterName[] = [
  'attestation-records',
  'authority-records',
  'tracked-releases',
  'linkage-records',
  'adoption-records',
  'promotion-records',
  'smoke-records',
  'rollback-targets',
]

const sigstore = await loadSigstore()

interface Entry {
  readonly name: string
  readonly bytes: Uint8Array
}

/** The entries of a fixture, each by its family, and what it is about. */
async function entriesOf(folder: string, now: number): Promise<readonly Entry[]> {
  const store = await createHost(folder).openLedger('ledger')
  const state = await store.read()
  if (!state.ok) throw new Error(JSON.stringify(state.problems))
  const trust = parseTrust(readFileSync(join(folder, 'trust.json')))
  if (!trust.ok) throw new Error(JSON.stringify(trust.problems))
  const digests: string[] = []
  const read = await readEntries(state.value, 0, ({ sha256 }) => void digests.push(sha256))
  if (!read.ok) throw new Error(JSON.stringify(read.problems))
  return Promise.all(
    digests.map(async (sha256) => {
      const bytes = await store.readRecord({ sha256 })
      if (!bytes.ok) throw new Error(JSON.stringify(bytes.problems))
      const { record } = verifyRecord(bytes.value, { trust: trust.value, now, sigstore })
      if (record === undefined) throw new Error(`Expected a record, found ${sha256}`)
      return { name: record.kind === 'record' ? record.family : record.name, bytes: bytes.value }
    }),
  )
}

async function countWithout(name: FixtureName, left: (entry: Entry, index: number) => boolean) {
  const asked = readExpectation(name)
  const folder = copyOf(name)
  const entries = await entriesOf(folder, Date.parse(asked.at))
  const kept = entries.filter((entry, index) => !left(entry, index))
  expect(kept.length).toBe(entries.length - 1)
  rmSync(join(folder, 'ledger'), { recursive: true })
  await writeLedger(
    folder,
    kept.map(({ bytes }) => bytes),
    Date.parse(asked.at),
  )
  return movedBetween(asked.counters, await countIn(folder, asked))
}

describe('a record of as-documented', () => {
  const ADOPTABLE = ['tracking', 'authority', 'promotion', 'smoke', 'rollback', 'attestation']

  it.each([...ADOPTABLE, 'linkage', 'adoption-review', 'adoption'])(
    'that an adoption needs (%s) takes all with it that was adopted',
    async (family) => {
      let found = 0
      const moved = await countWithout('as-documented', (entry) => {
        return entry.name === family && ++found === 1
      })
      expect(moved.toSorted()).toEqual(ADOPTED.toSorted())
    },
  )

  it.each(['test-result', 'command', 'deployment'])(
    'of a commit or deployment (%s) moves none',
    async (family) => {
      let found = 0
      const moved = await countWithout('as-documented', (entry) => {
        return entry.name === family && ++found === 1
      })
      expect(moved).toEqual([])
    },
  )
})

describe('a record of signed', () => {
  const CASES: readonly (readonly [string, readonly CounterName[]])[] = [
    ['provenance', ['signed-provenance']],
    // A release that nothing tracks is the current one of no gate.
    ['tracking', [...ADOPTED, 'signed-provenance']],
    ['deployment', []],
  ]

  it.each(CASES)('(%s) moves what it is counted in', async (family, counters) => {
    let found = 0
    const moved = await countWithout('signed', ({ name }) => name === family && ++found === 1)
    expect(moved.toSorted()).toEqual(counters.toSorted())
  })
})

describe('a record of live', () => {
  /** Of the last release, the one to production. */
  const CASES: readonly (readonly [string, readonly CounterName[]])[] = [
    // The last approval is one of the two that a launch takes.
    ['approval', ['production-approvals']],
    // Without it nobody shows who built the release, so nobody is shown to approve the work of others.
    ['provenance', ['signed-provenance', 'production-approvals']],
    ['certification', []],
  ]

  it.each(CASES)('(%s, the last one) moves what it is counted in', async (family, counters) => {
    const folder = folderOf('live')
    const entries = await entriesOf(folder, Date.parse(readExpectation('live').at))
    const last = entries.findLastIndex(({ name }) => name === family)
    const moved = await countWithout('live', (_, index) => index === last)
    expect(moved.toSorted()).toEqual(counters.toSorted())
  })
})

/** The shipped policies without one of them: alone, or with all that refers to it. */
function policiesWithout(id: string, isReferenced: boolean): ReadonlyMap<string, Draft> {
  const drafts = shippedDrafts()
  drafts.delete(id)
  if (isReferenced) return drafts
  return new Map([...drafts].map(([name, draft]) => [name, withoutMention(draft, id) as Draft]))
}

function withoutMention(value: unknown, id: string): unknown {
  if (Array.isArray(value)) {
    const kept: readonly unknown[] = value.filter(
      (item) => !JSON.stringify(item).includes(`"${id}"`),
    )
    return kept.map((item) => withoutMention(item, id))
  }
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [name, withoutMention(member, id)]),
  )
}

function folderWith(drafts: ReadonlyMap<string, Draft>): string {
  const folder = copyOf('as-documented')
  rmSync(join(folder, 'policies'), { recursive: true })
  mkdirSync(join(folder, 'policies'))
  for (const { name, bytes } of filesOf(drafts))
    writeFileSync(join(folder, 'policies', name), bytes)
  return folder
}

describe('a policy', () => {
  const asked = readExpectation('as-documented')
  const REFERENCED = {
    'evidence.staging.extension_popup_runtime_acceptance': ['evidence-records'],
    'evidence.production.dashboard_environment_key_flow_private': ['evidence-records'],
    'canary_rule.render_production_allowlisted_web_edge_rollout': ['canary-rules'],
    'attestation_policy.render_production_launch_signed_or_attested_release': [
      'attestation-policies',
    ],
    // What was adopted under it stays adopted; no counter counts such policies.
    'release_attestation_artifact.render_production_launch.signed_or_attested_release': [],
  } as const satisfies Record<string, readonly CounterName[]>

  it.each(Object.entries(REFERENCED))('(%s) moves its own counter', async (id, counters) => {
    const counts = await countIn(folderWith(policiesWithout(id, false)), asked)
    expect(movedBetween(asked.counters, counts)).toEqual(counters)
  })

  it.each(Object.keys(REFERENCED))(
    '(%s) that others refer to leaves nothing to count',
    async (id) => {
      const folder = folderWith(policiesWithout(id, true))
      const { exitCode, stdout } = await askGate(folder, asked, '--counters --format json')
      expect(exitCode).toBe(2)
      expect(stdout).toContain('policy/')
      expect(stdout).not.toContain('"counters"')
    },
  )

  it('that is taken away with nothing leaves every counter as it is', async () => {
    const counts = await countIn(folderWith(shippedDrafts()), asked)
    expect(movedBetween(asked.counters, counts)).toEqual([])
  })
})

describe('a reference', () => {
  const asked = readExpectation('as-documented')

  it.each(['canaryRules', 'rollbackReferences', 'linkedChecks'])(
    'of an approval record (%s) that leads nowhere leaves nothing to count',
    async (member) => {
      const drafts = shippedDrafts()
      const approval = drafts.get(
        'release_approval.render_production_launch.rollout_workflow_defined_launch_blocked',
      )
      if (approval === undefined) throw new Error('Expected the approval record')
      approval[member] = []
      const folder = folderWith(drafts)
      const { exitCode, stdout } = await askGate(folder, asked, '--counters --format json')
      expect(exitCode).toBe(2)
      expect(stdout).not.toContain('"counters"')
    },
  )
})
