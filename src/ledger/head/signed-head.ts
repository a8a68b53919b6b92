// A head that a ledger has signed: a value that nothing but the check of its signatures makes.

import type { Instant } from '../../core/index.ts'
import type { TreeHead } from '../tree/head.ts'

/** A witness that cosigned a head, and when. */
export interface Cosigner {
  readonly name: string
  readonly at: Instant
}

/** What the check of a head found, before it is sealed. */
export interface SignedFacts extends TreeHead {
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
}

/**
 * A head whose signatures were verified.
 *
 * A class for the compiler alone: its private member is the one brand that a spread, a literal or a look-alike can not carry.
 *
 * @example { origin: 'ledger.example', size: 7, root, signers: ['ledger.example'], witnesses: [], at: 1792584536000, note }
 */
export class SignedHead implements SignedFacts {
  declare protected readonly brand: never
  readonly origin: string
  readonly size: number
  readonly root: Uint8Array
  readonly signers: readonly string[]
  readonly witnesses: readonly Cosigner[]
  readonly at?: Instant
  readonly note: string

  constructor({ origin, size, root, signers, witnesses, at, note }: SignedFacts) {
    this.origin = origin
    this.size = size
    this.root = root
    this.signers = signers
    this.witnesses = witnesses
    if (at !== undefined) this.at = at
    this.note = note
    Object.freeze(this)
  }
}
