// What a requirement asks for, in one line for a person.

import { quote } from '../../core/index.ts'
import type { ExpectedSummary } from '../requirement/expected-summary.ts'
import type { EvidenceRequirement } from '../requirement/requirement.ts'

const ABOUT = {
  set: 'the set',
  commit: 'the commit',
  gate: 'a release of the gate',
} as const

/** `smoke about the set, in the phase post-deploy-smoke-verified, signed in the role "release", by 2 principals`. */
export function describeSelection({
  select,
  status,
  fresh,
  distinct,
  apart,
}: EvidenceRequirement): string {
  const { family, predicateType, about = 'set' } = select
  const parts = [
    `${family ?? quote(String(predicateType))} about ${ABOUT[about]}`,
    select.evidence && `for ${select.evidence}`,
    select.policy && `under ${select.policy}`,
    select.phase && `in the phase ${select.phase}`,
    select.scope && `of the scope ${select.scope}`,
    select.stage && `in the stage ${select.stage}`,
    select.role !== undefined && `signed in the role ${quote(select.role)}`,
    select.signerKind && `signed by ${select.signerKind === 'person' ? 'a person' : 'automation'}`,
    select.origin && `of the origin ${select.origin}`,
    select.summary && describeSummary(select.summary),
    distinct && 'each signed by another principal',
    apart && `each signed ${apart} or more after the one before`,
    status && `with the status ${status.join(' or ')}`,
    fresh && `no older than ${fresh}`,
  ]
  return parts.filter((part) => typeof part === 'string').join(', ')
}

function describeSummary({ verifier, resourceUri, levels, within }: ExpectedSummary): string {
  const age = within === undefined ? '' : `, verified no longer than ${within} ago`
  return `in which ${quote(verifier)} says ${levels.map(quote).join(' and ')} of ${quote(resourceUri)}${age}`
}
