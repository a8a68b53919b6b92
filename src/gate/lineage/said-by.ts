// Who says a part of a lineage, and what of their words may be published.

import type { Outcome } from '../../core/index.ts'
import type { FoldedMaterial, ViewedRecord, ViewFact } from '../../record/index.ts'
import { findSecrets } from '../../statement/index.ts'
import type { SaidBy } from './release-lineage.ts'

/** A record says it, and comes to what its view came to. */
export function saidByRecord({ record, view }: ViewedRecord): SaidBy {
  return saidBy(record, view.check.outcome)
}

/** Evidence of a build says it, and is accepted. */
export function saidByMaterial(material: FoldedMaterial): SaidBy {
  return saidBy(material, 'accepted')
}

function saidBy(
  { sha256, index, signer }: Pick<FoldedMaterial, 'sha256' | 'index' | 'signer'>,
  outcome: Outcome,
): SaidBy {
  return { sha256, entry: index, signer: signer.principal, outcome }
}

/** A computed fact as text; that of a list, or of nothing, is empty. */
export function factOf({ view }: ViewedRecord, name: string): string {
  const fact: ViewFact | undefined = view.facts[name]
  return typeof fact === 'string' ? fact : ''
}

/** A path of some machine: `/home/…`, `C:\…`, `~/…`, or an address of one. */
const LOCAL = /^(?:(?:git\+)?file:|[/~\\]|[A-Za-z]:[\\/])/

/** Nothing for what opens something, and for a path of a machine, which tells others nothing. */
export function publicText(text: string | undefined): string | undefined {
  if (text === undefined || text === '' || LOCAL.test(text)) return undefined
  return findSecrets(text).length > 0 ? undefined : text
}

/** The members that have a value that may be published. */
export function publicMembers<N extends string>(
  members: Readonly<Record<N, string | undefined>>,
): { readonly [name in N]?: string } {
  const found = Object.entries<string | undefined>(members).flatMap(([name, text]) => {
    const told = publicText(text)
    return told === undefined ? [] : [[name, told]]
  })
  return Object.fromEntries(found) as { readonly [name in N]?: string }
}
