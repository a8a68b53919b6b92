// One row of the tables of attacks on keyless bundles.

import type { Making } from './scene.ts'

/** A defect, the ways to have it, and the code that tells it from every other defect of its family. */
export interface Attack {
  /** Of docs/attacks.md; none where nobody gave it a name. */
  readonly ids: readonly string[]
  /** What is changed. */
  readonly defect: string
  /** Exactly these, sorted; none where the attack changes nothing, so that it is accepted. */
  readonly codes: readonly string[]
  /** What each way changes. */
  readonly ways: Readonly<Record<string, Making>>
  /** What is accepted: the same without the defect. Left out, it is the scene as it is. */
  readonly twin?: Making
  /** Why an earlier row of the family has the same codes. */
  readonly alike?: string
}

/** Attacks on one part. */
export interface Family {
  readonly name: string
  readonly attacks: readonly Attack[]
}
