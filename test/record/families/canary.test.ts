import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { CANARY, type Canary } from '../../../src/record/families/canary.ts'
import { COMMAND } from '../../../src/record/families/command.ts'
import { DEPLOYMENT } from '../../../src/record/families/deployment.ts'
import { TEST_RESULT } from '../../../src/record/families/test-result.ts'
import { TRACKING } from '../../../src/record/families/tracking.ts'
import type { LedgerItem, RecordSubject } from '../../../src/record/index.ts'
import { digestOf } from '../../verify/release.ts'
import { type FoldedOptions, foldedRecord, viewAmong } from '../folded.ts'
import { ranCommand } from '../ran-command.ts'
import { goldenRecord } from '../golden-record.ts'
import { readMembers, readWithout } from '../reading.ts'
import { shippedRegistry } from '../registry.ts'
import { REVISION, TRACKING_MEMBERS } from '../signed.ts'

const GOLDEN = goldenRecord(CANARY)
const MEMBERS = GOLDEN.members as Canary
const ABOUT = GOLDEN.about as RecordSubject & { readonly kind: 'set' }
const HEADER = GOLDEN.header
const TRACKED_BY = 'release_tracking_policy.render_production_launch.bundle_identity'
const DASHBOARD = [
  'requests-for-both-networks-through-one-production-api',
  'one-account-and-project-create-separate-keys',
  'each-key-bound-to-its-cluster',
  'no-key-changed-from-one-cluster-to-the-other',
]
/** The path of the smoke is answered by tests here. */
const REGISTRY = shippedRegistry((text, name) =>
  name.endsWith('web-edge-smoke-path.yaml')
    ? text.replace('recordedBy:\n  - smoke', 'recordedBy:\n  - smoke\n  - test-result')
    : text,
)

const options = (index: number, more: FoldedOptions = {}): FoldedOptions => ({
  about: ABOUT,
  header: HEADER,
  index,
  ...more,
})
const canary = (members: object = MEMBERS, more: FoldedOptions = {}) =>
  foldedRecord(CANARY, members, options(20, more))
const tests = (name: string, index: number, passedTests: readonly string[] = ['all']) =>
  foldedRecord(
    TEST_RESULT,
    { result: 'PASSED', configuration: [{ digest: { sha256: digestOf(name) } }], passedTests },
    options(index, { evidence: `evidence.production.${name}` }),
  )
const commands = (name: string, index: number, exitCode = 0) =>
  foldedRecord(
    COMMAND,
    {
      commit: REVISION,
      startedAt: '2026-04-10T16:00:00Z',
      endedAt: '2026-04-10T16:01:00Z',
      commands: [ranCommand(name, exitCode)],
      notRun: [],
    },
    options(index, { evidence: `evidence.production.${name}` }),
  )
const EVIDENCE: readonly LedgerItem[] = [
  tests('cloud_preflight', 1),
  commands('render_candidate_workflow', 2),
  tests('dashboard_environment_key_flow_private', 3, DASHBOARD),
  tests('web_edge_smoke_path', 4),
  commands('render_rollout_workflow', 5),
]
/** Built and found deployed before the window. */
const built = (buildTime: string) =>
  foldedRecord(TRACKING, { ...TRACKING_MEMBERS, buildTime }, options(6, { policy: TRACKED_BY }))
const found = (observedAt: string, observedSet: string = ABOUT.digest, more: object = {}) =>
  foldedRecord(
    DEPLOYMENT,
    {
      ...more,
      target: 'render_production_launch',
      environment: 'production',
      observedSet,
      observedBy: { method: 'files' },
      observedAt,
    },
    options(7),
  )
const BUILT = built('2026-04-10T15:00:00Z')
const DEPLOYED = found('2026-04-11T08:00:00Z')
const viewOf = (
  record: ReturnType<typeof canary>,
  others = EVIDENCE,
  now?: string,
  before: readonly LedgerItem[] = [BUILT, DEPLOYED],
) =>
  viewAmong(CANARY, record, [record, ...before, ...others], {
    id: ABOUT.id,
    registry: REGISTRY,
    ...(now !== undefined && { now }),
  })
const codesOf = ({ check }: ReturnType<typeof viewOf>) =>
  (check.checks ?? []).flatMap(({ code }) => code ?? [])

