// What clears a blocker, in words and as commands where there are any.

import { failedChecks, quote } from '../../core/index.ts'
import type { Blocker, Clearing } from '../../gate/index.ts'
import type { EvidenceRequirement, PolicyCode, UnfitPiece } from '../../policy/index.ts'
import type { RecordCode } from '../../record/index.ts'
import { lackingBelow } from './ladder-clearing.ts'
import { approvalScopeOf, commandsFor, isAdoptable, waiverCommand } from './clearing-commands.ts'

/** What there is to do. */
export interface ClearingWords {
  /** One line; everything in it that a document says is quoted or of a fixed alphabet. */
  readonly words: string
  /** Command lines, each to be run as it stands but for what is in capitals, and for who signs and where. */
  readonly commands: readonly string[]
}

type About = Pick<Blocker, 'subject'>

/** What clears it. */
export function clearingWords(
  clearing: Clearing,
  { id, outcome, subject, waiver }: Pick<Blocker, 'id' | 'outcome' | 'subject' | 'waiver'>,
): ClearingWords {
  const cleared = wordsOf(clearing, { subject })
  if (outcome !== 'unverified' || waiver !== undefined) return cleared
  return {
    words: `${cleared.words}; or, until a day, a waiver of ${id}`,
    commands: [...cleared.commands, waiverCommand(id, subject)],
  }
}

function wordsOf(clearing: Clearing, about: About): ClearingWords {
  switch (clearing.by) {
    case 'policies':
      return {
        words: `put in date, or bring back, the policies ${clearing.ids.join(', ')}`,
        commands: [],
      }
    case 'conditions':
      return {
        words: `conditions of the policy that can be judged of what is there, at ${clearing.positions.join('; ')}`,
        commands: [],
      }
    case 'settling':
      return clearing.against.length === 0
        ? unknownWords(about)
        : settlingWords(clearing.against, about)
    case 'parts': {
      const parts = clearing.parts.map((part) => ({ ...part, ...wordsOf(part.clearing, about) }))
      return {
        words: `enough of these: ${parts.map(({ id, words }) => `${id} by ${words}`).join('; ')}`,
        commands: unique(parts.flatMap(({ commands }) => commands)),
      }
    }
    case 'evidence':
      return evidenceWords(clearing, about)
  }
}

/** Nothing is known of the commit, so nobody can say that nothing speaks against it. */
function unknownWords({ subject }: About): ClearingWords {
  return {
    words: 'provenance that shows which commit it was built from',
    commands: commandsFor({ family: 'provenance' }, subject),
  }
}

function evidenceWords(
  { requirement, lack, unfit }: Extract<Clearing, { by: 'evidence' }>,
  { subject }: About,
): ClearingWords {
  const { select } = requirement
  const { family = '' } = select
  const such = nounOf(requirement)
  const below = lackingBelow(lack === 'fit' ? unfit : [])
  const lacking =
    lack === 'fit' ? lackWords(unfit, below.words) : lack === 'more' ? moreWords(requirement) : []
  const words = [
    lack === 'more' ? `more of ${such}` : such,
    ...(select.signerKind === undefined
      ? []
      : [`signed by ${select.signerKind === 'person' ? 'a person' : 'automation'}`]),
    ...(select.role === undefined ? [] : [`signed in the role ${quote(select.role)}`]),
    ...(select.origin === undefined ? [] : [originWords(select, lack)]),
    ...lacking,
    ...(isAdoptable(family) ? ['and adopted with the pack that holds it'] : []),
  ]
  const own = { ...select, documents: documentsOf(requirement) }
  // A promotion that is there says where the release stands as soon as it stands there.
  const isThere = family === 'promotion' && below.stages.length > 0
  const asked = isThere ? below.asked : [...below.asked, own]
  return {
    words: (isThere ? ['the record (promotion) that is there', ...lacking] : words).join(', '),
    // What adopts them is run when all of them are there.
    commands: unique(asked.flatMap((one) => commandsFor(one, subject)).toReversed()).toReversed(),
  }
}

/** Where there is none of it, what makes it so: who signs, and what the trust document says of the root that vouches for them. */
function originWords(
  { family, origin }: EvidenceRequirement['select'],
  lack: 'all' | 'more' | 'fit',
): string {
  if (origin !== 'live-workflow' || lack !== 'all') return `of the origin ${origin}`
  const where = family === 'smoke' ? ', asked at the address of the target' : ''
  return `of the origin ${origin}, signed by a CI workflow under a root that the trust document declares live (assay trust add-root --live)${where}`
}

