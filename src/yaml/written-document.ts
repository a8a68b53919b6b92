// A document that a person wrote, in YAML or JSON, as the strict JSON that it means and with the line and column of everything in it.

import {
  accept,
  type Breach,
  encodeJsonPointer,
  type JsonValue,
  LIMITS,
  parseJson,
  type Result,
  refuse,
} from '../core/index.ts'
import type { YamlProblem } from './problem.ts'
import { parseYamlDocument } from './yaml.ts'
import { type YamlNode, yamlItems, yamlMember } from './yaml-node.ts'

/** How a document is written; of a file, its name says it. */
export type DocumentForm = 'json' | 'yaml'

/** A document that was read. */
export interface WrittenDocument {
  /** What it means: objects without a prototype, within the limits of JSON. */
  readonly value: JsonValue
  /**
   * Where something stands: `line 3, column 5` for a JSON Pointer (RFC 6901). A member is where its name is; of what is not
   * there, it is the innermost thing around it.
   */
  readonly position: (pointer?: string) => string
}

/**
 * Reads one document: YAML 1.2 (core schema) without anchors, aliases, tags, merge keys and directives, or JSON. A text that two
 * programs could read differently is refused.
 */
export function parseWritten(
  bytes: Uint8Array,
  form: DocumentForm,
  bytesMax: number = LIMITS.writtenBytesMax,
): Result<WrittenDocument, YamlProblem> {
  if (bytes.length > bytesMax) {
    const message = `Expected at most ${bytesMax} bytes, found ${bytes.length}`
    return refuse({ code: 'yaml/size', message })
  }
  // JSON is YAML as well: it is read twice, by the rules of both.
  const json = form === 'json' ? parseJson(bytes, { bytesMax }) : undefined
  if (json?.ok === false) return refuse({ ...json.problems[0], code: 'yaml/json' })
  const root = parseYamlDocument(bytes)
  if (!root.ok) return root
  const value = toJson(root.value)
  if (!value.ok) return value
  return accept({
    value: value.value,
    position: (pointer = '') => positionOf(root.value, splitPointer(pointer)),
  })
}

/** Where a rule of a schema is broken: at the member itself that the schema does not know. */
export function placeBreach({ position }: WrittenDocument, { at = '', member }: Breach): string {
  return position(member === undefined ? at : at + encodeJsonPointer([member]))
}

function toJson(node: YamlNode): Result<JsonValue, YamlProblem> {
  try {
    return accept(jsonOf(node))
  } catch (fault) {
    /* v8 ignore next -- anything else is a bug of this file, which no input is known to reach */
    if (!(fault instanceof Fault)) throw fault
    return refuse(fault.problem)
  }
}

/** Leaves the recursion; it never leaves this file. */
class Fault extends Error {
  readonly problem: YamlProblem

  constructor(expected: string, at: Place) {
    super(expected)
    this.problem = { code: 'yaml/value', message: `Expected ${expected}`, at: renderPlace(at) }
  }
}

interface Place {
  readonly line: number
  readonly column: number
}

/** How deep nodes lie was bounded when they were read. */
function jsonOf(node: YamlNode): JsonValue {
  if (node.kind === 'list') return node.items.map(jsonOf)
  if (node.kind === 'map') {
    const object = Object.create(null) as Record<string, JsonValue>
    for (const [name, member] of node.entries) {
      /* v8 ignore next -- without merge keys, each member has a place of its own */
      const at = node.keys.get(name) ?? node
      if (name === '__proto__') throw new Fault('no member named "__proto__"', at)
      object[textOf(name, at)] = jsonOf(member)
    }
    return object
  }
  return typeof node.value === 'string' ? textOf(node.value, node) : (node.value as JsonValue)
}

function textOf(text: string, at: Place): string {
  if (text.length > LIMITS.stringMax) {
    throw new Fault(`at most ${LIMITS.stringMax} characters, found ${text.length}`, at)
  }
  if (!text.isWellFormed()) throw new Fault('Unicode text, found a lone surrogate', at)
  return text
}

function splitPointer(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
}

function positionOf(root: YamlNode, path: readonly string[]): string {
  let node = root
  let at: Place = root
  for (const step of path) {
    const next = node.kind === 'list' ? yamlItems(node)[Number(step)] : yamlMember(node, step)
    if (next === undefined) break
    at = (node.kind === 'map' ? node.keys.get(step) : undefined) ?? next
    node = next
  }
  return renderPlace(at)
}

function renderPlace({ line, column }: Place): string {
  return `line ${line}, column ${column}`
}
