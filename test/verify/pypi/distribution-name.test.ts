import { describe, expect, it } from 'vitest'
import { normalizeDistributionName } from '../../../src/verify/pypi/distribution-name.ts'
import { normalizeVersion } from '../../../src/verify/pypi/python-version.ts'

describe('normalizeVersion()', () => {
  it.each([
    ['1', '1.0', '1.0.0', 'v1', '01', '0!1'],
    ['1.0a1', '1.0.alpha.1', '1.0-A1', '1.0alpha01', '1a_1'],
    ['1b0', '1beta', '1.b'],
    ['1rc2', '1c2', '1pre2', '1.preview-2', '1-RC.2'],
    ['1.post3', '1-3', '1r3', '1rev3', '1_post_3'],
    ['1.post0', '1post', '1-0'],
    ['1.dev4', '1dev4', '1_DEV-4'],
    ['1!2.3a4.post5.dev6', 'V1!2.3.0-alpha.4_rev.5dev6'],
    ['1+ubuntu.1', '1+Ubuntu-01', '1.0+ubuntu_1'],
  ])('has one spelling for %s and its equals', (...versions) => {
    expect(new Set(versions.map(normalizeVersion)).size).toBe(1)
    expect(normalizeVersion(versions[0] ?? '')).toBeDefined()
  })

  it('has another spelling for every other version', () => {
    const versions = [
      '1',
      '1.1',
      '1!1',
      '10',
      '1a1',
      '1b1',
      '1rc1',
      '1.post1',
      '1.dev1',
      '1+1',
      '1a1.dev1',
    ]
    expect(new Set(versions.map(normalizeVersion)).size).toBe(versions.length)
  })

  it.each(['', 'a', '1.', '1..2', '1 ', '1+', '1+a+b', '1a1b1', '1.x', '1\n', '-1', '１'])(
    'refuses %j',
    (version) => expect(normalizeVersion(version)).toBeUndefined(),
  )

  it('takes no longer for what is made to be slow', () => {
    expect(normalizeVersion(`1${'.0'.repeat(100_000)}x`)).toBeUndefined()
    expect(normalizeVersion(`1+${'a.'.repeat(100_000)}`)).toBeUndefined()
  })
})

describe('normalizeDistributionName()', () => {
  it.each([
    ['a_b-1.0.tar.gz', 'A.B-1.tar.gz', 'a-b-1.0.0.tar.gz', 'a_b-1.zip'],
    ['a_b-1-py3-none-any.whl', 'A.b-1.0-PY3-NONE-any.whl'],
    ['a-1-1a-py3-none-any.whl', 'a-1-01a-py3-none-any.whl'],
    [
      's-1-cp310-cp310-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
      's-1-cp310-cp310-manylinux2014_x86_64.manylinux_2_17_x86_64.whl',
    ],
  ])('has one spelling for %s and its equals', (...names) => {
    expect(new Set(names.map(normalizeDistributionName)).size).toBe(1)
    expect(normalizeDistributionName(names[0] ?? '')).toBeDefined()
  })

  it('has another spelling for every other distribution', () => {
    const names = [
      'a-1.tar.gz',
      'b-1.tar.gz',
      'a-2.tar.gz',
      'a-1-py3-none-any.whl',
      'a-1-py2.py3-none-any.whl',
      'a-1-1-py3-none-any.whl',
      'a-1-2-py3-none-any.whl',
      'a-1-py3-abi3-any.whl',
      'a-1-py3-none-win32.whl',
    ]
    expect(new Set(names.map(normalizeDistributionName)).size).toBe(names.length)
  })

  it.each([
    'invalid-name.tar.gz',
    'name.tar.gz',
    'invalid-name.whl',
    'foo-bar-invalid-wheel.whl',
    'complete.nonsense',
    'a__b-1-py3-none-any.whl',
    'a-1-x-py3-none-any.whl',
    'a-1-2-3-py3-none-any.whl',
    'a-1-py3-none-.whl',
    'a-1-py3-none-a b.whl',
    '-1.tar.gz',
    'é-1.tar.gz',
    '../a-1.tar.gz',
    'a-1.tar.gz\n',
    'a-1.egg',
    `${'a'.repeat(512)}-1.tar.gz`,
  ])('refuses %j', (name) => expect(normalizeDistributionName(name)).toBeUndefined())
})
