// A verification summary before a requirement: whose it is and of what decides whether it is looked at; what it says, whether it supports.
// Where none is expected none is looked at, so that no summary counts by its being there.

import { strict as assert } from 'node:assert'
import { type Check, membersOf } from '../../../core/index.ts'
import {
  parseVerificationSummary,
  PREDICATE_TYPES,
  type VerificationSummary,
} from '../../../statement/index.ts'
import { judgeSummary } from '../../../verify/index.ts'
import type { Evidence } from '../../evidence.ts'
import { millisecondsOf } from '../../requirement/duration.ts'
import type { ExpectedSummary } from '../../requirement/expected-summary.ts'
import type { Selection } from '../../requirement/selection.ts'

/** Of summaries, those of the expected verifier about the expected resource; of all else, everything where no summary is expected. */
export function isExpectedSummary(piece: Evidence, { summary }: Selection): boolean {
  const isSummary = piece.predicateType === PREDICATE_TYPES.vsa
  if (summary === undefined || !isSummary) return summary === undefined && !isSummary
  const said = readSummary(piece)
  return said?.verifier.id === summary.verifier && said.resourceUri === summary.resourceUri
}

/** Steps 4 to 7, policy and age; nothing where all of it is as expected. Who signed for the verifier was verified before. */
export function findUnlikeSummary(
  piece: Evidence,
  expected: ExpectedSummary,
  now: number,
): readonly Check[] {
  const { verifier, resourceUri, levels, policyUri, policySha256, within } = expected
  const said = readSummary(piece)
  assert(said, 'nothing else than a summary is selected where one is expected')
  const { signedAt } = piece
  const asked = {
    verifierId: verifier,
    resourceUri,
    verifiedLevels: levels,
    ...(policyUri !== undefined && { policyUri }),
    ...(policySha256 !== undefined && { policySha256 }),
    ...(within !== undefined && { ageMsMax: millisecondsOf(within) }),
  }
  const checks = judgeSummary(said, asked, { now, ...(signedAt !== undefined && { signedAt }) })
  return checks.filter(({ outcome }) => outcome !== 'accepted')
}

function readSummary({ predicate }: Evidence): VerificationSummary | undefined {
  const said = parseVerificationSummary(membersOf(predicate))
  return said.ok ? said.value : undefined
}
