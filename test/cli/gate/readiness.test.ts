// `assay readiness` in a project: what its ledger shows of the stages, and what it does not.

import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../../../.ci/checkout.ts'
import { type LedgerWorld, openGateWorld, RELEASE, UNDER } from './gate-world.ts'

let world: LedgerWorld
const ASKED = `--release ${RELEASE.id} --readiness readiness ${UNDER}`

beforeAll(async () => {
  world = await openGateWorld()
  const to = join(world.folder, 'readiness')
  cpSync(join(ROOT, 'policies/deployment-readiness'), to, { recursive: true })
  mkdirSync(join(world.folder, 'none'))
}, 120_000)

interface Document {
  readonly standing: string
  readonly production_write_from_self_service: boolean
  readonly against: readonly { readonly check: { readonly message: string } }[]
  readonly separation: object
  readonly stages: readonly {
    readonly standing: string
    criteria: readonly {
      id: string
      standing: string
      blockers: { id: string; clears: string }[]
    }[]
  }[]
}

describe('assay readiness', () => {
  it('tells each stage of a release, and continues none whose owners said nothing', async () => {
    const { exitCode, text } = await world.judge(`readiness ${ASKED} --out readiness.json`)
    const document = JSON.parse(text) as Document
    expect([exitCode, document.standing]).toEqual([1, 'missing'])
    expect(document.production_write_from_self_service).toBe(true)
    const criteria = document.stages.flatMap((stage) => stage.criteria)
    expect(criteria).toHaveLength(16)
    const [first] = criteria
    expect(first?.blockers).toHaveLength(1)
    expect(first?.blockers[0]).toMatchObject({
      id: 'readiness.production_deployment#boundary-path',
    })
    expect(first?.blockers[0]?.clears).not.toBe('')
    expect(document.separation).toMatchObject({ outcome: 'missing', found: 'no role "draft"' })
    expect(JSON.parse(readFileSync(join(world.folder, 'readiness.json'), 'utf8'))).toEqual(document)
  })

  it('says it to a person', async () => {
    const { stdout, stderr } = await world.run(`readiness ${ASKED}`)
    expect(stderr).toBe('')
    expect(stdout).toContain('production_write_from_self_service=true\n')
    expect(stdout).toContain('missing   draft-coverage: ')
    const flowed = stdout.replaceAll(/\n +/g, ' ')
    expect(flowed).toContain('found no role "draft" clears: Add "draft" to the trust document')
    expect(flowed).toContain('"By the platform owner"')
    expect(stdout).toMatch(/rule: readiness\.yaml, line \d+, column \d+/)
    expect(stdout).toMatch(/\$ assay record test-result /)
    expect(flowed).toContain('clears: They sign what an exit of the stage asks for')
    expect(stdout).toContain('owners: platform-owner or risk-owner: nobody yet')
  })

  it('computes from the trust document that drafts can not write to production', async () => {
    const trust = JSON.parse(readFileSync(join(world.folder, 'trust.json'), 'utf8')) as {
      roles: object[]
    }
    const roles = [...trust.roles, { name: 'draft', threshold: 1, targets: ['drafts'] }]
    writeFileSync(join(world.folder, 'apart.json'), JSON.stringify({ ...trust, roles }))
    const { text } = await world.judge(`readiness ${ASKED.replace('trust.json', 'apart.json')}`)
    expect(JSON.parse(text)).toMatchObject({ production_write_from_self_service: false })
  })

  it('continues nothing over a ledger that is not whole', async () => {
    world.copy('ledger', 'cut')
    const head = join(world.folder, 'cut/checkpoint')
    writeFileSync(head, readFileSync(head, 'utf8').replace(/\n\d+\n/, '\n1\n'))
    const { exitCode, text } = await world.judge(`readiness ${ASKED} --ledger cut`)
    const { standing, stages, against } = JSON.parse(text) as Document
    expect(exitCode).not.toBe(0)
    expect([standing, ...stages.map((stage) => stage.standing)]).toEqual(Array(5).fill('blocked'))
    expect(against.map(({ check }) => check.message)).toEqual(['The ledger'])
  })

  it('judges records under the policies that they were made under', async () => {
    const file = 'policies/deployment-readiness/readiness.yaml'
    const select = 'select: { family: test-result, about: commit, stage: repo }'
    const [before] = readFileSync(join(ROOT, file), 'utf8').split('    criteria:\n', 1)
    const list = `\n      - { id: validated, title: Validated, ${select} }\n`
    const selfService = before!.replace('stage: security-review', 'stage: draft-coverage')
    mkdirSync(join(world.folder, 'one'))
    writeFileSync(
      join(world.folder, 'one/readiness.yaml'),
      `${selfService}    criteria:${list}    exit:${list.replace('validated', 'done')}`,
    )
    const asked = ASKED.replace('--readiness readiness', '--readiness one')
    const { stages } = JSON.parse((await world.judge(`readiness ${asked}`)).text) as Document
    expect(stages[0]?.criteria[0]).toMatchObject({ id: 'validated', standing: 'continue' })
  })

  it('ends with 2 where a criterion could not be judged, and with 1 where it is not met', async () => {
    const file = 'policies/deployment-readiness/readiness.yaml'
    const [before] = readFileSync(join(ROOT, file), 'utf8').split('    criteria:\n', 1)
    const selfService = before!.replace('stage: security-review', 'stage: draft-coverage')
    const endsWith = async (name: string, cel: string) => {
      const select = `select: { family: test-result, about: commit }, holds: [{ cel: '${cel}' }]`
      const list = `\n      - { id: told, title: Told, ${select} }\n`
      mkdirSync(join(world.folder, name))
      writeFileSync(
        join(world.folder, name, 'readiness.yaml'),
        `${selfService}    criteria:${list}    exit:${list.replace('told', 'done')}`,
      )
      const asked = ASKED.replace('--readiness readiness', `--readiness ${name}`)
      const { exitCode, text } = await world.judge(`readiness ${asked}`)
      const { outcome, standing } = JSON.parse(text) as { outcome: string; standing: string }
      return { exitCode, outcome, standing }
    }
    expect(await endsWith('error', 'predicate.nothing.there > 3')).toEqual({
      ...{ exitCode: 2, outcome: 'error', standing: 'blocked' },
    })
    expect(await endsWith('unmet', 'predicate.result == "nothing"')).toEqual({
      ...{ exitCode: 1, outcome: 'rejected', standing: 'blocked' },
    })
  })

  it('tells of a release of which the ledger holds nothing', async () => {
    const asked = ASKED.replace('v1.2.0', 'v9.9.9')
    const { exitCode, text } = await world.judge(`readiness ${asked}`)
    expect([exitCode, (JSON.parse(text) as Document).standing]).toEqual([1, 'missing'])
  })

  it.each([
    [
      'no readiness policy',
      ASKED.replace('--readiness readiness', '--readiness policies'),
      'cli/usage',
    ],
    [
      'no policies',
      ASKED.replace('--readiness readiness', '--readiness nothing'),
      'host/file-missing',
    ],
    ['no set id', ASKED.replace(RELEASE.id, 'web'), 'statement/artifact-set-id'],
    ['no trust document', ASKED.replace('trust.json', 'nothing.json'), 'host/file-missing'],
    ['no place to write', `${ASKED} --out nowhere/r.json`, 'host/file-unwritable'],
  ])('can not judge with %s', async (_, asked, code) => {
    expect(await world.judge(`readiness ${asked}`)).toMatchObject({ exitCode: 2, codes: [code] })
  })
})
