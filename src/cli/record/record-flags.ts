// Options of every command that makes a record: what it is about, which policies hold, who signs, and where it goes.

import { type Phase, PHASES } from '../../policy/index.ts'
import type { Family } from '../../record/index.ts'
import { FORMAT_FLAG, type Format, OPTIONAL_TEXT, SWITCH } from '../flags.ts'
import { SIGNING_FLAGS, type SigningFlags } from '../signing/signing-flags.ts'
import { DEFAULT_POLICIES } from './registry-input.ts'

/** The release or commit that a record is about. */
export interface AboutFlags {
  readonly releaseId?: string
  readonly set?: string
  readonly phase?: Phase
  readonly commit?: string
}

/** What stands in the release object; the policies and the ledger say it where they know. */
export interface ReleaseFlags {
  readonly sourceRevision?: string
  readonly gate?: string
  readonly approvalRecord?: string
  readonly stage?: string
}

/** Under which policies it is made. */
export interface PolicyFlags {
  readonly policies?: string
  readonly policy?: string
  readonly evidence?: string
}

/** What is believed, and where the record goes. */
export interface PlaceFlags {
  readonly ledger?: string
  readonly run?: boolean
  readonly out?: string
  readonly dryRun?: boolean
  readonly trust?: string
  readonly unsafeExampleKeys?: boolean
}

/** What {@link recordFlags} give. */
export interface RecordFlags
  extends AboutFlags,
    ReleaseFlags,
    PolicyFlags,
    PlaceFlags,
    SigningFlags {
  readonly format: Format
}

const ABOUT_FLAGS = {
  releaseId: {
    ...OPTIONAL_TEXT,
    placeholder: 'SET_ID',
    brief:
      'The release: <channel>__<target>__<version>__<run>; else the one in the ledger that has the set',
  },
  set: {
    ...OPTIONAL_TEXT,
    placeholder: 'PATH',
    brief: 'Its set: a folder, an archive or SHA256SUMS; else as its earlier records have it',
  },
  phase: {
    kind: 'enum',
    values: PHASES,
    optional: true,
    brief: 'Phase of the release that the record is of',
  },
} as const

const COMMIT_FLAG = {
  ...OPTIONAL_TEXT,
  placeholder: 'SHA',
  brief: 'The record is about this git commit, and about no release',
} as const

const RELEASE_FLAGS = {
  sourceRevision: {
    ...OPTIONAL_TEXT,
    placeholder: 'SHA',
    brief: 'Commit of the release; else its earlier records, or the clean checkout here, say it',
  },
  gate: { ...OPTIONAL_TEXT, placeholder: 'ID', brief: 'Gate, where no policies say it' },
  approvalRecord: {
    ...OPTIONAL_TEXT,
    placeholder: 'ID',
    brief: 'Approval record of the gate, where no policies say it',
  },
  stage: { ...OPTIONAL_TEXT, placeholder: 'NAME', brief: 'Stage, where no policies say it' },
} as const

const POLICIES_FLAG = {
  ...OPTIONAL_TEXT,
  placeholder: 'DIR',
  brief: `Folder of policies; ${DEFAULT_POLICIES} where it is there`,
} as const

const POLICY_FLAG = {
  ...OPTIONAL_TEXT,
  placeholder: 'ID',
  brief: 'Policy of the record; else the one that the policies list for the target',
} as const

const EVIDENCE_FLAG = {
  ...OPTIONAL_TEXT,
  placeholder: 'ID',
  brief: 'Evidence definition that the record answers',
} as const

const PLACE_FLAGS = {
  ledger: {
    ...OPTIONAL_TEXT,
    placeholder: 'DIR',
    brief: 'Ledger that the record is appended to, and that knows the release',
  },
  run: {
    ...SWITCH,
    brief: 'The ledger is that of one run, before any adoption: all its records count',
  },
  out: {
    ...OPTIONAL_TEXT,
    placeholder: 'FILE',
    brief: 'Write the bundle there, and append nothing',
  },
  trust: {
    ...OPTIONAL_TEXT,
    placeholder: 'FILE',
    brief: 'Trust document that the record has to be accepted under; there is no default',
  },
  unsafeExampleKeys: {
    ...SWITCH,
    brief: 'Accept the published example keys, which prove nothing',
  },
} as const

/** `--dry-run`, for commands that can know what they would sign. */
export const DRY_RUN_FLAG = {
  ...SWITCH,
  brief: 'Print the statement that would be signed, and touch nothing',
} as const

/** The options of a family, for the framework: those that could only be misused are not there. */
export function recordFlags({ about, policyKind }: Pick<Family, 'about' | 'policyKind'>) {
  return {
    ...ABOUT_FLAGS,
    ...(about.includes('commit') && { commit: COMMIT_FLAG }),
    evidence: EVIDENCE_FLAG,
    policies: POLICIES_FLAG,
    ...(policyKind !== undefined && { policy: POLICY_FLAG }),
    ...RELEASE_FLAGS,
    ...PLACE_FLAGS,
    ...SIGNING_FLAGS,
    format: FORMAT_FLAG,
  }
}
