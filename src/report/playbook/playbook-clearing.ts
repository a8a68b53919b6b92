// What clears a control, in words and as commands. Nothing is judged here: which of the words is said is data of the finding.

import { quote } from '../../core/index.ts'
import type { ControlClearing, ControlFinding, GateSubject } from '../../gate/index.ts'
import { commandsFor } from '../gate/clearing-commands.ts'
import type { ClearingWords } from '../gate/clearing-words.ts'
import {
  attachedRulesetLines,
  incidentLines,
  jobLines,
  lineageLines,
  rulesetLines,
  sequenceLines,
  verificationLines,
  writeLines,
} from './clearing-lines.ts'

/** What there is to do about a control; nothing about one that is passed. */
export function clearingOf(
  { clearing }: Pick<ControlFinding, 'clearing'>,
  subject: GateSubject,
): ClearingWords | undefined {
  return clearing === undefined ? undefined : wordsOf(clearing, subject)
}

/** What clears it. */
function wordsOf(clearing: ControlClearing, subject: GateSubject): ClearingWords {
  switch (clearing.by) {
    case 'job':
      return {
        words: `a run in which the job ${quote(clearing.job)} passed, recorded by a signer in the role ${either(clearing.roles)}`,
        commands: jobLines(subject),
      }
    case 'reports':
      return writing(clearing, subject)
    case 'sequence':
      return {
        words: `run all commands of the sequence ${quote(clearing.sequence)} in its order, recorded by a signer in the role ${either(clearing.roles)}`,
        commands: sequenceLines(subject),
      }
    case 'run':
      return {
        words: 'provenance that names the address of its run',
        commands: commandsFor({ family: 'provenance' }, subject),
      }
    case 'ruleset':
      return rulesetWords(clearing, subject)
    case 'computed':
      return building(clearing, subject)
    case 'incident':
      return incidentWords(clearing, subject)
    case 'export':
      return exportWords(clearing, subject)
    case 'hand':
      return handWords(clearing, subject)
    case 'decision':
      return decisionWords(clearing, subject)
  }
}

type Of<By extends ControlClearing['by']> = Extract<ControlClearing, { readonly by: By }>

function either(roles: readonly string[]): string {
  return [...new Set(roles)].map(quote).join(' or ')
}

const MENDING = {
  report: 'mend what the report is about, and ',
  summary: 'mend the controls that the summary lists, and ',
} as const

/** A file counts as it was written, where a record names it. */
function writing({ paths, mend }: Of<'reports'>, subject: GateSubject): ClearingWords {
  const named = paths.map(quote).join(' and ')
  const first = mend === undefined ? '' : MENDING[mend]
  return {
    words: `${first}run what writes ${named}, so that a record names each by its digest`,
    commands: writeLines(paths, subject),
  }
}

function rulesetWords(ruleset: Of<'ruleset'>, subject: GateSubject): ClearingWords {
  const { anyOf, role, none } = ruleset
  const files = anyOf.map(quote).join(', ')
  return {
    words: `one of ${files}, named by a record; or a person in the role ${quote(role)} signs a test result in which ${quote(none)} passed`,
    commands: attachedRulesetLines(ruleset, subject),
  }
}

function building({ reports, isSettledFirst }: Of<'computed'>, subject: GateSubject) {
  const first = isSettledFirst ? 'settle first what is not accepted of the release; then ' : ''
  return {
    words: `${first}what the ledger shows, built from it anew, and a record that names it by its digest`,
    commands: reports.flatMap((report) => lineageLines(report, subject)),
  }
}

const CLOSE =
  'close the incident: with its cause, the corrective action and the run that passed after it'

function incidentWords({ trigger, cause }: Of<'incident'>, subject: GateSubject): ClearingWords {
  const commands = incidentLines(subject)
  const opening =
    trigger === undefined ? [] : [`open an incident that names the trigger ${quote(trigger)}`]
  // What came before is dealt with when its incident is closed; what fails still is not.
  if (cause === undefined) return { words: [...opening, CLOSE].join(', and then '), commands }
  const { words, commands: more } = wordsOf(cause, subject)
  const [answer = CLOSE] = opening
  return { words: `${answer}; and ${words}`, commands: [...commands, ...more] }
}

function exportWords(shown: Of<'export'>, subject: GateSubject): ClearingWords {
  const { export: path, role, bypassReview, otherwise } = shown
  const signed = `${quote(path)}, signed by a person in the role ${quote(role)} in a test result in which ${quote(bypassReview)} passed`
  const commands = rulesetLines(shown, subject)
  if (otherwise === undefined) {
    const mend = 'put right in the settings what the export shows, and export it again'
    return { words: `${mend}: ${signed}`, commands }
  }
  const byHand = handWords(otherwise, subject)
  return {
    words: `${signed}; or ${byHand.words}`,
    commands: [...commands, ...byHand.commands],
  }
}

function handWords({ runbook, attached }: Of<'hand'>, subject: GateSubject): ClearingWords {
  return {
    words: `somebody follows ${quote(runbook)}, and signs what the exception asks for`,
    commands: verificationLines([runbook, ...attached], subject),
  }
}

function decisionWords(
  { scope, ownerRoles, approverRoles, isContested }: Of<'decision'>,
  subject: GateSubject,
): ClearingWords {
  const anew = isContested ? '; whoever decided against it decides anew' : ''
  const others = either([...ownerRoles, ...approverRoles])
  return {
    words: `an approval in the role ${either(ownerRoles)}, and one of somebody else in the role ${others}${anew}`,
    commands: commandsFor({ family: 'approval', scope }, subject),
  }
}
