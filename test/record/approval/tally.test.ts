// What the answers to one question cost: each of many is looked at as often as it would be among few.

import { describe, expect, it } from 'vitest'
import { APPROVAL } from '../../../src/record/families/approval.ts'
import type { FoldedRecord } from '../../../src/record/index.ts'
import { approval, BASE, REGISTRY } from '../approvals.ts'
import { person } from '../deciders.ts'
import { contextOf } from '../folded.ts'

/** How often members of records are read where as many people approve a release, and every view is asked for. */
function readsFor(people: number): number {
  const role = { threshold: people, distinctFrom: ['operator'] }
  const approvals = Array.from({ length: people }, (_, at) =>
    approval(at + 2, { signer: person(`p${at}`, { role }) }),
  )
  const context = contextOf([...BASE, ...approvals], { registry: REGISTRY })
  let reads = 0
  const counted = (record: FoldedRecord): FoldedRecord =>
    new Proxy(record, {
      get: (target, name) => {
        reads += 1
        return Reflect.get(target, name) as unknown
      },
    })
  const records = context.evidence.records.map(counted)
  const among = { ...context, evidence: { ...context.evidence, records } }
  const views = records
    .filter(({ family }) => family === 'approval')
    .map((record) => {
      return APPROVAL.view(record, among)
    })
  expect(views.map(({ status }) => status)).toEqual(approvals.map(() => 'granted'))
  return reads
}

describe('Approvals by many people', () => {
  it('cost twice as much where twice as many approve', () => {
    const [few, many] = [readsFor(50), readsFor(100)]
    expect(many / few).toBeLessThan(2.1)
  })

  it('are named as far as somebody may want to read it', () => {
    const role = { threshold: 13 }
    const approvals = Array.from({ length: 12 }, (_, at) =>
      approval(at + 2, { signer: person(`p${at}`, { role }) }),
    )
    const context = contextOf([...BASE, ...approvals], { registry: REGISTRY })
    const { check, facts } = APPROVAL.view(context.evidence.records.at(-1) as FoldedRecord, context)
    const quorum = check.checks?.find(({ name }) => name === 'quorum')
    expect(quorum?.found).toMatch(/^12: "p0", .*"p9" and 2 more$/)
    expect(facts['approvers']).toHaveLength(12)
  })
})
