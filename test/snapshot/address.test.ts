import { describe, expect, it } from 'vitest'
import { isCommit, registryOf, stripCredentials } from '../../src/snapshot/address.ts'

describe('stripCredentials()', () => {
  it.each([
    ['https://user:secret@host.example/a', 'https://host.example/a'],
    ['https://secret@host.example', 'https://host.example'],
    ['https://us@er:sec@ret@host.example/a', 'https://host.example/a'],
    ['https://user:sec/ret@host.example/a', 'https://host.example/a'],
    ['https://host.example:8443/@scope/a', 'https://host.example:8443/@scope/a'],
    ['https://host.example/a?token=secret#sha', 'https://host.example/a#sha'],
    ['https://host.example/a?ref=v1&token=secret', 'https://host.example/a?ref=v1'],
    ['git+ssh://git@host.example/a.git#v1', 'git+ssh://git@host.example/a.git#v1'],
    ['git+ssh://git:secret@host.example/a.git', 'git+ssh://host.example/a.git'],
    ['a@https://user:secret@host.example/a', 'a@https://host.example/a'],
    [
      '__archiveUrl=https%3A%2F%2Fuser%3Asecret%40host.example%2Fa',
      '__archiveUrl=https%3A%2F%2Fhost.example%2Fa',
    ],
    ['=https%3a%2f%2fhost.example%2fa%3ftoken%3dsecret', '=https%3a%2f%2fhost.example%2fa'],
    ['@scope/a@npm:1.0.0', '@scope/a@npm:1.0.0'],
    ['>=1 <2', '>=1 <2'],
  ])('%s', (given, expected) => {
    expect(stripCredentials(given)).toBe(expected)
  })

  it('takes time in proportion to a hostile text', () => {
    const hostile = '://a:b'.repeat(150_000)
    const start = performance.now()
    expect(stripCredentials(hostile)).toBe(hostile)
    expect(performance.now() - start).toBeLessThan(2_000)
  })
})

describe('registryOf()', () => {
  it.each([
    ['https://u:p@registry.example/a/-/a-1.0.0.tgz', 'a', 'https://registry.example'],
    ['https://host.example/npm/@b%2fa/-/a-1.0.0.tgz', '@b/a', 'https://host.example/npm'],
    ['https://host.example/npm/@b/a/-/a-1.0.0.tgz', '@b/a', 'https://host.example/npm'],
    ['https://host.example/download/1', 'a', 'https://host.example'],
    ['file:a.tgz', 'a', undefined],
  ])('of %s', (url, name, registry) => {
    expect(registryOf(url, name)).toBe(registry)
  })
})

it('isCommit() takes full names alone', () => {
  expect(isCommit('c'.repeat(40))).toBe(true)
  expect(isCommit('c'.repeat(64))).toBe(true)
  expect(isCommit('c'.repeat(41))).toBe(false)
  expect(isCommit('main')).toBe(false)
  expect(isCommit(undefined)).toBe(false)
})
