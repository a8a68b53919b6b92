// What a smoke run is asked for.

import type { SmokePlan } from '../../record/observation/index.ts'

/** Which server is to be observed, and by which plan. */
export interface SmokeQuestion {
  readonly plan: SmokePlan
  /** The server alone, without a path: `https://staging.example.org`. */
  readonly baseUrl: string
  /** What a person calls it. */
  readonly label: string
  /** Certificate authorities in PEM that are accepted instead of those of this machine. */
  readonly authorities?: Uint8Array
}
