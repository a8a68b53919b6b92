// `assay lineage` over the fixtures of release assurance: what every record says, and what none does.

import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { PromotionReport, ReleaseLineage } from '../../../src/gate/index.ts'
import { copyOf, type FixtureName, readExpectation } from '../../gate/fixtures/fixture.ts'
import { openWorld } from '../ledger-world.ts'

const PRODUCTION = 'production__render_production_launch__v1.0.0__3003-1'
const DOCUMENTED = 'production__render_production_launch__synthetic-proof-2026-04-10__20260410-post'
const LIVE = copyOf('live')

function lineFor(name: FixtureName, release: string, more = ''): readonly [string, number] {
  const { at, head, logKey } = readExpectation(name)
  const under = `--policies policies --trust trust.json --at ${at} --head ${head} --log-key ${logKey}`
  return [`lineage --release ${release} ${under}${more}`, Date.parse(at)]
}

const judgeLive = (more = '', release = PRODUCTION) =>
  openWorld(LIVE).judge(...lineFor('live', release, more))

describe('assay lineage', () => {
  it('tells the whole way of a release, each part by the record that says it', async () => {
    const { exitCode, text } = await judgeLive(' --out release_lineage.json')
    const lineage = JSON.parse(text) as ReleaseLineage
    expect([exitCode, lineage.outcome, lineage.missing]).toEqual([0, 'accepted', ['sbom']])
    expect(lineage.sources).toMatchObject([
      { repository: 'https://github.com/example/app', ref: 'refs/tags/v1.0.0' },
    ])
    expect(lineage.builds).toMatchObject([
      {
        run: expect.stringMatching(/^https:.*\/actions\/runs\/\d+\/attempts\/1$/),
        trigger: 'workflow_dispatch',
      },
    ])
    expect(lineage).toMatchObject({
      set: { artifacts: 2 },
      use: { status: 'current' },
      deployments: [{ environment: 'production', status: 'deployed-as-intended' }],
    })
    expect(lineage.rollbackTargets.map(({ trust }) => trust)).toEqual([
      'known-good-signed',
      'known-good-signed',
    ])
    expect(lineage.approvals.map(({ scope, approver }) => `${scope} ${approver}`)).toContain(
      'launch bob',
    )
    expect(JSON.parse(readFileSync(join(LIVE, 'release_lineage.json'), 'utf8'))).toEqual(lineage)
    const { text: again } = await judgeLive()
    expect(again).toBe(text)
  })

  it('tells what brought a release into an environment', async () => {
    const { exitCode, text } = await judgeLive(' --promotion production')
    const report = JSON.parse(text) as PromotionReport
    expect([exitCode, report.from, report.to]).toEqual([0, ['staging'], ['production']])
    expect(report.promotions.map(({ stage }) => stage)).toEqual([
      'candidate-tested',
      'post-deploy-verified',
    ])
    expect(report.deployments).toHaveLength(1)
    expect(report.evidence).toEqual(report.evidence.toSorted())
  })

  it('has nothing accepted to tell of an environment that it was not promoted to', async () => {
    const { exitCode, text } = await judgeLive(' --promotion staging')
    expect(exitCode).toBe(1)
    expect(JSON.parse(text)).toMatchObject({
      outcome: 'missing',
      promotions: [],
      deployments: [],
      reasons: [{ message: 'No record promotes the release there' }],
    })
  })

  it('says it to a person', async () => {
    const [line, now] = lineFor('live', PRODUCTION)
    const { stdout } = await openWorld(LIVE).run(line, now)
    expect(stdout).toMatch(/^accepted {2}lineage of production__/)
    expect(stdout).toMatch(/\n {2}missing {10}sbom\n$/)
    const promotion = await openWorld(LIVE).run(`${line} --promotion production`, now)
    expect(promotion.stdout).toContain(
      'candidate-tested, from staging to production: stage-reached',
    )
  })

  it('calls nothing accepted of which a record is not, and says what nobody recorded', async () => {
    const [line, now] = lineFor('as-documented', DOCUMENTED)
    const { exitCode, text } = await openWorld(copyOf('as-documented')).judge(line, now)
    const lineage = JSON.parse(text) as ReleaseLineage
    expect(exitCode).toBe(1)
    expect(lineage.outcome).not.toBe('accepted')
    expect(lineage.reasons).not.toEqual([])
    expect(lineage.missing).toEqual(['artifacts', 'provenance', 'repository', 'run', 'sbom'])
    expect(lineage.sources).toHaveLength(1)
  })

  it('is not accepted without a head of the ledger, or when a record is gone', async () => {
    const [line, now] = lineFor('live', PRODUCTION)
    const headless = line.replace(/ --head \S+ --log-key \S+/, '').replace(/ --at \S+/, '')
    const { codes } = await openWorld(LIVE).judge(headless, now)
    expect(codes).toContain('cli/ledger-head-missing')
    const folder = copyOf('live')
    const { text } = await judgeLive()
    const { sha256 } = (JSON.parse(text) as ReleaseLineage).deployments[0]!.saidBy
    rmSync(join(folder, `ledger/records/${sha256.slice(0, 2)}/${sha256}.sigstore.json`))
    const judged = await openWorld(folder).judge(line, now)
    expect(judged.exitCode).not.toBe(0)
    expect(JSON.parse(judged.text)).toMatchObject({ deployments: [] })
  })

  it.each([
    [
      'a release that the ledger does not know',
      PRODUCTION.replace('launch__v', 'launch__v9'),
      '',
      'cli/ledger-entry-missing',
    ],
    ['no set id', 'web', '', 'statement/artifact-set-id'],
    ['no place to write', PRODUCTION, ' --out nowhere/l.json', 'host/file-unwritable'],
  ])('can not tell of %s', async (_, release, more, code) => {
    expect(await judgeLive(more, release)).toMatchObject({ exitCode: 2, codes: [code] })
  })

  it('can not tell by a trust document that is none', async () => {
    writeFileSync(join(LIVE, 'none.json'), '[]')
    const [line, now] = lineFor('live', PRODUCTION)
    const judged = await openWorld(LIVE).judge(line.replace('trust.json', 'none.json'), now)
    expect(judged.exitCode).toBe(2)
  })
})
