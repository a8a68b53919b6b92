// The later parts of a lineage: who approved a release, where it was promoted to and found, and what one would go back to.

import type { RecordFamily } from '../../policy/index.ts'
import { judgeUse, type ReleaseView, type ViewedRecord } from '../../record/index.ts'
import type { ReleaseLineage } from './release-lineage.ts'
import { factOf, publicMembers, saidByRecord } from './said-by.ts'

type Course = Pick<
  ReleaseLineage,
  'approvals' | 'promotions' | 'deployments' | 'rollbackTargets' | 'use' | 'superseded'
>

/** What became of the release. */
export function courseOf(view: ReleaseView): Course {
  const of = (family: RecordFamily) =>
    view.records.filter(({ record, overtakenBy }) => {
      return record.family === family && overtakenBy === undefined
    })
  return {
    approvals: of('approval').map(approvalOf),
    promotions: of('promotion').map(promotionOf),
    deployments: of('deployment').map(deploymentOf),
    rollbackTargets: of('rollback').map(rollbackOf),
    use: useOf(view, of('withdrawal')),
    superseded: [
      ...view.fold.evidence.records.filter(({ isSuperseded }) => isSuperseded),
      ...view.records
        .filter(({ overtakenBy }) => overtakenBy !== undefined)
        .map(({ record }) => record),
    ]
      .toSorted((a, b) => a.index - b.index)
      .map(({ sha256, index, family }) => ({ sha256, entry: index, family })),
  }
}

function approvalOf(viewed: ViewedRecord): ReleaseLineage['approvals'][number] {
  return {
    scope: factOf(viewed, 'scope'),
    decision: factOf(viewed, 'decision'),
    status: viewed.view.status,
    approver: factOf(viewed, 'approver'),
    kind: factOf(viewed, 'signerKind'),
    saidBy: saidByRecord(viewed),
  }
}

function promotionOf(viewed: ViewedRecord): ReleaseLineage['promotions'][number] {
  return {
    stage: factOf(viewed, 'stage'),
    from: factOf(viewed, 'from'),
    to: factOf(viewed, 'to'),
    phase: factOf(viewed, 'phase'),
    status: viewed.view.status,
    saidBy: saidByRecord(viewed),
  }
}

function deploymentOf(viewed: ViewedRecord): ReleaseLineage['deployments'][number] {
  return {
    environment: factOf(viewed, 'environment'),
    observedSet: factOf(viewed, 'observedSet'),
    observedAt: factOf(viewed, 'observedAt'),
    status: viewed.view.status,
    saidBy: saidByRecord(viewed),
  }
}

function rollbackOf(viewed: ViewedRecord): ReleaseLineage['rollbackTargets'][number] {
  const people = [viewed.view.facts['confirmedBy']].flat()
  return {
    release: factOf(viewed, 'target'),
    trust: viewed.view.status,
    verification: factOf(viewed, 'verification'),
    ...publicMembers({ reference: factOf(viewed, 'reference') }),
    confirmedBy: people.filter((one) => typeof one === 'string'),
    saidBy: saidByRecord(viewed),
  }
}

/** By the record that decides: the first withdrawal, or the last word that another release stands in its place. */
function useOf({ fold }: ReleaseView, withdrawals: readonly ViewedRecord[]): ReleaseLineage['use'] {
  const { status } = judgeUse(fold.evidence)
  const saying = withdrawals.find(({ view }) => view.status === 'withdrawn') ?? withdrawals.at(-1)
  if (saying === undefined) return { status }
  const replacement = factOf(saying, 'replacement')
  return { status, ...(replacement !== '' && { replacement }), saidBy: saidByRecord(saying) }
}
