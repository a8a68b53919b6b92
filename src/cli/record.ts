// `assay record …`: one command for each family of records, each signed, verified, and appended to a ledger.

import { buildRouteMap } from '@stricli/core'
import { command as approval } from './record/approval.ts'

/** The group `assay record`. */
export const command = buildRouteMap({
  routes: { approval },
  docs: { brief: 'Sign what you know of a release, and append it to a ledger' },
})
