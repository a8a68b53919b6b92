// Approvals of a release that was built and tracked, for tests of what they come to.

import type { Phase } from '../../src/policy/index.ts'
import { APPROVAL } from '../../src/record/families/approval.ts'
import { TRACKING } from '../../src/record/families/tracking.ts'
import { person } from './deciders.ts'
import {
  type ContextOptions,
  type FoldedOptions,
  foldedProvenance,
  foldedRecord,
  viewAmong,
} from './folded.ts'
import { shippedRegistry } from './registry.ts'
import { TRACKING_MEMBERS } from './signed.ts'

export const REGISTRY = shippedRegistry()
export const TARGET = 'render_staging_rollout'
export const POST: Phase = 'post-deploy-smoke-verified'

/** The policies of now, as an approver sees them. */
export const seen = (registry = REGISTRY) =>
  registry.policiesOf(TARGET).map(({ id, digest }) => ({ id, sha256: digest }))

export const MEMBERS = {
  scope: 'rollout',
  decision: 'approve',
  mode: 'manual-dispatch-with-human-initiation',
  policies: seen(),
  expires: '2026-05-10T00:00:00Z',
  reason: 'The candidate is ready',
}
const { expires: _, ...WITHOUT_END } = MEMBERS
export const REJECTION = { ...WITHOUT_END, decision: 'reject', reason: 'Not today' }

export const BUILT = foldedProvenance({ index: 0 })
export const TRACKED = foldedRecord(TRACKING, TRACKING_MEMBERS, {
  index: 1,
  signer: 'builder',
  policy: 'release_tracking_policy.render_staging_rollout.bundle_identity',
})
export const BASE = [BUILT, TRACKED]

export const approval = (index: number, options: FoldedOptions = {}, changes: object = {}) =>
  foldedRecord(APPROVAL, { ...MEMBERS, ...changes }, { index, signer: person('alice'), ...options })

export const rejection = (index: number, signer = person('alice')) =>
  foldedRecord(APPROVAL, REJECTION, { index, signer })

export type Item = typeof BUILT
export type Approval = ReturnType<typeof approval>

export const view = (record: Approval, items: readonly Item[], options: ContextOptions = {}) =>
  viewAmong(APPROVAL, record, items, { registry: REGISTRY, ...options })

/** The view of one approval beside what was built and tracked. */
export const viewAlone = (record: Approval, options?: ContextOptions) =>
  view(record, [...BASE, record], options)
