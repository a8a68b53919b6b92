// Dockerfile and Containerfile: the images that a build starts from or copies from, with build arguments filled in, and
// what it downloads. Stages of the file itself are no images.

import { accept, parseUtf8, quote, refuse } from '../../core/index.ts'
import { publicAddress, withoutFragment } from '../address.ts'
import type { InputReader, InputReference } from '../build-input.ts'
import { pinStateOfGitReference } from '../pin-state.ts'
import { type Instruction, splitContainerFile } from './container-instruction.ts'
import { expandVariables, readImage } from './image.ts'

/** Reads a container file; one without a `FROM` is none. */
export const readContainerFile: InputReader = ({ path, bytes }) => {
  const text = parseUtf8(bytes)
  if (!text.ok) return refuse({ ...text.problems[0], code: 'snapshot/input-shape' })
  const { syntax, instructions } = splitContainerFile(text.value)
  const broken = instructions.find(({ name }) => name === '')
  if (broken !== undefined || !instructions.some(({ name }) => name === 'FROM')) {
    return refuse({
      code: 'snapshot/input-shape',
      message: `Cannot read ${quote(path)}: expected the instructions of a container file, with a FROM`,
      ...(broken && { at: `line ${broken.line}` }),
    })
  }
  const build: Build = { globals: new Map(), stages: new Set(), stageCount: 0, references: [] }
  if (syntax !== undefined) build.references.push(readImage(syntax.image, { line: syntax.line }))
  for (const instruction of instructions) readInstruction(instruction, build)
  return accept({ references: build.references, uses: [] })
}

interface Build {
  /** Build arguments from before the first `FROM`: the only ones that a `FROM` sees. */
  readonly globals: Map<string, string>
  /** Names of the stages so far, in lower case. */
  readonly stages: Set<string>
  stageCount: number
  readonly references: InputReference[]
}

function readInstruction(instruction: Instruction, build: Build): void {
  const { name, flags, rest, line } = instruction
  if (name === 'ARG' && build.stageCount === 0) readArguments(rest, build.globals)
  if (name === 'FROM') readFrom(instruction, build)
  if (name === 'COPY' || name === 'ADD') {
    const from = flags.find((flag) => flag.startsWith('from='))?.slice('from='.length)
    if (from !== undefined) readCopiedFrom(from, line, build)
  }
  if (name === 'ADD') build.references.push(...downloads(instruction))
  if (name === 'RUN') {
    for (const flag of flags.filter((candidate) => candidate.startsWith('mount='))) {
      const from = flag
        .split(/[=,](?=from=)/)[1]
        ?.slice('from='.length)
        .split(',')[0]
      if (from !== undefined) readCopiedFrom(from, line, build)
    }
  }
}

/** `NAME=default` or `NAME`, several on one line; a default may name earlier arguments. */
function readArguments(rest: string, globals: Map<string, string>): void {
  for (const { groups } of rest.matchAll(ARGUMENT)) {
    const { name = '', double, single, bare } = groups ?? {}
    const value = double ?? single ?? bare
    if (value === undefined) globals.delete(name)
    else if (single !== undefined) globals.set(name, single)
    else globals.set(name, expandVariables(value, (variable) => globals.get(variable)).text)
  }
}

const ARGUMENT =
  /(?<name>[A-Za-z_]\w*)(?:=(?:"(?<double>[^"]*)"|'(?<single>[^']*)'|(?<bare>\S*)))?/g
const FROM = /^(?<image>\S+)(?:\s+as\s+(?<stage>\S+))?$/i

function readFrom({ rest, line }: Instruction, build: Build): void {
  const { image = '', stage } = FROM.exec(rest.trim())?.groups ?? {}
  build.stageCount++
  const written = image.replace(/^(["'])(.*)\1$/, '$2')
  const { text, variables } = expandVariables(written, (name) => build.globals.get(name))
  // `scratch` is the empty image: there is nothing to pin.
  if (!build.stages.has(text.toLowerCase()) && text !== 'scratch') {
    build.references.push(readImage(text, { line, variables }))
  }
  if (stage !== undefined) build.stages.add(stage.toLowerCase())
}

/** A stage by name or number, else an image. */
function readCopiedFrom(from: string, line: number, build: Build): void {
  const { text, variables } = expandVariables(from, (name) => build.globals.get(name))
  const isStage = build.stages.has(text.toLowerCase()) || /^\d+$/.test(text)
  if (!isStage) build.references.push(readImage(text, { line, variables }))
}

/** `ADD` of an address or a git repository, with `--checksum` or a commit where they are given. */
function downloads({ flags, rest, line }: Instruction): InputReference[] {
  const checksum = flags.find((flag) => flag.startsWith('checksum='))?.slice('checksum='.length)
  const { algorithm, value } = CHECKSUM.exec(checksum ?? '')?.groups ?? {}
  return rest
    .split(/[\s,"[\]]+/)
    .filter((word) => /^(?:https?:|git@|ssh:|git:)/.test(word))
    .map((word): InputReference => {
      const name = publicAddress(withoutFragment(word)) ?? ''
      const commit = GIT_FRAGMENT.exec(word)?.groups?.['reference'] ?? checksum
      if (commit !== undefined && pinStateOfGitReference(commit) === 'commit-pinned') {
        const digest = { algorithm: 'gitCommit', value: commit } as const
        return { kind: 'download', name, digest, pinState: 'commit-pinned', line }
      }
      if (algorithm !== 'sha256' || value === undefined) {
        return { kind: 'download', name, pinState: 'floating', line }
      }
      const digest = { algorithm, value } as const
      return { kind: 'download', name, digest, pinState: 'digest-pinned', line }
    })
}

const CHECKSUM = /^(?<algorithm>sha256):(?<value>[0-9a-f]{64})$/
const GIT_FRAGMENT = /#(?<reference>[^:]+)/
