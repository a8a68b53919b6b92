// `assay ledger …`: the append-only collection of a project's records, in a folder that a team commits to git.

import { buildRouteMap } from '@stricli/core'
import { command as append } from './ledger/append.ts'
import { command as checkpoint } from './ledger/checkpoint.ts'
import { command as init } from './ledger/init.ts'
import { command as list } from './ledger/list.ts'
import { command as merge } from './ledger/merge.ts'
import { command as prove } from './ledger/prove.ts'
import { command as show } from './ledger/show.ts'
import { command as verify } from './ledger/verify.ts'

/** The group `assay ledger`. */
export const command = buildRouteMap({
  routes: { init, append, list, show, verify, prove, merge, checkpoint },
  docs: { brief: 'Keep records so that none can be changed or dropped unseen' },
})
