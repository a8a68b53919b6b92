import { describe, expect, it } from 'vitest'
import { npmPurlOf } from '../../../src/verify/index.ts'

describe('npmPurlOf()', () => {
  it.each([
    ['name', '1.2.3', 'pkg:npm/name@1.2.3'],
    ['@scope/name', '1.2.3-rc.1', 'pkg:npm/%40scope/name@1.2.3-rc.1'],
    ['a%40b', '1.0.0', 'pkg:npm/a%2540b@1.0.0'],
  ])('writes %s at %s as %s', (name, version, purl) => {
    expect(npmPurlOf(name, version)).toBe(purl)
  })

  it.each([
    ['', '1.0.0'],
    ['@scope', '1.0.0'],
    ['@scope/', '1.0.0'],
    ['@/name', '1.0.0'],
    ['scope/name', '1.0.0'],
    ['@scope/a/b', '1.0.0'],
    ['a@b', '1.0.0'],
    ['a b', '1.0.0'],
    ['name\n', '1.0.0'],
    // Of old, npm had such names: their purl would be the one of another package.
    ['Name', '1.0.0'],
    ['@Scope/name', '1.0.0'],
    ['\ud800', '1.0.0'],
    ['name', ''],
    ['name', ' '],
    ['name', '1.0.0\ud800'],
  ])('has no purl for %j at %j', (name, version) => {
    expect(npmPurlOf(name, version)).toBeUndefined()
  })
})
