// The signed head under which a run was shown to be whole, as whoever reviews or adopts its records checked it.

import * as z from 'zod/mini'
import { countOf } from '../../core/index.ts'
import { SHA256, TEXT } from '../statement/member-schema.ts'

/** A head: its signer believes the key of the ledger of the run, which nobody else can tell from the records. */
export const RUN_HEAD = z.strictObject({
  /** Name of the ledger. */
  log: TEXT,
  /** How many entries it is over: every one of the source. */
  size: z.int().check(z.gte(1)),
  /** Of the tree, lower-case hex. */
  root: SHA256,
})

/** Such a head. */
export type RunHead = Readonly<z.infer<typeof RUN_HEAD>>

/** As views tell it: whether somebody judged it, and by which head. */
export function factsOfRun(head: RunHead | undefined) {
  if (head === undefined) return { wholeRun: 'not-judged' }
  const { log, size, root } = head
  return { wholeRun: 'judged', runHead: `${log}, ${countOf(size, 'entry')}, root ${root}` }
}
