// Options of `assay audit`.

import type { Instant } from '../../core/index.ts'
import type { Format } from '../flags.ts'
import type { HeadFlags } from '../ledger/ledger-flags.ts'

/** What may be said on the command line. */
export interface AuditFlags extends HeadFlags {
  readonly trust?: string
  readonly policies?: string
  readonly head?: string
  readonly maxAge?: number
  readonly at?: Instant
  readonly run?: boolean
  readonly release?: readonly string[]
  readonly unsafeUnsigned?: boolean
  readonly unsafeExampleKeys?: boolean
  readonly format: Format
}
