import { describe, expect, it } from 'vitest'
import { renderPackage } from '../../../src/snapshot/index.ts'

describe('renderPackage()', () => {
  it.each([
    ['npm', 'sand', 'pkg:npm/sand'],
    ['npm', '@yard/gate', 'pkg:npm/%40yard/gate'],
    ['maven', 'org.yard:gate', 'pkg:maven/org.yard/gate'],
    ['golang', 'example.org/yard/gate', 'pkg:golang/example.org/yard/gate'],
    ['pypi', 'Yard_Gate', 'pkg:pypi/yard-gate'],
    ['Debian:12', 'sand', 'Debian:12 sand'],
    ['npm', '@yard/', 'npm @yard/'],
  ])('shows the %s package %s as %s', (ecosystem, name, shown) => {
    expect(renderPackage({ ecosystem, name })).toBe(shown)
  })
})
