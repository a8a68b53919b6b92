// Which repository is asked for its trusted root, and what it gave.

import type { Instant } from '../../core/index.ts'

/** A TUF repository that has `trusted_root.json` among its targets. */
export interface RootQuestion {
  /** Not said: the public Sigstore instance, whose own root metadata is built in. */
  readonly repository?: {
    readonly mirror: string
    /** The root metadata (`root.json`, any version) from which the newest one is reached. */
    readonly metadata: Uint8Array
  }
  /** For the whole run; two minutes where it is not said. */
  readonly deadlineMs?: number
}

/** What the repository signed, and how new that is. */
export interface FetchedRoot {
  readonly mirror: string
  /** `trusted_root.json`, byte for byte. */
  readonly trustedRoot: Uint8Array
  readonly versions: Readonly<Record<MetadataRole, number>>
  /** When the first of the metadata ends, so that the repository has to sign anew. */
  readonly expiresAt: Instant
}

/** The roles of TUF that a client holds to. */
export type MetadataRole = 'root' | 'timestamp' | 'snapshot' | 'targets'

/** In the order in which they are read. */
export const METADATA_ROLES = ['root', 'timestamp', 'snapshot', 'targets'] as const
