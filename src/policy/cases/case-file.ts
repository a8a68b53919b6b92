// Cases of a policy: evidence as conditions see it, and what each requirement has to come to over it. They lie beside the policy.

import * as z from 'zod/mini'
import {
  encodeJsonPointer,
  escapeText,
  judge,
  LIMITS,
  parseBySchema,
  parseTimestamp,
  quote,
  type Result,
  TIMESTAMP_PATTERN,
} from '../../core/index.ts'
import { parseWritten, placeBreach, type WrittenDocument } from '../../yaml/index.ts'
import { EVIDENCE_FAMILIES, ORIGINS } from '../evidence.ts'
import type { PolicyFile } from '../parse.ts'
import { type Policy, requirementsOf } from '../policy.ts'
import type { PolicyProblem } from '../problem.ts'
import type { Registry } from '../registry.ts'
import { withParts } from '../requirement/placed-requirement.ts'
import { PHASES, STAGES } from '../vocabulary.ts'

const TEXT_MAX = 1_000
const LIST_MAX = 1_000

const TEXT = z.string().check(z.minLength(1), z.maxLength(TEXT_MAX))
const TIME = TEXT.check(
  z.regex(TIMESTAMP_PATTERN, { error: 'a time such as "2026-04-10T12:00:00Z"', abort: true }),
  z.refine((text) => parseTimestamp(text).ok, { error: 'Expected a day and a time that exist' }),
)
const COMMIT = TEXT.check(z.regex(/^[0-9a-f]{40}$/, { error: 'a commit of 40 hex digits' }))
const OUTCOMES = ['accepted', 'unverified', 'rejected', 'missing', 'stale', 'error'] as const
const ANY = z.json()

const RELEASE = z.strictObject({
  id: TEXT,
  target: TEXT,
  channel: TEXT,
  version: TEXT,
})

/** A piece of evidence, by the members of its document. Without a `commit`, it is about the release of the case. */
const EVIDENCE = z
  .strictObject({
    family: z.optional(z.enum(EVIDENCE_FAMILIES)),
    predicateType: z.optional(TEXT),
    evidence: z.optional(TEXT),
    policy: z.optional(TEXT),
    phase: z.optional(z.enum(PHASES)),
    stage: z.optional(z.enum(STAGES)),
    release: z.optional(RELEASE),
    commit: z.optional(COMMIT),
    signedAt: z.optional(TIME),
    signer: z.optional(
      z.strictObject({
        name: TEXT,
        principal: z.optional(TEXT),
        kind: z.optional(z.enum(['person', 'automation', 'unknown'])),
        roles: z.optional(z.array(TEXT).check(z.maxLength(LIST_MAX))),
      }),
    ),
    computed: z.optional(
      z.strictObject({
        status: z.optional(TEXT),
        outcome: z.optional(z.enum(OUTCOMES)),
        origin: z.optional(z.enum(ORIGINS)),
        facts: z.optional(z.record(z.string(), ANY)),
      }),
    ),
    predicate: z.optional(ANY),
  })
  .check(
    z.refine(({ family, predicateType }) => (family ?? predicateType) !== undefined, {
      error: 'Expected "family" or "predicateType"',
    }),
  )

const CASE = z.strictObject({
  name: TEXT,
  /** The instant as of which is judged. */
  now: TIME,
  release: z.optional(RELEASE),
  commit: z.optional(COMMIT),
  evidence: z.array(EVIDENCE).check(z.maxLength(LIST_MAX)),
  /** By the ids of requirements, also of those that others are put together of. */
  expect: z.record(z.string(), z.enum(OUTCOMES)).check(
    z.refine((expected) => Object.keys(expected).length > 0, {
      error: 'Expected the outcome of a requirement, found none',
    }),
  ),
})

/** The document; its JSON Schema is published as `schemas/policy-cases.json`. */
export const policyCasesSchema = z.strictObject({
  schema: z.literal('assay/policy-cases/v1'),
  cases: z.array(CASE).check(z.minLength(1), z.maxLength(LIST_MAX)),
})

