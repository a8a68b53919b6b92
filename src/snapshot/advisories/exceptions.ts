// The registry of exceptions: which advisories somebody answers for, about which package, why, and until when.

import * as z from 'zod/mini'
import {
  encodeJsonPointer,
  type Instant,
  judge,
  LIMITS,
  parseBySchema,
  parseTimestamp,
  quote,
  type Result,
  TIMESTAMP_PATTERN,
} from '../../core/index.ts'
import { digestBytes } from '../../digest/index.ts'
import { type DocumentForm, parseWritten, placeBreach } from '../../yaml/index.ts'
import type { SnapshotProblem } from '../problem.ts'
import { ADVISORY_ID, PACKAGE_TEXT, SHOWN_TEXT } from './advisory.ts'
import { packageOfPurl } from './package-name.ts'

const TIME = z.string().check(
  z.regex(TIMESTAMP_PATTERN, { error: 'a time such as "2026-04-10T12:00:00Z"', abort: true }),
  z.refine((text) => parseTimestamp(text).ok, { error: 'Expected a day and a time that exist' }),
)

const PACKAGE = PACKAGE_TEXT.check(
  z.refine((text) => !text.startsWith('pkg:') || packageOfPurl(text) !== undefined, {
    error: 'Expected the name of a package, or a purl without qualifiers and subpath',
  }),
)

/** One exception. */
export const ADVISORY_EXCEPTION = z.strictObject({
  /** Any of its ids: of the advisory itself, or an alias. */
  advisory: ADVISORY_ID,
  /** A name, in whichever ecosystem, or a purl; with a version, that version alone. */
  package: PACKAGE,
  /** The versions that the advisory was about; once it is about others, the exception is over. */
  affected: z.optional(PACKAGE_TEXT),
  /** What its owner rates the advisory, where no one else does. */
  severity: z.optional(z.enum(['info', 'low', 'moderate', 'high'])),
  /** Who answers for it. */
  owner: SHOWN_TEXT,
  reason: SHOWN_TEXT,
  /** The last instant at which it holds. */
  expires: TIME,
})

/** One exception. */
export type AdvisoryException = Readonly<z.infer<typeof ADVISORY_EXCEPTION>>

/** The whole document; its JSON Schema is published as `schemas/advisory-exceptions.json`. */
export const advisoryExceptionsSchema = z.strictObject({
  schema: z.literal('assay/advisory-exceptions/v1'),
  exceptions: z.array(ADVISORY_EXCEPTION).check(z.maxLength(LIMITS.advisoryExceptionsMax)),
})

/** The exceptions, and the digest of the bytes that they stand in. */
export interface AdvisoryExceptions {
  readonly sha256: string
  readonly entries: readonly AdvisoryException[]
}

/**
 * Reads the document; every member that is unknown or wrong is told with its line and column.
 *
 * @example
 * schema: assay/advisory-exceptions/v1
 * exceptions:
 *   - advisory: GHSA-7fh5-64p2-3v2j
 *     package: pkg:npm/postcss
 *     affected: "<8.4.31"
 *     owner: platform team
 *     reason: Only our own style sheets are parsed
 *     expires: 2026-12-31T00:00:00Z
 */
export function parseAdvisoryExceptions(
  bytes: Uint8Array,
  form: DocumentForm,
): Result<AdvisoryExceptions, SnapshotProblem> {
  const written = parseWritten(bytes, form)
  if (!written.ok) return written
  const document = written.value
  const parsed = parseBySchema(
    advisoryExceptionsSchema,
    document.value,
    (breach): SnapshotProblem => ({
      code: 'snapshot/advisory-exceptions',
      message: breach.message,
      at: placeBreach(document, breach),
    }),
  )
  if (!parsed.ok) return parsed
  const { exceptions } = parsed.value
  const keys = exceptions.map(keyOf)
  const problems = exceptions.flatMap(({ advisory, package: name }, index): SnapshotProblem[] => {
    if (keys.indexOf(keys[index] as string) === index) return []
    const message = `Expected one exception for ${quote(advisory)} in ${quote(name)}, found another one`
    const at = document.position(encodeJsonPointer(['exceptions', index]))
    return [{ code: 'snapshot/advisory-exceptions', message, at }]
  })
  return judge({ sha256: digestBytes('sha256', bytes), entries: exceptions }, problems)
}

/** Two that say the same of the same would be two answers, by two owners or with two ends. */
function keyOf({ advisory, package: name, affected = '' }: AdvisoryException): string {
  return JSON.stringify([advisory, name, rangeKey(affected)])
}

/** One spelling of a range of versions: its alternatives in order, and one blank between words. */
export function rangeKey(range: string): string {
  const alternatives = range.split('||').map((part) => part.trim().replaceAll(/\s+/g, ' '))
  return [...new Set(alternatives)].toSorted().join(' || ')
}

/** True up to its last instant, itself among it. */
export function isInForce({ expires }: AdvisoryException, now: Instant): boolean {
  const end = parseTimestamp(expires)
  return end.ok && now <= end.value
}
