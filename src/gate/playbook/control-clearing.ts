// What would clear a control of a playbook that is not passed, by what it asks for and by why it is not passed. Nothing here is a sentence.

import type { PlaybookAttachment, PlaybookClosure, PolicyOf } from '../../policy/index.ts'

type Ruleset = Extract<PlaybookAttachment, { readonly ruleset: unknown }>['ruleset']
type Exception = PolicyOf<'playbook'>['exception']
type Decision = PolicyOf<'playbook'>['decision']

/** A run in which the job passed, by a signer in one of the roles. */
export interface JobClearing {
  readonly by: 'job'
  readonly job: string
  readonly roles: readonly string[]
}

/** Files as they were written, each named by a record. */
export interface ReportsClearing {
  readonly by: 'reports'
  readonly paths: readonly string[]
  /** What is mended first: what a report is about, or the controls that a summary lists. */
  readonly mend?: 'report' | 'summary'
}

/** A report that we build ourselves. */
export interface ComputedReport {
  readonly path: string
  /** Of a promotion. */
  readonly environment?: string
}

/** What somebody looks at by hand, and signs. */
export type HandClearing = { readonly by: 'hand' } & Pick<Exception, 'runbook' | 'attached'>

/** What would clear a control. */
export type ControlClearing =
  | JobClearing
  | ReportsClearing
  /** A record of the whole sequence, in its order, by a signer in one of the roles. */
  | { readonly by: 'sequence'; readonly sequence: string; readonly roles: readonly string[] }
  /** Provenance that names the address of its run. */
  | { readonly by: 'run' }
  /** One of the files, or the word of a person that there is nothing to show. */
  | ({ readonly by: 'ruleset' } & Ruleset)
  /** Each as the ledger shows it now, named by a record; what is not accepted of the release is settled first. */
  | {
      readonly by: 'computed'
      readonly reports: readonly ComputedReport[]
      readonly isSettledFirst: boolean
    }
  /** An incident that names the trigger, or, without one, the end of what is open; and that it stops failing. */
  | {
      readonly by: 'incident'
      readonly trigger?: string
      /** Absent where what failed is dealt with as soon as the incident is closed. */
      readonly cause?: JobClearing | ReportsClearing
    }
  /** An export, of settings that are put right where they were shown to be wrong. */
  | ({ readonly by: 'export' } & Pick<
      PlaybookClosure,
      'export' | 'attached' | 'role' | 'bypassReview'
    > & {
        /** Where nothing was shown, the word of somebody who looked helps too. */
        readonly otherwise?: HandClearing
      })
  | HandClearing
  /** Approvals of two people, and another word of whoever decided against it. */
  | ({ readonly by: 'decision'; readonly isContested: boolean } & Pick<
      Decision,
      'scope' | 'ownerRoles' | 'approverRoles'
    >)
