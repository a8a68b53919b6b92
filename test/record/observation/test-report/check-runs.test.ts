import { describe, expect, it } from 'vitest'
import { LIMITS } from '../../../../src/core/index.ts'
import { outcomeOfTests } from '../../../../src/record/observation/index.ts'
import { codes, valueOf } from '../../../trust/keys.ts'
import { listsOf, readText } from './reading.ts'

const COMMIT = 'c27d339ee6075c1f744c5d4b200f7901aad2c369'
const OPTIONS = { commit: COMMIT, now: Date.parse('2026-04-10T12:00:00Z') }
const addressOf = (repository: string, host = 'api.github.com') => ({
  url: `https://${host}/repos/${repository}/check-runs/4`,
})

const RUN = {
  id: 4,
  name: 'runtime_canary',
  head_sha: COMMIT,
  ...addressOf('team/app'),
  html_url: 'https://github.com/team/app/runs/4',
  status: 'completed',
  conclusion: 'success',
  started_at: '2026-04-10T11:00:00Z',
  completed_at: '2026-04-10T11:10:00Z',
  check_suite: { id: 7 },
  app: { id: 15368, slug: 'github-actions' },
}
const UNDERWAY = { status: 'in_progress', conclusion: null, completed_at: null }
const at = (minute: number) => ({ completed_at: `2026-04-10T11:${minute}:00Z` })

const page = (...runs: readonly object[]) => ({
  total_count: runs.length,
  check_runs: runs.map((run) => ({ ...RUN, ...run })),
})
const lists = (...runs: readonly object[]) => listsOf(JSON.stringify(page(...runs)), OPTIONS)
const refusal = async (document: unknown, options: object = OPTIONS) =>
  codes(await readText(JSON.stringify(document), { format: 'check-runs', ...OPTIONS, ...options }))

