import { describe, expect, it } from 'vitest'
import { failedChecks } from '../../../src/core/index.ts'
import { AUTHORITY } from '../../../src/record/families/authority.ts'
import type { FoldedRecord } from '../../../src/record/index.ts'
import { describeMembers } from '../family-members.ts'
import { type FoldedOptions, foldedRecord, keySigner } from '../folded.ts'
import {
  contextAmong,
  person,
  POLICIES,
  PRODUCTION,
  PRODUCTION_SET,
  registryWith,
  RUN,
  viewOf,
  WORKFLOW,
  workflowSigner,
} from '../release-items.ts'
import { RELEASE } from '../signed.ts'

const HEADER = { release: RELEASE, policy: POLICIES.authority }
const MEMBERS = {
  approvalMode: 'manual-dispatch-with-human-initiation',
  approvalScope: 'staging-rollout-only',
  approvalReference: RUN,
}

describeMembers({
  family: AUTHORITY,
  header: HEADER,
  members: { ...MEMBERS, actor: 'octocat' },
  optional: ['actor'],
  wrong: [
    ['approvalMode', 'by telephone'],
    ['approvalScope', 'everything'],
    ['approvalReference', ''],
    ['actor', '@'],
  ],
})

function view(
  options: FoldedOptions,
  members: object = {},
  changes: Parameters<typeof viewOf>[3] = {},
) {
  const record = foldedRecord(AUTHORITY, { ...MEMBERS, ...members }, { header: HEADER, ...options })
  return viewOf(AUTHORITY, record, [], changes)
}

const DISPATCHED = { signer: workflowSigner(), origin: 'live-workflow' } as const
const ACTOR = { actor: 'octocat' }

describe('The kind of an authority', () => {
  it('is a workflow and who dispatched it, where the certificate says that it was dispatched', () => {
    expect(view(DISPATCHED, ACTOR)).toMatchObject({
      status: 'workflow-dispatch-actor-and-workflow-reference',
      check: { outcome: 'accepted' },
      facts: {
        reference: 'actor:octocat',
        statedActor: 'octocat',
        workflow: WORKFLOW,
        run: RUN,
        trigger: 'workflow_dispatch',
        principal: 'release-workflow',
        origin: 'live-workflow',
      },
    })
  })

  it('is a workflow alone without an actor', () => {
    const found = view(DISPATCHED)
    expect(found).toMatchObject({
      status: 'approved-workflow-reference-only',
      check: { outcome: 'accepted' },
      facts: { reference: `workflow:${WORKFLOW} run:${RUN}` },
    })
    expect(found.facts).not.toHaveProperty('statedActor')
  })

  it.each([['push'], [undefined]])('is a workflow alone where the trigger is %s', (trigger) => {
    const signer = workflowSigner({ buildTrigger: trigger })
    const found = view({ signer }, ACTOR)
    expect(found.status).toBe('approved-workflow-reference-only')
    expect(found.facts).not.toHaveProperty('statedActor')
    expect(failedChecks(found.check)).toMatchObject([
      { name: 'trigger', code: 'record/contradiction', outcome: 'rejected' },
      { name: 'initiation', code: 'record/not-person', outcome: 'missing' },
    ])
  })

  it('takes the workflow that signed where none is named that was configured', () => {
    const signer = workflowSigner({ buildConfigUri: undefined, buildSignerUri: 'https://ci/x@y' })
    expect(view({ signer }).facts).toMatchObject({ workflow: 'https://ci/x@y' })
  })

  it('is local with a key, whatever actor is stated', () => {
    expect(view({ signer: person('alice') }, ACTOR)).toMatchObject({
      status: 'local-manual-reference-only',
      check: { outcome: 'accepted' },
      facts: { reference: 'local-key:thumbprint of alice', principal: 'alice' },
    })
  })

  it.each([['buildConfigUri'], ['runInvocationUri']])(
    'is local with a certificate that has no %s',
    (claim) => {
      expect(view({ signer: workflowSigner({ [claim]: undefined }) })).toMatchObject({
        status: 'local-manual-reference-only',
        facts: { reference: `certificate:${WORKFLOW}` },
      })
    },
  )
})

