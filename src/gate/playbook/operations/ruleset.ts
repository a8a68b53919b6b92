// A ruleset as GitHub exports it (`gh api repos/O/R/rulesets/ID`), and what it enforces on one branch. It is the word of whoever exported it.

import * as z from 'zod/mini'
import {
  acceptedCheck,
  type Check,
  compareCodePoints,
  isJsonObject,
  type JsonValue,
  quote,
  refusedCheck,
} from '../../../core/index.ts'
import type { PlaybookClosure } from '../../../policy/index.ts'
import type { GateCode } from '../../problem.ts'
import { memberOf, textsOf } from './members.ts'

const LIST_MAX = 1_000
const TEXTS = z.array(z.string()).check(z.maxLength(LIST_MAX))
const NAMES = z.object({ include: TEXTS, exclude: TEXTS })

const RULESET = z.object({
  target: z.string(),
  enforcement: z.string(),
  source_type: z.string(),
  /** `owner/name`, or of a ruleset of an organisation its name. */
  source: z.string(),
  /** Of whatever else it depends on it is known that it does. */
  conditions: z.looseObject({ ref_name: NAMES, repository_name: z.optional(NAMES) }),
  rules: z
    .array(z.object({ type: z.string(), parameters: z.optional(z.looseObject({})) }))
    .check(z.maxLength(LIST_MAX)),
  /** Left out where the token may not see them. */
  bypass_actors: z.optional(
    z
      .array(
        z.object({
          actor_id: z.optional(z.nullable(z.int())),
          actor_type: z.string(),
          bypass_mode: z.string(),
        }),
      )
      .check(z.maxLength(LIST_MAX)),
  ),
})

/** A ruleset, as far as it is looked at. */
export type Ruleset = Readonly<z.infer<typeof RULESET>>

/** The ruleset, where the document is one. */
export function readRuleset(content: JsonValue | undefined): Ruleset | undefined {
  const read = RULESET.safeParse(content)
  return read.success ? read.data : undefined
}

/** Active on the branch, and one of the repository. */
export function checkEnforcement(
  ruleset: Ruleset,
  { branch, defaultBranch }: PlaybookClosure,
  repository: string | undefined,
): readonly Check[] {
  const { target, enforcement, conditions } = ruleset
  const { include, exclude } = conditions.ref_name
  const covers = (pattern: string) =>
    pattern === '~ALL' ||
    pattern === branch ||
    (pattern === '~DEFAULT_BRANCH' && branch === defaultBranch)
  // What a pattern of fnmatch means is not decided here: it includes nothing, and may exclude anything.
  const isExcluded = exclude.some((pattern) => covers(pattern) || isPattern(pattern))
  const isOn = target === 'branch' && include.some(covers) && !isExcluded
  return [
    decide(enforcement === 'active', {
      name: 'enforcement',
      code: 'gate/closure-enforcement',
      message: 'The ruleset is enforced',
      expected: 'active',
      found: quote(enforcement),
    }),
    decide(isOn, {
      name: 'branch',
      code: 'gate/closure-enforcement',
      message: 'The ruleset is for the release branch',
      expected: `${branch}, by name, ~DEFAULT_BRANCH or ~ALL, and no pattern that may exclude it`,
      found: `${target}: ${include.map(quote).join(', ')}${exclude.length === 0 ? '' : `, without ${exclude.map(quote).join(', ')}`}`,
    }),
    decide(isOf(ruleset, repository), {
      name: 'repository',
      code: 'gate/closure-enforcement',
      message: 'The ruleset is one of the repository of the release',
      expected:
        repository === undefined
          ? 'a repository that accepted provenance names'
          : `${repository}, of its own, or of its organisation by name or ~ALL, and no pattern that may exclude it`,
      found: tellSource(ruleset),
    }),
  ]
}

function isPattern(text: string): boolean {
  return /[*?[\]\\{}!]/.test(text)
}

/** By the path of the address, in the one spelling that provenance has. */
function isOf(ruleset: Ruleset, repository: string | undefined): boolean {
  const path =
    repository
      ?.replace(/\.git$/, '')
      .split('/')
      .slice(-2) ?? []
  const [owner, name] = path
  if (owner === undefined || name === undefined) return false
  const { source, source_type, conditions } = ruleset
  const { ref_name: _, repository_name: names, ...others } = conditions
  // A number or a property of a repository is nothing that provenance has: what hangs on them is not decided here.
  if (Object.keys(others).length > 0) return false
  switch (source_type) {
    case 'Repository':
      return source === `${owner}/${name}` && names === undefined
    case 'Organization':
      return source === owner && names !== undefined && isFor(name, names)
    default:
      return false
  }
}

/** As with branches: a pattern includes nothing, and may exclude anything. GitHub does not tell upper from lower case. */
function isFor(name: string, { include, exclude }: z.infer<typeof NAMES>): boolean {
  const mayExclude = (pattern: string) =>
    pattern === '~ALL' || pattern.toLowerCase() === name.toLowerCase() || isPattern(pattern)
  return include.some((one) => one === '~ALL' || one === name) && !exclude.some(mayExclude)
}

