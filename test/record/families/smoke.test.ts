import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEPLOYMENT } from '../../../src/record/families/deployment.ts'
import { buildSmokeMembers, SMOKE, type Smoke } from '../../../src/record/families/smoke.ts'
import type { LedgerItem } from '../../../src/record/index.ts'
import { type Registry, WEB_EDGE_CHECKS } from '../../../src/policy/index.ts'
import { digestOf } from '../../verify/release.ts'
import { candidateRecords } from '../candidate.ts'
import { type FoldedOptions, foldedRecord, viewAmong } from '../folded.ts'
import { goldenRecord } from '../golden-record.ts'
import { readMembers, readWithout } from '../reading.ts'
import { workflowSigner } from '../release-items.ts'
import { shippedRegistry } from '../registry.ts'

const GOLDEN = goldenRecord(SMOKE)
const MEMBERS = GOLDEN.members as Smoke
const RUN = MEMBERS.assay_smoke
const POLICY = 'release_smoke_verification.render_staging_rollout.web_edge'
const EVIDENCE = 'evidence.staging.web_edge_smoke'
const POST = 'post-deploy-smoke-verified'
const UNDER_POLICIES = { registry: shippedRegistry() }

/** The example with another run, the standard's members made anew. */
function running(changes: Partial<Smoke['assay_smoke']>) {
  const assay_smoke = { ...RUN, ...changes }
  const named = (wanted: string) =>
    assay_smoke.checks.filter(({ result }) => result === wanted).map(({ name }) => name)
  const failed = named('failed')
  return {
    ...MEMBERS,
    result: failed.length > 0 ? 'FAILED' : 'PASSED',
    passedTests: named('passed'),
    ...(failed.length > 0 && { failedTests: failed }),
    assay_smoke,
  }
}

const withResult = (name: string, result: 'failed' | 'not-run') =>
  running({
    checks: RUN.checks.map((check) =>
      check.name === name ? { name, result, reason: { why: 'http-status' } } : check,
    ),
  })

const smoke = (options: FoldedOptions = {}, members: object = MEMBERS) =>
  foldedRecord(SMOKE, members, {
    index: 20,
    phase: POST,
    policy: POLICY,
    evidence: EVIDENCE,
    ...options,
  })
const deployed = (options: FoldedOptions = {}, members: object = {}) =>
  foldedRecord(
    DEPLOYMENT,
    { ...goldenRecord(DEPLOYMENT).members, ...members },
    { index: 10, phase: POST, ...options },
  )
const DEPLOYMENT_FOUND: LedgerItem = deployed()
const ALL: readonly LedgerItem[] = [...candidateRecords(), DEPLOYMENT_FOUND]
const viewOf = (record: ReturnType<typeof smoke>, others = ALL) =>
  viewAmong(SMOKE, record, [record, ...others], UNDER_POLICIES)
const codesOf = ({ check }: ReturnType<typeof viewOf>) =>
  (check.checks ?? []).flatMap(({ code }) => code ?? [])

describe('A smoke record', () => {
  it('is written as it is read, in the standard type', () => {
    expect(GOLDEN.rebuilt).toBe(GOLDEN.text)
    expect(GOLDEN.predicateType).toBe('https://in-toto.io/attestation/test-result/v0.1')
    expect(RUN.checks.map(({ name }) => name)).toEqual([...WEB_EDGE_CHECKS])
  })

  it('names its plan and what it observed', () => {
    expect(readWithout(SMOKE, MEMBERS, { policy: POLICY })).toEqual({
      result: ['record/member'],
      configuration: ['record/member'],
      passedTests: ['record/contradiction /passedTests'],
      assay_smoke: ['record/member /assay_smoke'],
    })
  })

  it.each<[string, object, readonly string[]]>([
    [
      'a list that leaves out what passed',
      { passedTests: [] },
      ['record/contradiction /passedTests'],
    ],
    [
      'a list of others than passed',
      { passedTests: [...WEB_EDGE_CHECKS.slice(1), 'another'] },
      ['record/contradiction /passedTests'],
    ],
    [
      'a failure that no check has',
      { result: 'FAILED', failedTests: ['another'] },
      ['record/contradiction /failedTests', 'record/contradiction /result'],
    ],
    [
      'another plan than that of its run',
      { configuration: [{ digest: { sha256: digestOf('another plan') } }] },
      ['record/contradiction /configuration'],
    ],
    [
      'two plans',
      {
        configuration: [...MEMBERS.configuration, { digest: { sha256: digestOf('another plan') } }],
      },
      ['record/member /configuration'],
    ],
    [
      'a warning',
      { warnedTests: ['slow'], result: 'WARNED' },
      ['record/member /result', 'record/member'],
    ],
    ['an unknown member', { note: 'fine' }, ['record/member']],
    [
      'a server with a path',
      { assay_smoke: { ...RUN, publicOrigin: 'https://staging.example/app' } },
      ['record/member /assay_smoke/publicOrigin'],
    ],
  ])('refuses %s', (_, changes, codes) => {
    expect(readMembers(SMOKE, { ...MEMBERS, ...changes }, { policy: POLICY })).toEqual(codes)
    expect(readMembers(SMOKE, MEMBERS, { policy: POLICY })).toBe('accepted')
  })

  it('names its policy', () => {
    expect(readMembers(SMOKE, MEMBERS)).toEqual(['record/member /assay_policy'])
  })
})

