// A look at every value of a tree, for documents of which a reader takes only a part.

import { readBoolean, readIntegerBytes, readOidBytes } from './der-content.ts'
import { childrenOf, type DerValue, failDer } from './der-value.ts'
import { DER_TAGS } from './tags.ts'

/** Faults where anything in the tree is not DER: lengths, booleans, integers, identifiers, nulls, cut strings. */
export function checkDerTree(value: DerValue): void {
  const { tag } = value
  if ((tag & 0x20) !== 0) {
    // X.690 sections 8.9 and 10.2: of the universal types only SEQUENCE and SET are constructed.
    if (tag < 0x40 && tag !== DER_TAGS.sequence && tag !== DER_TAGS.set) {
      failDer('Expected a string in one part, found a constructed one')
    }
    for (const child of childrenOf(value)) checkDerTree(child)
  } else if (tag === DER_TAGS.integer) readIntegerBytes(value)
  else if (tag === DER_TAGS.oid) readOidBytes(value)
  else if (tag === DER_TAGS.boolean) readBoolean(value)
  else if (tag === 0x10 || tag === 0x11)
    failDer('Expected a constructed sequence, found a primitive')
  else if (tag === DER_TAGS.null && value.content.length > 0) failDer('Expected an empty null')
}
