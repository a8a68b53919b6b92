// Command: a sequence of commands that ran over a set or a commit, one after the other, and how each ended.

import * as z from 'zod/mini'
import { type Check, groupChecks, type JsonObject, LIMITS, quote } from '../../core/index.ts'
import { findSecrets } from '../../statement/index.ts'
import { checkAbout } from '../checks/about.ts'
import { evidenceOf } from '../policies/evidence-definition.ts'
import { statusInPlace } from '../checks/place.ts'
import { checkResults, type NamedResult, resultsByName } from '../checks/results.ts'
import { laterFailureCheck, type SameCheck, type Word } from '../checks/same-check.ts'
import { instantOf } from '../time/instant.ts'
import { asReported } from '../signer/testimony.ts'
import { defineFamily, type HeaderParts } from '../family.ts'
import { COMMIT, listOf, NAME, rule, SHA256, TEXT, TIME } from '../statement/member-schema.ts'
import type { CommandRun } from '../observation/command/command-run.ts'
import { judgeCommandSequence } from '../observation/command/command-sequence.ts'
import type { RecordProblem } from '../problem.ts'
import type { FoldedRecord } from '../release/evidence.ts'
import { failed, type FamilyView, passed, type ViewContext } from '../view.ts'

/** What an exit code can be, on any system. */
const EXIT_CODE_MAX = 0xffff_ffff

const WORD = z.string().check(z.maxLength(LIMITS.recordTextMax))
const SIGNAL = z.string().check(rule((text) => /^SIG[A-Z0-9]{1,12}$/.test(text), 'a signal'))

const RAN = z.strictObject({
  /** What the sequence calls it. */
  name: NAME,
  /** The program and its arguments, as they were. */
  arguments: z.array(WORD).check(z.minLength(1), z.maxLength(LIMITS.commandWordsMax)),
  /** From the working folder. */
  folder: TEXT,
  startedAt: TIME,
  endedAt: TIME,
  exitCode: z.int().check(z.gte(0), z.lte(EXIT_CODE_MAX)),
  /** That ended it. */
  signal: z.optional(SIGNAL),
  /** Files that it wrote, by digest. */
  reports: listOf(z.strictObject({ name: TEXT, sha256: SHA256 }), ({ name }) => name),
  /** Files that it was to write, and did not. */
  missingReports: listOf(TEXT),
})

const MEMBERS = z
  .strictObject({
    /** Checked out while the commands ran. */
    commit: COMMIT,
    startedAt: TIME,
    endedAt: TIME,
    /** In the order in which they ran. */
    commands: listOf(RAN, ({ name }) => name).check(z.maxLength(LIMITS.commandsMax)),
    /** Names of those that were not reached. */
    notRun: listOf(NAME).check(z.maxLength(LIMITS.commandsMax)),
    /** The signal that ended the run. */
    interruptedBy: z.optional(SIGNAL),
  })
  .check(
    rule(
      ({ startedAt, endedAt }) => instantOf(startedAt) <= instantOf(endedAt),
      'an end that is not before the start',
      'record/contradiction',
    ),
    rule(
      ({ commands, notRun }) => !commands.some(({ name }) => notRun.includes(name)),
      'each command among those that ran or those that did not',
      'record/contradiction',
    ),
  )

/** What a command record holds. */
export type Command = Readonly<z.infer<typeof MEMBERS>>

/** About the same, for the same evidence; without any, those that share a command. */
const SAME_CHECK: SameCheck<Command> = {
  isSame: (one, other) =>
    one.about.kind === other.about.kind &&
    one.evidence === other.evidence &&
    (one.evidence !== undefined || sharesCommand(one.members, other.members)),
  // What was not reached, or did not write its report, has yet to pass.
  resultsOf: ({ members }) =>
    new Map([
      ...resultsOf(members),
      ...unfinishedIn(members).map((name) => [name, 'failed'] as const),
    ]),
}

const checkLater = laterFailureCheck<Command>({
  family: () => COMMAND,
  sameCheck: SAME_CHECK,
  wordOf: (record, context) =>
    WORDS[statusOf(record.members, evidenceOf(record, context).definition?.checks ?? [])],
})

