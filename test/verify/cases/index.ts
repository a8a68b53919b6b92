// Every case of `fixtures/verify/`.

import { ACCEPTED } from './accepted.ts'
import { ARCHIVE_CASES } from './archives.ts'
import type { Case } from './case.ts'
import { DIGESTS } from './digests.ts'
import { PAYLOAD_CASES } from './payloads.ts'
import { PROVENANCES } from './provenances.ts'
import { REVISIONS } from './revisions.ts'
import { ROLES } from './roles.ts'
import { SHAPES } from './shapes.ts'
import { SIGNATURES } from './signatures.ts'
import { SIGNERS } from './signers.ts'
import { SUBJECTS } from './subjects.ts'
import { SUMMARIES } from './summaries.ts'
import { TYPES } from './predicate-types.ts'

export const CASES: readonly Case[] = [
  ...ACCEPTED,
  ...SHAPES,
  ...PAYLOAD_CASES,
  ...SIGNATURES,
  ...SIGNERS,
  ...ROLES,
  ...DIGESTS,
  ...SUBJECTS,
  ...TYPES,
  ...SUMMARIES,
  ...REVISIONS,
  ...ARCHIVE_CASES,
  ...PROVENANCES,
]
