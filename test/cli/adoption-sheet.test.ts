// What a reviewer is shown is what the project will show, and nothing of the run that speaks against the release stays behind.

import { beforeAll, describe, expect, it } from 'vitest'
import {
  applying,
  COMMON,
  copyOf,
  createAdoptionWorld,
  proposing,
  PRE,
  record,
  REVISION,
  RUN,
  SET_ID,
  sizeOf,
} from './adoption-world.ts'
import { put } from './audit-world.ts'
import type { LedgerWorld } from './ledger-world.ts'

let world: LedgerWorld
beforeAll(async () => {
  world = await createAdoptionWorld()
}, 120_000)

interface Told {
  readonly sha256: string
  readonly status: string
  readonly outcome: string
}

interface Sheet {
  readonly records: readonly Told[]
}

interface Audited {
  readonly releases: readonly { readonly records: readonly Told[] }[]
}

describe('record adoption review', () => {
  it('takes along what was replaced in its run, which counts nowhere, and says so', async () => {
    const [ledger, run] = [copyOf(world, 'ledger'), copyOf(world, 'run')]
    await record(world, 'authority', '--approval-reference https://ci.example/runs/4712', run)
    const lines = (await world.done(`ledger list --ledger ${run} --type authority`)).split('\n')
    const [first = '', second = ''] = lines.map((line) => line.split(' ')[1] ?? '')
    await world.done(proposing(run, 'again.json'))
    const show = `record adoption review again.json --from ${run} ${COMMON} ${RUN} --ledger ${ledger}`
    const { sheet } = JSON.parse((await world.judge(show)).text) as {
      readonly sheet: { readonly companions: readonly { readonly sha256: string }[] }
    }
    expect(sheet.companions.find(({ sha256 }) => sha256 === first)).toMatchObject({
      family: 'authority',
      counts: false,
      replacedBy: second,
      status: 'local-manual-reference-only',
      outcome: 'missing',
      reasons: [expect.stringContaining('Nothing shows that a person began the approval')],
    })
    await world.done(`${show} --decision adopt --key rita.key.pem --out again-review.json`)
    const changes = { candidate: 'again.json', from: run, reviews: ['again-review.json'] }
    await world.done(applying(ledger, changes))
    const listed = await world.done(`ledger list --ledger ${ledger}`)
    expect([listed.includes(first), listed.includes(second)]).toEqual([true, true])
    const audited = `audit ${ledger} --trust trust.json --policies policies --unsafe-unsigned`
    const { text } = await world.judge(audited)
    expect(text).toMatch(new RegExp(`"generated": \\[[^\\]]*${first}`))
  })

  it('says of what the project has adopted before that it counts, and what it shows of it', async () => {
    const [ledger, run] = [copyOf(world, 'ledger'), copyOf(world, 'run')]
    await world.done(applying(ledger))
    const post = 'post-deploy-smoke-verified'
    const about = `--release-id ${SET_ID} --phase ${post} ${COMMON} --ledger ${run} --run`
    const reference = '--approval-reference https://ci.example/runs/4711'
    await world.keep(`record authority ${about} --key ci.key.pem ${reference}`)
    await world.done(
      `record adoption propose ${run} ${COMMON} ${RUN} --phase ${post} --out post.json`,
    )
    const show = `record adoption review post.json --from ${run} ${COMMON} ${RUN}`
    const companionsIn = async (project: string) => {
      const { text } = await world.judge(`${show} --ledger ${project}`)
      const { sheet } = JSON.parse(text) as { sheet: { companions: (Told & { family: string })[] } }
      return sheet.companions.filter(({ family }) => family === 'authority')
    }
    const told = { status: 'local-manual-reference-only', outcome: 'missing' }
    expect(await companionsIn(ledger)).toMatchObject([{ ...told, counts: true }])
    expect(await companionsIn(copyOf(world, 'ledger'))).toMatchObject([{ ...told, counts: false }])
  })

  it('comes in lines of no more than the columns there are, but for what is copied from them', async () => {
    const show = `record adoption review candidate.json --from run ${COMMON} ${RUN} --ledger ledger`
    const lines = (await world.done(show)).split('\n')
    expect(lines.filter((line) => line.length > 80 && / \S+ /.test(line))).toEqual([])
    expect(lines.some((line) => line.startsWith('           '))).toBe(true)
  })

  it('shows what the project would show, and not what the run does alone', async () => {
    const ledger = copyOf(world, 'ledger')
    const show = `record adoption review candidate.json --from run ${COMMON} ${RUN} --ledger ${ledger}`
    const { sheet } = JSON.parse((await world.judge(show)).text) as { readonly sheet: Sheet }
    await world.done(applying(ledger))
    const audited = `audit ${ledger} --trust trust.json --policies policies --unsafe-unsigned`
    const { releases } = JSON.parse((await world.judge(audited)).text) as Audited
    const records = releases.flatMap((release) => release.records)
    for (const { sha256, status, outcome } of sheet.records) {
      expect(records.find((one) => one.sha256 === sha256)).toMatchObject({ status, outcome })
    }
  })
})

