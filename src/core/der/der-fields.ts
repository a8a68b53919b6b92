// The fields of a SEQUENCE one after the other, optional ones by their tag.

import { childrenOf, type DerValue, expectTag, failDer } from './der-value.ts'
import { DER_TAGS } from './tags.ts'

/** What is left of a sequence. Each call takes the next field. */
export interface DerFields {
  /** The next field, which has to have this tag. */
  take(tag: number): DerValue
  /** The next field where it has this tag. */
  takeIf(tag: number): DerValue | undefined
  /** Faults where a field is left. */
  end(): void
}

/**
 * Opens a SEQUENCE, or what stands in its place under a context tag.
 *
 * @example const fields = fieldsOf(value); fields.take(DER_TAGS.integer); fields.end()
 */
export function fieldsOf(value: DerValue, tag: number = DER_TAGS.sequence): DerFields {
  const fields = childrenOf(expectTag(value, tag))
  let next = 0
  return {
    take(expected) {
      const field = expectTag(fields[next], expected)
      next += 1
      return field
    },
    takeIf(expected) {
      const field = fields[next]
      if (field?.tag !== expected) return undefined
      next += 1
      return field
    },
    end() {
      if (next < fields.length) failDer('Expected the end of a sequence, found another field')
    },
  }
}

/** The one value inside an explicit tag, or the one member of a set. */
export function onlyChildOf(value: DerValue, tag: number): DerValue {
  const [child, ...others] = childrenOf(expectTag(value, tag))
  if (child === undefined || others.length > 0) return failDer('Expected exactly one value inside')
  return child
}
