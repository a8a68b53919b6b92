// Whose word counts in a playbook: signers are asked for by their roles.

import type { Evidence } from '../../policy/index.ts'

/** True for what is signed in one of the roles, or more. */
export function isSignedInRole(
  { signer }: Pick<Evidence, 'signer'>,
  roles: readonly string[],
): boolean {
  return signer.roles.some((role) => roles.includes(role))
}
