// `assay record …`: one command for each family of records, each signed, verified, and appended to a ledger.

import { buildRouteMap } from '@stricli/core'
import { command as adoption } from './record/adoption.ts'
import { command as approval } from './record/families/approval.ts'
import { command as authority } from './record/families/authority.ts'
import { command as linkage } from './record/families/linkage.ts'
import { command as promotion } from './record/families/promotion.ts'
import { command as review } from './record/families/review.ts'
import { command as waiver } from './record/families/waiver.ts'
import { command as withdrawal } from './record/families/withdrawal.ts'
import {
  attestation,
  canary,
  certification,
  incident,
  rollback,
  tracking,
} from './record/families/written.ts'
import { command as manifest } from './record/manifest.ts'
import { command as ran } from './record/observed/command.ts'
import { command as deployment } from './record/observed/deployment.ts'
import { command as smoke } from './record/observed/smoke.ts'
import { command as testResult } from './record/observed/test-result.ts'

/** The group `assay record`. */
export const command = buildRouteMap({
  routes: {
    manifest,
    tracking,
    attestation,
    authority,
    promotion,
    rollback,
    linkage,
    'test-result': testResult,
    command: ran,
    deployment,
    smoke,
    canary,
    approval,
    review,
    certification,
    incident,
    waiver,
    withdrawal,
    adoption,
  },
  docs: { brief: 'Sign what you know of a release, and append it to a ledger' },
})
