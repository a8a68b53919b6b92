// Whether what a server answered is what a plan expects. What was found is never quoted: it may be anybody's.

import {
  accept,
  isJsonObject,
  type JsonValue,
  LIMITS,
  parseJson,
  parseUtf8,
  quote,
} from '../../../core/index.ts'
import type { SmokeContent } from './smoke-plan-schema.ts'

/** What does not hold, in words that are the plan's own. */
export interface ContentBreach {
  readonly expected: string
  readonly found: string
}

/** @returns the first thing that does not hold; nothing where all do */
export function findContentBreach(
  body: Uint8Array,
  content: readonly SmokeContent[],
): ContentBreach | undefined {
  if (content.length === 0) return undefined
  const text = parseUtf8(body)
  if (!text.ok) return { expected: 'text in UTF-8', found: 'other bytes' }
  const root = content.some((each) => 'pointer' in each)
    ? parseJson(text.value, { bytesMax: LIMITS.smokeAnswerBytesMax })
    : accept(null)
  if (!root.ok) return { expected: 'strict JSON', found: 'something else' }
  for (const each of content) {
    const breach = 'pointer' in each ? judgePointer(each, root.value) : judgeText(each, text.value)
    if (breach !== undefined) return breach
  }
  return undefined
}

/** The digest that stands there in a JSON answer; nothing else is ever taken out of one. */
export function findDigest(body: Uint8Array, pointer: string): string | undefined {
  const root = parseJson(body, { bytesMax: LIMITS.smokeAnswerBytesMax })
  const value = root.ok ? valueAt(root.value, pointer) : undefined
  return typeof value === 'string' && /^[0-9a-f]{64}$/.test(value) ? value : undefined
}

function judgeText(
  content: Exclude<SmokeContent, { readonly pointer: string }>,
  text: string,
): ContentBreach | undefined {
  if ('contains' in content) {
    if (text.includes(content.contains)) return undefined
    return { expected: `content with ${show(content.contains)}`, found: 'none' }
  }
  if (isGlobMatch(content.matches, text)) return undefined
  return { expected: `content that matches ${show(content.matches)}`, found: 'other content' }
}

function judgePointer(
  content: Extract<SmokeContent, { readonly pointer: string }>,
  root: JsonValue,
): ContentBreach | undefined {
  const value = valueAt(root, content.pointer)
  const place = show(content.pointer)
  if (value === undefined) return { expected: `a value at ${place}`, found: 'none' }
  if ('equals' in content) {
    if (value === content.equals) return undefined
    return { expected: `${show(content.equals)} at ${place}`, found: 'another value' }
  }
  if (!('matches' in content)) return undefined
  if (typeof value === 'string' && isGlobMatch(content.matches, value)) return undefined
  const expected = `a text that matches ${show(content.matches)} at ${place}`
  return { expected, found: 'another value' }
}

/** What is recorded of a plan's text: the plan has all of it. */
const SHOWN_MAX = 200

function show(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value)
  return quote(value.length > SHOWN_MAX ? `${value.slice(0, SHOWN_MAX)}…` : value)
}

/** RFC 6901; an index of a list is a number without leading zeros. */
function valueAt(root: JsonValue, pointer: string): JsonValue | undefined {
  let value: JsonValue | undefined = root
  for (const token of pointer.split('/').slice(1)) {
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(value)) {
      const list: readonly JsonValue[] = value
      value = /^(?:0|[1-9]\d*)$/.test(name) ? list[Number(name)] : undefined
    } else value = isJsonObject(value) && Object.hasOwn(value, name) ? value[name] : undefined
  }
  return value
}

/** The whole text against the whole pattern: `*` stands for anything, also nothing; all else for itself. Linear. */
function isGlobMatch(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return text === first
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return text.length - at >= last.length && text.endsWith(last)
}
