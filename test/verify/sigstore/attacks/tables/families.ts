// The tables of attacks.

import type { Family } from '../attack.ts'
import { AUTHORITIES } from './authorities.ts'
import { CERTIFICATE_LOGS } from './certificate-logs.ts'
import { CERTIFICATES } from './certificates.ts'
import { DOCUMENTS } from './documents.ts'
import { IDENTITIES } from './identities.ts'
import { KEYS } from './keys.ts'
import { LOG_ENTRIES } from './log-entries.ts'
import { LOG_PROOFS } from './log-proofs.ts'
import { TIMESTAMP_AUTHORITIES } from './timestamp-authorities.ts'
import { TIMESTAMPS } from './timestamps.ts'

export const FAMILIES: readonly Family[] = [
  IDENTITIES,
  CERTIFICATES,
  AUTHORITIES,
  CERTIFICATE_LOGS,
  LOG_ENTRIES,
  LOG_PROOFS,
  TIMESTAMPS,
  TIMESTAMP_AUTHORITIES,
  KEYS,
  DOCUMENTS,
]
