import type { Problem } from '../core/index.ts'

/** What a person named on the command line and the file system did not have as expected. */
export type HostProblem = Problem<
  | 'host/file-exists'
  /** Another change of the file is under way, or a killed one left its lock. */
  | 'host/file-locked'
  | 'host/file-missing'
  | 'host/file-not-regular'
  | 'host/file-too-large'
  | 'host/file-unreadable'
  | 'host/file-unwritable'
  | 'host/git-refused'
  /** A private key or passphrase that others than its owner can read or write. */
  | 'host/key-file-exposed'
  /** No program to sign with at that path. */
  | 'host/signer-missing'
>