describe('The rules of an authority policy', () => {
  it.each<[string, object, string]>([
    ['mode', { approvalMode: 'manual-rollout-workflow-with-human-approval' }, 'approval-mode'],
    ['scope', { approvalScope: 'guarded-production-rollout' }, 'approval-scope'],
  ])('refuse another %s than the approval record has', (_, members, name) => {
    expect(failedChecks(view(DISPATCHED, members).check)).toMatchObject([
      { name, code: 'record/contradiction', outcome: 'rejected' },
    ])
  })

  it('refuse a kind that is not allowed', () => {
    const registry = registryWith('authority', '  - local-manual-reference-only', '')
    expect(view(DISPATCHED, ACTOR, { registry }).check.outcome).toBe('accepted')
    expect(failedChecks(view({ signer: person('alice') }, {}, { registry }).check)).toMatchObject([
      { code: 'record/authority-kind', outcome: 'rejected' },
    ])
  })

  it('refuse a reference to automation where none is allowed', () => {
    const registry = registryWith(
      'authority',
      'automationReferenceAllowed: true',
      'automationReferenceAllowed: false',
    )
    expect(view(DISPATCHED, ACTOR, { registry }).check.outcome).toBe('accepted')
    expect(failedChecks(view(DISPATCHED, {}, { registry }).check)).toMatchObject([
      { code: 'record/authority-kind' },
    ])
  })

  it('miss a person behind a key of automation, unless none is asked for', () => {
    const signer = { ...keySigner('robot'), kind: 'automation' } as const
    expect(failedChecks(view({ signer }).check)).toMatchObject([
      { name: 'initiation', code: 'record/not-person', found: 'automation' },
    ])
    const registry = registryWith(
      'authority',
      'humanApprovalRequired: true',
      'humanApprovalRequired: false',
    )
    expect(view({ signer }, {}, { registry }).check.outcome).toBe('accepted')
  })

  it('miss an identity behind a key of nobody knows what', () => {
    expect(failedChecks(view({ signer: keySigner('somebody') }).check)).toMatchObject([
      { name: 'initiation', code: 'record/not-person', found: 'unknown' },
      { name: 'authority-evidence', code: 'record/approver-identity', outcome: 'missing' },
    ])
  })

  it('are not kept where nobody can look at them', () => {
    expect(failedChecks(view(DISPATCHED, ACTOR, { registry: undefined }).check)).toMatchObject([
      { name: 'policy', code: 'record/policy-unknown' },
      { name: 'approval-record', code: 'record/policy-unknown' },
    ])
    const stray = { ...foldedRecord(AUTHORITY, MEMBERS, { header: HEADER }), release: undefined }
    const found = AUTHORITY.view(stray as unknown as FoldedRecord, contextAmong([]))
    expect(failedChecks(found.check)[0]).toMatchObject({ name: 'approval-record' })
  })
})

describe('The authority of a production release', () => {
  const policy = 'release_approval_authority.render_production_launch.manual_rollout'
  const header = { release: PRODUCTION, policy }
  const members = {
    approvalMode: 'manual-rollout-workflow-with-human-approval',
    approvalScope: 'guarded-production-rollout',
  }
  const ask = (options: FoldedOptions, actor: object = {}) =>
    view({ ...options, header, about: PRODUCTION_SET }, { ...members, ...actor }).check

  it('is who a live workflow states', () => {
    expect(ask(DISPATCHED, ACTOR).outcome).toBe('accepted')
  })

  it.each<[string, FoldedOptions, object]>([
    ['a person with a local key', { signer: person('alice') }, ACTOR],
    ['automation', DISPATCHED, {}],
    ['a rehearsal', { ...DISPATCHED, origin: 'local-proof' }, ACTOR],
  ])('is never %s', (_, options, actor) => {
    expect(failedChecks(ask(options, actor))).toMatchObject([
      { name: 'approver-identity', code: 'record/approver-identity', outcome: 'missing' },
    ])
  })

  it('may be of a workflow that something else started, where its mode does not say otherwise', () => {
    const check = ask({ ...DISPATCHED, signer: workflowSigner({ buildTrigger: 'schedule' }) })
    expect(failedChecks(check).map(({ name }) => name)).toEqual(['initiation', 'approver-identity'])
  })
})
