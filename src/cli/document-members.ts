// What the schemas of documents are made of.

import * as z from 'zod/mini'

/** Any text. */
export const TEXT = z.string()

/** How many, or a place from 0. */
export const COUNT = z.int().check(z.gte(0))

/** 64 lower-case hex digits. */
export const SHA256 = TEXT.check(z.regex(/^[0-9a-f]{64}$/))
