// Options of the commands about a ledger: where it is, and whose heads count.

import { accept, parseUtf8, quote, type Result } from '../../core/index.ts'
import type { Host } from '../../host/index.ts'
import { type HeadExpectation, type HeadFinding, verifyCheckpoint } from '../../ledger/index.ts'
import { type NamedNoteKey, parseNoteKey } from '../../trust/index.ts'
import { parseAge } from '../age.ts'
import { atPath } from '../file-input.ts'
import { OPTIONAL_TEXT, SWITCH, TEXT } from '../flags.ts'
import { usage } from '../usage.ts'

/** `--ledger DIR` */
export const LEDGER_FLAG = {
  ...TEXT,
  default: 'ledger',
  placeholder: 'DIR',
  brief: 'Folder of the ledger',
} as const

/** Whose signed heads count. */
export interface HeadFlags {
  readonly logKey?: readonly string[]
  readonly origin?: string
  readonly witness?: readonly string[]
  readonly witnesses?: number
}

const KEYS = { ...OPTIONAL_TEXT, variadic: true, placeholder: 'KEY' } as const

/** `--log-key KEY…`, alone. */
export const LOG_KEY_FLAG = {
  ...KEYS,
  brief: 'Key of the ledger as assay ledger checkpoint prints it, or a file with such keys',
} as const

/** The options, for the framework. */
export const HEAD_FLAGS = {
  logKey: LOG_KEY_FLAG,
  origin: {
    ...OPTIONAL_TEXT,
    placeholder: 'NAME',
    brief: 'Name of the ledger; else that of its key',
  },
  witness: {
    ...KEYS,
    brief: 'Key of a witness whose cosignature counts, or a file with such keys',
  },
  witnesses: {
    kind: 'parsed',
    parse: parseCount,
    optional: true,
    placeholder: 'N',
    brief: 'How many different witnesses must have cosigned the head',
  },
} as const

/** Where the signed head of a ledger is judged: also which older head was kept, and how old one may be. */
export interface JudgedHeadFlags extends HeadFlags {
  readonly head?: string
  readonly maxAge?: number
  readonly unsafeUnsigned?: boolean
}

/** The options, for the framework. */
export const JUDGED_HEAD_FLAGS = {
  ...HEAD_FLAGS,
  head: {
    ...OPTIONAL_TEXT,
    placeholder: 'FILE',
    brief: 'A checkpoint that was kept: the ledger must continue it',
  },
  maxAge: {
    kind: 'parsed',
    parse: parseAge,
    optional: true,
    placeholder: 'AGE',
    brief: 'The signed head may be this old, such as 24h or 30d',
  },
  unsafeUnsigned: { ...SWITCH, brief: 'Judge no signed head: entries may have been dropped' },
} as const

function parseCount(input: string): number {
  const count = Number(input)
  if (/^\d{1,3}$/.test(input)) return count
  throw new SyntaxError('Expected a number from 0 to 999')
}

const KEY_FILE_BYTES_MAX = 64 * 1024

/** What the options say of signed heads; undefined where no key is given. */
export async function readHeadExpectation(
  host: Host,
  { logKey = [], origin, witness = [], witnesses = 0 }: HeadFlags,
): Promise<Result<HeadExpectation | undefined>> {
  const keys = await readNoteKeys(host, logKey)
  if (!keys.ok) return keys
  const others = await readNoteKeys(host, witness)
  if (!others.ok) return others
  const [first] = keys.value
  if (first === undefined) {
    const isIdle = origin !== undefined || others.value.length > 0 || witnesses > 0
    return isIdle ? usage('Expected --log-key with --origin and --witness') : accept(undefined)
  }
  const name = origin ?? first.name
  if (origin === undefined && keys.value.some((key) => key.name !== name)) {
    return usage('Expected --origin NAME where the keys of the ledger have several names')
  }
  return accept({ origin: name, keys: keys.value, witnesses: others.value, quorum: witnesses })
}

/** Each is a key, or a file with one key a line. */
export async function readNoteKeys(
  host: Host,
  texts: readonly string[],
): Promise<Result<readonly NamedNoteKey[]>> {
  const keys: NamedNoteKey[] = []
  for (const text of texts) {
    const key = parseNoteKey(text)
    const found = key.ok ? accept([key.value]) : await readKeyLines(host, text)
    if (!found.ok) return found
    keys.push(...found.value)
  }
  return accept(keys)
}

async function readKeyLines(host: Host, path: string): Promise<Result<readonly NamedNoteKey[]>> {
  const bytes = await host.readBytes(path, { bytesMax: KEY_FILE_BYTES_MAX })
  if (!bytes.ok) return bytes
  const text = parseUtf8(bytes.value)
  if (!text.ok) return atPath(text, path)
  const lines = text.value.split('\n').filter((line) => line !== '')
  const keys: NamedNoteKey[] = []
  for (const line of lines) {
    const key = parseNoteKey(line)
    if (!key.ok) return atPath(key, path)
    keys.push(key.value)
  }
  return keys.length > 0 ? accept(keys) : usage(`Expected a key in ${quote(path)}, found none`)
}

/** The verdict about a checkpoint in a file. */
export async function readHead(
  host: Host,
  path: string,
  expectation: HeadExpectation,
): Promise<Result<HeadFinding>> {
  const bytes = await host.readBytes(path, { bytesMax: KEY_FILE_BYTES_MAX })
  return bytes.ok ? accept(verifyCheckpoint(bytes.value, expectation)) : bytes
}

/** The verdict about a head that somebody kept, of whom witnesses are not asked: it is believed for having been kept. */
export async function readKeptHead(
  host: Host,
  path: string | undefined,
  expectation: HeadExpectation | undefined,
): Promise<Result<HeadFinding | undefined>> {
  if (path === undefined || expectation === undefined) return accept(undefined)
  return readHead(host, path, { ...expectation, quorum: 0 })
}
