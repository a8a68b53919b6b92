// YAML 1.2 as people write it, read into plain nodes with their lines. The only door to `yaml`; machine-made lockfiles
// have a faster one. What two programs could read differently, or what grows without end, is refused.

import {
  type ErrorCode,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  parseAllDocuments,
  type Pair,
} from 'yaml'
import {
  LIMITS,
  parseJson,
  type Problems,
  parseUtf8,
  quote,
  type Result,
  accept,
  refuse,
} from '../core/index.ts'
import type { YamlProblem } from './problem.ts'
import { type YamlMap, type YamlNode, yamlItems, yamlMembers } from './yaml-node.ts'

/** How much of YAML a document may use. */
export interface YamlOptions {
  /**
   * `refuse`: no merge keys, aliases, tags or directives, no number that JSON writes otherwise: one text, one meaning (our own
   * documents). `apply`: as the tools read their own files: merge keys and aliases within a bound, and local tags such as GitLab's
   * `!reference` read as their content.
   */
  readonly sharing?: 'refuse' | 'apply'
}

/** Nodes of all documents together, each counted as often as aliases repeat it. */
const NODES_MAX = 200_000

/** Reads every document of the stream. Empty documents are left out. */
export function parseYaml(
  bytes: Uint8Array,
  { sharing = 'refuse' }: YamlOptions = {},
): Result<readonly YamlNode[], YamlProblem> {
  const text = parseUtf8(bytes)
  if (!text.ok) return refuse({ ...text.problems[0], code: 'yaml/syntax' })
  const lines = new LineCounter()
  try {
    return readDocuments(text.value, {
      lines,
      sharing,
      anchors: new Map(),
      open: new Set(),
      sizes: new Map(),
      mergesLeft: NODES_MAX,
    })
  } catch (thrown) {
    if (thrown instanceof YamlFault) return refuse(...thrown.problems)
    // The package walks nested collections by recursion: the stack ends before the text does.
    if (thrown instanceof RangeError) return refuse({ code: 'yaml/syntax', message: DEEP })
    throw thrown
  }
}

function readDocuments(text: string, reader: Reader): Result<readonly YamlNode[], YamlProblem> {
  const parsed = parseAllDocuments(text, {
    lineCounter: reader.lines,
    prettyErrors: false,
    // The package compares each key with all others of its mapping; readEntries() has a faster way.
    uniqueKeys: false,
    version: '1.2',
    merge: false,
    logLevel: 'error',
  })
  const documents = Array.isArray(parsed) ? parsed : []
  const [first, ...rest] = documents
    .flatMap(({ errors }) => errors)
    .slice(0, PROBLEMS_MAX)
    .map(({ code, pos }) => syntaxProblem(code, reader.lines.linePos(pos[0])))
  if (first !== undefined) return refuse(first, ...rest)
  const roots: YamlNode[] = []
  let total = 0
  for (const { contents, directives, warnings } of documents) {
    reader.anchors.clear()
    const isDirected =
      directives.yaml.explicit === true || warnings.some(({ code }) => code === 'BAD_DIRECTIVE')
    if (reader.sharing === 'refuse' && isDirected) {
      throw fault(reader, contents, 'yaml/directive', 'Expected no directives, found one')
    }
    if (contents === null) continue
    const root = readNode(reader, contents, 0)
    total += sizeOf(reader, root)
    if (total > NODES_MAX) throw fault(reader, contents, 'yaml/alias', TOO_MANY)
    roots.push(root)
  }
  return accept(roots)
}

/** In our words: the package's own quote the text, and with it whatever secret stands there. */
function syntaxProblem(code: ErrorCode, { line, col }: { line: number; col: number }): YamlProblem {
  const found = code.toLowerCase().replaceAll('_', ' ')
  const message = `Expected YAML, found ${found}`
  return { code: 'yaml/syntax', message, at: `line ${line}, column ${col}` }
}

/** Reads a stream of exactly one document. */
export function parseYamlDocument(
  bytes: Uint8Array,
  options: YamlOptions = {},
): Result<YamlNode, YamlProblem> {
  const documents = parseYaml(bytes, options)
  if (!documents.ok) return documents
  const [root, second] = documents.value
  if (root !== undefined && second === undefined) return accept(root)
  return refuse({
    code: 'yaml/syntax',
    message: `Expected one YAML document, found ${documents.value.length}`,
  })
}

/** One broken bracket can make each later one wrong. */
const PROBLEMS_MAX = 20

const DEEP = 'Expected less deeply nested YAML'
const TOO_MANY = `Expected at most ${NODES_MAX} values after all aliases are followed, found more`

interface Reader {
  readonly lines: LineCounter
  readonly sharing: 'refuse' | 'apply'
  readonly anchors: Map<string, YamlNode>
  /** Anchors whose node is being read: an alias to one of them would never end. */
  readonly open: Set<string>
  /** How many nodes are under a node, counting shared ones each time. */
  readonly sizes: Map<YamlNode, number>
  /** Members that merge keys may still copy. */
  mergesLeft: number
}

/** Leaves the recursion; it never leaves this file. */
class YamlFault extends Error {
  readonly problems: Problems<YamlProblem>

  constructor(problem: YamlProblem) {
    super(problem.message)
    this.problems = [problem]
  }
}

