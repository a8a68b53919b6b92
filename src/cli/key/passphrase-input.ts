// Where a passphrase comes from: a file, the environment, or a person. Never from the command line's arguments.

import { accept, equalBytes, encodeUtf8, type Result, refuse } from '../../core/index.ts'
import type { Host, HostProblem } from '../../host/index.ts'
import type { SignProblem } from '../../sign/index.ts'
import { OPTIONAL_TEXT } from '../flags.ts'

/** `--passphrase-file FILE` */
export const PASSPHRASE_FILE_FLAG = {
  ...OPTIONAL_TEXT,
  placeholder: 'FILE',
  brief: 'File with the passphrase; else ASSAY_KEY_PASSPHRASE, else the terminal is asked',
} as const

const PASSPHRASE_BYTES_MAX = 1_024

type PassphraseResult = Result<Uint8Array, HostProblem | SignProblem>

/** Which passphrase is wanted. */
export interface PassphraseOptions {
  readonly file: string | undefined
  /** What the passphrase is for, in the prompt. */
  readonly purpose: string
  /** Ask a person twice: what is mistyped now can never be typed again. */
  readonly isNew: boolean
}

/** The first source that there is: the file, `ASSAY_KEY_PASSPHRASE`, the terminal. */
export async function findPassphrase(
  host: Host,
  { file, purpose, isNew }: PassphraseOptions,
): Promise<PassphraseResult> {
  if (file !== undefined) return readPassphraseFile(host, file)
  const variable = host.readEnvironment('ASSAY_KEY_PASSPHRASE')
  if (variable !== undefined) return accept(encodeUtf8(variable))
  const typed = await host.askPassphrase(`Passphrase for ${purpose}: `)
  if (typed === undefined) {
    return refuse({
      code: 'sign/passphrase-missing',
      message: `Expected a passphrase for ${purpose}, found no source of one`,
      hint: 'Set ASSAY_KEY_PASSPHRASE, give --passphrase-file FILE, or run it on a terminal',
    })
  }
  if (!isNew || equalBytes(typed, (await host.askPassphrase('The same again: ')) ?? typed)) {
    return accept(typed)
  }
  return refuse({
    code: 'sign/passphrase-wrong',
    message: 'Expected the same passphrase twice, found two different ones',
  })
}

/** The file's first line: editors put a newline at its end. */
async function readPassphraseFile(host: Host, file: string): Promise<PassphraseResult> {
  const bytes = await host.readKeyFile(file, { bytesMax: PASSPHRASE_BYTES_MAX })
  if (!bytes.ok) return bytes
  const end = bytes.value.indexOf(0x0a)
  const line = end === -1 ? bytes.value : bytes.value.subarray(0, end)
  return accept(line.at(-1) === 0x0d ? line.subarray(0, -1) : line)
}
