// The ledger of a project, audited: what nobody adopted takes nothing away from what was.

import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { appendAll, UNDER } from './audit-world.ts'
import type { LedgerWorld } from './ledger-world.ts'
import { openProjectWorld, RELEASE } from './project-world.ts'

/** Of the same release by its id, and of another commit. */
const STRAY = RELEASE.record(
  'tracking',
  {
    artifactName: 'other',
    artifactType: 'release-evidence-bundle',
    buildPipeline: 'other',
    buildTime: '2026-04-10T11:58:00Z',
    snapshot: 'a'.repeat(64),
    innerManifest: 'b'.repeat(64),
  },
  { release: { ...RELEASE.reference, sourceRevision: 'c'.repeat(40) } },
)

let world: LedgerWorld
let bundles: readonly Uint8Array[]
beforeAll(async () => {
  world = await openProjectWorld()
  const list = await world.run('ledger list --ledger ledger --format json')
  const { entries } = JSON.parse(list.stdout) as { entries: { sha256: string }[] }
  bundles = entries.map(({ sha256 }) =>
    readFileSync(
      join(world.folder, `ledger/records/${sha256.slice(0, 2)}/${sha256}.sigstore.json`),
    ),
  )
}, 60_000)

async function statusesOf(name: string, files: readonly Uint8Array[]) {
  await world.done(`ledger init --ledger ${name}`)
  await appendAll(world, name, files)
  const { text } = await world.judge(`audit ${name} ${UNDER} --unsafe-unsigned`)
  const { releases } = JSON.parse(text) as {
    releases: { id: string; generated: object[]; records: { family: string; status: string }[] }[]
  }
  const own = releases.find(({ id }) => id === RELEASE.id)
  return {
    generated: own?.generated.length,
    statuses: own?.records.map(({ family, status }) => `${family} ${status}`),
  }
}

describe('a record that nobody adopted', () => {
  it('does not undo an adoption, wherever it stands', async () => {
    const whole = await statusesOf('again', bundles)
    expect(whole.generated).toBe(0)
    expect(whole.statuses).toContain('adoption reviewed-and-adopted')
    for (const [name, files] of [
      ['first', [STRAY, ...bundles]],
      ['last', [...bundles, STRAY]],
    ] as const) {
      expect(await statusesOf(name, files)).toEqual({ ...whole, generated: 1 })
    }
  })
})
