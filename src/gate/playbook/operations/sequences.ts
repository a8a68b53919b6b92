// Sequences of commands (section 3, seed ruling 40): one accepted record about the commit has every step, ended well, in the order of the policy.
// Steps are compared word by word. Other commands may stand between them, and of a step that ran twice the last run counts.

import {
  acceptedCheck,
  type Check,
  groupChecks,
  type JsonValue,
  quote,
  refusedCheck,
} from '../../../core/index.ts'
import type { Evidence, PlaybookSequence } from '../../../policy/index.ts'
import type { GateCode } from '../../problem.ts'
import type { JudgedControl } from '../control.ts'
import { isLaterWord } from '../../reports/later-word.ts'
import { listIn, memberOf, textsOf } from './members.ts'
import { isSignedInRole } from '../signed-in-role.ts'

type Step = PlaybookSequence['steps'][number]

/** A step, where it ran last. */
interface Run {
  readonly step: Step
  /** Place among the commands of the record; absent where the step is not there. */
  readonly at?: number
  readonly exitCode?: JsonValue | undefined
}

interface Sequence {
  readonly by: Evidence
  readonly runs: readonly Run[]
}

/** What a sequence is looked for in. */
export interface SequenceQuestion {
  readonly evidence: readonly Evidence[]
  readonly commit: string | undefined
  /** Of whose word counts that the steps ended well; that one failed is heard from everybody. */
  readonly roles: readonly string[]
}

/** Accepted by one record that is newer than every record in which a step failed. */
export function judgeSequence(
  sequence: PlaybookSequence,
  question: SequenceQuestion,
): JudgedControl {
  const { roles } = question
  const clearing = { by: 'sequence', sequence: sequence.id, roles } as const
  return { check: checkSequence(sequence, question), clearing }
}

function checkSequence(
  sequence: PlaybookSequence,
  { evidence, commit, roles }: SequenceQuestion,
): Check {
  const records = evidence
    .filter(({ family, overtakenBy }) => family === 'command' && overtakenBy === undefined)
    .filter(({ predicate }) => commit !== undefined && memberOf(predicate, 'commit') === commit)
    .toSorted((a, b) => a.index - b.index)
    .map((by) => ({ by, runs: sequence.steps.map((step) => lastRunOf(step, sequence, by)) }))
  const failing = records.filter(({ runs }) => runs.some(hasFailed))
  const good = records.findLast(
    (one) =>
      one.by.computed.outcome === 'accepted' &&
      isSignedInRole(one.by, roles) &&
      checkSteps(one).every(({ outcome }) => outcome === 'accepted') &&
      failing.every(({ by }) => isLaterWord(one.by, by)),
  )
  const counted = records.filter(({ by }) => isSignedInRole(by, roles))
  const shown = good ?? failing.at(-1) ?? closestOf(counted) ?? closestOf(records)
  const who = shown === undefined ? '' : `, reported by ${quote(shown.by.signer.principal)}`
  const message = `The sequence ${quote(sequence.id)}${who}`
  return groupChecks('sequence', message, [
    ...checkSteps(shown ?? { runs: sequence.steps.map((step) => ({ step })) }),
    ...(shown === undefined || shown === good ? [] : checkRecord(shown, roles)),
  ])
}

/** Which has the most of the steps, the last one of several. */
function closestOf(records: readonly Sequence[]): Sequence | undefined {
  const count = ({ runs }: Sequence) => runs.filter(({ at }) => at !== undefined).length
  return records
    .filter((one) => count(one) > 0)
    .reduce<Sequence | undefined>(
      (best, one) => (best !== undefined && count(best) > count(one) ? best : one),
      undefined,
    )
}

function lastRunOf(step: Step, { folder = '.' }: PlaybookSequence, { predicate }: Evidence): Run {
  const commands = listIn(predicate, 'commands')
  const at = commands.findLastIndex(
    (command) =>
      memberOf(command, 'folder') === folder && isSame(memberOf(command, 'arguments'), step.run),
  )
  return at < 0 ? { step } : { step, at, exitCode: memberOf(commands[at], 'exitCode') }
}

function isSame(found: JsonValue | undefined, expected: readonly string[]): boolean {
  const words = textsOf(found)
  return words?.length === expected.length && words.every((word, index) => word === expected[index])
}

function hasFailed({ at, exitCode }: Run): boolean {
  return at !== undefined && exitCode !== 0
}

function checkSteps({ runs }: Pick<Sequence, 'runs'>): readonly Check[] {
  return runs.map((run, index) => {
    const { step, at, exitCode } = run
    const name = quote(step.id)
    const expected = step.run.map(quote).join(' ')
    if (at === undefined) {
      const message = `No accepted command record about the commit has the step ${name}`
      return refused('missing', 'gate/sequence-missing', message, { expected })
    }
    if (hasFailed(run)) {
      const found = `exit code ${JSON.stringify(exitCode)}`
      return refused('rejected', 'gate/sequence-failed', `The step ${name} failed`, {
        expected: 'exit code 0',
        found,
      })
    }
    const before = runs.slice(0, index).find((other) => (other.at ?? -1) > at)
    if (before !== undefined) {
      return refused('rejected', 'gate/sequence-order', `The step ${name} ran out of order`, {
        expected: `after ${quote(before.step.id)}`,
        found: `before it, as command ${at + 1}`,
      })
    }
    return acceptedCheck('step', `The step ${name} ended well`, { expected })
  })
}

/** Steps that ended well show nothing in a record that is not accepted, or of somebody whose word does not count. */
function checkRecord(record: Sequence, roles: readonly string[]): readonly Check[] {
  const { computed, sha256, signer } = record.by
  if (computed.outcome !== 'accepted') {
    const message = `The command record ${sha256} is not accepted`
    const check = refused(computed.outcome, 'gate/sequence-refused', message, {})
    return [{ ...check, checks: [computed.reason] }]
  }
  // That a step failed is heard from everybody.
  if (isSignedInRole(record.by, roles) || record.runs.some(hasFailed)) return []
  const message = `The command record ${sha256} is of nobody whose word counts`
  const expected = `signed in the role ${roles.map(quote).join(' or ')}`
  const found = `${quote(signer.principal)} as ${signer.roles.map(quote).join(', ') || 'none'}`
  return [refused('missing', 'gate/sequence-role', message, { expected, found })]
}

function refused(
  outcome: Exclude<Check['outcome'], 'accepted'>,
  code: GateCode,
  message: string,
  facts: { readonly expected?: string; readonly found?: string },
): Check {
  return refusedCheck<GateCode>('step', outcome, code, message, facts)
}
