// A trust document, as far as lint looks into it: who has which role.

import type { LintOptions } from '../../../src/policy/index.ts'

type Trust = NonNullable<LintOptions['trust']>

/** Two people review, of whom one has two keys; one role is nobody's. */
export function buildTestTrust(): Trust {
  const key = (name: string, principal: string, roles: readonly string[]) => ({
    name,
    principal,
    roles,
  })
  return {
    keys: [
      key('ann-1', 'ann', ['reviewer']),
      key('ann-2', 'ann', ['reviewer']),
      key('bob', 'bob', ['reviewer', 'release']),
    ] as unknown as Trust['keys'],
    identities: [],
    roles: [
      { name: 'reviewer', threshold: 1 },
      { name: 'empty', threshold: 1 },
    ],
  }
}