/** The family; its view tells whether all commands of the sequence ran, in its order, and ended well. */
export const COMMAND = defineFamily({
  name: 'command',
  members: MEMBERS,
  about: ['set', 'commit'],
  isAdoptable: false,
  sameCheck: SAME_CHECK,
  findContradictions: (members, header) => [
    ...findOtherCommit(members, header),
    ...findOpened(members),
  ],
  view: viewCommand,
})

/** The members of a record of a run, in a checkout of that commit. */
export function buildCommandMembers(run: CommandRun, commit: string): JsonObject {
  return { commit, ...(run as unknown as JsonObject) }
}

function findOtherCommit({ commit }: Command, { release }: HeaderParts): readonly RecordProblem[] {
  if (release === undefined || release.sourceRevision === commit) return []
  const message = `Expected the commit of the release, which is ${quote(release.sourceRevision)}, found ${quote(commit)}`
  return [{ code: 'record/contradiction', message, at: '/commit' }]
}

/** what is signed is published. What is refused before a run is refused after it as well, whoever made the record. */
function findOpened(members: Command): readonly RecordProblem[] {
  const secrets = findSecrets(members as unknown as JsonObject)
  if (secrets.length > 0) return secrets.map((problem) => ({ ...problem, code: 'record/secret' }))
  const commands = members.commands.map(({ name, arguments: words }) => ({
    name,
    arguments: words,
  }))
  if (commands.length === 0) return []
  const sound = judgeCommandSequence({ commands, onFailure: 'stop' })
  return sound.ok
    ? []
    : sound.problems.map((problem) => ({
        ...problem,
        code: problem.code === 'record/command-secret' ? 'record/secret' : 'record/member',
      }))
}

function viewCommand(record: FoldedRecord<Command>, context: ViewContext): FamilyView {
  const { members, signer } = record
  const { definition, checks } = evidenceOf(record, context)
  const required = definition?.checks ?? []
  const order = checkOrder(members, required)
  const later = checkLater(record, context)
  const check = groupChecks('command', asReported('The commands of the release', record), [
    checkAbout(record, context.evidence),
    checkCommit(record),
    ...checks,
    ...checkResults(resultsOf(members), required),
    ...checkWhole(members),
    order,
    later,
  ])
  return {
    status: statusInPlace(
      later.outcome === 'accepted' ? statusOf(members, required) : 'failed-later',
      check,
      ['completed'],
    ),
    check,
    facts: {
      reportedBy: signer.principal,
      commands: members.commands.map(({ name }) => name),
      required,
      reports: members.commands.flatMap(({ reports }) => reports.map(({ sha256 }) => sha256)),
      endedAt: members.endedAt,
    },
  }
}

function resultsOf({ commands }: Command): ReadonlyMap<string, NamedResult> {
  return resultsByName(
    commands.map(({ name, exitCode }) => ({ name, result: exitCode === 0 ? 'passed' : 'failed' })),
  )
}

/** Nothing of the sequence was left out, and every file that was to be written is there. */
function checkWhole({ commands, notRun }: Command): readonly Check[] {
  const missing = commands.flatMap(({ missingReports }) => missingReports)
  return [
    checkNone('reached', 'Every command of the sequence was reached', notRun),
    checkNone('reports', 'Every report was written', missing),
  ]
}

function checkNone(name: string, message: string, missing: readonly string[]): Check {
  if (missing.length === 0) return passed(name, message)
  const found = `not ${missing.map((one) => quote(one)).join(', ')}`
  return failed(name, 'missing', 'record/check-missing', `Expected: ${message}`, { found })
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
  const isWhole = checkWhole(members).every(({ outcome }) => outcome === 'accepted')
  const isThere = results.size > 0 && required.every((name) => results.has(name))
  if (!isWhole || !isThere) return 'incomplete'
  return checkOrder(members, required).outcome === 'accepted' ? 'completed' : 'out-of-order'
}

function sharesCommand({ commands }: Command, other: Command): boolean {
  const names = new Set(commands.map(({ name }) => name))
  return other.commands.some(({ name }) => names.has(name))
}

function unfinishedIn({ commands, notRun }: Command): readonly string[] {
  const unwritten = commands.filter(({ missingReports }) => missingReports.length > 0)
  return [...notRun, ...unwritten.map(({ name }) => name)]
}
