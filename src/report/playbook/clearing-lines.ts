// The commands that clear controls of a playbook. In capitals stands what only a person knows.

import type { ComputedReport, GateSubject } from '../../gate/index.ts'
import type { PlaybookAttachment, PlaybookClosure } from '../../policy/index.ts'
import { commandLine } from '../gate/clearing-commands.ts'

type Lines = readonly string[]

/** Runs what writes files, and records each by its digest. */
export function writeLines(paths: readonly string[], subject: GateSubject): Lines {
  const reports = paths.flatMap((path) => ['--report', path])
  return [
    commandLine([...recordOf('command'), ...aboutCommit(subject), ...reports, '--', 'COMMAND']),
  ]
}

/** Runs a sequence. */
export function sequenceLines(subject: GateSubject): Lines {
  const own = ['--sequence', 'SEQUENCE']
  return [commandLine([...recordOf('command'), ...aboutCommit(subject), ...own])]
}

const CHECK_RUNS = 'check-runs.json'

/** Asks GitHub how the jobs of the commit ended. */
export function jobLines(subject: GateSubject): Lines {
  const { commit = 'COMMIT' } = subject
  const asked = `repos/OWNER/NAME/commits/${commit}/check-runs`
  return [
    exportLine(['--paginate', '--slurp', asked], CHECK_RUNS),
    resultLine({ subject, about: 'commit', from: CHECK_RUNS, named: ['configuration=WORKFLOW'] }),
  ]
}

/** Opens an incident, tells more of it, or closes it. */
export function incidentLines(subject: GateSubject): Lines {
  const own = ['--from', 'incident.yaml']
  return [commandLine([...recordOf('incident'), ...aboutCommit(subject), ...own])]
}

/** Builds what we build ourselves, and names it. */
export function lineageLines({ path, environment }: ComputedReport, subject: GateSubject): Lines {
  const promotion = environment === undefined ? [] : ['--promotion', environment]
  const release = subject.release?.id ?? 'SET_ID'
  const built = ['assay', 'lineage', '--release', release, ...promotion]
  return [commandLine([...built, '--trust', 'TRUST', '--out', path]), nameLine([path], subject)]
}

/** Exports a ruleset, and names it with what lies beside it. */
export function rulesetLines(
  { export: path, attached }: Pick<PlaybookClosure, 'export' | 'attached'>,
  subject: GateSubject,
): Lines {
  const asked = 'repos/OWNER/NAME/rulesets/RULESET'
  return [exportLine([asked], path), nameLine([path, ...attached], subject)]
}

type Ruleset = Extract<PlaybookAttachment, { readonly ruleset: unknown }>['ruleset']

/** The same of an attachment: the export of it among the files that may be attached. */
export function attachedRulesetLines(
  { anyOf }: Pick<Ruleset, 'anyOf'>,
  subject: GateSubject,
): Lines {
  const path = anyOf.find((one) => one.endsWith('.json'))
  return path === undefined
    ? [nameLine(anyOf.slice(0, 1), subject)]
    : rulesetLines({ export: path, attached: [] }, subject)
}

/** What somebody looked at by hand, about this very release. */
export function verificationLines(files: readonly string[], subject: GateSubject): Lines {
  return [resultLine({ subject, about: 'set', from: 'REPORT', named: files.map(byPath) })]
}

function nameLine(files: readonly string[], subject: GateSubject): string {
  return resultLine({ subject, about: 'commit', from: 'REPORT', named: files.map(byPath) })
}

/** A playbook knows a file by its path: its name alone would be that of another one. */
function byPath(path: string): string {
  return `configuration:${path}=${path}`
}

interface Result {
  readonly subject: GateSubject
  readonly about: 'commit' | 'set'
  readonly from: string
  /** What stands behind `--digest-of`. */
  readonly named: readonly string[]
}

function resultLine({ subject, about, from, named }: Result): string {
  const place = about === 'commit' ? aboutCommit(subject) : aboutSet(subject)
  const options = named.flatMap((one) => ['--digest-of', one])
  return commandLine([...recordOf('test-result'), ...place, '--from', from, ...options])
}

function recordOf(family: string): readonly string[] {
  return ['assay', 'record', family]
}

function aboutCommit({ commit = 'COMMIT' }: GateSubject): readonly string[] {
  return ['--commit', commit]
}

function aboutSet({ release }: GateSubject): readonly string[] {
  return ['--release-id', release?.id ?? 'SET_ID', '--phase', 'pre-deploy-candidate']
}

/** Into a file, as a shell does it. */
function exportLine(asked: readonly string[], path: string): string {
  return `${commandLine(['gh', 'api', ...asked])} > ${commandLine([path])}`
}
