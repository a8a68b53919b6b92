// Roots, identities and registry keys in trust.json.

import { describe, expect, it } from 'vitest'
import {
  addIdentity,
  addRegistryKeys,
  addRoot,
  buildEmptyTrust,
  encodeTrust,
  parseTrust,
  principalOf,
  removeEntry,
  type TrustedIdentity,
} from '../../../src/trust/index.ts'
import { KEY, parse, trust } from '../documents.ts'
import { codes, valueOf } from '../keys.ts'
import { CASES, document, identity, OTHER, REGISTRY_KEY, ROOT, registryKey } from './entry-cases.ts'
import { PUBLIC, problemsOf } from './roots.ts'

describe('parseTrust()', () => {
  it.each(CASES)('refuses %s (%s)', (_, code, refused, accepted) => {
    expect(problemsOf(parse(refused))).toContainEqual(code)
    expect(problemsOf(parse(accepted))).toBe('accepted')
  })

  it('reads what encodeTrust() writes', () => {
    const whole = { ...identity({}), roots: [ROOT, OTHER], registryKeys: [REGISTRY_KEY] }
    const read = valueOf(parse(whole))
    expect(valueOf(parseTrust(encodeTrust(read)))).toEqual(read)
    expect(read.roots.map(({ name, isPublicGood }) => [name, isPublicGood])).toEqual([
      ['other', false],
      ['public', true],
    ])
  })

  it('gives older documents the digest that they had', () => {
    const { digest } = valueOf(parse(trust()))
    const empty = { ...trust(), roots: [], identities: [], registryKeys: [] }
    expect(valueOf(parse(empty)).digest).toBe(digest)
    expect(valueOf(parse({ ...empty, roots: [ROOT] })).digest).not.toBe(digest)
  })

  it('counts keys and identities of one principal once', () => {
    const { keys, identities } = valueOf(
      parse({ ...identity({}, { name: 'b', claims: {} }), keys: [{ ...KEY, principal: 'ci' }] }),
    )
    expect(new Set([...keys, ...identities].map(principalOf))).toEqual(new Set(['ci']))
    const [alone] = valueOf(parse(identity({ principal: undefined }))).identities
    expect(alone && principalOf(alone)).toBe('release-workflow')
  })
})

describe('an edit', () => {
  const [trusted] = valueOf(parse(identity({}))).identities as [TrustedIdentity]
  const roled = valueOf(parse(document({})))

  it('adds a root, an identity and registry keys, and removes each', () => {
    const [key] = valueOf(parse(registryKey({}))).registryKeys
    let edited = valueOf(
      addRoot(roled, {
        name: 'public',
        mark: 'live',
        document: JSON.parse(JSON.stringify(PUBLIC)),
      }),
    )
    edited = valueOf(addIdentity(edited, trusted))
    edited = valueOf(addRegistryKeys(edited, key === undefined ? [] : [key]))
    expect(valueOf(parseTrust(encodeTrust(edited)))).toEqual(edited)
    for (const name of ['npm', 'public', 'release-workflow']) {
      edited = valueOf(removeEntry(edited, name))
    }
    expect(edited).toEqual(roled)
  })

  it('judges the result like a file', () => {
    expect(codes(addIdentity(roled, { ...trusted, isRefGlob: false }))).toEqual([
      'trust/identity-san',
    ])
    expect(codes(addIdentity(buildEmptyTrust(), trusted))).toEqual(['trust/role-unknown'])
    expect(codes(addRoot(roled, { name: 'x', mark: 'live', document: {} }))).toEqual([
      'trust/root-format',
    ])
  })

  it('removes nothing that is not there, and no key', () => {
    const withKey = valueOf(parse(trust()))
    expect(codes(removeEntry(withKey, 'a'))).toEqual(['trust/name-unknown'])
    expect(codes(removeEntry(withKey, 'b'))).toEqual(['trust/name-unknown'])
  })
})
