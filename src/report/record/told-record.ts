// A record as it is told: what an audit, and the command that made it, know of it.

import type { Outcome } from '../../core/index.ts'
import type { RecordFamily } from '../../policy/index.ts'
import type { ViewFact } from '../../record/index.ts'

/** A record, with what is computed of it. */
export interface ToldRecord {
  readonly family: RecordFamily
  /** A token of its family. */
  readonly status: string
  readonly outcome: Outcome
  /** Who signed it, by the trust document. */
  readonly signer: string
  /** Of a record of an adoptable family, and of an adoption: `live-workflow` or `local-proof`. */
  readonly origin?: string | undefined
  /** Its entry in the ledger. */
  readonly index?: number | undefined
  /** When its signer says that it was made. */
  readonly reportedAt?: string | undefined
  /** The evidence definition that it answers. */
  readonly evidence?: string | undefined
  /** The later record that made up for it. */
  readonly overtakenBy?: string | undefined
  readonly facts: Readonly<Record<string, ViewFact>>
}
