// People who decide about releases, and what does the work, as the trust document of a test describes them.

import type { Role } from '../../src/trust/index.ts'
import type { TrustedSigner } from '../../src/verify/index.ts'
import { keySigner } from './folded.ts'

/** A person; `key` is one of several keys of theirs. */
export function person(
  principal: string,
  { role = {}, key = principal }: { readonly role?: Partial<Role>; readonly key?: string } = {},
): TrustedSigner {
  const roles = [{ name: 'approver', threshold: 1, ...role }]
  return { ...keySigner(principal), name: `${key}-key`, kind: 'person', roles }
}

/** Something that signs by itself. */
export function automation(principal: string): TrustedSigner {
  return { ...keySigner(principal), kind: 'automation' }
}
