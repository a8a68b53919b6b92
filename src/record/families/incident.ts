// Incident: something went wrong with a release or a commit. The first record of its name opens it, and a whole one closes it.

import { strict as assert } from 'node:assert'
import * as z from 'zod/mini'
import { type Check, groupChecks, quote } from '../../core/index.ts'
import { checkAbout } from '../checks/about.ts'
import { evidenceOf } from '../policies/evidence-definition.ts'
import { isNewer, standsBefore } from '../time/order.ts'
import { statusInPlace } from '../checks/place.ts'
import { describeStanding, standsAs } from '../signer/standing.ts'
import { asReported } from '../signer/testimony.ts'
import { defineFamily, type MembersOf } from '../family.ts'
import { onceFor } from '../once.ts'
import { NAME, SHA256, TEXT, TIME } from '../statement/member-schema.ts'
import { commitRecordsOf, recordsBeside, recordsOf } from '../release/records-of.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { bundlesOf } from '../release/repeats.ts'
import { failed, type FamilyView, passed, type ViewContext } from '../view.ts'
import { COMMAND } from './command.ts'
import { TEST_RESULT } from './test-result.ts'

const MEMBERS = z.strictObject({
  /** What all records of one incident share, with its trigger and the time at which it was opened. */
  incident: NAME,
  trigger: TEXT,
  openedAt: TIME,
  /** The evidence definition, test or command that failed first. */
  firstFailingControl: z.optional(TEXT),
  cause: z.optional(TEXT),
  correctiveAction: z.optional(TEXT),
  /** SHA-256 of the bundle of the test result or command record in which that control passed again. */
  passingRerun: z.optional(SHA256),
})

/** What an incident record holds. */
export type Incident = Readonly<z.infer<typeof MEMBERS>>

/** The family; its view tells whether the incident is open. */
export const INCIDENT = defineFamily({
  name: 'incident',
  members: MEMBERS,
  about: ['set', 'commit'],
  isAdoptable: false,
  view: viewIncident,
})

function viewIncident(record: FoldedRecord<Incident>, context: ViewContext): FamilyView {
  const { members, signer } = record
  const { opening, last, closing } =
    judgeIncident(context, keyOf(record)) ?? foldIncident(record, [], context)
  const check = groupChecks(
    'incident',
    asReported(`The incident ${quote(members.incident)}`, record),
    [checkAbout(record, context.evidence), ...evidenceOf(record, context).checks, closing],
  )
  return {
    status: statusInPlace(closing.outcome === 'accepted' ? 'closed' : 'open', check, ['closed']),
    check,
    facts: {
      reportedBy: signer.principal,
      incident: members.incident,
      tells: wordOf(record, { opening, last, isClosed: closing.outcome === 'accepted' }),
      trigger: opening.members.trigger,
      openedAt: opening.members.openedAt,
      openedBy: opening.signer.principal,
      ...(last.members.firstFailingControl !== undefined && {
        firstFailingControl: last.members.firstFailingControl,
      }),
    },
  }
}

interface Told {
  readonly opening: FoldedRecord
  readonly last: FoldedRecord
  readonly isClosed: boolean
}

/** What this record of the incident did: its status is that of the incident, and the same for all of them. */
function wordOf({ sha256 }: FoldedRecord, { opening, last, isClosed }: Told): string {
  if (sha256 === opening.sha256) return 'opened'
  return isClosed && sha256 === last.sha256 ? 'closed' : 'told-more'
}

/** A name that is used again for what another trigger opened, or at another time, is one of another incident. */
function keyOf({ about, members }: FoldedRecord<Incident>): string {
  const { incident, trigger, openedAt } = members
  return JSON.stringify([about.kind, incident, trigger, openedAt])
}

const incidentsBy = onceFor((context: ViewContext, kind: string) => {
  const about = { kind } as FoldedRecord['about']
  return Map.groupBy(recordsBeside({ about }, INCIDENT, context.evidence), keyOf)
})

