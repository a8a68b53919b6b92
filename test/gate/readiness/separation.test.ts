// Drafts apart from production: by the trust document, the heads of the ledger, and whoever signed.

import { describe, expect, it } from 'vitest'
import { judgeSeparation } from '../../../src/gate/index.ts'
import { trustedKey } from '../../verify/release.ts'
import { RELEASE } from '../evidence.ts'
import { ALL, DRAFTS, judge, trust } from './readiness-world.ts'

describe('drafts apart from production', () => {
  const separate = (roles: readonly string[], rest = {}) => {
    const document = trust([trustedKey('release'), trustedKey('alice', { roles })], DRAFTS)
    const target: string | undefined = RELEASE.target
    return judgeSeparation({ trust: document, roles: ['draft'], target, ...rest })
  }

  it('is shown where no key for drafts may sign for the target', () => {
    expect(separate(['draft']).outcome).toBe('accepted')
  })

  it('is refused where a key for drafts may sign for releases, too', () => {
    const check = separate(['draft', 'release'])
    expect(check).toMatchObject({
      outcome: 'rejected',
      code: 'gate/readiness-drafts',
      found: '"alice"',
    })
    const document = trust(
      [trustedKey('alice', { roles: ['draft'] })],
      [{ name: 'draft', threshold: 1 }],
    )
    expect(separate(['draft'], { trust: document }).outcome).toBe('rejected')
    const found = judge(ALL, { trust: document })
    expect(found).toMatchObject({ standing: 'blocked', productionWriteFromSelfService: true })
  })

  it('is refused where a key for drafts heads the ledger, or signed what counts', () => {
    const [drafter] = trust([trustedKey('alice')], []).keys
    const headKeys = [drafter!.publicKey.keyId]
    expect(separate(['draft'], { headKeys })).toMatchObject({
      outcome: 'rejected',
      found: '"alice" as a key of the ledger',
    })
    expect(separate(['draft'], { signers: ['alice', 'release'] })).toMatchObject({
      outcome: 'rejected',
      found: '"alice", who signed a record that counts',
    })
    expect(separate(['draft'], { headKeys: ['other'], signers: ['release'] }).outcome).toBe(
      'accepted',
    )
  })

  it('is of roles that the trust document has for drafts, also where the policy does not name them', () => {
    const apart = [{ name: 'draft', threshold: 1, draft: true }]
    const judged = (kind: 'person' | 'automation') => {
      const keys = [
        trustedKey('release', { principal: 'carol', kind }),
        trustedKey('alice', { roles: ['draft'], principal: 'carol', kind }),
      ]
      const question = { roles: ['draft'], target: RELEASE.target }
      const [own, other] = [trust(keys, apart), trust([keys[1]!], apart)]
      return [
        judgeSeparation({ ...question, trust: own }),
        judgeSeparation({ ...question, trust: other }),
      ] as const
    }
    const both = '"carol" holds "alice" for drafts, and "release"'
    const [service, alone] = judged('automation')
    expect(service).toMatchObject({ outcome: 'rejected', found: both })
    expect(alone).toMatchObject({ outcome: 'accepted', found: 'nobody' })
    // A person takes up the other key on purpose: said, and no way from a draft to production.
    expect(judged('person')[0]).toMatchObject({ outcome: 'accepted', found: `nobody; ${both}` })
  })

  it('is not shown where nobody knows of drafts, or there is no release', () => {
    expect(separate(['release'], { roles: ['unknown'] }).outcome).toBe('missing')
    expect(separate(['draft'], { target: undefined }).outcome).toBe('missing')
    expect(judge(ALL, { trust: trust([trustedKey('release')], []) })).toMatchObject({
      standing: 'missing',
      productionWriteFromSelfService: true,
    })
  })
})
