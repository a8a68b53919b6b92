// A signer that is a program: it gets a request on standard input and answers on standard output (docs/signer-command.md).

import { type ChildProcess, spawn } from 'node:child_process'
import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { resolve } from 'node:path'
import {
  AssayError,
  accept,
  escapeText,
  LIMITS,
  quote,
  type Result,
  refuse,
} from '../core/index.ts'
import {
  encodePublicKeyRequest,
  encodeSignRequest,
  parsePublicKeyResponse,
  parseSignResponse,
  type Signer,
} from '../sign/index.ts'
import type { HostProblem } from './problem.ts'

/** Time for a person to touch a token or type a PIN. */
const TIMEOUT_MS = 60_000

/** How much of what the program says about a failure is kept, in UTF-16 units. */
const WORDS_MAX = 4_096

/** What the program must not see: it is for keys in files. */
const WITHHELD = 'ASSAY_KEY_PASSPHRASE'

/**
 * Starts the program once to learn its public key, and then once for each signature.
 *
 * @param program path of an executable file; it is not looked up in PATH, and no shell reads it
 * @returns `host/signer-missing` where there is no such program; what it answers wrongly is thrown
 */
export async function openSignerCommand(
  folder: string,
  program: string,
  timeoutMs: number = TIMEOUT_MS,
): Promise<Result<Signer, HostProblem>> {
  const path = resolve(folder, program)
  try {
    await access(path, constants.X_OK)
  } catch {
    // Missing, a folder on the way, or no permission: the remedy is the same.
    return refuse({
      code: 'host/signer-missing',
      message: `Cannot sign with ${quote(program)}: expected the path of a program that may be run`,
      hint: 'Give a path, such as ./sign.sh; a bare name is not looked up in PATH',
    })
  }
  const ask = (request: Uint8Array) => runSigner({ path, program, timeoutMs }, request)
  const publicKey = expectAnswer(
    program,
    parsePublicKeyResponse(await ask(encodePublicKeyRequest())),
  )
  return accept({
    hint: publicKey.keyId,
    publicKey,
    sign: async (bytes) => {
      const response = await ask(encodeSignRequest(publicKey, bytes))
      return expectAnswer(program, parseSignResponse(response, publicKey, bytes))
    },
  })
}

/** The program is a part of the world: an answer that can not be used is its failure, not a document's. */
function expectAnswer<T>(program: string, result: Result<T>): T {
  if (result.ok) return result.value
  const [{ message, hint }] = result.problems
  throw new AssayError(
    'host/signer-failed',
    `Cannot sign with ${quote(program)}: ${message}`,
    hint === undefined ? {} : { hint },
  )
}

interface SignerProgram {
  readonly path: string
  /** As the person wrote it. */
  readonly program: string
  readonly timeoutMs: number
}

function runSigner(
  { path, program, timeoutMs }: SignerProgram,
  request: Uint8Array,
): Promise<Uint8Array> {
  const { [WITHHELD]: _, ...env } = process.env
  return new Promise((resolve, reject) => {
    // The same session: a program may ask for a PIN on the terminal.
    const child = spawn(path, [], { env, shell: false, windowsHide: true })
    const output: Uint8Array[] = []
    let outputBytes = 0
    let words = ''
    const fail = (reason: string, cause?: unknown) => {
      stop(child)
      clearTimeout(timer)
      const said = words.trim() === '' ? '' : `; it said: ${escapeText(words.trim())}`
      const message = `Cannot sign with ${quote(program)}: ${reason}${said}`
      reject(new AssayError('host/signer-failed', message, { cause }))
    }
    // Absolute: output does not prolong it.
    const timer = setTimeout(() => fail(`no answer in ${timeoutMs / 1_000} seconds`), timeoutMs)
    child.on('error', (cause) => fail('it could not be started', cause))
    child.stdout.on('data', (part: Uint8Array) => {
      outputBytes += part.length
      if (outputBytes > LIMITS.keyBytesMax) fail(`more than ${LIMITS.keyBytesMax} bytes of answer`)
      else output.push(part)
    })
    child.stderr.setEncoding('utf8').on('data', (part: string) => {
      words = (words + part).slice(0, WORDS_MAX)
    })
    // A program may answer without reading all of the request.
    child.stdin.on('error', () => undefined).end(request)
    child.on('close', (code, signal) => {
      if (code !== 0) return fail(signal === null ? `exit code ${code}` : `ended by ${signal}`)
      clearTimeout(timer)
      resolve(new Uint8Array(Buffer.concat(output)))
    })
  })
}

/** Ends the program and lets go of its pipes, which a process that it started may still hold. */
function stop(child: ChildProcess): void {
  child.kill('SIGKILL')
  for (const stream of [child.stdin, child.stdout, child.stderr]) stream?.destroy()
}
