// Incident: something went wrong with a release or a commit. The first record of its name opens it, and a whole one closes it.

import { strict as assert } from 'node:assert'
import * as z from 'zod/mini'
import { type Check, groupChecks, quote } from '../../core/index.ts'
import { checkAbout } from '../checks/about.ts'
import { evidenceOf } from '../checks/evidence.ts'
import { standsBefore } from '../checks/order.ts'
import { statusInPlace } from '../checks/place.ts'
import { asReported } from '../checks/testimony.ts'
import { defineFamily, type MembersOf } from '../family.ts'
import { NAME, SHA256, TEXT, TIME } from '../statement/member-schema.ts'
import { commitRecordsOf, recordsBeside, recordsOf } from '../release/records-of.ts'
import type { FoldedRecord, ReleaseEvidence } from '../release/evidence.ts'
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
  const found = recordsOfIncident(record, context.evidence)
  const told = found.length === 0 ? [record] : found
  const [opening = record] = told
  // The last word decides: whoever tells more of an incident that was closed opens it again, unless theirs is whole as well.
  const last = told.at(-1) ?? record
  const closing = checkClosing(told, context)
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

function recordsOfIncident(
  { about, members }: FoldedRecord<Incident>,
  evidence: ReleaseEvidence,
): readonly FoldedRecord<Incident>[] {
  return recordsBeside({ about }, INCIDENT, evidence).filter((other) =>
    isSameIncident(other.members, members),
  )
}

/** A name that is used again for what another trigger opened, or at another time, is one of another incident. */
function isSameIncident(one: Incident, other: Incident): boolean {
  return (
    one.incident === other.incident &&
    one.trigger === other.trigger &&
    one.openedAt === other.openedAt
  )
}

/** Is the last of the records whole, after what opened the incident, or opened it again since it was closed? */
function checkClosing(told: readonly FoldedRecord<Incident>[], context: ViewContext): Check {
  const [first] = told
  assert(first !== undefined, 'a record of the incident is among them')
  let opening = first
  let check = judgeClosing({ opening, closing: first }, told, context)
  for (const closing of told.slice(1)) {
    const isReopened =
      check.outcome === 'accepted' && PARTS.some((part) => closing.members[part] === undefined)
    if (isReopened) opening = closing
    check = judgeClosing({ opening, closing }, told, context)
  }
  return check
}

function judgeClosing(
  { opening, closing }: Ends,
  told: readonly FoldedRecord<Incident>[],
  context: ViewContext,
): Check {
  return groupChecks('closing', 'The incident is closed', [
    ...checkParts(closing.members),
    ...checkControl(told, closing.members),
    checkRerun({ opening, closing }, context),
  ])
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
  const rerun = findRerun(passingRerun, context)
  if (rerun === undefined) {
    const message = 'No accepted test result or command record is the re-run that is named'
    return failed('rerun', 'missing', 'record/incident-open', message, { expected: passingRerun })
  }
  if (!standsBefore(opening, rerun) || !standsBefore(rerun, closing)) {
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

function findRerun(sha256: string, context: ViewContext): Rerun | undefined {
  const { evidence } = context
  const results = [...recordsOf(evidence, TEST_RESULT), ...commitRecordsOf(evidence, TEST_RESULT)]
  const result = results.find((record) => record.sha256 === sha256)
  if (result !== undefined) {
    return TEST_RESULT.view(result, context).check.outcome === 'accepted' ? result : undefined
  }
  const commands = [...recordsOf(evidence, COMMAND), ...commitRecordsOf(evidence, COMMAND)]
  const command = commands.find((record) => record.sha256 === sha256)
  if (command === undefined) return undefined
  return COMMAND.view(command, context).check.outcome === 'accepted' ? command : undefined
}

/** What an accepted re-run shows to work again: the evidence that it answers, and each thing in it. */
function passedIn({ evidence, members }: Rerun): readonly string[] {
  const names =
    'commands' in members ? members.commands.map(({ name }) => name) : (members.passedTests ?? [])
  return evidence === undefined ? names : [evidence, ...names]
}
