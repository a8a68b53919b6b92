// `assay record command -- CMD…`: runs commands, and records how they ended.

import { buildCommand, type FlagParametersForType } from '@stricli/core'
import { accept, type Outcome, quote, type Result } from '../../../core/index.ts'
import type { Host } from '../../../host/index.ts'
import { buildCommandMembers } from '../../../record/index.ts'
import type { CommandRun } from '../../../record/observation/index.ts'
import { answering, type RunContext } from '../../context.ts'
import { OPTIONAL_TEXT, parseText } from '../../flags.ts'
import { usage } from '../../usage.ts'
import { describeChanges } from '../../work-tree.ts'
import { EXIT_CODES, familyNamed } from '../family-command.ts'
import { joinMembers, membersOfFlags } from '../members/written-members.ts'
import { type RecordFlags, recordFlags } from '../record-flags.ts'
import { type MembersContext, type MembersInput, recordFamily } from '../record-run.ts'
import { readSequence, type SequenceFlags } from './command-sequence.ts'

type Flags = SequenceFlags & RecordFlags

const FAMILY = familyNamed('command')

const OWN_FLAGS = {
  name: {
    ...OPTIONAL_TEXT,
    placeholder: 'NAME',
    brief: 'What policies call the command; else the name of its program',
  },
  report: {
    ...OPTIONAL_TEXT,
    variadic: true,
    placeholder: 'FILE',
    brief: 'File that it writes, recorded by its digest; may be repeated',
  },
  folder: { ...OPTIONAL_TEXT, placeholder: 'DIR', brief: 'Where it runs; else here' },
  sequence: {
    ...OPTIONAL_TEXT,
    placeholder: 'FILE',
    brief: 'Several commands, one after the other, as YAML or JSON',
  },
} as const

/** `assay record command` */
export const command = buildCommand<Flags, string[], RunContext>({
  docs: {
    brief: 'Run a command, and record how it ended',
    fullDescription: [
      'Runs the command behind "--", without a shell, in a clean checkout of the commit that the record is about.',
      'What it writes goes to standard error. Its arguments are published: where one of them opens something,',
      'nothing is run. A command that failed is recorded with its exit code, and then this one ends with 1.',
      '',
      'A sequence holds commands, each with name, arguments, and perhaps folder and reports; and onFailure:',
      'stop, or go-on.',
      '',
      'Example: assay record command --commit c27d339ee6075c1f744c5d4b200f7901aad2c369 --report junit.xml',
      '  --key ci.key.pem --trust trust.json --ledger ledger -- npm test',
      '',
      ...EXIT_CODES,
    ].join('\n'),
  },
  parameters: {
    // Options that could only be misused are left out, and so are never given.
    flags: { ...OWN_FLAGS, ...recordFlags(FAMILY) } as unknown as FlagParametersForType<Flags>,
    positional: {
      kind: 'array',
      parameter: { brief: 'The command and its arguments', placeholder: 'word', parse: parseText },
    },
  },
  func: answering(async (host, flags: Flags, ...words: string[]) =>
    recordFamily(host, flags, {
      family: FAMILY,
      readMembers: (context) => run(flags, context, words),
    }),
  ),
})

async function run(
  flags: Flags,
  { host, about }: MembersContext,
  words: readonly string[],
): Promise<Result<MembersInput>> {
  const sequence = await readSequence(host, flags, words)
  if (!sequence.ok) return sequence
  const commit = about.release?.sourceRevision ?? commitOf(about)
  const checkout = await judgeCheckout(host, commit)
  if (!checkout.ok) return checkout
  const ran = await host.runCommands(sequence.value)
  if (!ran.ok) return ran
  const written = joinMembers(membersOfFlags(buildCommandMembers(ran.value, commit), PLACES))
  if (!written.ok) return written
  const { outcome, notes } = describe(ran.value)
  return accept({ written: written.value, outcome, notes })
}

/** Where what a run gives was asked for. */
const PLACES = { commands: '--', notRun: '--sequence', commit: '--commit' }

function commitOf({ about }: MembersContext['about']): string {
  return about.kind === 'commit' ? about.commit : ''
}

/** The record says that the commit was checked out while the commands ran. */
async function judgeCheckout(host: Host, commit: string): Promise<Result<undefined>> {
  const source = await host.readSource('.')
  if (!source.ok) return source
  const hint = 'Run it in a clean checkout of the commit'
  if (source.value.state === 'absent') {
    return usage(`Expected a checkout of the commit ${quote(commit)}: ${source.value.reason}`, hint)
  }
  if (source.value.commit !== commit) {
    const found = quote(source.value.commit)
    return usage(`Expected a checkout of the commit ${quote(commit)}, found ${found}`, hint)
  }
  if (source.value.state === 'clean') return accept(undefined)
  const found = describeChanges(source.value)
  return usage(`Expected the files of the commit ${quote(commit)}, found ${found}`, hint)
}

function describe({ commands, notRun, interruptedBy }: CommandRun): {
  readonly outcome: Outcome
  readonly notes: readonly string[]
} {
  const failed = commands.some(({ exitCode }) => exitCode !== 0)
  const left = [...notRun, ...commands.flatMap(({ missingReports }) => missingReports)]
  const short = left.length > 0 ? 'missing' : 'accepted'
  return {
    outcome: failed ? 'rejected' : short,
    notes: [
      ...commands.map(({ name, exitCode }) => `${name}: exit code ${exitCode}`),
      ...commands.flatMap(({ missingReports }) =>
        missingReports.map((path) => `not written: ${quote(path)}`),
      ),
      ...notRun.map((name) => `not run: ${name}`),
      ...(interruptedBy === undefined ? [] : [`interrupted by ${interruptedBy}`]),
    ],
  }
}
