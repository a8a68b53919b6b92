// `assay draft …`: records that nobody has signed: composed, previewed, saved, and given to others for review. None of it counts.

import { buildRouteMap } from '@stricli/core'
import { command as compose } from './draft/compose.ts'
import { command as preview } from './draft/preview.ts'
import { command as requestReview } from './draft/request-review.ts'
import { command as save } from './draft/save.ts'

/** The group `assay draft`. */
export const command = buildRouteMap({
  routes: { compose, preview, save, requestReview },
  docs: { brief: 'Draft a record, and have it reviewed: nothing of it counts' },
})
