// A commit on a command line: by its full name, since nobody guesses which one was meant.

import { accept, quote, type Result } from '../core/index.ts'
import { isCommit } from '../snapshot/index.ts'
import { usage } from './usage.ts'

/** Its full name, SHA-1 or SHA-256. */
export function readCommitFlag(commit: string): Result<string> {
  return isCommit(commit)
    ? accept(commit)
    : usage(`Expected --commit with 40 or 64 lower-case hex digits, found ${quote(commit)}`)
}
