// The table of commands. Each is a file of its own, loaded only when it is called or described.

import type { Command, RouteMap } from '@stricli/core'
import type { RunContext } from './context.ts'

/** A command, or a group of them. */
export type CommandTarget = Command<RunContext> | RouteMap<RunContext>

export interface CommandEntry {
  readonly name: string
  /** One line, for the overview. */
  readonly brief: string
  load(): Promise<{ readonly command: CommandTarget }>
}

/** In the order in which the overview shows them: produce, check, keep, and about the program itself. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'key',
    brief: 'Make and convert signing keys',
    load: () => import('./key.ts'),
  },
  {
    name: 'trust',
    brief: 'Say which keys and roles are trusted',
    load: () => import('./trust.ts'),
  },
  {
    name: 'help',
    brief: 'Explain a topic such as trust or exit codes',
    load: () => import('./help.ts'),
  },
  {
    name: 'completion',
    brief: 'Print a completion script for bash, zsh or fish',
    load: () => import('./completion.ts'),
  },
]
