import type { Problem } from '../core/index.ts'

/** What a person named on the command line and the file system did not have as expected. */
export type HostProblem = Problem<
  | 'host/file-exists'
  | 'host/file-locked'
  | 'host/file-missing'
  | 'host/file-not-regular'
  | 'host/file-too-large'
  | 'host/file-unreadable'
  | 'host/file-unwritable'
  | 'host/git-refused'
  | 'host/key-file-exposed'
  | 'host/signer-missing'
>
