import { describe, expect, it } from 'vitest'
import {
  addKey,
  addRole,
  DRAFT_TYPES,
  findDraftKey,
  isRoleFor,
  parseTrust,
  principalsOnBothSides,
} from '../../src/trust/index.ts'
import { codes, valueOf } from './keys.ts'
import { readTrust, trust, trustedKey } from '../verify/release.ts'

const DRAFTS = { name: 'drafts', threshold: 1, draft: true } as const
const read = (keys: readonly ReturnType<typeof trustedKey>[]) =>
  readTrust(trust([...keys], [DRAFTS]))
const RELEASE = trustedKey('release', { principal: 'carol' })
const DRAFTER = trustedKey('alice', { roles: ['drafts'], principal: 'carol' })

describe('a role of drafts', () => {
  it('is for drafts and requests for review, and for nothing else', () => {
    for (const predicateType of Object.values(DRAFT_TYPES))
      expect(isRoleFor(DRAFTS, { predicateType })).toBe(true)
    expect(isRoleFor(DRAFTS, { predicateType: 'https://slsa.dev/provenance/v1' })).toBe(false)
    expect(
      isRoleFor(
        { ...DRAFTS, predicateTypes: [DRAFT_TYPES.draft] },
        { predicateType: DRAFT_TYPES.reviewRequest },
      ),
    ).toBe(false)
  })

  it('is written down, and read again', () => {
    const document = valueOf(addRole(readTrust(trust([], [])), DRAFTS))
    expect(document.roles).toEqual([DRAFTS])
    expect(document.digest).not.toBe(
      readTrust(trust([], [{ name: 'drafts', threshold: 1 }])).digest,
    )
    const no = Buffer.from(JSON.stringify(trust([], [{ ...DRAFTS, draft: false }])))
    expect(codes(parseTrust(no))).toEqual(['trust/document'])
  })

  it('is held by nobody who holds another one', () => {
    const mixed = trustedKey('alice', { roles: ['drafts', 'release'] })
    const bytes = Buffer.from(JSON.stringify(trust([mixed], [DRAFTS])))
    expect(parseTrust(bytes)).toMatchObject({
      ok: false,
      problems: [
        {
          code: 'trust/draft-mixed',
          message: 'Expected "alice" in roles of drafts alone, as "drafts" is, found "release"',
        },
      ],
    })
    const [key] = read([DRAFTER]).keys
    expect(
      codes(addKey(readTrust(trust([], [DRAFTS])), { ...key!, roles: ['drafts', 'release'] })),
    ).toEqual(['trust/draft-mixed'])
    expect(addKey(readTrust(trust([], [DRAFTS])), key!).ok).toBe(true)
  })
})

describe('a key for drafts', () => {
  it('is found by its thumbprint', () => {
    const document = read([RELEASE, DRAFTER])
    const [alice, release] = document.keys
    expect(findDraftKey(document, alice!.publicKey.keyId)?.name).toBe('alice')
    expect(findDraftKey(document, release!.publicKey.keyId)).toBeUndefined()
  })

  it('and another one of the same principal are told', () => {
    const [both] = principalsOnBothSides(read([RELEASE, DRAFTER]))
    expect([both?.principal, both?.drafts.length, both?.others.length]).toEqual(['carol', 1, 1])
    expect(principalsOnBothSides(read([trustedKey('release'), DRAFTER]))).toEqual([])
  })
})
