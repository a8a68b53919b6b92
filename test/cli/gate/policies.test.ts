// A policy of requirements, asked like a gate: of a folder that holds nothing else, about the release that is named or the newest one.

import { beforeAll, describe, expect, it } from 'vitest'
import { appendAll } from '../audit-world.ts'
import { TARGET } from '../project-world.ts'
import {
  decide,
  type LedgerWorld,
  openGateWorld,
  put,
  RELEASE,
  REVISION,
  UNIT_TESTS,
  waiver,
} from './gate-world.ts'

const ID = 'policy.container_release'
const OWN = '--policies own --trust trust.json --log-key log.vkey'
const ABSENT = 'staging__render_staging_rollout__v9.9.9__1'

const POLICY = `
schema: assay/policy/v1
kind: requirements
id: ${ID}
version: 1
title: What a release needs
scope: { targets: [render_staging_rollout], stages: [staging] }
requirements:
  - id: provenance
    title: The workflow built it from the commit
    select: { family: provenance }
    holds:
      - { at: /predicate/buildDefinition/buildType, matches: 'https://*' }
      - { at: /predicate/buildDefinition/externalParameters/workflow/path, present: true }
      - cel: size(predicate.buildDefinition.resolvedDependencies) > 1
  - id: tests
    title: The tests passed at its commit
    select: { family: test-result, about: commit }
`

let world: LedgerWorld
beforeAll(async () => {
  world = await openGateWorld([UNIT_TESTS])
  put(world, 'own/container.yaml', POLICY)
}, 120_000)

function write(name: string, change: (text: string) => string): string {
  put(world, `${name}/container.yaml`, change(POLICY))
  return OWN.replace('own', name)
}

describe('a policy of requirements', () => {
  it('is go about the newest release, of whose provenance it sees all', async () => {
    const found = await decide(world, `${ID} ${OWN} --run`)
    expect(found).toMatchObject({ exitCode: 0, decision: 'go' })
    expect(found.document.gates).toMatchObject([{ id: ID, release: RELEASE.id }])
    const { exitCode, stdout } = await world.run(`gate ${OWN} --run`)
    expect([exitCode, stdout]).toEqual([
      0,
      `go  ${ID}\n  about: the release ${RELEASE.id}\n  set: ${RELEASE.set}\nrequirements: 2 of 2 requirements accepted\n`,
    ])
  })

  it('is asked about the release that is named, and no other', async () => {
    const found = await decide(world, `${ID} ${OWN} --run --release ${TARGET.id}`)
    expect(found).toMatchObject({ exitCode: 0, decision: 'go' })
    expect(found.document.gates).toMatchObject([{ release: TARGET.id }])
    const absent = await decide(world, `${ID} ${OWN} --run --release ${ABSENT}`)
    expect(absent).toMatchObject({ exitCode: 1, decision: 'no-go' })
    expect(absent.document.gates).toMatchObject([{ release: ABSENT }])
    expect(absent.blockers.map(({ outcome }) => outcome)).toEqual(['missing', 'missing'])
  })

  it('is told in every format', async () => {
    const under = write('strict', (text) => text.replace('https://*', 'http://*'))
    for (const format of ['markdown', 'sarif', 'junit', 'github']) {
      const { exitCode, stdout } = await world.run(`gate ${under} --run --format ${format}`)
      expect([format, exitCode]).toEqual([format, 1])
      expect(stdout).toContain('The workflow built it from the commit')
    }
    const explained = await world.run(`gate ${under} --run --explain`)
    expect(explained.stdout).toContain(`rejected  requirements of ${ID}`)
    const planned = await world.run(`gate ${under} --dry-run --ledger none`)
    expect(planned.stdout).toContain('"/predicate/buildDefinition/buildType" is like "http://*"')
  })

  it.each([
    ['a member that is not there', 'workflow/path', 'workflow/none', 'rejected'],
    ['an expression that is false', '> 1', '> 100', 'rejected'],
    ['an expression that can not be judged', '> 1', '> nothing.at.all', 'error'],
  ])('is no-go with %s', async (_, from, to, outcome) => {
    const found = await decide(world, `${write('other', (text) => text.replace(from, to))} --run`)
    expect(found.decision).toBe('no-go')
    expect(found.blockers).toMatchObject([{ id: `${ID}#provenance`, outcome }])
    expect(found.exitCode).toBe(outcome === 'error' ? 2 : 1)
  })

  it('is go by an exception, and by no other waiver', async () => {
    const under = write('outside', (text) =>
      text.replace(
        '{ family: test-result, about: commit }',
        '{ family: review }\n    external: true',
      ),
    )
    expect(await decide(world, `${under} --run`)).toMatchObject({ exitCode: 1, decision: 'no-go' })
    world.copy('ledger', 'waived')
    await appendAll(world, 'waived', [waiver(`${ID}#tests`)])
    const found = await decide(world, `${under} --run --ledger waived`)
    expect(found).toMatchObject({ exitCode: 0, decision: 'go-by-exception' })
    const strict = await decide(world, `${under} --run --ledger waived --strict`)
    expect(strict).toMatchObject({ exitCode: 1, decision: 'no-go' })
  })

  it('says nothing once its time is over', async () => {
    const under = write('over', (text) =>
      text.replace('scope:', 'expires: 2026-01-01T00:00:00Z\nscope:'),
    )
    const found = await decide(world, `${under} --run`)
    expect(found).toMatchObject({ exitCode: 1, decision: 'no-go' })
    expect(found.codes).toContain('policy/policy-expired')
  })

  it('is asked about a commit before there is a release that it is for', async () => {
    const under = write('before', (text) => text.replace('render_staging_rollout', 'web'))
    const asked = async (commit: string) => {
      const { document, blockers } = await decide(world, `${under} --run --commit ${commit}`)
      return [document.gates[0]?.commit, blockers.map(({ id }) => id)]
    }
    const other = 'd'.repeat(40)
    expect(await asked(REVISION)).toEqual([REVISION, [`${ID}#provenance`]])
    expect(await asked(other)).toEqual([other, [`${ID}#provenance`, `${ID}#tests`]])
  })

  it('is asked of no release that it is not for', async () => {
    const other = 'production__web__v1.2.0__7'
    const judged = await world.judge(`gate ${OWN} --run --release ${other}`)
    expect([judged.exitCode, judged.codes]).toEqual([2, ['cli/usage']])
    const under = write('elsewhere', (text) => text.replace('render_staging_rollout', 'web'))
    const found = await decide(world, `${under} --run`)
    expect(found).toMatchObject({ exitCode: 1, decision: 'no-go' })
    expect(found.document.gates[0]?.release).toBeUndefined()
  })

  it('stands beside gates, and is asked with them', async () => {
    world.copy('policies', 'both')
    put(world, 'both/container.yaml', POLICY)
    const { document } = await decide(world, OWN.replace('own', 'both'))
    expect(document.gates.map(({ id }) => id)).toEqual([
      expect.stringContaining('production'),
      expect.stringContaining('staging'),
      ID,
    ])
  })
})
