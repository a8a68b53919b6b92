// The commands that are to run: one behind the options, or a sequence in a file.

import { posix } from 'node:path'
import * as z from 'zod/mini'
import { accept, LIMITS, parseBySchema, quote, type Result } from '../../../core/index.ts'
import type { Host } from '../../../host/index.ts'
import type { CommandSequence } from '../../../record/observation/index.ts'
import { parseWritten, placeBreach } from '../../../yaml/index.ts'
import { readInput } from '../../file-input.ts'
import type { CliProblem } from '../../problem.ts'
import { usage } from '../../usage.ts'

/** What the options say of the commands. */
export interface SequenceFlags {
  readonly name?: string
  readonly report?: readonly string[]
  readonly folder?: string
  readonly sequence?: string
}

const TEXTS = z.array(z.string())

const SEQUENCE = z.strictObject({
  commands: z.array(
    z.strictObject({
      name: z.string(),
      arguments: TEXTS,
      folder: z.optional(z.string()),
      reports: z.optional(TEXTS),
    }),
  ),
  onFailure: z.optional(z.enum(['stop', 'go-on'])),
})

/** The sequence that the words or the file give. */
export async function readSequence(
  host: Host,
  { name, report, folder, sequence: path }: SequenceFlags,
  words: readonly string[],
): Promise<Result<CommandSequence>> {
  const [program] = words
  if ((program === undefined) === (path === undefined)) {
    const found = path === undefined ? 'neither' : 'both'
    return usage(`Expected -- and a command, or --sequence FILE, found ${found}`)
  }
  if (path === undefined) {
    const command = {
      name: name ?? posix.basename(program ?? ''),
      arguments: words,
      ...(folder !== undefined && { folder }),
      ...(report !== undefined && { reports: report }),
    }
    return accept({ commands: [command], onFailure: 'stop' })
  }
  if ((name ?? report ?? folder) !== undefined) {
    return usage('Expected --name, --report and --folder with a command, found --sequence')
  }
  return readSequenceFile(host, path)
}

async function readSequenceFile(host: Host, path: string): Promise<Result<CommandSequence>> {
  const bytes = await readInput(host, path, { bytesMax: LIMITS.writtenBytesMax, pipes: true })
  if (!bytes.ok) return bytes
  const written = parseWritten(bytes.value, path.endsWith('.json') ? 'json' : 'yaml')
  if (!written.ok) return written
  const document = written.value
  const read = parseBySchema(SEQUENCE, document.value, (breach): CliProblem => {
    const at = `${quote(path)}, ${placeBreach(document, breach)}`
    return { code: 'cli/record-member', message: breach.message, at }
  })
  if (!read.ok) return read
  const { commands, onFailure = 'stop' } = read.value
  return accept({
    onFailure,
    commands: commands.map(({ folder, reports, ...command }) => ({
      ...command,
      ...(folder !== undefined && { folder }),
      ...(reports !== undefined && { reports }),
    })),
  })
}
