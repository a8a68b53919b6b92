// The table of commands. Each is a file of its own, loaded only when it is called or described.

import type { Command, RouteMap } from '@stricli/core'
import type { RunContext } from './context.ts'

/** A command, or a group of them. */
export type CommandTarget = Command<RunContext> | RouteMap<RunContext>

/** One row of the table: enough to list the command without loading it. */
export interface CommandEntry {
  readonly name: string
  /** One line, for the overview. */
  readonly brief: string
  load(): Promise<{ readonly command: CommandTarget }>
}

/** In the order in which the overview shows them: produce, check, keep, and about the program itself. */
export const COMMANDS: readonly CommandEntry[] = [
  {
    name: 'digest',
    brief: 'Digest files into a manifest, or check them against one',
    load: () => import('./digest.ts'),
  },
  {
    name: 'snapshot',
    brief: 'List what a build is made from, by digest',
    load: () => import('./snapshot.ts'),
  },
  {
    name: 'attest',
    brief: 'Sign a statement about what you ship, as a Sigstore bundle',
    load: () => import('./attest.ts'),
  },
  {
    name: 'verify',
    brief: 'Check who signed a release, and that it is about exactly these artifacts',
    load: () => import('./verify.ts'),
  },
  {
    name: 'deployed',
    brief: 'Check that what lies here is exactly the signed release',
    load: () => import('./deployed.ts'),
  },
  {
    name: 'inspect',
    brief: 'Say what a file holds, without believing it',
    load: () => import('./inspect.ts'),
  },
  {
    name: 'record',
    brief: 'Sign what you know of a release, and append it to a ledger',
    load: () => import('./record.ts'),
  },
  {
    name: 'draft',
    brief: 'Draft a record, and have it reviewed: nothing of it counts',
    load: () => import('./draft.ts'),
  },
  {
    name: 'ledger',
    brief: 'Keep records so that none can be changed or dropped unseen',
    load: () => import('./ledger.ts'),
  },
  {
    name: 'pack',
    brief: 'Pack the evidence of a release into one file that checks itself',
    load: () => import('./pack.ts'),
  },
  {
    name: 'audit',
    brief: 'Judge a ledger or a pack: every record, every release, every status',
    load: () => import('./audit.ts'),
  },
  {
    name: 'gate',
    brief: 'Decide go or no-go from verified records, and say why',
    load: () => import('./gate.ts'),
  },
  {
    name: 'readiness',
    brief: 'Say how far a release is on the way to its deployment',
    load: () => import('./readiness.ts'),
  },
  {
    name: 'lineage',
    brief: 'Tell where a release comes from and what became of it, record by record',
    load: () => import('./lineage.ts'),
  },
  {
    name: 'playbook',
    brief: 'Decide go or no-go of a release by a playbook, control by control',
    load: () => import('./playbook.ts'),
  },
  {
    name: 'verify-result',
    brief: 'Check the signed result of a gate with published keys',
    load: () => import('./verify-result.ts'),
  },
  {
    name: 'policy',
    brief: 'Look at policies: what is wrong with them, what they ask, what their cases come to',
    load: () => import('./policy.ts'),
  },
  {
    name: 'key',
    brief: 'Make and convert signing keys',
    load: () => import('./key.ts'),
  },
  {
    name: 'trust',
    brief: 'Say which keys, roots, identities and roles are trusted',
    load: () => import('./trust.ts'),
  },
  {
    name: 'doctor',
    brief: 'Examine this installation, and what a signature made here would carry',
    load: () => import('./doctor.ts'),
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
