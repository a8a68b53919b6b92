// `--signer NAME`: one key or identity of the trust document, and no other.

import { type Check, quote } from '../../core/index.ts'
import type { TrustDocument } from '../../trust/index.ts'
import { failed, passed } from '../check.ts'

/** Is it the expected one? A name that the trust document does not know is a mistake of the question. */
export function checkExpectedSigner(
  found: string,
  expected: string,
  { keys, identities }: TrustDocument,
): Check {
  const facts = { expected, found }
  if (![...keys, ...identities].some(({ name }) => name === expected)) {
    const message = `The trust document has no key or identity ${quote(expected)}`
    const hint = 'assay trust show --trust FILE lists them'
    return failed('signer', 'error', 'verify/signer-unknown', message, { ...facts, hint })
  }
  if (found === expected) return passed('signer', `${quote(expected)} signed`, facts)
  const message = `${quote(found)} signed, and not ${quote(expected)}`
  return failed('signer', 'rejected', 'verify/signer-unexpected', message, facts)
}
