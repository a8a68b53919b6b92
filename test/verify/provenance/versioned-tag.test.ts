import { describe, expect, it } from 'vitest'
import { isTagOfVersion, isVersionedTag } from '../../../src/verify/provenance/versioned-tag.ts'

describe('isVersionedTag()', () => {
  it.each(['v0', 'v1', 'v1.2', 'v1.2.3', 'v1.2.3-rc.1', 'v1.2.3-rc.1+b.5', 'v10.20.30'])(
    'takes %s',
    (text) => expect(isVersionedTag(text)).toBe(true),
  )

  it.each([
    '',
    'v',
    '1',
    'v01',
    'v1.',
    'v1.02',
    'v1.2-rc',
    'v1+b',
    'v1.2.3.4',
    'v1.2.3-',
    ' v1',
    'v1\n',
    'refs/tags/v1',
    'v*',
  ])('refuses %j', (text) => expect(isVersionedTag(text)).toBe(false))
})

describe('isTagOfVersion()', () => {
  it.each([
    ['v1.2.3', 'v1'],
    ['v1.2.3', 'v1.2'],
    ['v1.2.3', 'v1.2.3'],
    ['v1', 'v1.0'],
    ['v1', 'v1.0.0'],
    ['v1.2.3-rc.1', 'v1.2'],
    ['v1.2.3-rc.1', 'v1.2.3-rc.1'],
    ['v1.2.3+b1', 'v1.2.3'],
    ['v1.2.3', 'v1.2.3+b2'],
  ])('finds that %s is %s', (tag, expected) => expect(isTagOfVersion(tag, expected)).toBe(true))

  it.each([
    ['v1.2.3', 'v2'],
    ['v12.0.0', 'v1'],
    ['v1.20.0', 'v1.2'],
    ['v1.2.30', 'v1.2.3'],
    ['v1.2', 'v1.2.1'],
    ['v1.2.3-rc.1', 'v1.2.3'],
    ['v1.2.3', 'v1.2.3-rc.1'],
    ['release-1', 'v1'],
    ['1.2.3', 'v1'],
    ['v1.2.3', 'latest'],
    ['latest', 'latest'],
  ])('finds that %s is not %s', (tag, expected) =>
    expect(isTagOfVersion(tag, expected)).toBe(false),
  )
})
