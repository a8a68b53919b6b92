// What the repository can not force (seed ruling 44): how a signed export of the ruleset of the release branch has to look.

import * as z from 'zod/mini'
import { listOf, PATH, TOKEN } from '../../kind.ts'
import { POINTER } from '../../requirement/condition.ts'
import { DURATION } from '../../requirement/duration.ts'
import { FOREIGN_NAME } from './place.ts'

const BRANCH = z.string().check(
  z.maxLength(1_000),
  z.regex(/^refs\/heads\/[A-Za-z0-9](?:[A-Za-z0-9._/+-]*[A-Za-z0-9_+-])?$/, {
    error: 'a branch such as "refs/heads/main"',
  }),
)

const ACTORS_MAX = 100

const ACTOR = z.strictObject({
  /** `RepositoryRole`, `Team`, `Integration`, `OrganizationAdmin`, … */
  type: FOREIGN_NAME,
  /** Absent for what has none. */
  id: z.optional(z.int().check(z.gte(0))),
  mode: z.enum(['always', 'pull_request', 'exempt']),
})

/** What the closure is judged by. */
export const CLOSURE = z.strictObject({
  /** The ruleset as GitHub exports it. */
  export: PATH,
  /** Of whoever exports it, and of whoever reviews the bypass list. */
  role: TOKEN,
  /** Of the signatures on both. */
  maxAge: DURATION,
  branch: BRANCH,
  defaultBranch: BRANCH,
  /** The checked-in file, and where in it the names stand; the whole document where it is not said. */
  requiredChecks: z.strictObject({ path: PATH, at: z.optional(POINTER) }),
  reviewsLeast: z.int().check(z.gte(1), z.lte(10)),
  /** Whoever may bypass the rules; nobody where the list is empty. */
  bypass: z.readonly(z.array(ACTOR).check(z.maxLength(ACTORS_MAX))),
  /** The name under which a test result tells that a person reviewed the bypass list of that very export. */
  bypassReview: FOREIGN_NAME,
  /** The report, and the proof of the settings page. */
  attached: listOf(PATH),
})

/** What the closure is judged by. */
export type PlaybookClosure = Readonly<z.infer<typeof CLOSURE>>
