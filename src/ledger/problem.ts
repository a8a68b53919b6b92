import type { Problem } from '../core/index.ts'

/** Why a ledger, a head of it, or a change to it was refused. The comment at each code is what `docs/errors.md` says of it. */
export type LedgerProblem = Problem<
  /** An entry is not the canonical line that names a record, its predicate type and its release. */
  | 'ledger/entry'
  /** An entry is longer than an entry may be. */
  | 'ledger/entry-size'
  /** One record stands in the ledger twice, and would count twice. */
  | 'ledger/entry-repeated'
  /** A tile that a ledger of this size must have is not there. */
  | 'ledger/tile-missing'
  /** A tile is too short or too long, or is no sequence of entries. */
  | 'ledger/tile-malformed'
  /** In the place of a tile is what can not be read as a file: a link, or a file that is too large. */
  | 'ledger/tile-unreadable'
  /** A hash tile is not that of the entries: one of them was changed without the other. */
  | 'ledger/tile-differs'
  /** The tree of the ledger has another root than the head that was given for it. */
  | 'ledger/head-differs'
  /** A release has an artifact set already, and this is another one for the same version. */
  | 'ledger/release-conflict'
  /** The signed head of the ledger can not be read, or names more entries than can be counted. */
  | 'ledger/checkpoint-malformed'
  /** The signed head is of another ledger than the one that was asked for. */
  | 'ledger/checkpoint-origin'
  /** No key of the ledger signed the head. */
  | 'ledger/checkpoint-unsigned'
  /** A signature under the name and id of a known key is not its own, which spoils the whole head. */
  | 'ledger/checkpoint-signature-invalid'
  /** A key was to sign the head, and what it gave is no signature of it. */
  | 'ledger/checkpoint-signer'
  /** Fewer different witnesses cosigned the head than are asked for. */
  | 'ledger/witness-quorum'
  /** Nobody who counts says when the head was signed, so that its age can not be judged. */
  | 'ledger/head-time-missing'
  /** The head was signed after the time that is judged. */
  | 'ledger/head-time-later'
  /** The head is older than it may be. */
  | 'ledger/head-stale'
  /** The ledger has fewer entries than a head that was signed before: its end was cut off. */
  | 'ledger/tail-cut'
  /** The ledger does not begin with the entries of a head that was signed before: some were changed, dropped or reordered. */
  | 'ledger/rewritten'
  /** Two signed heads contradict each other: whoever signed them showed two ledgers under one name. */
  | 'ledger/split-view'
>