describe('the check runs of a commit', () => {
  it.each([
    ['success', 'passed'],
    ['neutral', 'warned'],
    ['skipped', 'skipped'],
    ['failure', 'failed'],
    ['cancelled', 'failed'],
    ['timed_out', 'failed'],
    ['action_required', 'failed'],
    ['startup_failure', 'failed'],
    ['stale', 'failed'],
  ])('are %s: %s', async (conclusion, outcome) => {
    expect(await lists({ conclusion })).toEqual({ [outcome]: ['runtime_canary'] })
  })

  it.each(['queued', 'in_progress', 'waiting', 'requested', 'pending'])(
    'have not passed while they are %s',
    async (status) => {
      expect(await lists({ ...UNDERWAY, status })).toEqual({ todo: ['runtime_canary'] })
      const read = valueOf(await readText(JSON.stringify(page({ ...UNDERWAY, status })), OPTIONS))
      expect(outcomeOfTests(read)).toBe('missing')
    },
  )

  it('are one test for each name, of which the run that ended last counts, and it is told how many it replaced', async () => {
    const runs = [{ conclusion: 'failure', ...at(20) }, { ...at(30) }, { ...at(25) }]
    for (const order of [runs, runs.toReversed()]) {
      const read = valueOf(await readText(JSON.stringify(page(...order)), OPTIONS))
      expect(read).toMatchObject({ passed: ['runtime_canary'], failed: [], replaced: 2 })
    }
    expect(await lists({ ...at(20) }, { conclusion: 'failure', ...at(30) })).toEqual({
      failed: ['runtime_canary'],
    })
  })

  it('have not passed while one of them runs again', async () => {
    expect(await lists({ ...at(20) }, UNDERWAY)).toEqual({ todo: ['runtime_canary'] })
  })

  it('failed where one of two that ended together failed', async () => {
    expect(await lists({}, { conclusion: 'failure' })).toEqual({ failed: ['runtime_canary'] })
  })

  it.each([{ check_suite: { id: 8 } }, { app: { id: 1 } }])(
    'of another suite or app (%j) stand for none of the same name',
    async (other) => {
      const runs = [
        { conclusion: 'failure', ...at(10) },
        { ...other, ...at(30) },
      ]
      expect(await lists(...runs)).toEqual({ failed: ['runtime_canary'] })
    },
  )

  it('are read from several pages', async () => {
    const [one, two] = [{ name: 'a' }, { name: 'b' }].map((run) => ({ ...RUN, ...run }))
    const pages = [one, two].map((run) => ({ total_count: 2, check_runs: [run] }))
    expect(await listsOf(JSON.stringify(pages), OPTIONS)).toEqual({ passed: ['a', 'b'] })
    expect(await refusal(pages.slice(1))).toEqual(['record/test-report-cut'])
  })

  it('come to nothing where there are none', async () => {
    const read = valueOf(await readText(JSON.stringify(page()), OPTIONS))
    expect(outcomeOfTests(read)).toBe('missing')
  })

  it.each([
    ['another commit', page({ head_sha: 'ab'.repeat(20) }), 'record/test-report-contradiction'],
    ['no commit', page({ head_sha: 1 }), 'record/test-report-contradiction'],
    ['no name', page({ name: ' ' }), 'record/test-report-name'],
    ['a name that is none', page({ name: 1 }), 'record/test-report-name'],
    ['an unknown conclusion', page({ conclusion: 'great' }), 'record/test-report-result'],
    ['no conclusion', page({ conclusion: null }), 'record/test-report-result'],
    ['an unknown status', page({ status: 'done' }), 'record/test-report-result'],
    ['no status', page({ status: 1 }), 'record/test-report-result'],
    ['no end', page({ completed_at: null }), 'record/test-report-result'],
    ['an end that is no time', page({ completed_at: 'now' }), 'record/test-report-result'],
    ['an end to come', page({ completed_at: '2099-04-10T12:00:00Z' }), 'record/test-report-result'],
    ['no app', page({ app: null }), 'record/test-report-format'],
    ['no check suite', page({ check_suite: null }), 'record/test-report-format'],
    ['an id that is none', page({ check_suite: { id: '7' } }), 'record/test-report-format'],
    ['no address', page({ url: null }), 'record/test-report-format'],
    [
      'the address of something else',
      page({ url: 'https://api.github.com/repos/team/app/issues/4' }),
      'record/test-report-format',
    ],
    [
      'a page of another repository',
      page({ html_url: 'https://github.com/team/copy/runs/4' }),
      'record/test-report-format',
    ],
    [
      'two repositories',
      page({}, { ...addressOf('team/copy'), html_url: null }),
      'record/test-report-contradiction',
    ],
    ['a conclusion before its end', page({ status: 'queued' }), 'record/test-report-result'],
    ['fewer than there are', { ...page({}), total_count: 3 }, 'record/test-report-cut'],
    ['more than there are', { ...page({}), total_count: 0 }, 'record/test-report-contradiction'],
    ['no number', { check_runs: [RUN] }, 'record/test-report-contradiction'],
    ['no pages', [], 'record/test-report-contradiction'],
    ['no list', { total_count: 0 }, 'record/test-report-format'],
    ['no object', 1, 'record/test-report-format'],
    ['a run that is none', { total_count: 1, check_runs: [1] }, 'record/test-report-contradiction'],
  ])('are refused with %s', async (_, document, code) => {
    expect(await refusal(document)).toEqual([code])
  })

  it('are of one repository, and say which', async () => {
    const read = async (...runs: readonly object[]) =>
      valueOf(await readText(JSON.stringify(page(...runs)), OPTIONS)).repository
    expect(await read({}, { name: 'b' })).toBe('https://github.com/team/app')
    const own = { ...addressOf('team/app', 'git.example/api/v3'), html_url: null }
    expect(await read(own)).toBe('https://git.example/team/app')
    expect(await read()).toBeUndefined()
  })

  it('drop no failure for a later success without the ids that make them runs of one job', async () => {
    const ids = { app: undefined, check_suite: undefined }
    const later = { ...ids, ...at(30) }
    const failed = { ...ids, conclusion: 'failure', ...at(20) }
    expect(await refusal(page(failed, later))).toEqual([
      'record/test-report-format',
      'record/test-report-format',
    ])
  })

  it('ended by now, as far as clocks differ', async () => {
    expect(await refusal(page({ completed_at: '2026-04-10T12:05:00Z' }))).toBe('accepted')
    expect(await refusal(page({ completed_at: '2026-04-10T12:05:01Z' }))).toEqual([
      'record/test-report-result',
    ])
    const runs = [{ conclusion: 'failure' }, { completed_at: '2099-04-10T12:00:00Z' }]
    expect(await refusal(page(...runs))).toEqual(['record/test-report-result'])
  })

  it('are refused without a commit or the time, and where they are no JSON', async () => {
    expect(await refusal(page({}), { commit: undefined })).toEqual(['record/test-report-format'])
    expect(await refusal(page({}), { now: undefined })).toEqual(['record/test-report-format'])
    const text = `${JSON.stringify(page({}))}}`
    expect(codes(await readText(text, OPTIONS))).toEqual(['record/test-report-format'])
  })

  it('are refused where they are too many, or their names too long', async () => {
    const many = Array.from({ length: LIMITS.testCasesMax + 1 }, () => 0)
    const text = `{"total_count":1,"check_runs":${JSON.stringify(many)}}`
    expect(codes(await readText(text, OPTIONS))).toEqual(['record/test-report-limit'])
    const name = 'n'.repeat(LIMITS.testNameMax + 1)
    expect(await refusal(page({ name }))).toEqual(['record/test-report-name'])
  })

  it('are refused where a page is none', async () => {
    expect(await refusal([page({}), 3])).toEqual(['record/test-report-format'])
    expect(await refusal([page({})])).toBe('accepted')
  })
})