/** What all records of an incident come to: found once for whichever of them is asked about. */
const judgeIncident = onceFor((context: ViewContext, key: string) => {
  const [kind] = JSON.parse(key) as readonly string[]
  const [opening, ...more] = incidentsBy(context, kind).get(key) ?? []
  return opening === undefined ? undefined : foldIncident(opening, more, context)
})

function foldIncident(
  opening: FoldedRecord<Incident>,
  more: readonly FoldedRecord<Incident>[],
  context: ViewContext,
) {
  const closing = checkClosing([opening, ...more], context)
  return { opening, last: more.at(-1) ?? opening, closing }
}

/** An incident, up to one of its records. */
interface Course {
  /** What was told since it was opened, or opened again; nothing where this opens it. */
  readonly before: readonly FoldedRecord<Incident>[]
  /** Those who told it then, and whom nobody of their standing has answered yet by closing it. */
  readonly tellers: readonly FoldedRecord<Incident>[]
}

const BEGINNING: Course = { before: [], tellers: [] }

/**
 * The last word decides. Whoever tells more of an incident that was closed opens it again, unless theirs closes it as well: then it takes
 * another re-run, of the control that failed since.
 */
function checkClosing(told: readonly FoldedRecord<Incident>[], context: ViewContext): Check {
  let since = 0
  let isClosed = false
  let judged: Judged | undefined
  for (const [at, closing] of told.entries()) {
    const tellers = judged?.tellers ?? []
    judged = judgeClosing(closing, { before: told.slice(since, at), tellers }, context)
    if (isClosed && judged.check.outcome !== 'accepted') {
      since = at
      judged = judgeClosing(closing, BEGINNING, context)
    }
    isClosed = judged.check.outcome === 'accepted'
  }
  assert(judged !== undefined, 'an incident was told')
  return judged.check
}

interface Judged extends Pick<Course, 'tellers'> {
  readonly check: Check
}

/** @returns the tellers who are left after it, itself among them where it does not say that the incident is over */
function judgeClosing(
  closing: FoldedRecord<Incident>,
  { before, tellers }: Course,
  context: ViewContext,
): Judged {
  const { members } = closing
  const parts = checkParts(members)
  const isWhole = members.passingRerun !== undefined && parts.every(isAccepted)
  const checks = [
    ...parts,
    ...checkControl(before, members),
    checkRerun({ opening: before[0] ?? closing, closing }, context),
    // What is not whole is not the last word, whenever it was said.
    ...(isWhole ? [checkNewest(closing, before)] : []),
  ]
  const unanswered = tellers.filter((teller) => !standsAs(closing, teller))
  const standing = isWhole ? checkStanding(closing, { tellers, unanswered }) : []
  const check = groupChecks('closing', 'The incident is closed', [...checks, ...standing])
  if (!isWhole || before.length === 0) return { check, tellers: [...tellers, closing] }
  return { check, tellers: checks.every(isAccepted) ? unanswered : tellers }
}

function isAccepted({ outcome }: Check): boolean {
  return outcome === 'accepted'
}

/** Whoever closed an incident before more was told of it has not closed what was told. */
function checkNewest(
  closing: FoldedRecord<Incident>,
  before: readonly FoldedRecord<Incident>[],
): Check {
  const newer = before.findLast((other) => !isNewer(closing, other))
  if (newer === undefined) return passed('last-word', 'Nothing newer was told of the incident')
  const message = 'More was told of the incident after that'
  return failed('last-word', 'rejected', 'record/order', message, {
    expected: `newer than record ${newer.sha256} at entry ${newer.index}`,
    found: closing.reportedAt,
  })
}

/** Everybody who told of it is answered by somebody of their standing: by this one, or by one who closed it for them before. */
function checkStanding(
  { signer }: FoldedRecord<Incident>,
  {
    tellers: [first],
    unanswered: [missed],
  }: Record<'tellers' | 'unanswered', readonly FoldedRecord<Incident>[]>,
): readonly Check[] {
  const asked = missed ?? first
  if (asked === undefined) return []
  const facts = { expected: describeStanding(asked), found: quote(signer.principal) }
  if (missed === undefined) return [passed('standing', 'Whoever closes it may do so', facts)]
  const message = 'Whoever closes it has not the standing of everybody who told of it'
  return [failed('standing', 'rejected', 'record/standing', message, facts)]
}

