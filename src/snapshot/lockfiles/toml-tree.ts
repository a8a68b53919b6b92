// TOML 1.0 as lockfiles and manifests use it, as a tree with the place of every table that has a header. The only door
// to `smol-toml`; its objects are copied, so that no key of the text means anything to a prototype.

import { parse, TomlDate, TomlError } from 'smol-toml'
import {
  accept,
  type JsonStarts,
  type JsonValue,
  LIMITS,
  parseUtf8,
  quote,
  type Result,
  refuse,
} from '../../core/index.ts'
import type { LockfileInput } from '../dependency.ts'
import type { SnapshotProblem } from '../problem.ts'
import { type LockfileDocument, parseDocument, syntaxProblem, type TreeReader } from './document.ts'
import { findTableHeaders } from './toml-headers.ts'

/** Reads one TOML document: dates and integers beyond a double are text, as they are written. */
const readTomlTree: TreeReader = (bytes, starts) => {
  if (bytes.length > LIMITS.inputBytesMax) {
    return refuse(syntaxProblem(`Expected at most ${LIMITS.inputBytesMax} bytes of TOML`))
  }
  const text = parseUtf8(bytes)
  if (!text.ok) return text
  try {
    const tree = parse(text.value, {
      integersAsBigInt: 'asNeeded',
      maxDepth: LIMITS.jsonDepthMax,
      unsafeKeyBehaviour: 'keep',
    })
    const value = copyTree(tree, LIMITS.jsonDepthMax)
    noteStarts(text.value, value, starts)
    return accept({ value, text: text.value })
  } catch (error) {
    if (error instanceof Fault) return refuse(syntaxProblem(error.message))
    // Deep dotted keys and headers end the package's own recursion.
    if (error instanceof RangeError)
      return refuse(syntaxProblem('Expected less deeply nested TOML'))
    if (!(error instanceof TomlError)) throw error
    return refuse(syntaxProblem('Expected TOML, found another text', `line ${error.line}`))
  }
}

/** Reads TOML whose format is told by the file's name. */
export function parseTomlDocument(
  path: string,
  bytes: Uint8Array,
): Result<LockfileDocument, SnapshotProblem> {
  return parseDocument(path, bytes, readTomlTree)
}

/** A TOML manifest beside the lockfile: nothing where there is none, a refusal where it can not be read. */
export function readTomlSibling(
  input: LockfileInput,
  name: string,
): Result<LockfileDocument | undefined, SnapshotProblem> {
  const bytes = input.siblings(name)
  if (bytes === undefined) return accept(undefined)
  return parseTomlDocument(
    input.path.replace(/[^/]*$/, () => name),
    bytes,
  )
}

/** Leaves the recursion; it never leaves this file. */
class Fault extends Error {}

function copyTree(value: unknown, depthLeft: number): JsonValue {
  if (typeof value === 'string') return wellFormed(value)
  if (typeof value === 'boolean') return value
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value)
  if (typeof value === 'bigint') return value.toString()
  if (value instanceof TomlDate) return value.toISOString()
  if (depthLeft === 0) throw new Fault('Expected less deeply nested TOML')
  if (Array.isArray(value)) return value.map((item) => copyTree(item, depthLeft - 1))
  const table = Object.create(null) as Record<string, JsonValue>
  for (const [key, member] of Object.entries(value as object)) {
    if (key === '__proto__') throw new Fault(`Expected no key named ${quote(key)}`)
    table[wellFormed(key)] = copyTree(member, depthLeft - 1)
  }
  return table
}

function wellFormed(text: string): string {
  if (text.isWellFormed()) return text
  throw new Fault('Expected Unicode text, found a lone surrogate')
}

/** Finds the table of each header: of a list of tables, the one that the header has just begun. */
function noteStarts(text: string, root: JsonValue, starts: JsonStarts): void {
  const counts = new Map<string, number>()
  for (const { at, keys, isListItem } of findTableHeaders(text)) {
    let table: unknown = root
    let path = ''
    for (const [depth, key] of keys.entries()) {
      path += `\n${key}`
      if (isListItem && depth === keys.length - 1) counts.set(path, (counts.get(path) ?? 0) + 1)
      const member: unknown = (table as Record<string, unknown> | undefined)?.[key]
      table = Array.isArray(member) ? member[(counts.get(path) ?? 1) - 1] : member
      if (typeof table !== 'object' || table === null) break
    }
    if (typeof table === 'object' && table !== null) starts.set(table, at)
  }
}
