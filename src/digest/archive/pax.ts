// Extended headers of a tar archive (POSIX.1-2017 pax, "pax Extended Header"): of their records the path, a comment and
// times are taken, the rest refused.

import { accept, parseUtf8, quote, type Result, refuse } from '../../core/index.ts'
import type { DigestProblem } from '../problem.ts'

/** An extended header for the next entry; only its path changes what the archive holds. */
export interface PaxRecords {
  readonly path?: string
}

const TIME = /^-?\d+(?:\.\d+)?$/

/** What each record may say. Times change nothing about the content (docs/decisions/0004-pax-times.md). `size`, `linkpath` and the maps of holes would give an entry two meanings. */
const RECORDS: ReadonlyMap<string, RegExp> = new Map([
  ['atime', TIME],
  ['comment', /^[^\p{Cc}]*$/u],
  ['ctime', TIME],
  ['mtime', TIME],
  ['path', /^[^\n\0]+$/],
])

/**
 * Reads the records `<length> <key>=<value>\n`, in which the length counts all of its own bytes.
 *
 * @param scope `global` headers stand for every entry that follows, so they may name no path
 */
export function parsePax(
  bytes: Uint8Array,
  scope: 'entry' | 'global',
): Result<PaxRecords, DigestProblem> {
  const records = new Map<string, string>()
  for (let at = 0; at < bytes.length; ) {
    const record = parseRecord(bytes.subarray(at))
    if (record === undefined)
      return refused('Expected extended header records that fit their length')
    const { key, value, length } = record
    const pattern = scope === 'global' && key === 'path' ? undefined : RECORDS.get(key)
    if (pattern === undefined) {
      const hint = 'Make the archive with tar --format=ustar, which has no extended headers'
      return refused(
        `Expected extended headers of path, times and comment, found ${quote(key)}`,
        hint,
      )
    }
    if (!pattern.test(value)) {
      return refused(`Expected a plain value of ${quote(key)}, found ${quote(value)}`)
    }
    if (records.has(key)) return refused(`Expected ${quote(key)} once in an extended header`)
    records.set(key, value)
    at += length
  }
  const path = records.get('path')
  return accept(path === undefined ? {} : { path })
}

function refused(message: string, hint?: string): Result<never, DigestProblem> {
  return refuse({ code: 'digest/archive-pax', message, ...(hint !== undefined && { hint }) })
}

interface PaxRecord {
  readonly key: string
  readonly value: string
  readonly length: number
}

function parseRecord(bytes: Uint8Array): PaxRecord | undefined {
  const blank = bytes.indexOf(0x20)
  const digits = Buffer.from(bytes.subarray(0, Math.max(blank, 0))).toString('latin1')
  if (!/^[1-9]\d{0,6}$/.test(digits)) return undefined
  const length = Number(digits)
  if (length > bytes.length || bytes[length - 1] !== 0x0a) return undefined
  const text = parseUtf8(bytes.subarray(blank + 1, length - 1))
  if (!text.ok) return undefined
  const equals = text.value.indexOf('=')
  if (equals < 1) return undefined
  return { key: text.value.slice(0, equals), value: text.value.slice(equals + 1), length }
}
