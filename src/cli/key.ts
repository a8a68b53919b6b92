// `assay key …`: make keys, bring keys over, and show their public halves.

import { buildRouteMap } from '@stricli/core'
import { command as generate } from './key/generate.ts'
import { command as importKey } from './key/import.ts'
import { command as jwks } from './key/jwks.ts'
import { command as publicKey } from './key/public.ts'

/** The group `assay key`. */
export const command = buildRouteMap({
  routes: { generate, import: importKey, public: publicKey, jwks },
  docs: { brief: 'Make and convert signing keys' },
})
