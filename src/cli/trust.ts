// `assay trust …`: who may sign what.

import { buildRouteMap } from '@stricli/core'
import { command as addBuilder } from './trust/add-builder.ts'
import { command as addIdentity } from './trust/add-identity.ts'
import { command as addKey } from './trust/add-key.ts'
import { command as addNpmKeys } from './trust/add-npm-keys.ts'
import { command as addRole } from './trust/add-role.ts'
import { command as addRoot } from './trust/add-root.ts'
import { command as addVerifier } from './trust/add-verifier.ts'
import { command as init } from './trust/init.ts'
import { command as remove } from './trust/remove.ts'
import { command as revokeKey } from './trust/revoke-key.ts'
import { command as show } from './trust/show.ts'
import { command as update } from './trust/update.ts'

/** The group `assay trust`. */
export const command = buildRouteMap({
  routes: {
    init,
    addKey,
    addRoot,
    addIdentity,
    addNpmKeys,
    addRole,
    addVerifier,
    addBuilder,
    revokeKey,
    remove,
    update,
    show,
  },
  docs: { brief: 'Say which keys, roots, identities and roles are trusted' },
})
