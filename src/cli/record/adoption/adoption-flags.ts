// Options of the commands that adopt records: whose ledger, whose policies, and who is believed.

import { PHASES, type Phase } from '../../../policy/index.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, parseText, SWITCH, TEXT } from '../../flags.ts'
import { JUDGED_HEAD_FLAGS, type JudgedHeadFlags, LEDGER_FLAG } from '../../ledger/ledger-flags.ts'
import { DEFAULT_POLICIES } from '../registry-input.ts'

/** What all of them are given. */
export interface AdoptionFlags {
  readonly ledger: string
  readonly trust: string
  readonly policies?: string
  readonly unsafeExampleKeys?: boolean
  readonly format: Format
}

/** The options, for the framework. */
export const ADOPTION_FLAGS = {
  ledger: { ...LEDGER_FLAG, brief: 'Ledger of the project' },
  trust: { ...TEXT, placeholder: 'FILE', brief: 'Trust document; there is no default' },
  policies: {
    ...OPTIONAL_TEXT,
    placeholder: 'DIR',
    brief: `Folder of policies; ${DEFAULT_POLICIES} where it is there`,
  },
  unsafeExampleKeys: {
    ...SWITCH,
    brief: 'Accept the published example keys, which prove nothing',
  },
  format: FORMAT_FLAG,
} as const

/** What shows that a run is whole, and under which policies it was. */
export interface SourceFlags extends JudgedHeadFlags {
  readonly sourcePolicies?: string
}

/** The options, for the framework; heads are those of the ledger of the run. */
export const SOURCE_FLAGS = {
  ...JUDGED_HEAD_FLAGS,
  logKey: {
    ...JUDGED_HEAD_FLAGS.logKey,
    brief:
      'Key of the ledger of the run as assay ledger checkpoint prints it, or a file with such keys',
  },
  unsafeUnsigned: {
    ...JUDGED_HEAD_FLAGS.unsafeUnsigned,
    brief:
      'Judge no signed head of the run: results may have been dropped from it, and the records say so',
  },
  sourcePolicies: {
    ...OPTIONAL_TEXT,
    placeholder: 'DIR',
    brief: 'Folder of the policies of the run, where its ledger is given; a pack brings them',
  },
} as const

/** Where the records are that a candidate names. */
export interface FromFlags extends SourceFlags {
  readonly from: string
}

/** `--from PACK` */
export const FROM_FLAG = {
  ...TEXT,
  placeholder: 'PACK',
  brief: 'What the candidate was made of: the pack, or the folder of the ledger of the run',
} as const

/** `--phase` of what is proposed. */
export const PHASE_FLAG = {
  kind: 'enum',
  values: PHASES,
  optional: true,
  brief: 'Phase to adopt, where the ledger of a run is given; a pack is of one',
} as const

/** Phase that was asked for. */
export interface PhaseFlags {
  readonly phase?: Phase
}

/** One candidate, by its file. */
export const CANDIDATE_ARGUMENT = {
  kind: 'tuple',
  parameters: [
    { brief: 'Candidate that was proposed', placeholder: 'candidate', parse: parseText },
  ],
} as const

/** Where nobody judged whether the run is whole, it is said aloud. */
export function notesOfSource({ runHead }: { readonly runHead?: unknown }): readonly string[] {
  return runHead === undefined
    ? [
        'UNSAFE: whether the run is whole was not judged; results may have been dropped from it unseen',
      ]
    : []
}
