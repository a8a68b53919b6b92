// The last step of the JavaScript lockfiles: names are checked, for npm's registry has rules that a purl has not.

import { judge, type Result } from '../../../core/index.ts'
import type { Lockfile } from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { assembleLockfile, entryProblem, type LockedGraph } from '../assembly.ts'

/** `name` or `@scope/name`: no blank, no further slash. */
const PACKAGE_NAME = /^(?:@[^/\s]+\/)?[^@/\s][^/\s]*$/

/** Makes the lockfile; refuses names that no package of npm can have. */
export function assembleNpmLockfile(
  graph: Omit<LockedGraph, 'ecosystem'>,
): Result<Lockfile, SnapshotProblem> {
  const problems = graph.entries.flatMap(({ name, line }) => {
    if (PACKAGE_NAME.test(name)) return []
    // What is no name is not shown: it may be part of an address with a password.
    const message = 'Expected a package name, found another text'
    return [entryProblem(message, `${graph.path} line ${line}`)]
  })
  const named = judge(graph, problems)
  return named.ok ? assembleLockfile({ ...named.value, ecosystem: 'npm' }) : named
}
