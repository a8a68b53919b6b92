// Options of the commands that adopt records: whose ledger, whose policies, and who is believed.

import { PHASES, type Phase } from '../../../policy/index.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, parseText, SWITCH, TEXT } from '../../flags.ts'
import { LEDGER_FLAG } from '../../ledger/ledger-flags.ts'
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

/** Where the records are that a candidate names. */
export interface SourceFlags {
  readonly from: string
}

/** `--from PACK` */
export const SOURCE_FLAG = {
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
