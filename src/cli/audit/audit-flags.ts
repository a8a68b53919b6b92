// Options of `assay audit`.

import type { Instant } from '../../core/index.ts'
import type { Format } from '../flags.ts'
import type { JudgedHeadFlags } from '../ledger/ledger-flags.ts'

/** What may be said on the command line. */
export interface AuditFlags extends JudgedHeadFlags {
  readonly trust?: string
  readonly trustDigest?: string
  readonly policies?: string
  readonly at?: Instant
  readonly run?: boolean
  readonly release?: readonly string[]
  readonly unsafeExampleKeys?: boolean
  readonly ignorePages?: boolean
  readonly format: Format
}

/** `sha256:…`, for the framework, which shows what is thrown as a usage error. */
export function parseTrustDigest(input: string): string {
  const [, sha256] = /^sha256:([0-9a-f]{64})$/.exec(input) ?? []
  if (sha256 !== undefined) return sha256
  throw new SyntaxError('Expected sha256: and 64 lower-case hex digits')
}
