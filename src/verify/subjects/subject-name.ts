// What a subject's name says, and what it does not (STM-3).

import { quote } from '../../core/index.ts'
import type { Subject } from '../../statement/index.ts'

/** The name; nothing for an absent, null or empty one, or `_`, which in-toto has for "means nothing". */
export function nameOf({ name }: Subject): string | undefined {
  return name == null || name === '' || name === '_' ? undefined : name
}

/** The subject in a message. */
export function callSubject(subject: Subject): string {
  const name = nameOf(subject)
  return name === undefined ? 'without a name' : quote(name)
}
