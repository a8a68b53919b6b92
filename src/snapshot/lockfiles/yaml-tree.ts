// YAML as lockfiles use it: mappings, sequences and text, each key once. The only door to
// `js-yaml`, of which only the parser is used: the tree is built here from its events, so that
// nothing of YAML beyond that can do anything.

import { type Event, EVENT_ID, getScalarValue, parseEvents, YAMLException } from 'js-yaml'
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
import { stripCredentials } from '../address.ts'
import type { SnapshotProblem } from '../problem.ts'
import { indexLines, syntaxProblem, type TreeReader } from './document.ts'

/**
 * Reads one YAML document: every scalar is text, as it is written (`true` is "true").
 *
 * Refused: aliases and anchors, tags, merge keys, duplicate keys, keys that are not scalars,
 * several documents, and what is deeper or larger than the limits.
 */
export const readYamlTree: TreeReader = (bytes, starts) => {
  if (bytes.length > LIMITS.inputBytesMax) {
    return refuse(syntaxProblem(`Expected at most ${LIMITS.inputBytesMax} bytes of YAML`))
  }
  const text = parseUtf8(bytes)
  if (!text.ok) return text
  try {
    const events = parseEvents(text.value, { maxDepth: LIMITS.jsonDepthMax })
    return accept({ value: new TreeBuilder(text.value, starts).build(events), text: text.value })
  } catch (error) {
    return refused(text.value, error)
  }
}

/** An open mapping or sequence, and the key that waits for its value. */
interface Open {
  readonly value: Record<string, JsonValue> | JsonValue[]
  key?: string
}

/** Leaves the walk over the events; it never leaves this file. */
class Fault extends Error {
  readonly at: number
  constructor(message: string, at: number) {
    super(message)
    this.at = at
  }
}

/** Puts events together; a class because the walk carries four things from event to event. */
class TreeBuilder {
  readonly #text: string
  readonly #starts: JsonStarts
  readonly #open: Open[] = []
  /** Where the last scalar began: an empty plain scalar has no place of its own. */
  #at = 0
  #root: JsonValue | undefined
  #documents = 0

  constructor(text: string, starts: JsonStarts) {
    this.#text = text
    this.#starts = starts
  }

  /** Takes the events, first to last, and leaves the list empty: they are several times the size of the tree. */
  build(events: Event[]): JsonValue {
    events.reverse()
    for (let event = events.pop(); event !== undefined; event = events.pop()) this.#take(event)
    return this.#root ?? null
  }

  #take(event: Event): void {
    switch (event.type) {
      case EVENT_ID.DOCUMENT:
        if (++this.#documents > 1) throw new Fault('Expected one document, found another', this.#at)
        this.#open.push({ value: [] })
        return
      case EVENT_ID.POP:
        this.#open.pop()
        return
      case EVENT_ID.ALIAS:
        throw new Fault('Expected no aliases, found one', event.anchorStart)
      case EVENT_ID.SCALAR:
        this.#plainOnly(event)
        this.#scalar(event)
        return
      case EVENT_ID.MAPPING:
        this.#plainOnly(event)
        this.#nest(Object.create(null) as Record<string, JsonValue>)
        return
      case EVENT_ID.SEQUENCE:
        this.#plainOnly(event)
        this.#nest([])
    }
  }

  #plainOnly(event: { readonly anchorStart: number; readonly tagStart: number }): void {
    const at = Math.max(event.anchorStart, event.tagStart)
    if (at >= 0) throw new Fault('Expected no anchors and no tags, found one', at)
  }

  #scalar(event: Extract<Event, { type: typeof EVENT_ID.SCALAR }>): void {
    if (event.valueStart >= 0) this.#at = event.valueStart
    const text = getScalarValue(this.#text, event)
    if (!text.isWellFormed()) throw new Fault('Expected Unicode text', this.#at)
    const parent = this.#open.at(-1)
    if (parent !== undefined && !Array.isArray(parent.value) && parent.key === undefined) {
      if (text === '<<' || text === '__proto__') {
        throw new Fault(`Expected no key named ${quote(text)}`, this.#at)
      }
      if (text in parent.value) {
        throw new Fault(
          `Expected each key once, found ${quote(stripCredentials(text))} twice`,
          this.#at,
        )
      }
      parent.key = text
    } else {
      this.#put(text)
    }
  }

  #nest(value: Open['value']): void {
    this.#starts.set(value, this.#at)
    this.#put(value)
    this.#open.push({ value })
  }

  #put(value: JsonValue): void {
    const parent = this.#open.at(-1)
    if (parent === undefined || this.#open.length === 1) {
      this.#root = value
    } else if (Array.isArray(parent.value)) {
      parent.value.push(value)
    } else if (parent.key === undefined) {
      throw new Fault('Expected keys that are text', this.#at)
    } else {
      parent.value[parent.key] = value
      delete parent.key
    }
  }
}

function refused(text: string, error: unknown): Result<never, SnapshotProblem> {
  if (error instanceof Fault) {
    return refuse(syntaxProblem(error.message, `line ${indexLines(text)(error.at)}`))
  }
  if (!(error instanceof YAMLException)) throw error
  const line = error.mark === undefined ? undefined : `line ${error.mark.line + 1}`
  return refuse(syntaxProblem(`Cannot read the YAML: ${error.reason}`, line))
}
