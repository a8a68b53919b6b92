// A strict reader of JSON (RFC 8259, I-JSON RFC 7493): a text that two programs could read differently is refused.
// Beyond the grammar: no duplicate members, no "__proto__", no lone surrogates, no integer that a double changes.

import { parseUtf8 } from '../bytes.ts'
import type { JsonObject, JsonValue } from './json-value.ts'
import { LIMITS } from '../limits.ts'
import type { CoreProblem } from '../problem.ts'
import { escapeText, quote } from '../quote.ts'
import { accept, type Result, refuse } from '../result.ts'
import { positionAfter } from '../text-position.ts'

/** What a document may be at the most; each defaults to the value in {@link LIMITS}. */
export interface JsonLimits {
  /** The whole text, in bytes. */
  readonly bytesMax?: number
  /** Arrays and objects inside each other. */
  readonly depthMax?: number
  /** One string, in UTF-16 units; an envelope's payload is one long string. */
  readonly stringMax?: number
}

/** Where each object and array of a text begins: the index of its bracket, in UTF-16 units. */
export type JsonStarts = Map<object, number>

/**
 * Reads one JSON text.
 *
 * @param input UTF-8 bytes, or text that was decoded strictly
 * @param starts filled while reading, for a caller that has to name lines of the text
 * @returns the value, its objects without a prototype; or the first thing that is wrong, with line and column
 */
export function parseJson(
  input: Uint8Array | string,
  {
    bytesMax = LIMITS.envelopeBytesMax,
    depthMax = LIMITS.jsonDepthMax,
    stringMax = LIMITS.stringMax,
  }: JsonLimits = {},
  starts?: JsonStarts,
): Result<JsonValue, CoreProblem> {
  if (input.length > bytesMax) {
    return refuse({
      code: 'core/json-size',
      message: `Expected at most ${bytesMax} bytes of JSON, found ${input.length}`,
    })
  }
  const text = typeof input === 'string' ? accept(input) : parseUtf8(input)
  if (!text.ok) return text
  const scanner: Scanner = {
    text: text.value,
    at: 0,
    depthLeft: depthMax,
    membersLeft: LIMITS.jsonMembersMax,
    stringMax,
    starts,
    isPlain: isPlain(text.value),
  }
  try {
    if (scanner.text.startsWith('\ufeff')) {
      throw new Fault('core/json-byte-order-mark', 'Expected JSON, found a byte order mark', 0)
    }
    const value = scanValue(scanner)
    skipBlanks(scanner)
    if (scanner.at < scanner.text.length) {
      throw new Fault('core/json-trailing', `Expected the end, found ${found(scanner)}`, scanner.at)
    }
    return accept(value)
  } catch (fault) {
    /* v8 ignore next -- anything else is a bug of this file, which no input is known to reach */
    if (!(fault instanceof Fault)) throw fault
    return refuse({
      code: fault.code,
      message: fault.message,
      at: positionAfter(scanner.text.slice(0, fault.at)),
    })
  }
}

/**
 * Makes objects that inherit nothing. V8 keeps them as it keeps records, where Object.create(null) gives a hash table: they are read
 * and read from in half the time.
 */
const Members = function () {} as unknown as new () => object
Members.prototype = Object.freeze(Object.create(null) as object)

/** A line feed at the end of a file is no part of any string. */
function isPlain(text: string): boolean {
  if (text.includes('\\')) return false
  return !CONTROL.test(text.endsWith('\n') ? text.slice(0, -1) : text)
}

interface Scanner {
  readonly text: string
  /** Index of the next UTF-16 unit. */
  at: number
  depthLeft: number
  membersLeft: number
  readonly stringMax: number
  readonly starts: JsonStarts | undefined
  /** No escape and no control character anywhere, so that no string has to be looked through. */
  readonly isPlain: boolean
}

/** Leaves the recursion; it never leaves this file. */
class Fault extends Error {
  readonly code: CoreProblem['code']
  readonly at: number

  constructor(code: CoreProblem['code'], message: string, at: number) {
    super(message)
    this.code = code
    this.at = at
  }
}

