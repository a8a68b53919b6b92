import type { Problem } from '../core/index.ts'

/** What a person named on the command line and the file system did not have as expected. */
export type HostProblem = Problem<
  /** There is a file already, and it is never written over. */
  | 'host/file-exists'
  /** The output would replace a file that the same run has read, or would be one of a ledger or a folder of policies that it reads. */
  | 'host/file-is-input'
  /** Another change of the file is under way. */
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
  /** There is something in the folder already in which a ledger should be made. */
  | 'host/ledger-exists'
  /** In the place of a folder of a ledger, or of its lock, lies something that no Assay made. */
  | 'host/ledger-foreign'
  /** The tiles of a ledger are not those of its file `head`: git merged two branches that both appended, or a file was changed. */
  | 'host/ledger-head'
  /** A change of a ledger was begun that no Assay has planned. */
  | 'host/ledger-journal'
  /** There is a link in the folder of a ledger, and none is followed. */
  | 'host/ledger-link'
  /** The folder is no ledger. */
  | 'host/ledger-missing'
  /** Git has no conflict in the ledger that could be merged. */
  | 'host/ledger-no-conflict'
  /** In the place of a record lies a file with another digest. */
  | 'host/ledger-record-differs'
  /** In the folder of the records lies one that no entry names: it was dropped, or never appended. */
  | 'host/ledger-record-extra'
  /** The ledger names a record whose file is not there. */
  | 'host/ledger-record-missing'
  /** A private key or passphrase that others than its owner can read or write. */
  | 'host/key-file-exposed'
  /** The archive is not of the one form that a pack has: somebody packed it again, or changed a byte outside of its files. */
  | 'host/pack-form'
  /** There is a link in a folder of policies, and none is followed. */
  | 'host/policies-link'
  /** A folder of policies holds more of them than are read, or is nested too deep. */
  | 'host/policies-too-many'
  /** A command declared a report that it did not write: the file is from before it, or was changed behind it. */
  | 'host/report-stale'
  /** No program to sign with at that path. */
  | 'host/signer-missing'
  /** Metadata of an update has expired: somebody holds an old copy of the repository before us, or nobody tends it. */
  | 'host/update-expired'
  /** What the repository serves is no TUF metadata. */
  | 'host/update-malformed'
  /** What was seen of a repository before can not be read. */
  | 'host/update-memory'
  /** A file of the repository is not the one that its signed metadata names. */
  | 'host/update-mismatch'
  /** The repository is in an older state than it was seen in before. */
  | 'host/update-rolled-back'
  /** The repository signs no trusted root. */
  | 'host/update-target'
  /** A role asks for no signature, or counts one key twice. */
  | 'host/update-threshold'
  /** Metadata of an update is not signed by enough keys of those who may. */
  | 'host/update-unsigned'
  /** Versions of the root metadata do not follow one another. */
  | 'host/update-version'
  /** The address of a service is none, is not https, or has a login in it. */
  | 'host/url-refused'
>

/** What the world did: thrown as an `AssayError`, and told with exit code 3. Trying again may help. */
export type WorldCode =
  /** The world: `git` can not be run, was stopped, or took too long. */
  | 'host/git'
  /** A service redirects to another address, which is never followed (exit code 3). */
  | 'host/http-redirect'
  /** A service answered with something else than was asked for (exit code 3). */
  | 'host/http-response'
  /** A service answered with a status that is none of success (exit code 3). */
  | 'host/http-status'
  /** A file could not be read or written although it may be, such as on a full or broken disk (exit code 3). */
  | 'host/input-output'
  /** A person broke off, or closed the terminal, where an answer was needed (exit code 3). */
  | 'host/interrupted'
  /** Nobody reads the output any more, or it could not be written (exit code 3). */
  | 'host/output'
  /** The program that should sign could not be run, failed, or gave no signature (exit code 3). */
  | 'host/signer-failed'
  /** A thread that digests files ended before its work was done (exit code 3). */
  | 'host/thread'
  /** A service did not answer in time (exit code 3). */
  | 'host/timed-out'
  /** No connection to a service that is what it says, over TLS (exit code 3). */
  | 'host/tls-failed'
  /** A service can not be reached: no such name, or nobody listens (exit code 3). */
  | 'host/unreachable'