describe('A canary record', () => {
  it('is written as it is read', () => {
    expect(GOLDEN.rebuilt).toBe(GOLDEN.text)
    expect(GOLDEN.predicateType).toBe('urn:assay:predicate:canary:v1')
  })

  it('names its rule, its boundary, its window and its results', () => {
    expect(readWithout(CANARY, MEMBERS)).toEqual({
      rule: ['record/member /rule'],
      ring: ['record/member /ring'],
      trafficBoundary: ['record/member /trafficBoundary'],
      rolloutStrategy: ['record/member /rolloutStrategy'],
      surfaces: ['record/member /surfaces'],
      window: ['record/member /window'],
      results: ['record/member /results'],
      notes: 'accepted',
    })
  })

  it.each<[string, object, readonly string[]]>([
    ['no surface', { surfaces: [] }, ['record/member /surfaces']],
    [
      'a window without length',
      { window: { ...MEMBERS.window, startedAt: MEMBERS.window.endedAt } },
      ['record/contradiction /window'],
    ],
    ['a rule that is no id', { rule: 'the rule' }, ['record/member /rule']],
    ['an unknown member', { audience: 'us' }, ['record/member']],
    ['a judgement', { signed: true }, ['record/judgement /signed']],
  ])('refuses %s', (_, changes, codes) => {
    expect(readMembers(CANARY, { ...MEMBERS, ...changes })).toEqual(codes)
    expect(readMembers(CANARY, MEMBERS)).toBe('accepted')
  })
})