describe('buildSmokeMembers()', () => {
  it('makes members of what a run observed that the family reads', () => {
    expect(buildSmokeMembers(RUN)).toEqual({ ...MEMBERS, failedTests: [] })
    const { assay_smoke } = withResult('web-proxy-health-ok', 'failed')
    const failed = buildSmokeMembers(assay_smoke)
    expect(failed).toMatchObject({ result: 'FAILED', failedTests: ['web-proxy-health-ok'] })
    expect(readMembers(SMOKE, failed, { policy: POLICY })).toBe('accepted')
  })
})

describe('The view of a smoke record', () => {
  it('is that all checks of the policy passed after the deployment, reported by who signed', () => {
    expect(viewOf(smoke())).toMatchObject({
      status: 'smoke-verified',
      check: { outcome: 'accepted' },
      facts: {
        reportedBy: 'operator',
        label: 'staging',
        publicOrigin: 'https://staging.example.com',
        declaredOrigin: 'https://staging.example.com',
        isAtDeclaredOrigin: true,
        origin: 'local-proof',
        plan: RUN.plan.sha256,
        passed: [...WEB_EDGE_CHECKS],
        failed: [],
        unlockSteps: ['site-access-gate', 'operator-session'],
        finishedAt: '2026-04-10T13:00:04Z',
      },
    })
  })

  it.each([...WEB_EDGE_CHECKS])('needs %s', (name) => {
    const failed = viewOf(smoke({}, withResult(name, 'failed')))
    expect(failed).toMatchObject({ status: 'failed', check: { outcome: 'rejected' } })
    expect(codesOf(failed)).toEqual(['record/check-failed'])
    const notRun = viewOf(smoke({}, withResult(name, 'not-run')))
    expect(notRun).toMatchObject({ status: 'incomplete', check: { outcome: 'missing' } })
    expect(codesOf(notRun)).toEqual(['record/check-missing'])
  })

  it('needs at least one check even where there is no policy', () => {
    const view = viewOf(
      smoke({ policy: POLICY.replace('web_edge', 'gone') }, running({ checks: [] })),
    )
    expect(view).toMatchObject({ status: 'incomplete', check: { outcome: 'missing' } })
    expect(codesOf(view)).toEqual(['record/policy-unknown', 'record/check-missing'])
  })

  it.each<[string, Smoke['assay_smoke']['unlockSteps']]>([
    ['the gate of the site was not unlocked', RUN.unlockSteps.slice(1)],
    [
      'the session of an operator did not open',
      RUN.unlockSteps.map((step) =>
        step.kind === 'site-gate'
          ? step
          : { ...step, result: 'failed' as const, reason: { why: 'http-status' as const } },
      ),
    ],
  ])('is incomplete where %s', (_, unlockSteps) => {
    const checks = RUN.checks.map(({ unlockSteps: _steps, ...check }) => check)
    const view = viewOf(smoke({}, running({ unlockSteps, checks })))
    expect(view).toMatchObject({ status: 'incomplete', check: { outcome: 'missing' } })
    expect(codesOf(view)).toEqual(['record/check-missing'])
  })

  it('is that another set runs, or that the server does not say which (A-86)', () => {
    const other = viewOf(smoke({}, running({ observedSet: digestOf('another set') })))
    expect(other).toMatchObject({ status: 'other-set', check: { outcome: 'rejected' } })
    expect(codesOf(other)).toEqual(['record/drift'])
    const { observedSet: _, ...silent } = RUN
    const none = viewOf(smoke({}, { ...MEMBERS, assay_smoke: silent }))
    expect(none).toMatchObject({ status: 'other-set', check: { outcome: 'missing' } })
    expect(codesOf(none)).toEqual(['record/check-missing'])
  })

  it('is of the phase, and of the evidence, that its policy has', () => {
    const early = viewOf(smoke({ phase: 'pre-deploy-candidate' }))
    expect(early).toMatchObject({ status: 'out-of-place', check: { outcome: 'rejected' } })
    expect(codesOf(early)).toEqual(['record/phase'])
    const elsewhere = viewOf(smoke({ evidence: 'evidence.staging.cloud_preflight' }))
    expect(codesOf(elsewhere)).toEqual(['record/evidence', 'record/evidence'])
    const record = foldedRecord(SMOKE, MEMBERS, { index: 20, phase: POST, policy: POLICY })
    expect(codesOf(viewOf(record))).toEqual(['record/evidence'])
  })
})

