// The command line as the framework knows it. The only door to it besides the commands' own definitions.

import {
  type Application,
  buildApplication,
  buildCommand,
  buildRouteMap,
  run,
  text_en,
} from '@stricli/core'
import { describeMisuse } from './misuse.ts'
import { COMMANDS, type CommandEntry, type CommandTarget } from './commands.ts'
import type { RunContext } from './context.ts'
import type { NoFlags } from './flags.ts'

/** Runs the command that the arguments name, with only that command loaded. */
export async function runApplication(
  args: readonly string[],
  context: RunContext,
): Promise<number> {
  const process: { exitCode?: number | string | null } & RunContext['process'] = {
    ...context.process,
  }
  await run(await buildFor(args[0]), args, Object.assign(context, { process }))
  return Number(process.exitCode ?? 0)
}

/** The application in which every command is loaded, for completion and for the documentation. */
export async function loadWholeApplication(): Promise<Application<RunContext>> {
  const loaded = await Promise.all(
    COMMANDS.map(async (entry) => [entry, await entry.load()] as const),
  )
  return build(loaded.map(([entry, { command }]) => [entry.name, command]))
}

/** The command that is called and no other; where none is, the outlines of all. */
async function buildFor(name: string | undefined): Promise<Application<RunContext>> {
  const called = COMMANDS.find((entry) => entry.name === name)
  if (called === undefined) return build(COMMANDS.map((entry) => [entry.name, outline(entry)]))
  return build([[called.name, (await called.load()).command]])
}

function build(routes: readonly (readonly [string, CommandTarget])[]): Application<RunContext> {
  const root = buildRouteMap({
    routes: Object.fromEntries(routes),
    docs: {
      brief: 'Sign what you ship, and check what you run',
      fullDescription: [
        'Digests what you ship, snapshots what it was made from, signs statements about it,',
        'and verifies them offline. `assay help TOPIC` explains; `assay COMMAND --help` lists options.',
        '',
        'Exit codes: 0 accepted, 1 not accepted, 2 cannot judge, 3 the world failed, 70 a bug.',
      ].join('\n'),
    },
  })
  return buildApplication(root, {
    name: 'assay',
    scanner: { caseStyle: 'allow-kebab-for-camel', allowArgumentEscapeSequence: true },
    documentation: { disableAnsiColor: true, useAliasInUsageLine: false },
    localization: {
      text: {
        ...text_en,
        noCommandRegisteredForInput: ({ input, corrections }) =>
          `Expected a command, found ${JSON.stringify(input)}${suggest(corrections)}`,
        exceptionWhileParsingArguments: describeMisuse,
      },
    },
  })
}

/** What the overview needs of a command. */
function outline(entry: CommandEntry): CommandTarget {
  return buildCommand<NoFlags, [], RunContext>({
    docs: { brief: entry.brief },
    parameters: {},
    // Never run: a command that the arguments name is loaded.
    func() {
      throw new Error(`The command ${entry.name} was not loaded`)
    },
  })
}

function suggest(corrections: readonly string[]): string {
  return corrections.length === 0 ? '' : `; did you mean ${corrections.join(' or ')}?`
}