describe('The view of a canary', () => {
  it('is that it is out of its place where it answers evidence that canaries can not', () => {
    const view = viewOf(canary(MEMBERS, { evidence: 'evidence.production.cloud_preflight' }))
    expect(view).toMatchObject({ status: 'out-of-place', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/evidence'])
  })

  it('is that it kept to its rule and is over, reported by who signed', () => {
    expect(viewOf(canary())).toMatchObject({
      status: 'within-rule',
      check: { outcome: 'accepted' },
      facts: {
        reportedBy: 'operator',
        rule: MEMBERS.rule,
        ring: 'bounded-operator-initiated',
        surfaces: ['web-review-page', 'web-operator-page'],
        startedAt: '2026-04-11T08:00:00Z',
        endedAt: '2026-04-11T12:00:00Z',
      },
    })
  })

  it.each([
    ['ring', { ring: 'everybody' }],
    ['traffic boundary', { trafficBoundary: 'open' }],
    ['rollout strategy', { rolloutStrategy: 'all-at-once' }],
    ['surface', { surfaces: ['web-review-page', 'web-billing-page'] }],
  ])('is that it has another %s than its rule', (_, changes) => {
    const view = viewOf(canary({ ...MEMBERS, ...changes }))
    expect(view).toMatchObject({ status: 'outside-rule', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/canary-rule'])
  })

  it('is that its rule is not there, and so nothing says how far it may go', () => {
    const view = viewOf(canary({ ...MEMBERS, rule: 'canary_rule.gone' }))
    expect(view).toMatchObject({ status: 'outside-rule', check: { outcome: 'missing' } })
    expect(codesOf(view)).toEqual(['record/policy-unknown'])
  })

  it('is that a text makes a claim which the rule prohibits', () => {
    const saying = (note: string) => viewOf(canary({ ...MEMBERS, notes: [note] }))
    const view = saying('By this, PROVENANCE is signed!')
    expect(view).toMatchObject({ status: 'claim-prohibited', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/prohibited-claim'])
    expect(saying('Provenance is looked at elsewhere').status).toBe('within-rule')
    const named = {
      ...MEMBERS,
      results: [{ name: 'production is formally approved', result: 'passed' }],
    }
    expect(viewOf(canary(named)).status).toBe('claim-prohibited')
  })

  it('is that something failed, or that nothing was seen (A-68)', () => {
    const failed = viewOf(canary({ ...MEMBERS, results: [{ name: 'errors', result: 'failed' }] }))
    expect(failed).toMatchObject({ status: 'failed', check: { outcome: 'rejected' } })
    expect(codesOf(failed)).toEqual(['record/check-failed'])
    const empty = viewOf(canary({ ...MEMBERS, results: [] }))
    expect(empty).toMatchObject({ status: 'incomplete', check: { outcome: 'missing' } })
    expect(codesOf(empty)).toEqual(['record/check-missing'])
  })

  it('is that its window is not over, up to its end', () => {
    const view = viewOf(canary(), EVIDENCE, '2026-04-11T11:59:59Z')
    expect(view).toMatchObject({ status: 'window-open', check: { outcome: 'missing' } })
    expect(codesOf(view)).toEqual(['record/too-early'])
    expect(viewOf(canary(), EVIDENCE, '2026-04-11T12:00:00Z').status).toBe('within-rule')
  })

  it.each<[string, (time: string) => FoldedOptions]>([
    ['signed', (vouchedAt) => ({ vouchedAt })],
    ['made, by its own word,', (reportedAt) => ({ header: { ...HEADER, reportedAt } })],
  ])('is that it was %s before its window was over', (_, optionsAt) => {
    const at = (time: string) => viewOf(canary(MEMBERS, optionsAt(time)))
    expect(at('2026-04-11T12:00:00Z').status).toBe('within-rule')
    const early = at('2026-04-11T11:59:59Z')
    expect(early).toMatchObject({ status: 'window-open', check: { outcome: 'rejected' } })
    expect(codesOf(early)).toEqual(['record/order'])
  })

  it('is overtaken by a later canary that failed, until one passes', () => {
    const [{ name } = { name: '' }] = MEMBERS.results
    const failing = canary({ ...MEMBERS, results: [{ name, result: 'failed' }] }, { index: 21 })
    const view = viewOf(canary(), [...EVIDENCE, failing])
    expect(view).toMatchObject({ status: 'failed-later', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/later-failure'])
    const empty = canary({ ...MEMBERS, results: [] }, { index: 22 })
    expect(viewOf(canary(), [...EVIDENCE, failing, empty]).status).toBe('failed-later')
    const again = canary(MEMBERS, { index: 22 })
    expect(viewOf(canary(), [...EVIDENCE, failing, again]).status).toBe('within-rule')
    const less = canary(
      { ...MEMBERS, results: [{ name: 'else', result: 'passed' }] },
      { index: 22 },
    )
    expect(viewOf(canary(), [...EVIDENCE, failing, less]).status).toBe('failed-later')
    const other = {
      ...MEMBERS,
      rule: 'canary_rule.another',
      results: [{ name: 'e', result: 'failed' }],
    }
    expect(viewOf(canary(), [...EVIDENCE, canary(other, { index: 21 })]).status).toBe('within-rule')
  })
})

describe('The window of a canary', () => {
  const among = (...before: readonly LedgerItem[]) => viewOf(canary(), EVIDENCE, undefined, before)

  it.each<[string, readonly LedgerItem[]]>([
    ['the build', [built('2026-04-11T08:00:01Z'), DEPLOYED]],
    ['any known build', [DEPLOYED]],
    ['the deployment', [BUILT, found('2026-04-11T08:00:01Z')]],
    ['any known deployment', [BUILT]],
    ['the deployment of this set', [BUILT, found('2026-04-11T07:00:00Z', digestOf('another'))]],
  ])('begins after %s', (_, before) => {
    const view = among(...before)
    expect(view).toMatchObject({ status: 'window-outside', check: { outcome: 'missing' } })
    expect(codesOf(view)).toEqual(['record/canary-window'])
    expect(among(built('2026-04-11T08:00:00Z'), DEPLOYED).status).toBe('within-rule')
    const opened = found('2026-04-11T08:00:00Z', ABOUT.digest, { ring: MEMBERS.ring })
    expect(among(BUILT, opened).status).toBe('within-rule')
  })
})

describe('The evidence of a canary rule', () => {
  it.each([0, 1, 2, 3, 4])('is needed whole: without the one at %i there is no canary', (place) => {
    const view = viewOf(canary(), EVIDENCE.toSpliced(place, 1))
    expect(view).toMatchObject({ status: 'evidence-missing', check: { outcome: 'missing' } })
    expect(codesOf(view)).toEqual(['record/missing'])
  })

  it('has to be accepted', () => {
    const failing = commands('render_rollout_workflow', 5, 1)
    const view = viewOf(canary(), EVIDENCE.with(4, failing))
    expect(view.status).toBe('evidence-missing')
    expect(view.check.checks?.at(-1)).toMatchObject({ found: 'rejected at entry 5' })
    const half = tests('dashboard_environment_key_flow_private', 3, DASHBOARD.slice(1))
    expect(viewOf(canary(), EVIDENCE.with(2, half)).status).toBe('evidence-missing')
  })

  it('has nothing that speaks against it, until that is made good', () => {
    const preflight = (index: number, list: object) =>
      foldedRecord(
        TEST_RESULT,
        { configuration: [{ digest: { sha256: digestOf('another plan') } }], ...list },
        options(index, { evidence: 'evidence.production.cloud_preflight' }),
      )
    const failing = preflight(8, { result: 'FAILED', failedTests: ['all'] })
    const view = viewOf(canary(), [...EVIDENCE, failing])
    expect(view.status).toBe('evidence-missing')
    expect(view.check.checks?.map(({ message }) => message)).toContain(
      'Evidence "evidence.production.cloud_preflight" has a record that speaks against it',
    )
    const again = preflight(9, { result: 'PASSED', passedTests: ['all'] })
    expect(viewOf(canary(), [...EVIDENCE, failing, again]).status).toBe('within-rule')
  })

  it('never helps by being less', () => {
    fc.assert(
      fc.property(fc.subarray([...EVIDENCE]), (some) => {
        const isAccepted = viewOf(canary(), some).check.outcome === 'accepted'
        expect(isAccepted).toBe(some.length === EVIDENCE.length)
      }),
      { numRuns: 40 },
    )
  })
})
