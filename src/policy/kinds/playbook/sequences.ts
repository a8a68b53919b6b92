// Commands that have to have run over the commit of a release, in their order (seed ruling 40).

import * as z from 'zod/mini'
import { LIMITS } from '../../../core/index.ts'
import { CONTROL_ID, CONTROL_PLACE, itemsOf } from './place.ts'

const WORD = z.string().check(z.minLength(1), z.maxLength(LIMITS.recordTextMax))

const STEP = z.strictObject({
  id: CONTROL_ID,
  /** The program and its arguments, word by word as a record has them. */
  run: z.readonly(z.array(WORD).check(z.minLength(1), z.maxLength(LIMITS.commandWordsMax))),
})

const SEQUENCE = z.strictObject({
  ...CONTROL_PLACE,
  /** In which its commands run, from the top of the checkout; there itself where it is not said. */
  folder: z.optional(z.string().check(z.minLength(1), z.maxLength(LIMITS.recordTextMax))),
  steps: itemsOf(STEP),
})

/** The sequences of a playbook, each a control. */
export const SEQUENCES = itemsOf(SEQUENCE)

/** A sequence of commands. */
export type PlaybookSequence = Readonly<z.infer<typeof SEQUENCE>>