const PARTS = ['firstFailingControl', 'cause', 'correctiveAction'] as const

function checkParts(members: Incident): readonly Check[] {
  return PARTS.map((part) => {
    const name = part.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)
    const words = name.replaceAll('-', ' ')
    return members[part] === undefined
      ? failed(name, 'missing', 'record/incident-open', `The ${words} is not told`)
      : passed(name, `The ${words} is told`, { found: quote(members[part]) })
  })
}

/** What failed first, failed first: whoever closes the incident does not choose another control to run again. */
function checkControl(
  told: readonly FoldedRecord<Incident>[],
  { firstFailingControl: found }: Incident,
): readonly Check[] {
  const expected = told.find(({ members }) => members.firstFailingControl !== undefined)?.members
    .firstFailingControl
  if (found === undefined || expected === undefined || found === expected) return []
  const message = 'The incident began with another control'
  const facts = { expected: quote(expected), found: quote(found) }
  return [failed('same-control', 'rejected', 'record/contradiction', message, facts)]
}

type Rerun = FoldedRecord<MembersOf<typeof TEST_RESULT>> | FoldedRecord<MembersOf<typeof COMMAND>>

interface Ends {
  readonly opening: FoldedRecord<Incident>
  readonly closing: FoldedRecord<Incident>
}

/** The re-run is in the ledger and accepted, of the control that failed, after the opening and before the closing. */
function checkRerun({ opening, closing }: Ends, context: ViewContext): Check {
  const { passingRerun, firstFailingControl } = closing.members
  if (passingRerun === undefined) {
    return failed('rerun', 'missing', 'record/incident-open', 'No passing re-run is named')
  }
  const rerun = findRerun(context, passingRerun)
  if (rerun === undefined) {
    const message = 'No accepted test result or command record is the re-run that is named'
    return failed('rerun', 'missing', 'record/incident-open', message, { expected: passingRerun })
  }
  if (!isNewer(rerun, opening) || !standsBefore(rerun, closing)) {
    return failed('rerun', 'rejected', 'record/order', 'The re-run is not of its time', {
      expected: `after entry ${opening.index} and before entry ${closing.index}`,
      found: `entry ${rerun.index}`,
    })
  }
  const control = firstFailingControl ?? ''
  if (passedIn(rerun).includes(control)) {
    return passed('rerun', 'The control passed again', { found: passingRerun })
  }
  const message = 'The re-run is not one of the control that failed'
  const facts = { expected: quote(control) }
  return failed('rerun', 'rejected', 'record/incident-open', message, facts)
}

const findRerun = onceFor((context: ViewContext, sha256: string): Rerun | undefined => {
  const { evidence } = context
  const results = [...recordsOf(evidence, TEST_RESULT), ...commitRecordsOf(evidence, TEST_RESULT)]
  const result = results.find((record) => bundlesOf(record).includes(sha256))
  if (result !== undefined) {
    return TEST_RESULT.view(result, context).check.outcome === 'accepted' ? result : undefined
  }
  const commands = [...recordsOf(evidence, COMMAND), ...commitRecordsOf(evidence, COMMAND)]
  const command = commands.find((record) => bundlesOf(record).includes(sha256))
  if (command === undefined) return undefined
  return COMMAND.view(command, context).check.outcome === 'accepted' ? command : undefined
})

/** What an accepted re-run shows to work again: the evidence that it answers, and each thing in it. */
function passedIn({ evidence, members }: Rerun): readonly string[] {
  const names =
    'commands' in members ? members.commands.map(({ name }) => name) : passedTests(members)
  return evidence === undefined ? names : [evidence, ...names]
}

/** None in a result that names nothing. */
function passedTests({
  passedTests: names,
}: {
  readonly passedTests?: readonly string[] | undefined
}): readonly string[] {
  return [names].flat().filter((name) => name !== undefined)
}
