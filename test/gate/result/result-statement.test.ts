// A signed result as a statement: what it is about.

import { describe, expect, it } from 'vitest'
import { encodeResultStatement, RESULT_PREDICATE_TYPE } from '../../../src/gate/index.ts'
import { parseStatement } from '../../../src/statement/index.ts'
import { valueOf } from '../../trust/keys.ts'
import { COMMIT, RELEASE } from '../evidence.ts'
import { STAGING } from '../states.ts'
import { DIGEST, REGISTRY, resultOf, SUBJECT } from './results.ts'

describe('encodeResultStatement()', () => {
  it.each([
    ['the set', SUBJECT, { name: RELEASE.id, digest: { sha256: DIGEST, dirHash: DIGEST } }],
    ['the commit', { commit: COMMIT }, { name: `git:${COMMIT}`, digest: { gitCommit: COMMIT } }],
    [
      'the policy where there is neither',
      {},
      { name: STAGING, digest: { sha256: REGISTRY.policies.get(STAGING)?.digest } },
    ],
    [
      'the policy where no record names the digest of the set',
      { release: RELEASE },
      { name: STAGING, digest: { sha256: REGISTRY.policies.get(STAGING)?.digest } },
    ],
  ])('is about %s', (_, subject, expected) => {
    const result = resultOf({ subject: { ...subject, against: [] }, head: undefined })
    const statement = valueOf(parseStatement(encodeResultStatement(result)))
    expect(statement).toMatchObject({
      subjects: [expected],
      predicateType: RESULT_PREDICATE_TYPE,
      predicate: { verdict: result.payload.verdict, commitment_id: result.payload.commitment_id },
    })
  })
})