describe('The origin of a smoke (ruling 23)', () => {
  const live = { signer: workflowSigner(), origin: 'live-workflow' } as const
  const under = (record: ReturnType<typeof smoke>, registry?: Registry) =>
    viewAmong(SMOKE, record, [record, ...ALL], { registry }).facts

  it('is that of its signer, at the public origin that the policy declares', () => {
    expect(viewOf(smoke(live)).facts).toMatchObject({ origin: 'live-workflow' })
    expect(viewOf(smoke()).facts).toMatchObject({ origin: 'local-proof' })
  })

  it('is local proof anywhere else, whoever signed', () => {
    const elsewhere = smoke(live, running({ publicOrigin: 'http://127.0.0.1:8080' }))
    expect(viewOf(elsewhere)).toMatchObject({
      status: 'smoke-verified',
      check: { outcome: 'accepted' },
      facts: {
        publicOrigin: 'http://127.0.0.1:8080',
        declaredOrigin: 'https://staging.example.com',
        isAtDeclaredOrigin: false,
        origin: 'local-proof',
      },
    })
  })

  it('is local proof where no policy declares one', () => {
    const silent = shippedRegistry((text) => text.replace(/^publicOrigin: .*$/m, ''))
    const facts = under(smoke(live), silent)
    expect(facts).toMatchObject({ isAtDeclaredOrigin: false, origin: 'local-proof' })
    expect(facts).not.toHaveProperty('declaredOrigin')
    expect(under(smoke(live))).toMatchObject({ origin: 'local-proof' })
  })
})

describe('The deployment before a smoke', () => {
  it('has to be there, and the last word of it not drift', () => {
    const without = viewOf(smoke(), candidateRecords())
    expect(without).toMatchObject({ status: 'not-after-deployment', check: { outcome: 'missing' } })
    expect(codesOf(without)).toEqual(['record/missing'])
    const drift = deployed({ index: 11 }, { observedSet: digestOf('another set') })
    expect(codesOf(viewOf(smoke(), [...ALL, drift]))).toEqual(['record/missing'])
  })

  it('may lack the records of a candidate: what was smoked is known all the same', () => {
    const found = deployed()
    expect(viewAmong(DEPLOYMENT, found, [found], UNDER_POLICIES).status).toBe('records-not-before')
    expect(viewOf(smoke(), [found]).check.outcome).toBe('accepted')
  })

  it('stands before it in the ledger', () => {
    const view = viewOf(smoke(), [...candidateRecords(), deployed({ index: 21 })])
    expect(view).toMatchObject({ status: 'not-after-deployment', check: { outcome: 'rejected' } })
    expect(codesOf(view)).toEqual(['record/order'])
  })

  it('was vouched for before it, where both were (A-82)', () => {
    const deployment = deployed({ vouchedAt: '2026-04-10T12:55:00Z' })
    const at = (vouchedAt: string) =>
      viewOf(smoke({ vouchedAt }), [...candidateRecords(), deployment])
    expect(at('2026-04-10T13:01:00Z').status).toBe('smoke-verified')
    expect(codesOf(at('2026-04-10T12:54:59Z'))).toEqual(['record/order'])
  })
})

describe('A later smoke', () => {
  it('stands in the place of the one before it', () => {
    const first = smoke()
    const later = smoke({ index: 21 }, withResult('web-proxy-health-ok', 'failed'))
    expect(viewOf(later, [...ALL, first]).status).toBe('failed')
    expect(first.id).toBe(later.id)
  })
})

describe('What supports a smoke', () => {
  it('never helps by being less', () => {
    fc.assert(
      fc.property(fc.subarray([...ALL]), (some) => {
        const isAccepted = viewOf(smoke(), some).check.outcome === 'accepted'
        expect(isAccepted).toBe(some.includes(DEPLOYMENT_FOUND))
      }),
      { numRuns: 50 },
    )
  })
})
