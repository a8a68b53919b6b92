import { describe, expect, it } from 'vitest'
import { hasCredentials, isUri } from '../../src/statement/index.ts'

describe('isUri()', () => {
  it.each([
    'https://slsa.dev/provenance/v1',
    'git+https://github.com/Owner/Repo@refs/heads/main',
    'https://[::1]:8080/x?y=Z#f',
    'pkg:npm/%40example/hallmark-parts@0.8.3',
    'mailto:person@example.com',
    'urn:uuid:7f0e6c52-90a1-4d0e-8b57-2f6a4f1c93de',
    'file:///lock',
    'https://ci:x@example.com/',
  ])('takes %s', (text) => expect(isUri(text)).toBe(true))

  it.each([
    '',
    'https:',
    'https://',
    'HTTPS://example.com',
    'https://Example.com',
    'example.com/a',
    '//example.com',
    'https://example.com/a b',
    'https://example.com/ä',
    'https://g\u0456thub.com/',
    'https://example.com\\@evil.example',
    'https://example.com/\n',
  ])('refuses %j', (text) => expect(isUri(text)).toBe(false))
})

describe('hasCredentials()', () => {
  it.each([
    'https://user:pass@example.com/a.git',
    'https://token@example.com',
    'git+https://oauth2:x@gitlab.example/a',
    'see https://example.com/ and https://u@example.com/',
    'ssh://root:x@example.com/',
    'https://git@example.com/',
    'ssh://git@x:pass@example.com/a.git',
    'https://example.com/?token=abc',
    'https://example.com/?a=1&access_token=abc',
    'https://example.com/?X-Amz-Signature=abc',
    'https://example.com/a;apikey=abc',
    'https://example.com/cb#access_token=abc',
    "https://user:pa'ss@example.com/x",
    'https://user:pa"ss@example.com/x',
    'https://user:pa<s>s@example.com/x',
    'https://user:pa\\ss@example.com/x',
  ])('finds some in %s', (text) => expect(hasCredentials(text)).toBe(true))

  it.each([
    'https://example.com/a@b',
    'ssh://git@example.com/a.git',
    'git+ssh://git@example.com/a.git',
    'git@example.com:a/b.git',
    'mailto:person@example.com',
    'https://example.com/?token=',
    'https://example.com/#token',
    `<a href="https://example.com:80">me@example.com</a>`,
    `'https://example.com:80','me@example.com'`,
    'https://example.com/?page=2&tokenizer=x',
    'token=abc',
    'pkg:oci/a@sha256%3Aab?repository_url=example.com/a&tag=v1',
  ])('finds none in %s', (text) => expect(hasCredentials(text)).toBe(false))

  it('needs no more than a moment for a long text', () => {
    const start = performance.now()
    for (const part of ['a', '://', '?a', '_', '@', 'https://', 'eyJ'])
      hasCredentials(part.repeat(300_000))
    expect(performance.now() - start).toBeLessThan(2_000)
  })
})
