// What a playbook prints as clearing a control clears it: the commands are run as they stand, with who signs and where.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '../../../.ci/checkout.ts'
import { copyOf, readExpectation } from '../../gate/fixtures/fixture.ts'
import { put } from '../audit-world.ts'
import { openWorld } from '../ledger-world.ts'

const { at, gates } = readExpectation('live')
const RELEASE = gates['gate.release_target.render_production_launch']?.release ?? ''
const UNDER = '--policies policies --unsafe-unsigned'
const PLAYBOOKS = join(ROOT, 'policies/production-readiness')
const ASKED = `playbook --release ${RELEASE} ${UNDER} --trust trust.json --playbooks ${PLAYBOOKS}`

interface Document {
  readonly playbooks: readonly {
    readonly controls: readonly {
      readonly id: string
      readonly status: string
      readonly commands?: readonly string[]
    }[]
  }[]
}

const world = openWorld(copyOf('live'))
const now = Date.parse(at)

async function controlOf(id: string) {
  const { text } = await world.judge(ASKED, now)
  const [playbook] = (JSON.parse(text) as Document).playbooks
  return playbook?.controls.find((control) => control.id === id)
}

it('a lineage is built, and named, by the commands that are printed for it', async () => {
  const id = 'attached-release-lineage'
  put(world, 'note.yaml', 'result: PASSED\npassedTests: [lineage-attached]\n')
  mkdirSync(join(world.folder, 'artifacts'))
  await world.done('key generate --out ci --unsafe-unencrypted', now)
  await world.done('trust add-key ci.pub.pem --name ci --role builder --automation', now)

  const { status, commands = [] } = (await controlOf(id)) ?? {}
  expect([status, commands.length]).toEqual(['missing', 2])
  const [build = '', name = ''] = commands.map((line) => line.replace(/^assay /, ''))
  await world.done(`${build.replace('TRUST', 'trust.json')} ${UNDER}`, now)
  expect((await controlOf(id))?.status).toBe('unverified')
  const signing = '--policies policies --key ci.key.pem --trust trust.json --ledger ledger'
  await world.done(`${name.replace('REPORT', 'note.yaml')} ${signing}`, now)
  expect(await controlOf(id)).toMatchObject({ status: 'passed' })
}, 120_000)
