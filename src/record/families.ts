// Every family of records, and which of them a statement is of.

import type { JsonObject } from '../core/index.ts'
import type { Family } from './family.ts'
import type { RecordFamily } from '../policy/index.ts'
import { ADOPTION } from './families/adoption.ts'
import { ADOPTION_REVIEW } from './families/adoption-review.ts'
import { APPROVAL } from './families/approval.ts'
import { ATTESTATION } from './families/attestation.ts'
import { AUTHORITY } from './families/authority.ts'
import { CANARY } from './families/canary.ts'
import { CERTIFICATION } from './families/certification.ts'
import { COMMAND } from './families/command.ts'
import { DEPLOYMENT } from './families/deployment.ts'
import { INCIDENT } from './families/incident.ts'
import { LINKAGE } from './families/linkage.ts'
import { PROMOTION } from './families/promotion.ts'
import { REVIEW } from './families/review.ts'
import { ROLLBACK } from './families/rollback.ts'
import { SMOKE } from './families/smoke.ts'
import { TEST_RESULT } from './families/test-result.ts'
import { TRACKING } from './families/tracking.ts'
import { WAIVER } from './families/waiver.ts'
import { WITHDRAWAL } from './families/withdrawal.ts'

/** The families, each once. */
export const FAMILIES: readonly Family[] = [
  TRACKING,
  ATTESTATION,
  AUTHORITY,
  LINKAGE,
  ADOPTION,
  ADOPTION_REVIEW,
  TEST_RESULT,
  SMOKE,
  CANARY,
  DEPLOYMENT,
  REVIEW,
  CERTIFICATION,
  INCIDENT,
  COMMAND,
  APPROVAL,
  PROMOTION,
  ROLLBACK,
  WITHDRAWAL,
  WAIVER,
]

/** The family of that name. */
export function findFamily(name: RecordFamily): Family | undefined {
  return FAMILIES.find((family) => family.name === name)
}

/** What only a smoke has, of the two families that share the standard type of test results. */
const SMOKE_MEMBER = 'assay_smoke'

/** The family that a statement is of. PM-1: types are compared as whole strings. */
export function familyOf(predicateType: string, predicate: JsonObject): Family | undefined {
  const [first, ...others] = FAMILIES.filter((family) => family.predicateType === predicateType)
  if (others.length === 0) return first
  return findFamily(Object.hasOwn(predicate, SMOKE_MEMBER) ? 'smoke' : 'test-result')
}
