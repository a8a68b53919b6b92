// go.mod, the manifest beside go.sum (Go Modules Reference, go.mod files): every directive is read, an unknown one refused.

import { accept, judge, quote, type Result } from '../../../core/index.ts'
import type { LockfileInput } from '../../dependency.ts'
import type { SnapshotProblem } from '../../problem.ts'
import { syntaxProblem } from '../document.ts'
import { parseLines, type TextLine } from '../text-lines.ts'

/** One module of a `require` directive. */
export interface GoRequirement {
  readonly path: string
  readonly version: string
  /** True with the comment `// indirect`: no package of this module asks for it. */
  readonly indirect: boolean
  readonly line: number
}

/** `replace path version => by`; a replacement without a version is a folder. */
export interface GoReplacement {
  readonly path: string
  readonly version?: string
  readonly by: { readonly path: string; readonly version?: string }
}

/** What go.mod says about the build. */
export interface GoModule {
  /** The path of go.mod. */
  readonly file: string
  /** The language version: `1.21`. */
  readonly go?: string
  /** The toolchain that is to be used at least: `go1.22.1`. */
  readonly toolchain?: string
  readonly toolchainLine: number
  readonly requires: readonly GoRequirement[]
  readonly replaces: readonly GoReplacement[]
}

/** Reads the go.mod beside the lockfile; nothing where there is none. */
export function readGoModule(input: LockfileInput): Result<GoModule | undefined, SnapshotProblem> {
  const bytes = input.siblings('go.mod')
  if (bytes === undefined) return accept(undefined)
  const file = input.path.replace(/[^/]*$/, 'go.mod')
  const lines = parseLines(file, bytes)
  return lines.ok ? readDirectives(file, lines.value) : lines
}

/** What is being put together, directive by directive. */
interface Draft {
  readonly module: { -readonly [K in keyof GoModule]: GoModule[K] }
  readonly requires: GoRequirement[]
  readonly replaces: GoReplacement[]
  readonly excluded: Set<string>
}

/** One directive, its words and the line's comment. */
interface Directive {
  readonly words: readonly string[]
  readonly comment: string
  readonly line: number
}

function readDirectives(
  file: string,
  lines: readonly TextLine[],
): Result<GoModule, SnapshotProblem> {
  const requires: GoRequirement[] = []
  const replaces: GoReplacement[] = []
  const module = { file, toolchainLine: 1, requires, replaces }
  const draft: Draft = { module, requires, replaces, excluded: new Set() }
  const problems: SnapshotProblem[] = []
  let block: string | undefined
  for (const { text, line } of lines) {
    const at = `${file} line ${line}`
    const { words, comment } = splitWords(text)
    const [first] = words
    if (first === undefined) continue
    if (block === undefined && words.length === 2 && words[1] === '(') {
      block = first
    } else if (block !== undefined && first === ')' && words.length === 1) {
      block = undefined
    } else {
      const verb = block ?? first
      const rest = block === undefined ? words.slice(1) : words
      if (!takeDirective(draft, verb, { words: rest, comment, line })) {
        problems.push(syntaxProblem(`Expected a directive of go.mod, found ${quote(text)}`, at))
      }
    }
  }
  if (block !== undefined) problems.push(syntaxProblem('Expected ")", found the end', file))
  // A requirement of an excluded version is ignored (Go Modules Reference, exclude directive).
  const kept = requires.filter(({ path, version }) => !draft.excluded.has(`${path}@${version}`))
  return judge({ ...module, requires: kept }, problems)
}

/** Takes one directive into the draft; false where go.mod knows none of that form. */
function takeDirective(draft: Draft, verb: string, directive: Directive): boolean {
  const { words, comment, line } = directive
  const [first, second] = words
  if (first === undefined) return false
  switch (verb) {
    case 'require':
      if (second === undefined || words.length > 2) return false
      draft.requires.push({ path: first, version: second, indirect: isIndirect(comment), line })
      return true
    case 'replace':
      return takeReplacement(draft, words)
    case 'exclude':
      draft.excluded.add(`${first}@${second}`)
      return words.length === 2
    case 'go':
      draft.module.go = first
      return words.length === 1 && /^\d+\.\d+/.test(first)
    case 'toolchain':
      // "default" and "local" name no version.
      if (first.startsWith('go')) draft.module.toolchain = first
      draft.module.toolchainLine = line
      return words.length === 1
    default:
      return OTHER_DIRECTIVES.has(verb)
  }
}

/** They say nothing about what is built from: the module's own name, its bad versions, its settings and its tools' packages. */
const OTHER_DIRECTIVES: ReadonlySet<string> = new Set([
  'godebug',
  'ignore',
  'module',
  'retract',
  'tool',
])

function takeReplacement({ replaces }: Draft, words: readonly string[]): boolean {
  const arrow = words.indexOf('=>')
  const [path, version, ...more] = words.slice(0, Math.max(arrow, 0))
  const [byPath, byVersion, ...rest] = words.slice(arrow + 1)
  if (arrow < 0 || path === undefined || byPath === undefined || more.length + rest.length > 0) {
    return false
  }
  replaces.push({
    path,
    ...(version !== undefined && { version }),
    by: { path: byPath, ...(byVersion !== undefined && { version: byVersion }) },
  })
  return true
}

function isIndirect(comment: string): boolean {
  return /^\/\/\s*indirect\s*(?:;|$)/.test(comment)
}

const WORD = /[ \t]*(?:(\/\/.*)|"((?:[^"\\]|\\.)*)"|`([^`]*)`|([()])|((?:(?!\/\/)[^\s"`()])+))/y

/** The words of one line, quotes undone, and its comment; what can not be split is one word, which no directive takes. */
function splitWords(text: string): { readonly words: readonly string[]; readonly comment: string } {
  const words: string[] = []
  let end = 0
  WORD.lastIndex = 0
  for (let match = WORD.exec(text); match !== null; match = WORD.exec(text)) {
    const [, comment, quoted, raw, bracket, plain] = match
    if (comment !== undefined) return { words, comment }
    words.push(quoted ?? raw ?? bracket ?? plain ?? '')
    end = WORD.lastIndex
  }
  return text.slice(end).trim() === '' ? { words, comment: '' } : { words: [text], comment: '' }
}
