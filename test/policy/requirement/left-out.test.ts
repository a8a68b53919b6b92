// Evidence that a requirement leaves out by who signed it or by its origin: it counts for nothing, and whoever looks for it is told.

import { describe, expect, it } from 'vitest'
import type { Evidence } from '../../../src/policy/index.ts'
import { find, piece } from './evidence.ts'

describe('a requirement of evidence', () => {
  it('is missing with nothing but what somebody else signed, and says what that is', () => {
    const person = {
      name: 'carol',
      principal: 'carol',
      kind: 'person',
      roles: ['release'],
    } as const
    const other = piece(1, { signer: person, origin: 'local-proof' })
    const reasonsOf = (select: object, ...pieces: readonly Evidence[]) => {
      const finding = find({ select: { family: 'smoke', ...select } }, pieces)
      const { outcome, selected, check } = finding
      expect([outcome, selected, check.checks]).toEqual(['missing', [], undefined])
      const told = finding.unfit.map(({ sha256, reasons }) => [
        sha256,
        ...reasons.map(({ code, expected, found }) => [code, expected, found]),
      ])
      return [check.found, ...told]
    }
    const found = 'nothing but 1 piece left out'
    const origin = ['policy/evidence-origin', 'live-workflow', 'local-proof']
    const role = ['policy/evidence-role', '"approver"', '"release"']
    const kind = ['policy/evidence-kind', 'automation', 'person']
    expect(reasonsOf({ origin: 'live-workflow' }, other)).toEqual([found, [other.sha256, origin]])
    expect(reasonsOf({ role: 'approver' }, other)).toEqual([found, [other.sha256, role]])
    expect(reasonsOf({ signerKind: 'automation' }, other)).toEqual([found, [other.sha256, kind]])
    const all = { origin: 'live-workflow', role: 'approver', signerKind: 'automation' }
    expect(reasonsOf(all, other)).toEqual([found, [other.sha256, role, kind, origin]])
    const nobody = piece(2, { signer: { ...person, roles: [] } })
    expect(reasonsOf({ role: 'approver' }, nobody)).toEqual([
      found,
      [nobody.sha256, ['policy/evidence-role', '"approver"', 'none']],
    ])
    // What answers another question is not what was left out.
    const phase = { phase: 'pre-deploy-candidate', role: 'approver' }
    const later = piece(3, { signer: person, phase: 'post-deploy-smoke-verified' })
    expect(reasonsOf(phase, later)).toEqual(['nothing'])
  })

  it('tells of nothing that was left out where what is asked for is there', () => {
    const asks = { select: { family: 'smoke', origin: 'local-proof' }, least: 2 }
    const live = piece(1, { origin: 'live-workflow' })
    const finding = find(asks, [piece(0, { origin: 'local-proof' }), live])
    expect(finding).toMatchObject({ outcome: 'missing', check: { found: '1 piece, 1 supporting' } })
    expect(finding.unfit).toEqual([])
  })
})
