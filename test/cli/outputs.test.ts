// What a run may write: nothing into a ledger or a folder of policies that it reads, and no two outputs into one file.

import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeAll, describe, expect, it } from 'vitest'
import { ROOT } from '../../.ci/checkout.ts'
import { runCli } from '../../src/cli/run-cli.ts'
import { createTestHost } from '../host/test-host.ts'
import { type LedgerWorld, openGateWorld, RELEASE, STAGING, UNDER } from './gate/gate-world.ts'
import { NOW } from './ledger-world.ts'

let world: LedgerWorld
const OF_RELEASE = `--release ${RELEASE.id} ${UNDER}`
const READINESS = `readiness --readiness readiness ${OF_RELEASE}`
const PLAYBOOK = `playbook --playbooks playbooks --reports reports ${OF_RELEASE}`
const SIGNED = `gate ${STAGING} ${UNDER} --key results.key.pem`

beforeAll(async () => {
  world = await openGateWorld()
  await world.done('key generate --out results --unsafe-unencrypted')
  for (const [name, from] of [
    ['readiness', 'policies/deployment-readiness'],
    ['playbooks', 'policies/production-readiness'],
  ] as const) {
    cpSync(join(ROOT, from), join(world.folder, name), { recursive: true })
  }
  for (const name of ['reports', 'sub']) mkdirSync(join(world.folder, name))
  symlinkSync('ledger', join(world.folder, 'linked'))
  symlinkSync('ledger/checkpoint', join(world.folder, 'head-link'))
  symlinkSync('../policies', join(world.folder, 'sub/policies'))
}, 120_000)

/** Every file of the world, with what is in it. */
function filesOf(folder: string): readonly string[] {
  return readdirSync(join(world.folder, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => `${path} ${readFileSync(path).toString('base64')}`)
    .toSorted()
}

async function ask(line: string) {
  const { exitCode, codes, text } = await world.judge(line)
  return { exitCode, codes, isJudged: text.includes('"standing"') || text.includes('"decision"') }
}

describe('an output', () => {
  it.each([
    ['a file of the ledger', `gate ${STAGING} ${UNDER} --out ledger/.gitattributes`],
    ['a new file of the ledger', `gate ${STAGING} ${UNDER} --out ledger/records/new.json`],
    ['a file below a link to the ledger', `gate ${STAGING} ${UNDER} --out linked/new.json`],
    ['a link to a file of the ledger', `gate ${STAGING} ${UNDER} --out head-link`],
    ['a new policy', `gate ${STAGING} ${UNDER} --out policies/new.yaml`],
    ['a new policy, by a link', `gate ${STAGING} ${UNDER} --out sub/policies/new.yaml`],
    ['a result in the ledger', `${SIGNED} --result ledger/r.json`],
    ['a result as JWS in the ledger', `${SIGNED} --result-jws ledger/r.jws`],
    ['a bundle of a result in the ledger', `${SIGNED} --result-bundle ledger/r.sigstore.json`],
    ['counters in the ledger', `gate ${UNDER} --counters --out ledger/counters.txt`],
    ['a readiness in the ledger', `${READINESS} --out ledger/r.json`],
    ['a readiness among its policies', `${READINESS} --out readiness/new.yaml`],
    ['a playbook in the ledger', `${PLAYBOOK} --out ledger/p.txt`],
    ['a playbook among the playbooks', `${PLAYBOOK} --out playbooks/new.yaml`],
    ['a lineage in the ledger', `lineage ${OF_RELEASE} --out ledger/l.json`],
    ['a proof in the ledger', `ledger prove 0 --out ledger/proof.txt`],
  ])('is not %s', async (_, line) => {
    const kept = ['ledger', 'policies', 'readiness', 'playbooks'].flatMap(filesOf)
    expect(await ask(line)).toEqual({
      exitCode: 2,
      codes: ['host/file-is-input'],
      isJudged: false,
    })
    expect(['ledger', 'policies', 'readiness', 'playbooks'].flatMap(filesOf)).toEqual(kept)
    const elsewhere = line.replace(/(--(?:out|result\S*)) \S+$/, '$1 sub/written')
    expect((await ask(elsewhere)).codes).not.toContain('host/file-is-input')
    expect(readFileSync(join(world.folder, 'sub/written'), 'utf8')).not.toBe('')
  })

  it('is no report that a playbook reads, though it is not there', async () => {
    const report = 'artifacts/policy_bundle_lifecycle_report.json'
    mkdirSync(join(world.folder, 'reports/artifacts'))
    expect(await ask(`${PLAYBOOK} --out reports/${report}`)).toMatchObject({
      exitCode: 2,
      codes: ['cli/usage'],
    })
    expect((await ask(`${PLAYBOOK} --out reports/playbook.txt`)).exitCode).toBe(1)
  })

  it('is not the file of another one', async () => {
    const asked = `${SIGNED} --result sub/one.json --result-jws`
    for (const other of ['sub/one.json', './sub/../sub/one.json']) {
      expect(await ask(`${asked} ${other}`)).toEqual({
        ...{ exitCode: 2, codes: ['cli/usage'], isJudged: false },
      })
    }
    expect(await ask(`${SIGNED} --result sub/one.json --out sub/one.json`)).toMatchObject({
      codes: ['cli/usage'],
    })
    expect(readdirSync(join(world.folder, 'sub'))).not.toContain('one.json')
    expect((await ask(`${asked} sub/two.json`)).exitCode).toBe(0)
    writeFileSync(join(world.folder, 'summary.md'), '')
    const github = `gate ${STAGING} ${UNDER} --format github --out summary.md`
    const environment = { GITHUB_STEP_SUMMARY: join(world.folder, 'summary.md') }
    for (const [line, exitCode] of [
      [github, 2],
      [github.replace('summary.md', 'sub/words'), 0],
    ] as const) {
      const { host } = createTestHost(world.folder, { now: NOW, environment })
      expect(await runCli(line.split(' '), host)).toBe(exitCode)
    }
  })
})
