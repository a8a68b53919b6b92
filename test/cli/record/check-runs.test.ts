// `assay record test-result` of the check runs that GitHub lists: of which repository they are, the record says.

import { beforeAll, describe, expect, it } from 'vitest'
import { createRecordWorld, REVISION, type RecordWorld, SIGNED } from './record-world.ts'

let world: RecordWorld
beforeAll(async () => {
  world = await createRecordWorld()
  world.write('ci.yml', 'on: push\n')
  for (const repository of ['app', 'copy']) {
    const runs = ['build', 'lint'].map((name, id) => ({
      ...{ name, head_sha: REVISION, status: 'completed', conclusion: 'success' },
      ...{ completed_at: '2026-04-10T11:00:00Z', app: { id: 1 }, check_suite: { id: 2 } },
      url: `https://api.github.com/repos/team/${repository}/check-runs/${id}`,
    }))
    const document = { total_count: runs.length, check_runs: runs }
    world.write(`${repository}.json`, JSON.stringify(document))
  }
})

const record = async (paths: readonly string[], ...more: readonly string[]) => {
  const { exitCode, document } = await world.ask([
    ...['record', 'test-result', '--commit', REVISION, '--digest-of', 'configuration=ci.yml'],
    ...[...paths.flatMap((path) => ['--from', path]), ...more, ...SIGNED],
  ])
  if (exitCode !== 0) return document.problems?.map(({ code }) => code)
  const [, file = ''] =
    [...world.ledger()].find(([path]) => path.includes(document.bundleSha256)) ?? []
  const { dsseEnvelope } = JSON.parse(file) as { dsseEnvelope: { payload: string } }
  const { predicate } = JSON.parse(Buffer.from(dsseEnvelope.payload, 'base64').toString()) as {
    predicate: { url?: string }
  }
  return predicate.url
}

const PAGE = `https://github.com/team/app/commit/${REVISION}/checks`

describe('check runs of a commit', () => {
  it('are recorded with the page of their repository, or one in it that is named', async () => {
    expect(await record(['app.json'])).toBe(PAGE)
    expect(await record(['app.json', 'app.json'])).toBe(PAGE)
    const run = 'https://github.com/team/app/actions/runs/4711'
    expect(await record(['app.json'], '--url', run)).toBe(run)
  })

  it('are not recorded under the name of another repository, nor mixed with its own', async () => {
    expect(await record(['copy.json'], '--url', PAGE)).toEqual(['cli/usage'])
    expect(await record(['app.json', 'copy.json'])).toEqual(['record/test-report-contradiction'])
  })

  it('leave it to reports of test runners to name none', async () => {
    world.write('ok.tap', 'TAP version 14\n1..1\nok 1 - builds\n')
    expect(await record(['ok.tap'])).toBeUndefined()
    expect(await record(['ok.tap', 'app.json'])).toBe(PAGE)
    expect(await record(['ok.tap'], '--url', 'https://ci.example/7')).toBe('https://ci.example/7')
  })
})
