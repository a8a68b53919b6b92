// A head that a ledger has signed: a value that nothing but the check of its signatures makes.

import type { Instant } from '../../core/index.ts'
import type { TreeHead } from '../tree/head.ts'

declare const SIGNED: unique symbol

/** A witness that cosigned a head, and when. */
export interface Cosigner {
  readonly name: string
  readonly at: Instant
}

/**
 * A head whose signatures were verified.
 *
 * @example { origin: 'ledger.example', size: 7, root, signers: ['ledger.example'], witnesses: [], at: 1792584536000, note }
 */
export interface SignedHead extends TreeHead {
  /** The name of the ledger. */
  readonly origin: string
  /** Names of the keys of the ledger that signed. */
  readonly signers: readonly string[]
  /** Each counts once, however many names it has. */
  readonly witnesses: readonly Cosigner[]
  /** By when it was signed, by the word of those who count: the witnesses where a quorum of them was asked for. */
  readonly at?: Instant
  /** The signed note, as it was read: what proves to others that it was signed. */
  readonly note: string
  readonly [SIGNED]: true
}
