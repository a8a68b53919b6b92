// Where the snapshot's files come from: the commit, and whether the work tree is that commit. `host` reads it with git.

import * as z from 'zod/mini'

const GIT_OBJECT_ID = z.string().check(z.regex(/^(?:[0-9a-f]{40}|[0-9a-f]{64})$/))

/** How a path differs from the commit. */
const CHANGES = [
  /** Tracked, and not in the work tree. */
  'deleted',
  /** A file where the commit has a link or a submodule, or the other way round. */
  'kind',
  /** Only the line endings differ. */
  'line-endings',
  /** Only the permission to execute differs. */
  'mode',
  /** Other bytes. */
  'modified',
  /** The index has something else than the commit; the work tree is as the commit has it. */
  'staged',
  /** The submodule stands at another commit, is changed itself, or was not fetched. */
  'submodule',
  /** Neither tracked nor ignored by a tracked rule; a folder ends with "/". */
  'untracked',
] as const

const CHANGE = z.strictObject({
  path: z.string(),
  change: z.enum(CHANGES),
  hiddenBy: z.exactOptional(z.enum(['assume-unchanged', 'skip-worktree'])),
})

const SUBMODULE = z.strictObject({
  path: z.string(),
  url: z.exactOptional(z.string()),
  commit: GIT_OBJECT_ID,
  /** What is checked out; absent where the submodule was not fetched. */
  found: z.exactOptional(GIT_OBJECT_ID),
  changes: z.readonly(z.array(CHANGE)),
})

const PRESENT = z.strictObject({
  state: z.enum(['clean', 'dirty']),
  repository: z.exactOptional(z.string()),
  commit: GIT_OBJECT_ID,
  tree: GIT_OBJECT_ID,
  branch: z.exactOptional(z.string()),
  tags: z.readonly(z.array(z.string())),
  folder: z.string(),
  shallow: z.boolean(),
  changes: z.readonly(z.array(CHANGE)),
  submodules: z.readonly(z.array(SUBMODULE)),
  lfsPointers: z.readonly(z.array(z.string())),
  hidden: z.readonly(z.array(z.string())),
})

const ABSENT = z.strictObject({ state: z.literal('absent'), reason: z.string() })

/** How a source is written in a document. */
export const SOURCE_SCHEMA = z.discriminatedUnion('state', [ABSENT, PRESENT])

/** One path that is not as the commit has it. `hiddenBy` names the index bit that keeps `git status` from telling. */
export type SourceChange = Readonly<z.infer<typeof CHANGE>>

/** One submodule, and whether it stands where the commit wants it. */
export type Submodule = Readonly<z.infer<typeof SUBMODULE>>

/**
 * A git checkout. Clean means: every tracked file holds the bytes of the commit, and nothing else is there but ignored files.
 *
 * @example
 * {
 *   state: 'clean', repository: 'https://git.example/team/app', commit: '4b825d…', tree: '9fe3ab…', branch: 'main',
 *   tags: ['v1.2.0'], folder: '', shallow: false, changes: [], submodules: [], lfsPointers: [], hidden: [],
 * }
 */
export type GitSource = Readonly<z.infer<typeof PRESENT>>

/** No git checkout, and why. It never stands for a commit. */
export type AbsentSource = Readonly<z.infer<typeof ABSENT>>

/** What is known of where the files come from. */
export type Source = GitSource | AbsentSource

/** Computed, never read: a source with anything that is not of its commit is dirty. */
export function sourceState(
  source: Pick<GitSource, 'changes' | 'lfsPointers'>,
): GitSource['state'] {
  return source.changes.length === 0 && source.lfsPointers.length === 0 ? 'clean' : 'dirty'
}