/** One case. */
export type PolicyCase = Readonly<z.infer<typeof CASE>>
/** A piece of evidence of a case. */
export type CaseEvidence = Readonly<z.infer<typeof EVIDENCE>>

/** The cases of one file. */
export interface CaseFile {
  readonly name: string
  readonly policy: Policy
  readonly cases: readonly PolicyCase[]
  /** File, line and column of a case. */
  readonly place: (index: number) => string
}

/**
 * Reads files of cases. `gate/web.test.yaml`, or any file in `gate/web.test/`, has those of the policy in `gate/web.yaml`.
 *
 * @returns every problem of every file, with line and column
 */
export function parsePolicyCases(
  files: readonly PolicyFile[],
  registry: Registry,
): Result<readonly CaseFile[], PolicyProblem> {
  const policies = new Map(
    [...registry.policies.values()].map((policy) => [withoutEnding(policy.file), policy]),
  )
  const problems: PolicyProblem[] = []
  const found: CaseFile[] = []
  for (const file of files) {
    const policy = policies.get(file.name.replace(/\.test(?:\/.*|\.[a-z]+)$/, ''))
    const read = policy === undefined ? orphan(file) : parseCaseFile(file, policy)
    if (read.ok) found.push(read.value)
    else problems.push(...read.problems)
  }
  return judge(found, problems)
}

function withoutEnding(name: string): string {
  return name.replace(/\.[a-z]+$/, '')
}

function orphan({ name }: PolicyFile): Result<CaseFile, PolicyProblem> {
  const message = `Expected the policy of these cases beside them, found none for ${quote(name)}`
  return judge(undefined as never, [{ code: 'policy/case-orphan', message, at: escapeText(name) }])
}

function parseCaseFile(
  { name, bytes }: PolicyFile,
  policy: Policy,
): Result<CaseFile, PolicyProblem> {
  const form = name.endsWith('.json') ? 'json' : 'yaml'
  const inFile = (position: string) => `${escapeText(name)}, ${position}`
  const written = parseWritten(bytes, form, LIMITS.policyBytesMax)
  if (!written.ok) {
    const problems = written.problems.map(({ message, at }): PolicyProblem => {
      return { code: 'policy/case', message, at: at === undefined ? escapeText(name) : inFile(at) }
    })
    return judge(undefined as never, problems)
  }
  const document = written.value
  const parsed = parseBySchema(policyCasesSchema, document.value, (breach): PolicyProblem => {
    const { message, at } = breach
    const said = at === undefined ? message : `${message} at ${quote(at)}`
    return { code: 'policy/case', message: said, at: inFile(placeBreach(document, breach)) }
  })
  if (!parsed.ok) return parsed
  const { cases } = parsed.value
  const place = (index: number) => inFile(document.position(encodeJsonPointer(['cases', index])))
  return judge({ name, policy, cases, place }, findUnknown({ cases, policy, document, inFile }))
}

interface Named {
  readonly cases: readonly PolicyCase[]
  readonly policy: Policy
  readonly document: WrittenDocument
  readonly inFile: (position: string) => string
}

/** A case that names a requirement that is not there would test nothing. */
function findUnknown({ cases, policy, document, inFile }: Named): readonly PolicyProblem[] {
  const known = new Set(
    requirementsOf(policy)
      .flatMap(withParts)
      .map(({ requirement }) => requirement.id),
  )
  return cases.flatMap(({ expect }, index) =>
    Object.keys(expect)
      .filter((id) => !known.has(id))
      .map((id): PolicyProblem => {
        const at = inFile(document.position(encodeJsonPointer(['cases', index, 'expect', id])))
        const message = `Expected a requirement of ${quote(policy.id)}, found ${quote(id)}`
        return { code: 'policy/case-requirement', message, at }
      }),
  )
}