function readNode(reader: Reader, node: unknown, depth: number): YamlNode {
  if (depth > LIMITS.jsonDepthMax) {
    throw fault(reader, node, 'yaml/syntax', DEEP)
  }
  if (isAlias(node)) return followAlias(reader, node)
  const { tag, anchor } = (node ?? {}) as { tag?: string; anchor?: string }
  if (reader.sharing === 'refuse') {
    if (tag !== undefined) throw fault(reader, node, 'yaml/alias', 'Expected no tags, found one')
    if (anchor !== undefined) {
      throw fault(reader, node, 'yaml/alias', 'Expected no anchors, found one')
    }
  }
  if (anchor !== undefined) reader.open.add(anchor)
  const read = readContent(reader, node, depth)
  if (anchor !== undefined) {
    reader.open.delete(anchor)
    reader.anchors.set(anchor, read)
  }
  return read
}

function readContent(reader: Reader, node: unknown, depth: number): YamlNode {
  const at = positionOf(reader, node)
  if (isMap(node)) return { kind: 'map', ...readEntries(reader, node.items, depth), ...at }
  if (isSeq(node)) {
    return {
      kind: 'list',
      items: node.items.map((item) => readNode(reader, item, depth + 1)),
      ...at,
    }
  }
  const value: unknown = isScalar(node) ? node.value : null
  if (typeof value === 'boolean') return { kind: 'scalar', value, ...at }
  if (typeof value === 'number' || typeof value === 'bigint') {
    if (reader.sharing === 'refuse') judgeNumber(reader, node)
    return { kind: 'scalar', value, ...at }
  }
  return { kind: 'scalar', value: typeof value === 'string' ? value : null, ...at }
}

/** 0x1F, 1_000 and .5 are numbers for one reader and text for another; what a double can not hold is another number for each. */
function judgeNumber(reader: Reader, node: unknown): void {
  const { source = '' } = node as { readonly source?: string }
  if (parseJson(source).ok) return
  throw fault(reader, node, 'yaml/value', 'Expected a number as JSON writes it, found another form')
}

function readEntries(
  reader: Reader,
  items: readonly unknown[],
  depth: number,
): Pick<YamlMap, 'entries' | 'keys'> {
  const keys = new Map<string, { readonly line: number; readonly column: number }>()
  const own = new Map<string, YamlNode>()
  const merged: YamlNode[] = []
  for (const item of items) {
    if (!isPair(item)) continue
    const key = keyOf(reader, item)
    if (keys.has(key)) {
      throw fault(reader, item.key, 'yaml/duplicate-key', 'Expected each key once, found one twice')
    }
    keys.set(key, positionOf(reader, item.key))
    const value = readNode(reader, item.value, depth + 1)
    if (key !== '<<' || !isPlain(item.key)) {
      own.set(key, value)
    } else if (reader.sharing === 'apply') {
      merged.push(...(value.kind === 'list' ? value.items : [value]))
    } else throw fault(reader, item.key, 'yaml/alias', 'Expected no merge keys, found one')
  }
  // YAML merge type: what stands in the map itself wins, then the earlier of the merged maps.
  const entries = new Map(own)
  for (const map of merged) {
    for (const [key, value] of yamlMembers(map)) {
      if (entries.has(key)) continue
      if (reader.mergesLeft-- === 0) throw fault(reader, undefined, 'yaml/alias', TOO_MANY)
      entries.set(key, value)
    }
  }
  return { entries, keys }
}

function keyOf(reader: Reader, { key }: Pair): string {
  const value: unknown = isScalar(key) ? key.value : undefined
  if (reader.sharing === 'refuse' && typeof value !== 'string' && isScalar(key)) {
    throw fault(reader, key, 'yaml/value', 'Expected text as a key, found another value')
  }
  if (value === null || ['string', 'number', 'boolean', 'bigint'].includes(typeof value)) {
    return String(value)
  }
  throw fault(reader, key, 'yaml/syntax', 'Expected a plain key, found a list, map or alias')
}

function isPlain(key: unknown): boolean {
  return isScalar(key) && (key.type === 'PLAIN' || key.type === undefined)
}

function followAlias(reader: Reader, node: Node & { readonly source: string }): YamlNode {
  if (reader.sharing === 'refuse') {
    throw fault(reader, node, 'yaml/alias', 'Expected no aliases, found one')
  }
  const target = reader.anchors.get(node.source)
  if (target === undefined || reader.open.has(node.source)) {
    const found = `Expected an alias of an earlier anchor, found ${quote(node.source)}`
    throw fault(reader, node, 'yaml/alias', found)
  }
  return target
}

/** Shared nodes are measured once and counted each time, so an alias bomb costs nothing to find. */
function sizeOf(reader: Reader, node: YamlNode): number {
  const known = reader.sizes.get(node)
  if (known !== undefined) return known
  const children = node.kind === 'map' ? [...node.entries.values()] : yamlItems(node)
  const size = children.reduce((sum, child) => sum + sizeOf(reader, child), 1)
  reader.sizes.set(node, size)
  return size
}

function positionOf({ lines }: Reader, node: unknown): { line: number; column: number } {
  const { range } = (node ?? {}) as { range?: readonly [number, number, number] | null }
  const { line, col } = range ? lines.linePos(range[0]) : { line: 1, col: 1 }
  return { line: Math.max(line, 1), column: Math.max(col, 1) }
}

function fault(
  reader: Reader,
  node: unknown,
  code: YamlProblem['code'],
  message: string,
): YamlFault {
  const { line, column } = positionOf(reader, node)
  return new YamlFault({ code, message, at: `line ${line}, column ${column}` })
}
