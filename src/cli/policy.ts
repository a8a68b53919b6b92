// `assay policy …`: policies, before they are asked of any release.

import { buildRouteMap } from '@stricli/core'
import { command as explain } from './policy/explain.ts'
import { command as lint } from './policy/lint.ts'
import { command as sign } from './policy/sign.ts'
import { command as test } from './policy/test.ts'

/** The group `assay policy`. */
export const command = buildRouteMap({
  routes: { lint, explain, test, sign },
  docs: {
    brief: 'Look at policies: what is wrong with them, what they ask, what their cases come to',
  },
})
