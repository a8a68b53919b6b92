// A Dockerfile or Containerfile as its instructions: comments, line continuations and here-documents taken out
// (Dockerfile reference: format, parser directives, here-documents).

/** One instruction on one line. */
export interface Instruction {
  /** Upper case. */
  readonly name: string
  readonly flags: readonly string[]
  /** What follows the flags, with continuations joined by a blank. */
  readonly rest: string
  readonly line: number
}

/** The file, taken apart. */
export interface ContainerFile {
  /** The image that parses the file, from `# syntax=`. */
  readonly syntax?: { readonly image: string; readonly line: number }
  readonly instructions: readonly Instruction[]
}

const DIRECTIVE = /^#\s*(?<name>[A-Za-z]+)\s*=\s*(?<value>\S+)\s*$/
const INSTRUCTION = /^(?<name>[A-Za-z]+)\s+(?<rest>.*)$/s
const FLAG = /^--(?<flag>\S+)\s*/
const HERE_DOCUMENT = /<<(?<dash>-?)(?<quote>["']?)(?<word>[A-Za-z_]\w*)\k<quote>/g

/** Splits the file; a line that is no instruction is kept as one with an empty name, for the caller to refuse. */
export function splitContainerFile(text: string): ContainerFile {
  const lines = text.replace(/^\ufeff/, '').split(/\r?\n/)
  const { syntax, escape, start } = readDirectives(lines)
  const continued = escape === '`' ? /`[ \t]*$/ : /\\[ \t]*$/
  const instructions: Instruction[] = []
  for (let index = start; index < lines.length; index++) {
    const first = lines[index]?.trimStart() ?? ''
    if (first === '' || first.startsWith('#')) continue
    const line = index + 1
    const parts: string[] = []
    for (let part: string = first; ; part = lines[++index] ?? '') {
      // Comments and blank lines inside a continued instruction are taken out.
      const isNote = parts.length > 0 && (/^\s*#/.test(part) || part.trim() === '')
      if (!isNote) parts.push(part.replace(continued, ' '))
      if (!(isNote || continued.test(part)) || index + 1 >= lines.length) break
    }
    const instruction = readInstruction(parts.join(''), line)
    instructions.push(instruction)
    index = skipHereDocuments(instruction, lines, index)
  }
  return { ...(syntax && { syntax }), instructions }
}

/** Parser directives stand before everything else, each once. */
function readDirectives(lines: readonly string[]): {
  syntax?: { image: string; line: number }
  escape: string
  start: number
} {
  let syntax: { image: string; line: number } | undefined
  let escape = '\\'
  let start = 0
  for (; start < lines.length; start++) {
    const { name, value } = DIRECTIVE.exec(lines[start] ?? '')?.groups ?? {}
    if (name === undefined || value === undefined) break
    if (name.toLowerCase() === 'syntax') syntax ??= { image: value, line: start + 1 }
    else if (name.toLowerCase() === 'escape') escape = value
    else if (name.toLowerCase() !== 'check') break
  }
  return { ...(syntax && { syntax }), escape, start }
}

function readInstruction(text: string, line: number): Instruction {
  const { name, rest } = INSTRUCTION.exec(text.trim())?.groups ?? {}
  if (name === undefined || rest === undefined) return { name: '', flags: [], rest: '', line }
  const flags: string[] = []
  let left = rest.trim()
  for (let match = FLAG.exec(left); match !== null; match = FLAG.exec(left)) {
    flags.push(match.groups?.['flag'] ?? '')
    left = left.slice(match[0].length)
  }
  return { name: name.toUpperCase(), flags, rest: left, line }
}

/** The bodies of `<<WORD` follow in order; what looks like an instruction there is none. */
function skipHereDocuments(
  { name, rest }: Instruction,
  lines: readonly string[],
  last: number,
): number {
  if (!['ADD', 'COPY', 'RUN'].includes(name)) return last
  let index = last
  for (const { groups } of rest.matchAll(HERE_DOCUMENT)) {
    const isEnd = (text: string) =>
      (groups?.['dash'] === '-' ? text.replace(/^\t+/, '') : text) === groups?.['word']
    const end = lines.findIndex((text, at) => at > index && isEnd(text))
    // Without its end the document runs to the end of the file.
    index = end === -1 ? lines.length : end
  }
  return index
}
