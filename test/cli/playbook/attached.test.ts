// What we build ourselves is attached to the release that it is of: the record that names it changes nothing of what it says.

import { mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { ROOT } from '../../../.ci/checkout.ts'
import type { ReleaseLineage } from '../../../src/gate/index.ts'
import { copyOf, readExpectation } from '../../gate/fixtures/fixture.ts'
import { signedBy } from '../../gate/fixtures/parties.ts'
import { commitRecordOf, type Source } from '../../gate/fixtures/release.ts'
import { POLICY } from '../../gate/playbook/playbook-world.ts'
import { ranCommand } from '../../record/ran-command.ts'
import { digestOf } from '../../verify/release.ts'
import { appendAll } from '../audit-world.ts'
import { openWorld } from '../ledger-world.ts'

const { at, gates } = readExpectation('live')
const RELEASE = gates['gate.release_target.render_production_launch']?.release ?? ''
const UNDER = `--release ${RELEASE} --policies policies --trust trust.json --unsafe-unsigned`
const NAMES = ['release_lineage.json', 'release_bundle_promotion_production.json'] as const
const AT = '2026-11-22T12:00:00Z'

const world = openWorld(copyOf('live'))
const now = Date.parse(at)
const path = (name: string) => join(world.folder, 'artifacts', name)

/** Every step of the sequences of the shipped playbook, and a last command that wrote the documents. */
function runOf(commit: string) {
  const steps = (POLICY.sequences ?? []).flatMap(({ folder, steps: own }) =>
    own.map(({ id, run }) => ({ ...ranCommand(id), arguments: [...run], folder, exitCode: 0 })),
  )
  const reports = NAMES.map((name) => ({
    ...{ name: `artifacts/${name}`, sha256: digestOf(readFileSync(path(name))) },
  }))
  const commands = [...steps, { ...ranCommand('lineage'), exitCode: 0, reports }].map((one) => ({
    ...one,
    ...{ startedAt: AT, endedAt: AT },
  }))
  return { commit, startedAt: AT, endedAt: AT, commands, notRun: [] }
}

interface Document {
  readonly playbooks: readonly {
    readonly controls: readonly { readonly id: string; readonly status: string }[]
  }[]
}

async function statusesOf(...ids: readonly string[]) {
  const playbooks = join(ROOT, 'policies/production-readiness')
  const { text } = await world.judge(`playbook ${UNDER} --playbooks ${playbooks}`, now)
  const [playbook] = (JSON.parse(text) as Document).playbooks
  return ids.map((id) => playbook?.controls.find((control) => control.id === id)?.status)
}

it('the lineage and the promotion are attached, and the sequences ran', async () => {
  mkdirSync(join(world.folder, 'artifacts'))
  const lineage = await world.done(`lineage ${UNDER} --format json --out ${path(NAMES[0])}`, now)
  await world.done(`lineage ${UNDER} --promotion production --out ${path(NAMES[1])}`, now)
  const [source] = (JSON.parse(lineage) as ReleaseLineage).sources
  const { commit = '' } = source ?? {}
  const record = await commitRecordOf({ commit } as Source, 'command', runOf(commit), {
    by: signedBy('builder'),
    at: AT,
  })
  const ids = [
    ...(POLICY.sequences ?? []).map(({ id }) => id),
    ...['attached-ci-run', 'attached-release-lineage', 'attached-promotion-reports'],
  ]
  await appendAll(world, 'ledger', [record])
  expect(await statusesOf(...ids)).toEqual(ids.map(() => 'passed'))
}, 60_000)
