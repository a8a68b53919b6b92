// What a subject's name says, and what it does not (STM-3).

import type { Subject } from '../../statement/index.ts'

/** The name; nothing for an absent, null or empty one, or `_`, which in-toto has for "means nothing". */
export function nameOf({ name }: Subject): string | undefined {
  return name == null || name === '' || name === '_' ? undefined : name
}
