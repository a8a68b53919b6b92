// `assay record adoption …`: how records that a run generated become those of the project.

import { buildRouteMap } from '@stricli/core'
import { command as apply } from './adoption/apply.ts'
import { command as propose } from './adoption/propose.ts'
import { command as review } from './adoption/review.ts'

/** The group `assay record adoption`. */
export const command = buildRouteMap({
  routes: { propose, review, apply },
  docs: { brief: 'Take what a run generated into the ledger of the project, after a review' },
})
