// Which records are decisions: where the trust document names their type in a role, they are made in that role.

import { COUNTED_DECISIONS as COUNTED, DECISIONS as ALL } from '../../policy/index.ts'
import type { LedgerMaterial, LedgerRecord } from '../ledger-record.ts'

type Kind = LedgerRecord['family'] | LedgerMaterial['name']

/** Decisions that are counted together: whoever does not count is told so among the others. */
export const COUNTED_DECISIONS: ReadonlySet<Kind> = new Set<Kind>(COUNTED)

/** All of them. Of the others the word of one is enough. */
export const DECISIONS: ReadonlySet<Kind> = new Set<Kind>(ALL)

/** Whoever says no is heard: who approves not, opens a finding, or saw something fail. */
export function isAgainst({ members }: Pick<LedgerRecord, 'members'>): boolean {
  const { decision, findings = [], results = [] } = members as Decided
  return (
    decision === 'reject' ||
    decision === 'refuse' ||
    findings.some(({ resolved }) => !resolved) ||
    results.some(({ result }) => result === 'failed')
  )
}

/** What tells it, in one family or another. */
interface Decided {
  readonly decision?: unknown
  readonly findings?: readonly { readonly resolved: boolean }[]
  readonly results?: readonly { readonly result: string }[]
}

/** True of a decision that its signer makes in a role that is for its type. */
export function isDecidedInRole({
  family,
  predicateType,
  signer,
}: Pick<LedgerRecord, 'family' | 'predicateType' | 'signer'>): boolean {
  return (
    DECISIONS.has(family) &&
    signer.roles.some(({ predicateTypes = [] }) => predicateTypes.includes(predicateType))
  )
}
