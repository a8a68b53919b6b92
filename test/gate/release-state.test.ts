// What one release adds to the state of its project: which gate it is of, who approved it, and on whose word its provenance is live.

import { describe, expect, it } from 'vitest'
import type { Outcome } from '../../src/core/index.ts'
import { stateOf } from '../../src/gate/release-state.ts'
import { APPROVAL } from '../../src/record/families/approval.ts'
import type { LedgerItem, ReleaseView, ViewedRecord } from '../../src/record/index.ts'
import { foldedProvenance, foldedRecord } from '../record/folded.ts'
import { goldenRecord } from '../record/golden-record.ts'
import { REGISTRY, workflowSigner } from '../record/release-items.ts'
import { judgedView, testedAt, trackedAt } from './judged-view.ts'
import { STAGED, WEB } from './asked-project.ts'
import { STAGING } from './states.ts'

const stateAt = (view: ReleaseView, refused = 0) => stateOf(view, REGISTRY, refused)

describe('a release', () => {
  it('is of the gate of its target in the channel that the gate is for, and in no other', () => {
    const stateFor = (id: string) => stateAt(judgedView([trackedAt(1, id)], { id }))
    expect(stateFor(STAGED(1)).gate).toBe(STAGING)
    expect(stateFor(STAGED(1).replace('staging__', 'preview__'))).not.toHaveProperty('gate')
    expect(stateFor(WEB(1))).not.toHaveProperty('gate')
  })

  it('is sound where none of its records is refused, and none contradicts another', () => {
    const soundness = (id: string, ...more: LedgerItem[]) => {
      const view = judgedView([trackedAt(1, id), ...more], { id })
      return [0, 1].map((refused) => stateAt(view, refused).isSound)
    }
    expect(soundness(STAGED(1))).toEqual([true, false])
    expect(soundness(WEB(1))).toEqual([true, false])
    const another = { kind: 'set', id: WEB(1), digest: '7'.repeat(64) } as const
    const contrary = { ...trackedAt(2, WEB(1)), about: another } as LedgerItem
    expect(soundness(WEB(1), contrary)).toEqual([false, false])
  })

  it('has the launch approved by accepted approvals of a launch, and by no other decision', () => {
    const view = judgedView([trackedAt(1)])
    const told = (
      index: number,
      facts: ViewedRecord['view']['facts'],
      outcome: Outcome = 'accepted',
    ) => {
      const found = foldedRecord(APPROVAL, goldenRecord(APPROVAL).members, { index })
      const record = { ...found, isAdopted: false, isSuperseded: false }
      const check = { name: 'approval', outcome, message: 'It is an approval' }
      return { record, view: { status: 'told', facts, check } } satisfies ViewedRecord
    }
    const approved = told(2, { scope: 'launch', decision: 'approve' })
    const records = [
      told(3, { scope: 'launch', decision: 'reject' }),
      told(4, { scope: 'rollout', decision: 'approve' }),
      told(5, { scope: 'launch', decision: 'approve' }, 'missing'),
      approved,
    ]
    const { launchApprovals } = stateAt({ ...view, records: [...view.records, ...records] })
    expect(launchApprovals).toEqual([approved.record.sha256])
  })
})

describe('what is counted of a release', () => {
  const view = judgedView([trackedAt(1), testedAt(2, 'PASSED')])

  it('is tracked by what was adopted', () => {
    const generated = <T extends object>(record: T) => ({ ...record, isAdopted: false })
    const { evidence } = view.fold
    const records = view.records.map((one) => ({ ...one, record: generated(one.record) }))
    const left = { ...evidence, records: evidence.records.map(generated) }
    const nobody = stateAt({ ...view, records, fold: { ...view.fold, evidence: left } })
    expect([nobody.isTracked, nobody.records]).toEqual([false, []])
    const { isTracked, records: counted } = stateAt(view)
    expect([isTracked, counted.map(({ family }) => family)]).toEqual([true, ['tracking']])
  })

  it('is adopted by what is accepted', () => {
    const [one] = view.records
    if (one === undefined) throw new Error('Expected a record')
    const countedAt = (outcome: Outcome) => {
      const record = { ...one.record, family: 'adoption' as const }
      const adoption = { record, view: { ...one.view, check: { ...one.view.check, outcome } } }
      return stateAt({ ...view, records: [adoption] }).records.map(({ family }) => family)
    }
    expect([countedAt('accepted'), countedAt('missing')]).toEqual([['adoption'], []])
  })

  it('answers live what a live record answers', () => {
    const answeredBy = (origin: 'live-workflow' | 'local-proof') => {
      const records = view.records.map(
        (one): ViewedRecord => ({
          ...one,
          record: { ...one.record, origin, evidence: 'evidence.a' },
        }),
      )
      const { answered, answeredLive } = stateAt({ ...view, records })
      return [answered, answeredLive]
    }
    expect(answeredBy('live-workflow')).toEqual([['evidence.a'], ['evidence.a']])
    expect(answeredBy('local-proof')).toEqual([['evidence.a'], []])
  })
})

describe('accepted provenance', () => {
  const id = STAGED(1)
  const signer = workflowSigner()
  const live = (index: number, isPublicGood: boolean) => {
    const root = { ...('root' in signer ? signer.root : undefined), isPublicGood }
    const by = { ...signer, root } as typeof signer
    return foldedProvenance({ index, signer: by, origin: 'live-workflow' })
  }
  const counted = (...items: LedgerItem[]) =>
    stateAt(judgedView([...items, trackedAt(9, id)], { id })).provenance

  it('is live by declaration alone where no public root stands behind any that is live', () => {
    expect(counted(live(1, false), live(2, false))).toMatchObject({
      ...{ origin: 'live-workflow', isDeclaredLive: true },
    })
    expect(counted(live(1, false), live(2, true))).toMatchObject({ isDeclaredLive: false })
    const local = foldedProvenance({ index: 2 })
    expect(counted(live(1, false), local)).toMatchObject({ isDeclaredLive: true })
    expect(counted(local)).toMatchObject({ origin: 'local-proof', isDeclaredLive: false })
  })
})
