// The end of what a record says, as an option: a time, or how long from now.

import { encodeTimestamp, type Instant } from '../../../core/index.ts'
import { parseAge } from '../../age.ts'
import { OPTIONAL_TEXT } from '../../flags.ts'
import { parseInstant } from '../../trust/instant-flag.ts'

/** `2026-05-01T00:00:00Z`, or `14d` */
export type End = { readonly at: Instant } | { readonly afterMs: number }

function parseEnd(input: string): End {
  return /^\d+[a-z]$/.test(input) ? { afterMs: parseAge(input) } : { at: parseInstant(input) }
}

/** An option that is the end of something, for the framework. */
export const END_FLAG = {
  ...OPTIONAL_TEXT,
  parse: parseEnd,
  placeholder: 'TIME',
  brief: 'Last instant: a time in UTC, or how long from now, such as 14d',
} as const

/** The end as a record has it. */
export function encodeEnd(end: End | undefined, now: Instant): string | undefined {
  if (end === undefined) return undefined
  return encodeTimestamp('at' in end ? end.at : now + end.afterMs)
}