function tellSource({ source, source_type, conditions }: Ruleset): string {
  const { ref_name: _, repository_name: names, ...others } = conditions
  const listed = (words: readonly string[]) => words.map(quote).join(', ')
  return [
    `${quote(source_type)} ${quote(source)}`,
    ...(names === undefined ? [] : [`for ${listed(names.include) || 'no repository'}`]),
    ...(names === undefined || names.exclude.length === 0
      ? []
      : [`without ${listed(names.exclude)}`]),
    ...Object.keys(others).map((member) => `by ${quote(member)}`),
  ].join(', ')
}

/** The names that are required, exactly those of the checked-in file. */
export function checkRequiredChecks(ruleset: Ruleset, expected: JsonValue | undefined): Check {
  const names = Array.isArray(expected) ? textsOf(expected.map(nameOf)) : undefined
  const found = requiredIn(ruleset)
  const isSame =
    names !== undefined &&
    names.length > 0 &&
    found !== undefined &&
    sorted(names) === sorted(found)
  return decide(isSame, {
    name: 'required-checks',
    code: 'gate/closure-checks',
    message: 'The required checks are exactly those of the checked-in file',
    expected: names === undefined ? 'a list of names in the file' : sorted(names),
    found: found === undefined ? 'no one rule of required checks' : sorted(found),
  })
}

/** A name, or what has it as its context, as GitHub writes it. */
function nameOf(item: JsonValue): JsonValue {
  return isJsonObject(item) ? (memberOf(item, 'context') ?? null) : item
}

function requiredIn(ruleset: Ruleset): readonly string[] | undefined {
  const list = parametersOf(ruleset, 'required_status_checks')?.['required_status_checks']
  return Array.isArray(list) ? textsOf((list as readonly JsonValue[]).map(nameOf)) : undefined
}

function sorted(names: readonly string[]): string {
  return [...new Set(names)].toSorted(compareCodePoints).map(quote).join(', ')
}

/** Of the one rule of a type: of two, nobody knows which one counts. */
function parametersOf({ rules }: Ruleset, type: string) {
  const [rule, ...more] = rules.filter((one) => one.type === type)
  return more.length > 0 ? undefined : rule?.parameters
}

/** Three settings, each by itself. */
export function checkReviews(
  ruleset: Ruleset,
  { reviewsLeast }: PlaybookClosure,
): readonly Check[] {
  const parameters = parametersOf(ruleset, 'pull_request') ?? {}
  const count = parameters['required_approving_review_count']
  const settings = [
    ['dismiss_stale_reviews_on_push', 'Reviews of an older state are dismissed'],
    ['required_review_thread_resolution', 'Conversations have to be resolved'],
  ] as const
  return [
    decide(typeof count === 'number' && count >= reviewsLeast, {
      name: 'reviews',
      code: 'gate/closure-reviews',
      message: 'A pull request has to be reviewed',
      expected: `at least ${reviewsLeast}`,
      found: typeof count === 'number' ? String(count) : 'no one rule of pull requests',
    }),
    ...settings.map(([name, message]) =>
      decide(parameters[name] === true, {
        name: name.replaceAll('_', '-'),
        code: 'gate/closure-reviews',
        message,
        expected: 'true',
        found: parameters[name] === false ? 'false' : 'not set',
      }),
    ),
  ]
}

/** Nobody may pass by the rules but whom the policy names. */
export function checkBypass(
  { bypass_actors: actors }: Ruleset,
  { bypass }: PlaybookClosure,
): Check {
  const facts = {
    name: 'bypass-list',
    code: 'gate/closure-bypass',
    message: 'Only those whom the policy names may bypass the rules',
  } as const
  const expected = bypass.map(({ type, id, mode }) => tellActor(type, id, mode)).join(', ')
  const found = actors?.map(({ actor_type: type, actor_id: id, bypass_mode: mode }) =>
    tellActor(type, id ?? undefined, mode),
  )
  const allowed = new Set(bypass.map(({ type, id, mode }) => tellActor(type, id, mode)))
  return decide(found?.every((actor) => allowed.has(actor)) === true, {
    ...facts,
    expected: expected || 'nobody',
    found: found === undefined ? 'no list: the token may not see it' : found.join(', ') || 'nobody',
  })
}

function tellActor(type: string, id: number | undefined, mode: string): string {
  return `${quote(type)}${id === undefined ? '' : ` ${id}`} (${quote(mode)})`
}

interface Decision {
  readonly name: string
  readonly code: GateCode
  readonly message: string
  readonly expected: string
  readonly found: string
}

function decide(holds: boolean, { name, code, message, ...facts }: Decision): Check {
  return holds
    ? acceptedCheck(name, message, facts)
    : refusedCheck<GateCode>(name, 'rejected', code, `Not so: ${message}`, facts)
}