/** What the list of documents has to have, by name. */
function documentsOf({ holds = [] }: EvidenceRequirement): readonly string[] {
  return holds.flatMap((condition) => {
    const isDocument = 'includes' in condition && condition.at === '/predicate/configuration'
    const { name = '' } =
      isDocument && typeof condition.includes === 'object' ? condition.includes : {}
    return typeof name === 'string' && name !== '' && !name.includes('=') ? [name] : []
  })
}

/** How the next ones differ from those that are there. */
function moreWords({ distinct, apart }: EvidenceRequirement): readonly string[] {
  if (apart !== undefined) return [`each signed ${apart} or more after the one before`]
  return distinct === undefined ? [] : ['by somebody else']
}

const NOUNS: Readonly<Record<string, string>> = {
  provenance: 'provenance as it is expected',
  sbom: 'an SBOM as it is expected',
  summary: 'a summary of a verifier as it is expected',
}

function nounOf({ select: { family, predicateType = '' } }: EvidenceRequirement): string {
  if (family === undefined) return `a statement of the type ${quote(predicateType)}`
  return NOUNS[family] ?? `a record (${family}) as it is expected`
}

/** What the new one has to be that the one which is there is not; by the codes of its reasons. */
const LACKS: Readonly<Partial<Record<PolicyCode | RecordCode, string>>> = {
  'policy/evidence-stale': 'newer than the one that is there',
  'policy/evidence-undated': 'with a time that somebody else vouches for',
  'record/approver-identity': 'by somebody who is identified as the policies ask for',
  'record/canary-rule': 'within the rule of the canary',
  'record/canary-window': 'over the whole window of the canary',
  'record/check-failed': 'in which every check passed',
  'record/check-missing': 'with every check that is asked for',
  'record/claim-missing': 'after provenance that carries every claim',
  'record/drift': 'after the intended set is deployed',
  'record/expired': 'that is in force',
  'record/finding-open': 'in which no finding is open',
  'record/later-failure': 'later than the one that failed',
  'record/not-independent': 'by somebody who neither built the release nor operates it',
  'record/not-person': 'by a person',
  'record/policies-moved': 'under the policies as they are now',
  'record/provenance-source': 'after provenance of the commit of the release',
  'record/quorum': 'by one more person',
  'record/rejection': 'after whoever spoke against it decided anew',
  'record/rollback-target': 'to another release than this one',
  'record/trusted-artifact': 'to a release with accepted provenance',
}

function lackWords(unfit: readonly UnfitPiece[], below: readonly string[]): readonly string[] {
  const codes = unfit
    .flatMap(({ reasons }) => reasons.flatMap(failedChecks))
    .flatMap(({ code }) => code ?? [])
  const known: Readonly<Record<string, string | undefined>> = LACKS
  const lacks = unique([...codes.flatMap((code) => known[code] ?? []), ...below])
  return lacks.length > 0 ? lacks : ['in the place of what is there']
}

/** How what is forbidden is settled, by its family. */
const SETTLINGS: Readonly<Record<string, string>> = {
  incident:
    'close the incident: with its cause, the corrective action and the run that passed after it',
  deployment: 'deploy the intended set, and record what is deployed then',
  approval: 'whoever spoke against it decides anew',
  withdrawal: 'a withdrawn release does not come back: make another one',
}

function settlingWords(
  against: Extract<Clearing, { by: 'settling' }>['against'],
  { subject }: About,
): ClearingWords {
  const words = against.map(
    ({ piece: { kind } }) => SETTLINGS[kind] ?? `settle what ${kind} says against it`,
  )
  const settled = against.filter(
    ({ piece: { kind } }) => kind !== 'withdrawal' && kind in SETTLINGS,
  )
  return {
    words: unique(words).join('; '),
    commands: unique(
      settled.flatMap(({ select, piece: { scope } }) =>
        commandsFor({ ...select, scope: select.scope ?? approvalScopeOf(scope) }, subject),
      ),
    ),
  }
}

function unique(words: readonly string[]): readonly string[] {
  return [...new Set(words)]
}
