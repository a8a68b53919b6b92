// Words of what people decide about a release, and of the authority behind it.

import { type Facts, some } from './facts.ts'
import { part, partOf } from './part.ts'

/** What the trust document says of who signed. */
const KINDS: Readonly<Record<string, string>> = {
  person: 'a person',
  automation: 'automation',
  unknown: 'a person or automation, unknown which',
}

function kindOf(facts: Facts): string {
  const kind = facts.word('signerKind') ?? 'unknown'
  return KINDS[kind] ?? kind
}

/** Of approvals, authority, waivers, reviews of adoptions and adoptions. */
export const DECISION_WORDS = {
  approval: (facts: Facts) => {
    const approvers = facts.texts('approvers')
    const who = approvers.length === 0 ? '' : `: ${approvers.join(', ')}`
    facts.skip('approver')
    return [
      part('decision', `${facts.word('decision')} the ${facts.word('scope')}, by ${kindOf(facts)}`),
      part('quorum', `${approvers.length} of ${facts.count('needed')}${who}`),
      part('until', facts.word('expires')),
      part('mode', facts.word('mode')),
      part('reason', facts.text('reason')),
      part('ticket', facts.text('ticket')),
    ]
  },
  authority: (facts: Facts) => {
    facts.skip('principal')
    return [
      part('proven by the signature', facts.text('reference')),
      part('actor, as the workflow states', facts.text('statedActor')),
      part('workflow', facts.text('workflow')),
      part('run', facts.text('run')),
      part('started by', facts.word('trigger')),
    ]
  },
  waiver: (facts: Facts) => {
    facts.skip('signer')
    return [
      part('check', facts.text('check')),
      part('until', facts.word('expires')),
      part('owner', facts.text('owner')),
      part('signed by', kindOf(facts)),
      part('reason', facts.text('reason')),
    ]
  },
  'adoption-review': (facts: Facts) => {
    facts.skip('reviewer')
    return [
      part('candidate', facts.digest('candidate')),
      part('whole run', facts.word('wholeRun')),
      part('under its head', facts.text('runHead')),
      part('note', facts.text('note')),
    ]
  },
  adoption: (facts: Facts) => {
    facts.skip('adopter')
    return [
      partOf('families', facts.words('families')),
      partOf('reviewed by', facts.texts('reviewers')),
      part('review', facts.text('reviewReference')),
      part('policies at adoption', facts.word('policiesThen')),
      part('policies now', facts.word('policiesNow')),
      partOf('moved since', some(facts.texts('policiesMoved'))),
      part('pack', facts.digest('sourcePack')),
      part('whole run', facts.word('wholeRun')),
      part('under its head', facts.text('runHead')),
    ]
  },
}
