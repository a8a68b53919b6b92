import { describe, expect, it } from 'vitest'
import { findClaim } from '../../../src/record/checks/claim.ts'

const PROHIBITED = [
  'That provenance is signed, that production is formally approved, or that every use in production is supported.',
  'No broad support: of partners; and of others',
]

describe('findClaim()', () => {
  it.each([
    ['a clause as it stands', 'provenance is signed', 'provenance is signed'],
    ['whatever its letters', 'PROVENANCE — is   Signed', 'provenance is signed'],
    ['in fullwidth letters', 'ｐｒｏｖｅｎａｎｃｅ is signed', 'provenance is signed'],
    [
      'a later clause, inside a sentence',
      'So production is formally approved now',
      'production is formally approved',
    ],
    [
      'a clause behind "or that"',
      'every use in production is supported',
      'every use in production is supported',
    ],
  ])('finds %s', (_, text, clause) => {
    expect(findClaim(['nothing', text], PROHIBITED)).toBe(clause)
  })

  it.each([
    ['nothing', ''],
    ['other words', 'provenance was not looked at'],
    ['the words in another order', 'signed is provenance'],
    ['a part of a longer word', 'provenance is signedoff'],
    ['a clause of two words', 'broad support and of partners'],
  ])('does not find %s', (_, text) => {
    expect(findClaim([text], PROHIBITED)).toBeUndefined()
  })
})
