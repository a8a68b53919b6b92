import { describe, expect, it } from 'vitest'
import type { Phase } from '../../../src/policy/index.ts'
import { LINKAGE } from '../../../src/record/families/linkage.ts'
import { foldedRecord } from '../folded.ts'
import { shippedRegistry } from '../registry.ts'
import { RELEASE, SET_DIGEST } from '../signed.ts'
import {
  POST,
  seen,
  BUILT,
  TRACKED,
  approval,
  type Item,
  type Approval,
  view,
} from '../approvals.ts'

describe('A launch', () => {
  // As in production, but for a phase that links one family.
  const ready = shippedRegistry((text, name) =>
    /(?:linkage|adoption)\/render-staging/.test(name)
      ? text
          .replace('approvalReadyPhase: not-applicable', `approvalReadyPhase: ${POST}`)
          .replace(
            /(linkedFamilies:[^]*post-deploy-smoke-verified:\n {4}- tracking\n)(?: {4}- .*\n)+/,
            '$1',
          )
      : text,
  )
  const tracked = { ...TRACKED, release: { ...RELEASE, phase: POST } }
  const launch = (index: number, phase: Phase = POST) =>
    approval(index, { phase }, { scope: 'launch', policies: seen(ready) })
  const linkage = (index: number, records = [tracked.sha256]) =>
    foldedRecord(
      LINKAGE,
      { records },
      {
        index,
        phase: POST,
        policy: 'release_evidence_linkage.render_staging_rollout.bundle_phase_consistency',
      },
    )
  const over = (record: Approval, items: readonly Item[], adopted = items) =>
    view(record, [BUILT, tracked, ...items, record], {
      registry: ready,
      adopted: new Set([tracked, ...adopted].map(({ sha256 }) => sha256)),
    })

  it('is approved over the adopted linkage of the phase that the policy calls ready', () => {
    expect(over(launch(9), [linkage(3)])).toMatchObject({
      status: 'granted',
      facts: { scope: 'launch' },
    })
  })

  it('is not approved over another phase', () => {
    const found = over(launch(9, 'pre-deploy-candidate'), [linkage(3)])
    expect(found).toMatchObject({ status: 'wrong-phase', check: { outcome: 'rejected' } })
  })

  it('is never approved for a target without a gate', () => {
    const record = launch(9)
    const registry = { ...ready, gateOf: () => undefined }
    const found = view(record, [BUILT, tracked, linkage(3), record], { registry })
    expect(found.check.checks).toContainEqual(
      expect.objectContaining({ name: 'phase', expected: 'no phase, by the policy' }),
    )
  })

  it.each<[string, Approval, readonly Item[], readonly Item[] | undefined, string, string?]>([
    ['without a linkage', launch(9), [], [], 'missing', 'record/missing'],
    [
      'over a linkage that nobody adopted',
      launch(9),
      [linkage(3)],
      [],
      'missing',
      'record/missing',
    ],
    [
      'over a linkage that is not accepted',
      launch(9),
      [linkage(3, [SET_DIGEST])],
      undefined,
      'missing',
    ],
    [
      'before what is launched was linked',
      launch(9),
      [linkage(11)],
      undefined,
      'stale',
      'record/order',
    ],
  ])('is not approved %s', (_, record, items, adopted, outcome, code) => {
    const found = over(record, items, adopted)
    expect(found).toMatchObject({ status: 'not-ready', check: { outcome } })
    const check = found.check.checks?.find(({ name }) => name === 'linkage')
    expect(check?.code).toBe(code)
    expect(over(launch(9), [linkage(3)]).status).toBe('granted')
  })

  it('counts a linkage in the ledger of a run for nothing', () => {
    const record = launch(9)
    const found = view(record, [BUILT, tracked, linkage(3), record], { registry: ready })
    expect(found.check.checks).toContainEqual(
      expect.objectContaining({ name: 'linkage', found: 'one that nobody adopted' }),
    )
  })
})