const QUOTE = 0x22
const OPENING_BRACE = 0x7b
const OPENING_BRACKET = 0x5b
const BLANKS = /[ \t\n\r]*/y
// oxlint-disable-next-line no-control-regex -- RFC 8259 section 7 forbids exactly these
const PLAIN = /[^"\\\u0000-\u001f]*/y
// oxlint-disable-next-line no-control-regex -- the complement of PLAIN; no quote is ever in what it looks at
const NOT_PLAIN = /[\\\u0000-\u001f]/
// oxlint-disable-next-line no-control-regex -- the part of NOT_PLAIN that is looked for in half the time
const CONTROL = /[\u0000-\u001f]/
const ESCAPE = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y
const NUMBER = /-?(?:0|[1-9]\d*)(?<fraction>\.\d+)?(?<exponent>[eE][+-]?\d+)?/y
const WORDS: ReadonlyMap<string, readonly [string, JsonValue]> = new Map([
  ['t', ['true', true]],
  ['f', ['false', false]],
  ['n', ['null', null]],
])

function scanValue(scanner: Scanner): JsonValue {
  skipBlanks(scanner)
  const unit = scanner.text.charCodeAt(scanner.at)
  if (unit === QUOTE) return scanString(scanner)
  if (unit === OPENING_BRACE) return nested(scanner, scanObject)
  if (unit === OPENING_BRACKET) return nested(scanner, scanArray)
  const first = scanner.text[scanner.at]
  const [word, value] = WORDS.get(first ?? '') ?? []
  if (word === undefined || value === undefined) return scanNumber(scanner)
  if (!scanner.text.startsWith(word, scanner.at)) throw unexpected(scanner, 'a value')
  scanner.at += word.length
  return value
}

function nested<T extends object>(scanner: Scanner, scan: (scanner: Scanner) => T): T {
  if (scanner.depthLeft === 0) {
    throw new Fault('core/json-depth', 'Expected less deeply nested JSON', scanner.at)
  }
  const start = scanner.at++
  scanner.depthLeft--
  const value = scan(scanner)
  scanner.depthLeft++
  scanner.starts?.set(value, start)
  return value
}

function scanObject(scanner: Scanner): JsonObject {
  const object = new Members() as Record<string, JsonValue>
  if (take(scanner, '}')) return object
  do {
    skipBlanks(scanner)
    const at = scanner.at
    if (scanner.text.charCodeAt(at) !== QUOTE) throw unexpected(scanner, 'a member name')
    const name = scanString(scanner)
    // Object.assign and plain objects read "__proto__" as something else than a name.
    if (name === '__proto__') {
      throw new Fault('core/json-prototype-key', 'Expected no member named "__proto__"', at)
    }
    // No value is undefined and nothing is inherited, so this asks whether the name was there already.
    if (object[name] !== undefined) {
      throw new Fault(
        'core/json-duplicate-key',
        `Expected each member once, found ${quote(name)} twice`,
        at,
      )
    }
    if (!take(scanner, ':')) throw unexpected(scanner, '":"')
    object[name] = scanValue(scanner)
    countMember(scanner)
  } while (take(scanner, ','))
  if (!take(scanner, '}')) throw unexpected(scanner, '"," or "}"')
  return object
}

function scanArray(scanner: Scanner): readonly JsonValue[] {
  const array: JsonValue[] = []
  if (take(scanner, ']')) return array
  do {
    array.push(scanValue(scanner))
    countMember(scanner)
  } while (take(scanner, ','))
  if (!take(scanner, ']')) throw unexpected(scanner, '"," or "]"')
  return array
}

function scanString(scanner: Scanner): string {
  const start = scanner.at
  // Nearly every string ends at the next quote; finding that is several times faster than matching up to it.
  const end = scanner.text.indexOf('"', start + 1)
  const plain = scanner.text.slice(start + 1, Math.max(end, start + 1))
  if (end > 0 && (scanner.isPlain || !NOT_PLAIN.test(plain))) {
    scanner.at = end + 1
    return judgeString(scanner, plain, start)
  }
  scanner.at++
  advance(scanner, PLAIN)
  while (scanner.text[scanner.at] === '\\') {
    if (advance(scanner, ESCAPE) === null) throw unexpected(scanner, 'an escape of JSON')
    advance(scanner, PLAIN)
  }
  if (scanner.text[scanner.at] !== '"') throw unexpected(scanner, 'a string that ends')
  scanner.at++
  // The token is a JSON string by the grammar above, so the built-in reader can undo its escapes.
  return judgeString(scanner, String(JSON.parse(scanner.text.slice(start, scanner.at))), start)
}

function judgeString({ stringMax }: Scanner, text: string, at: number): string {
  if (text.length > stringMax) {
    throw new Fault(
      'core/json-size',
      `Expected at most ${stringMax} characters, found ${text.length}`,
      at,
    )
  }
  if (!text.isWellFormed()) {
    throw new Fault('core/json-lone-surrogate', 'Expected Unicode text, found a lone surrogate', at)
  }
  return text
}

function scanNumber(scanner: Scanner): number {
  const at = scanner.at
  const match = advance(scanner, NUMBER)
  if (match === null) throw unexpected(scanner, 'a value')
  const [token] = match
  const number = Number(token)
  const hasExponent = match.groups?.['exponent'] !== undefined
  const digits = hasExponent ? Number(token.replace(/[eE].*/, '')) : number
  // What is written digit by digit is an identifier or a count: it must be that very one (RFC 7493 section 2.2).
  const isExact = Math.abs(digits) <= Number.MAX_SAFE_INTEGER && Number.isFinite(number)
  if (!isExact || (number === 0 && digits !== 0)) {
    throw new Fault(
      'core/json-number-unsafe',
      `Expected a number that a double holds, found ${escapeText(token)}`,
      at,
    )
  }
  return number
}

function advance(scanner: Scanner, pattern: RegExp): RegExpExecArray | null {
  pattern.lastIndex = scanner.at
  const match = pattern.exec(scanner.text)
  if (match !== null) scanner.at = pattern.lastIndex
  return match
}

function skipBlanks(scanner: Scanner): void {
  const unit = scanner.text.charCodeAt(scanner.at)
  if (unit <= 0x20) advance(scanner, BLANKS)
}

function take(scanner: Scanner, character: string): boolean {
  skipBlanks(scanner)
  if (scanner.text.charCodeAt(scanner.at) !== character.charCodeAt(0)) return false
  scanner.at++
  return true
}

function countMember(scanner: Scanner): void {
  if (scanner.membersLeft === 0) {
    throw new Fault(
      'core/json-size',
      `Expected at most ${LIMITS.jsonMembersMax} members`,
      scanner.at,
    )
  }
  scanner.membersLeft--
}

function unexpected(scanner: Scanner, expected: string): Fault {
  return new Fault('core/json-syntax', `Expected ${expected}, found ${found(scanner)}`, scanner.at)
}

function found({ text, at }: Scanner): string {
  const codePoint = text.codePointAt(at)
  return codePoint === undefined ? 'the end' : quote(String.fromCodePoint(codePoint))
}
