// What an approval holds, apart from what all approvals come to: they are counted by it.

import * as z from 'zod/mini'
import { APPROVAL_MODES, APPROVAL_SCOPES } from '../../policy/index.ts'
import { listOf, POLICY, rule, SET_ID, TEXT, TIME } from '../statement/member-schema.ts'

const MEMBERS = z
  .strictObject({
    scope: z.enum(APPROVAL_SCOPES),
    decision: z.enum(['approve', 'reject']),
    mode: z.enum(APPROVAL_MODES),
    /** Every policy that the gate of the release rests on, as the approver saw it. */
    policies: listOf(POLICY, ({ id }) => id).check(z.minLength(1)),
    /** Of an approval: its last instant. A rejection stands until its signer decides otherwise. */
    expires: z.optional(TIME),
    reason: TEXT,
    ticket: z.optional(TEXT),
    /** The artifact set id of the release that the approver would go back to: so an operator confirms it. */
    rollbackTarget: z.optional(SET_ID),
  })
  .check(
    rule(
      ({ decision, expires }) => (decision === 'approve') === (expires !== undefined),
      'the end of an approval, and none of a rejection',
    ),
  )

/** What an approval holds. */
export type Approval = Readonly<z.infer<typeof MEMBERS>>

/** How approvals are found among records. */
export const APPROVALS = { name: 'approval', members: MEMBERS } as const
