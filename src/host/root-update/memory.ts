// What was seen of a repository the last time, so that an older state of it is not taken for a new one (TUF-5). It is a memory and no
// anchor: whoever changes it can make an update fail, and no more.

import { createHash } from 'node:crypto'
import { chmodSync, mkdirSync, statSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import {
  accept,
  encodeBase64,
  encodeUtf8,
  isJsonObject,
  type JsonObject,
  parseBase64,
  parseJson,
  quote,
  type Result,
  refuse,
} from '../../core/index.ts'
import type { HostProblem } from '../problem.ts'
import { readBytes, writeBytes } from '../files.ts'
import { refusedByWorld } from '../world-fault.ts'

/** What is remembered of one mirror. */
export interface Memory {
  /** Version of the root metadata; 0 where nothing is remembered. */
  readonly rootVersion: number
  /** `timestamp.json`, `snapshot.json` and `targets.json`. */
  readonly files: ReadonlyMap<string, Uint8Array>
}

const NOTHING: Memory = { rootVersion: 0, files: new Map() }
const FORMAT = 'root-memory-1'
const BYTES_MAX = 16 * 1024 * 1024

/**
 * The folder of this user that holds it (XDG base directories), made where it is not there.
 *
 * @returns the absolute path; nobody else can read or write there
 */
export function openCacheFolder(
  readEnvironment: (name: string) => string | undefined,
): Result<string, HostProblem> {
  const given = readEnvironment('XDG_CACHE_HOME') ?? ''
  const home = readEnvironment('HOME') ?? ''
  const cache = isAbsolute(given) ? given : join(isAbsolute(home) ? home : homedir(), '.cache')
  const folder = join(cache, 'assay', 'roots')
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    if ((statSync(folder).mode & 0o077) !== 0) chmodSync(folder, 0o700)
    return accept(folder)
  } catch (cause) {
    return refusedByWorld(`use the folder ${quote(folder)}`, cause, 'host/file-unwritable')
  }
}

/** What is remembered of the mirror in that folder. */
export async function readMemory(
  folder: string,
  mirror: string,
): Promise<Result<Memory, HostProblem>> {
  const path = placeOf(folder, mirror)
  const bytes = await readBytes(folder, path, { bytesMax: BYTES_MAX })
  if (!bytes.ok) return bytes.problems[0].code === 'host/file-missing' ? accept(NOTHING) : bytes
  const memory = parseMemory(bytes.value)
  if (memory !== undefined) return accept(memory)
  return refuse({
    code: 'host/update-memory',
    message: `Expected what was seen of the repository before, found something else in ${quote(path)}`,
    hint: 'Remove the file; then nothing is known of earlier updates',
  })
}

/** Replaces what is remembered, whole. */
export async function writeMemory(
  folder: string,
  mirror: string,
  { rootVersion, files }: Memory,
): Promise<Result<void, HostProblem>> {
  const texts = [...files].map(([name, bytes]) => [name, encodeBase64(bytes)] as const)
  const document: JsonObject = {
    format: FORMAT,
    mirror,
    rootVersion,
    files: Object.fromEntries(texts),
  }
  const bytes = encodeUtf8(`${JSON.stringify(document)}\n`)
  return writeBytes(folder, placeOf(folder, mirror), bytes, { mode: 0o600 })
}

/** Where the memory of a mirror lies. */
export function placeOf(folder: string, mirror: string): string {
  return join(folder, `${createHash('sha256').update(mirror).digest('hex')}.json`)
}

function parseMemory(bytes: Uint8Array): Memory | undefined {
  const json = parseJson(bytes, { bytesMax: BYTES_MAX })
  if (!json.ok || !isJsonObject(json.value)) return undefined
  const { format, rootVersion, files } = json.value
  if (format !== FORMAT || typeof rootVersion !== 'number' || !isJsonObject(files)) return undefined
  const read = Object.entries(files).map(([name, text]) => {
    return [name, typeof text === 'string' ? parseBase64(text) : undefined] as const
  })
  const found = new Map(read.flatMap(([name, part]) => (part?.ok ? [[name, part.value]] : [])))
  return found.size === read.length && read.every(([name]) => NAMES.has(name))
    ? { rootVersion, files: found }
    : undefined
}

/** File names of no other form ever become part of a path. */
const NAMES: ReadonlySet<string> = new Set(['timestamp.json', 'snapshot.json', 'targets.json'])
