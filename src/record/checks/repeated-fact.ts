// A fact that a record repeats of a policy: it has to be the same.

import { type Check, quote } from '../../core/index.ts'
import { failed, passed } from '../view.ts'

/** Accepted where both say the same; `of` is what the record repeats, such as "the policy". */
export function checkRepeated(
  name: string,
  { expected, found }: { readonly expected: string; readonly found: string },
  of: string,
): Check {
  const facts = { expected: quote(expected), found: quote(found) }
  const words = name.replaceAll('-', ' ')
  if (expected === found) return passed(name, `The ${words} is that of ${of}`, facts)
  const message = `The ${words} is not that of ${of}`
  return failed(name, 'rejected', 'record/contradiction', message, facts)
}