describe('record adoption of a release that was withdrawn', () => {
  const WITHDRAWN = 'The release was withdrawn: "lost", soon, reported by'

  it('says so in every step, and ends with 1', async () => {
    const ledger = copyOf(world, 'ledger')
    const about = `--release-id ${SET_ID} --set dist --source-revision ${REVISION} --phase ${PRE} ${COMMON}`
    const why = '--action withdraw --urgency soon --reason lost'
    await world.keep(`record withdrawal ${about} ${why} --ledger ${ledger} --key ci.key.pem`)
    const flat = (text: string) => text.replaceAll(/\s+/g, ' ')
    const proposed = await world.run(
      `record adoption propose run ${COMMON} ${RUN} --phase ${PRE} --ledger ${ledger}`,
    )
    expect(flat(proposed.stdout)).toContain(WITHDRAWN)
    const show = `record adoption review candidate.json --from run ${COMMON} ${RUN} --ledger ${ledger}`
    expect(flat((await world.run(show)).stdout)).toContain(WITHDRAWN)
    const shown = JSON.parse((await world.judge(show)).text) as { sheet: { use?: object } }
    expect(shown.sheet.use).toMatchObject({ outcome: 'rejected', code: 'record/withdrawn' })
    const applied = await world.run(applying(ledger))
    expect(applied.exitCode).toBe(1)
    expect(flat(applied.stderr)).toContain(WITHDRAWN)
    expect(applied.stdout).toContain('adopted 6 records')
    expect(await sizeOf(world, ledger)).toBeGreaterThan(6)
  })

  it('shows whoever reviews an incident that is open in the project', async () => {
    const ledger = copyOf(world, 'ledger')
    const about = `--release-id ${SET_ID} --set dist --source-revision ${REVISION} --phase ${PRE} ${COMMON}`
    put(world, 'open.yaml', 'incident: one\ntrigger: Alert\nopenedAt: 2026-04-10T11:00:00Z\n')
    await world.run(`record incident ${about} --from open.yaml --ledger ${ledger} --key ci.key.pem`)
    const show = `record adoption review candidate.json --from run ${COMMON} ${RUN} --ledger ${ledger}`
    expect((await world.run(show)).stdout).toMatch(
      /against it in the project: incident\s+\S+,\s+open/,
    )
    const shown = JSON.parse((await world.judge(show)).text) as { sheet: object }
    expect(shown.sheet).toMatchObject({ against: [{ family: 'incident', status: 'open' }] })
  })

  it('is silent of one that may be used, and ends with 0', async () => {
    const ledger = copyOf(world, 'ledger')
    const applied = await world.run(applying(ledger))
    expect([applied.exitCode, applied.stderr.includes('withdrawn')]).toEqual([0, false])
    const show = `record adoption review candidate.json --from run ${COMMON} ${RUN} --ledger ${ledger}`
    const shown = JSON.parse((await world.judge(show)).text) as { sheet: object }
    expect(shown.sheet).not.toHaveProperty('use')
    expect(shown.sheet).not.toHaveProperty('against')
  })
})
