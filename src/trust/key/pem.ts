// The text form of keys (RFC 7468): blocks between BEGIN and END lines, with explanatory text before them.

import { parseBase64, quote, type Result, accept, refuse } from '../../core/index.ts'
import type { TrustProblem } from '../problem.ts'

/** One block. */
export interface PemBlock {
  /** `PUBLIC KEY` */
  readonly label: string
  /** RFC 1421 header lines, which only old encrypted keys have. */
  readonly headers: readonly string[]
  readonly bytes: Uint8Array
}

const BEGIN = /^-----BEGIN (?<label>[A-Z0-9 ]{1,64})-----$/

/** True when some line begins a block. */
export function isPem(text: string): boolean {
  return text.split(/\r?\n/).some((line) => line.startsWith('-----BEGIN '))
}

/**
 * Reads every block. Text before a block explains it (RFC 7468 section 2); text after the last one is refused.
 */
export function parsePem(text: string): Result<readonly PemBlock[], TrustProblem> {
  const lines = text.trimEnd().split(/\r?\n/)
  const blocks: PemBlock[] = []
  let next = 0
  for (const [at, line] of lines.entries()) {
    if (at < next) continue
    const label = BEGIN.exec(line)?.groups?.['label']
    if (label === undefined) {
      // A BEGIN or END line that does not fit is damage; other text is a comment.
      if (line.startsWith('-----') || (blocks.length > 0 && at === lines.length - 1)) {
        return damaged('lines that belong to no block')
      }
      continue
    }
    const end = lines.indexOf(`-----END ${label}-----`, at)
    if (end === -1) return damaged(`no end of ${quote(label)}`)
    const block = parseBlock(label, lines.slice(at + 1, end))
    if (!block.ok) return block
    blocks.push(block.value)
    next = end + 1
  }
  return blocks.length === 0 ? damaged('no block') : accept(blocks)
}

/** Writes one block: 64 characters a line. */
export function encodePem(label: string, bytes: Uint8Array): string {
  const body = Buffer.from(bytes)
    .toString('base64')
    .replaceAll(/.{64}(?=.)/g, '$&\n')
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`
}

function parseBlock(label: string, lines: readonly string[]): Result<PemBlock, TrustProblem> {
  const blank = lines.indexOf('')
  const headers = lines[0]?.includes(':') === true && blank > 0 ? lines.slice(0, blank) : []
  const bytes = parseBase64(lines.slice(headers.length).join(''))
  if (!bytes.ok) return damaged(`other characters than base64 in ${quote(label)}`)
  return accept({ label, headers, bytes: bytes.value })
}

function damaged(found: string): Result<never, TrustProblem> {
  return refuse({ code: 'trust/key-invalid', message: `Expected whole PEM blocks, found ${found}` })
}
