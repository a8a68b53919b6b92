// `--commit SHA`: evidence about a revision of the source, as a source control or a verifier signs it (SLSA v1.2, source track).

import { accept, type Result } from '../../core/index.ts'
import type { ExpectedArtifact } from '../../verify/index.ts'
import { OPTIONAL_TEXT } from '../flags.ts'
import type { CliProblem } from '../problem.ts'
import { usage } from '../usage.ts'
import { parseCommit } from './expectation-flags.ts'
import type { SummaryFlags } from './summary-flags.ts'

/** What the options of {@link COMMIT_FLAGS} give. */
export interface CommitFlags {
  readonly commit?: string
  readonly sourceRef?: string
}

/** The options, for the framework. */
export const COMMIT_FLAGS = {
  commit: {
    ...OPTIONAL_TEXT,
    parse: parseCommit,
    placeholder: 'COMMIT',
    brief: 'A revision of the source, by its whole id: no file is looked at',
  },
  sourceRef: {
    ...OPTIONAL_TEXT,
    parse: parseRef,
    placeholder: 'REF',
    brief: 'With --commit: the verification summary says that it was on this ref: refs/heads/main',
  },
} as const

/** No option that would do nothing. */
export function judgeCommit({
  commit,
  sourceRef,
  verifierId,
}: CommitFlags & SummaryFlags): Result<undefined, CliProblem> {
  if (sourceRef === undefined || (commit !== undefined && verifierId !== undefined)) {
    return accept(undefined)
  }
  return usage(
    'Expected --commit and --verifier-id with --source-ref',
    'Which ref a commit was on, only the verification summary of its source says',
  )
}

/** A revision among what is asked about; the statement is about it by its `gitCommit`. */
export function artifactOfCommit(commit: string): ExpectedArtifact {
  return { name: `gitCommit:${commit}`, digest: { gitCommit: commit } }
}

/** SRC-8: the end of a ref could be that of others. */
function parseRef(input: string): string {
  if (/^refs\/[!-~]+$/.test(input)) return input
  throw new SyntaxError('Expected a whole ref such as refs/heads/main')
}
