// Command: a sequence of commands that ran over a set or a commit, one after the other, and how each ended.

import * as z from 'zod/mini'
import { type Check, groupChecks, type JsonObject, LIMITS, quote } from '../../core/index.ts'
import { findSecrets } from '../../statement/index.ts'
import { checkAbout } from '../checks/about.ts'
import { evidenceOf } from '../checks/evidence.ts'
import { checkNewerFailure, type Word } from '../checks/newer-failure.ts'
import { checkResults, resultsByName } from '../checks/results.ts'
import { instantOf } from '../checks/time.ts'
import { defineFamily, type RecordHeader } from '../family.ts'
import { COMMIT, listOf, NAME, rule, SHA256, TEXT, TIME } from '../member-schema.ts'
import type { RecordProblem } from '../problem.ts'
import { commitRecordsOf, recordsOf } from '../records-of.ts'
import type { FoldedRecord, ReleaseEvidence } from '../release-evidence.ts'
import { failed, type FamilyView, passed, type ViewContext } from '../view.ts'

/** What an exit code can be, on any system. */
const EXIT_CODE_MAX = 0xffff_ffff

const COMMAND_RUN = z.strictObject({
  /** What the sequence calls it. */
  name: NAME,
  /** The program and its arguments, as they were. */
  arguments: z
    .array(z.string().check(z.maxLength(LIMITS.recordTextMax)))
    .check(z.minLength(1), z.maxLength(LIMITS.commandWordsMax)),
  exitCode: z.int().check(z.gte(0), z.lte(EXIT_CODE_MAX)),
  /** Files that it wrote, by digest. */
  reports: listOf(z.strictObject({ name: TEXT, sha256: SHA256 }), ({ name }) => name),
})

const MEMBERS = z
  .strictObject({
    /** Checked out while the commands ran. */
    commit: COMMIT,
    startedAt: TIME,
    endedAt: TIME,
    /** In the order in which they ran. */
    commands: listOf(COMMAND_RUN, ({ name }) => name).check(z.maxLength(LIMITS.commandsMax)),
  })
  .check(
    rule(
      ({ startedAt, endedAt }) => instantOf(startedAt) <= instantOf(endedAt),
      'an end that is not before the start',
      'record/contradiction',
    ),
  )

/** What a command record holds. */
export type Command = Readonly<z.infer<typeof MEMBERS>>

/** The family; its view tells whether all commands of the sequence ran, in its order, and ended well. */
export const COMMAND = defineFamily({
  name: 'command',
  members: MEMBERS,
  about: ['set', 'commit'],
  isAdoptable: false,
  findContradictions: (members, header) => [
    ...findOtherCommit(members, header),
    ...findOpened(members),
  ],
  view: viewCommand,
})

function findOtherCommit({ commit }: Command, { release }: RecordHeader): readonly RecordProblem[] {
  if (release === undefined || release.sourceRevision === commit) return []
  const message = `Expected the commit of the release, which is ${quote(release.sourceRevision)}, found ${quote(commit)}`
  return [{ code: 'record/contradiction', message, at: '/commit' }]
}

/** what is signed is published. */
function findOpened(members: Command): readonly RecordProblem[] {
  return findSecrets(members as unknown as JsonObject).map((problem) => ({
    ...problem,
    code: 'record/secret',
  }))
}

function viewCommand(record: FoldedRecord<Command>, context: ViewContext): FamilyView {
  const { members, signer } = record
  const { definition, checks } = evidenceOf(record, context)
  const required = definition?.checks ?? []
  const order = checkOrder(members, required)
  const newer = checkNewerFailure(
    record,
    peersOf(record, context.evidence),
    (peer) => WORDS[statusOf(peer.members, required)],
  )
  return {
    status: newer.outcome === 'accepted' ? statusOf(members, required) : 'failed-later',
    check: groupChecks('command', 'The commands of the release', [
      checkAbout(record, context.evidence),
      checkCommit(record),
      ...checks,
      ...checkResults(resultsOf(members), required),
      order,
      newer,
    ]),
    facts: {
      reportedBy: signer.principal,
      commands: members.commands.map(({ name }) => name),
      required,
      reports: members.commands.flatMap(({ reports }) => reports.map(({ sha256 }) => sha256)),
      endedAt: members.endedAt,
    },
  }
}

function resultsOf({ commands }: Command) {
  return resultsByName(
    commands.map(({ name, exitCode }) => ({ name, result: exitCode === 0 ? 'passed' : 'failed' })),
  )
}

/** A record about a commit has run in a checkout of that very commit; of one about a set, the schema has seen to it. */
function checkCommit({ about, members }: FoldedRecord<Command>): Check {
  const expected = about.kind === 'commit' ? about.commit : members.commit
  const facts = { expected: quote(expected), found: quote(members.commit) }
  if (members.commit === expected) {
    return passed('commit', 'The commands ran in a checkout of the commit', facts)
  }
  const message = 'The commands ran in a checkout of another commit'
  return failed('commit', 'rejected', 'record/contradiction', message, facts)
}

/** Names that the sequence has besides the required ones may stand anywhere. */
function checkOrder({ commands }: Command, required: readonly string[]): Check {
  const found = commands.map(({ name }) => name).filter((name) => required.includes(name))
  const expected = required.filter((name) => found.includes(name))
  if (found.every((name, index) => name === expected[index])) {
    return passed('order', 'The commands ran in their order')
  }
  return failed('order', 'rejected', 'record/order', 'The commands ran in another order', {
    expected: expected.map((name) => quote(name)).join(', '),
    found: found.map((name) => quote(name)).join(', '),
  })
}

type Status = 'completed' | 'failed' | 'incomplete' | 'out-of-order'

const WORDS: Readonly<Record<Status, Word>> = {
  completed: 'passed',
  failed: 'failed',
  incomplete: 'nothing',
  'out-of-order': 'nothing',
}

function statusOf(members: Command, required: readonly string[]): Status {
  const results = resultsOf(members)
  if ([...results.values()].includes('failed')) return 'failed'
  if (results.size === 0 || required.some((name) => !results.has(name))) return 'incomplete'
  return checkOrder(members, required).outcome === 'accepted' ? 'completed' : 'out-of-order'
}

/** Runs of the same sequence: about the same, for the same evidence; without any, those that share a command. */
function peersOf(
  record: FoldedRecord<Command>,
  evidence: ReleaseEvidence,
): readonly FoldedRecord<Command>[] {
  const records =
    record.about.kind === 'set' ? recordsOf(evidence, COMMAND) : commitRecordsOf(evidence, COMMAND)
  const names = new Set(record.members.commands.map(({ name }) => name))
  return records.filter(
    (peer) =>
      peer.evidence === record.evidence &&
      (record.evidence !== undefined || peer.members.commands.some(({ name }) => names.has(name))),
  )
}
