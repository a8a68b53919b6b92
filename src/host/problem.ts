import type { Problem } from '../core/index.ts'

/** What a person named on the command line and the file system did not have as expected. */
export type HostProblem = Problem<
  /** There is a file already, and it is never written over. */
  | 'host/file-exists'
  /** The output would replace a file that the same run has read. */
  | 'host/file-is-input'
  /** Another change of the file is under way, or a killed one left its lock. */
  | 'host/file-locked'
  /** There is no such file or folder. */
  | 'host/file-missing'
  /** A file was expected; the path names a folder, a device or something else. */
  | 'host/file-not-regular'
  /** The file is larger than what is read for its purpose. */
  | 'host/file-too-large'
  /** The file is there and can not be read: its permissions do not allow it. */
  | 'host/file-unreadable'
  /** The file can not be written there: the folder is missing, or permissions do not allow it. */
  | 'host/file-unwritable'
  /** The state of the git checkout can not be told: git is missing, or refuses to read the repository. */
  | 'host/git-refused'
  /** A private key or passphrase that others than its owner can read or write. */
  | 'host/key-file-exposed'
  /** No program to sign with at that path. */
  | 'host/signer-missing'
  /** The address of a service is none, is not https, or has a login in it. */
  | 'host/url-refused'
>
