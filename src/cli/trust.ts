// `assay trust …`: who may sign what.

import { buildRouteMap } from '@stricli/core'
import { command as addKey } from './trust/add-key.ts'
import { command as addRole } from './trust/add-role.ts'
import { command as init } from './trust/init.ts'
import { command as revokeKey } from './trust/revoke-key.ts'
import { command as show } from './trust/show.ts'

/** The group `assay trust`. */
export const command = buildRouteMap({
  routes: { init, addKey, addRole, revokeKey, show },
  docs: { brief: 'Say which keys and roles are trusted' },
})
