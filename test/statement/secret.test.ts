import { describe, expect, it } from 'vitest'
import { findSecrets, maskSecrets } from '../../src/statement/index.ts'

const long = (length: number) => 'Ab1'.repeat(30).slice(0, length)
const upper = (length: number) => 'ABC2'.repeat(30).slice(0, length)

/** Cuts each token in two here, so that no scanner takes this file for a leak. */
const BLANK = String()

const TOKENS: readonly (readonly [string, string])[] = [
  ['a private key', `-----BEGIN EC PRIV${BLANK}ATE KEY-----`],
  ['a private key', `-----BEGIN PRIV${BLANK}ATE KEY-----`],
  ['an age secret key', `AGE-SECRET-${BLANK}KEY-1${upper(58)}`],
  ['an AWS access key id', `AKI${BLANK}A${upper(16)}`],
  ['an Anthropic key', `sk-${BLANK}ant-${long(40)}`],
  ['an Azure storage key', `Account${BLANK}Key=${long(86)}==`],
  ['a Docker access token', `dckr_${BLANK}pat_${long(27)}`],
  ['a GitHub token', `gh${BLANK}p_${long(36)}`],
  ['a GitHub token', `github_${BLANK}pat_${long(60)}`],
  ['a GitLab token', `gl${BLANK}pat-${long(20)}`],
  ['a Google API key', `AIz${BLANK}a${long(35)}`],
  ['a Google OAuth token', `ya2${BLANK}9.${long(40)}`],
  ['a Hugging Face token', `h${BLANK}f_${long(34)}`],
  ['a JSON Web Token', `ey${BLANK}J${long(20)}.ey${BLANK}J${long(20)}.${long(20)}`],
  ['an npm token', `np${BLANK}m_${long(36)}`],
  ['an OpenAI key', `sk-${BLANK}proj-${long(40)}`],
  ['an OpenAI key', `sk${BLANK}-${long(48)}`],
  ['a PyPI token', `pypi-${BLANK}AgE${long(60)}`],
  ['a SendGrid key', `S${BLANK}G.${long(22)}.${long(43)}`],
  ['a Slack token', `xox${BLANK}b-${long(24)}`],
  ['a Slack webhook', `hooks.${BLANK}slack.com/services/T${upper(10)}/B${upper(10)}/${long(24)}`],
  ['a Stripe key', `sk_${BLANK}live_${long(24)}`],
  ['a login of a request', `Authorization: Basi${BLANK}c dXNlcjpwYXNzd29yZA==`],
  ['a token of a request', `Authorization: Beare${BLANK}r ${'ab3'.repeat(12)}`],
  ['a Vault token', `hv${BLANK}s.${long(24)}`],
]

describe('findSecrets()', () => {
  it.each(TOKENS)('finds %s, and shows none of it', (name, token) => {
    const problems = findSecrets({ a: ['x', { 'b/c': `export T=${token}` }] })
    expect(problems).toMatchObject([{ code: 'statement/secret', at: '/a/1/b~1c' }])
    expect(problems[0]?.message).toContain(name)
    expect(JSON.stringify(problems)).not.toContain(token)
    expect(findSecrets({ a: token.slice(0, 6) })).toEqual([])
  })

  it('finds one in the name of a member, and does not show it as a place', () => {
    const token = `gh${BLANK}p_${long(36)}`
    const problems = findSecrets({ a: { [token]: [token] } })
    expect(problems).toMatchObject([{ at: '/a' }, { at: '/a/…/0' }])
    expect(JSON.stringify(problems)).not.toContain(token)
  })

  it('finds a private JWK, and leaves a public one alone', () => {
    const jwk = { kty: 'OKP', crv: 'Ed25519', x: 'AQ' }
    expect(findSecrets({ keys: [{ ...jwk, d: 'AQ' }] })).toMatchObject([
      { code: 'statement/secret', at: '/keys/0' },
    ])
    expect(findSecrets({ keys: [jwk, { d: 'AQ' }, { ...jwk, d: 1 }] })).toEqual([])
  })

  it('finds a login in a URL, and does not show it', () => {
    const problems = findSecrets({ uri: 'https://me:hunter2@example.com/' })
    expect(problems).toMatchObject([{ code: 'statement/url-credentials', at: '/uri' }])
    expect(JSON.stringify(problems)).not.toContain('hunter2')
  })

  it('finds nothing where there is nothing', () => {
    expect(
      findSecrets({ a: null, b: 1, c: true, d: 'e3b0c442', e: [], uri: 'https://example.com/@a' }),
    ).toEqual([])
  })
})

describe('maskSecrets()', () => {
  it.each(TOKENS)('leaves nothing of %s', (_, token) => {
    const text = JSON.stringify({ a: `export T=${token}`, b: 'kept' })
    const masked = maskSecrets(text)
    expect(JSON.parse(masked)).toMatchObject({ b: 'kept' })
    expect(masked).not.toContain(token.slice(0, 20))
    expect(masked).toContain('…')
  })

  it('leaves no body of a private key', () => {
    const pem = `-----BEGIN PRIV${BLANK}ATE KEY-----\nMIGHAgEA\n-----END PRIV${BLANK}ATE KEY-----\n`
    expect(maskSecrets(`a ${pem}b`)).toBe('a …\nb')
  })

  const HEAD = `-----BEGIN PRIV${BLANK}ATE KEY-----`
  const LINE = 'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQg'

  it.each([
    ['that was cut', `${HEAD}\n${LINE}\n${LINE}`],
    ['with headers', `${HEAD}\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\n${LINE}`],
    ['that was escaped', `${HEAD}\\n${LINE}\\n${LINE}`],
    ['that was escaped twice', `${HEAD}\\\\n${LINE}\\\\n${LINE}`],
    ['in text for a terminal', `${HEAD}\\u{d}\\u{a}${LINE}\\u{a}${LINE}`],
    ['on one line', `${HEAD}${LINE}`],
    ['in words that were wrapped', `${HEAD.replaceAll(' ', '\n  ')}\n  ${LINE}\n  ${LINE}`],
    ['of OpenPGP', `${HEAD.replace('KEY', 'KEY BLOCK')}\n\n${LINE}`],
  ])('leaves no body of a private key %s, and all that follows', (_, key) => {
    expect(maskSecrets(`a ${key}\nsubject: b "c"\nkept`)).toBe('a …\nsubject: b "c"\nkept')
  })

  it('leaves no body of a private key that is a list of lines', () => {
    const list = { key: [HEAD, LINE, LINE, HEAD.replace('BEGIN', 'END')], b: 'kept' }
    for (const indent of [0, 2]) {
      const masked: unknown = JSON.parse(maskSecrets(JSON.stringify(list, null, indent)))
      expect(masked).toEqual({ key: ['…'], b: 'kept' })
    }
  })

  it.each([
    'ab'.repeat(32),
    'ab'.repeat(20),
    'acceptedButNotYetTrusted: 1',
    'accepted-but-not-yet-trusted',
  ])('leaves %s on the line after the first one of a key', (line) => {
    const kept = line.includes(':') ? `  "${line}` : line
    expect(maskSecrets(`${HEAD}\n${kept}\nno-go`)).toBe(`…\n${kept}\nno-go`)
  })

  it('leaves the text after what only begins as a key', () => {
    expect(maskSecrets(`"${HEAD}"\n  sha256: 00ff\n${HEAD} is a name`)).toBe(
      '"…"\n  sha256: 00ff\n… is a name',
    )
  })

  it.each([
    'disk-admin-controller-service-v2.0.0',
    'services/sk-admin-controller-deployment/file.js',
    'sk-proj-web-portal-frontend-2024',
    'docs/xoxo-release-2024-11.md',
    'glft-something-long-enough-for-it',
    'hvs.release-notes-of-the-year-2024',
    'SG.something-quite-long.something-else-16',
    `sk-${'a1'.repeat(24)}`,
    `sk-${'aB1'.repeat(20)}`,
    'Authorization: Bearer <token>, Authorization: Bearer $TOKEN',
    'Authorization: Basic Authentication, basic constraints 4f3b2a190',
    'a bearer token-of-the-release-2024-11-03, and Bearer YOUR_ACCESS_TOKEN_OF_THE_SERVICE',
    'https://hooks.slack.com/services/ and https://api.slack.com/messaging/webhooks',
  ])('leaves %s, which is made of words', (text) => {
    expect(maskSecrets(text)).toBe(text)
    expect(findSecrets(text)).toEqual([])
  })

  const [, github = ''] = TOKENS.find(([name]) => name.includes('GitHub')) ?? []
  const [, aws = ''] = TOKENS.find(([name]) => name.includes('AWS')) ?? []

  it.each(['my_', 'my-', '-p', 'TOKEN', '%3D', '\u001b[0m', 'é', '\\u00E9', '\\x1b[0m'])(
    'finds a token after %j',
    (before) => {
      expect(maskSecrets(`${before}${github}`)).toBe(`${before}…`)
      expect(findSecrets(`${before}${github}`)).toMatchObject([{ code: 'statement/secret' }])
    },
  )

  it.each(['\\n', '\\t', '\\u0009', '\\x09', '%3D', '[0m', '='])(
    'finds a token that is known by its beginning alone after %s',
    (escape) => {
      expect(maskSecrets(`a${escape}${aws}`)).toBe(`a${escape}…`)
    },
  )

  it('takes no longer per character for many beginnings of secrets (A-99)', () => {
    const spent = (count: number) => {
      const text = `${HEAD} eyJ${'A'.repeat(20)} ://a`.repeat(count)
      const begun = process.cpuUsage()
      maskSecrets(text)
      const { user, system } = process.cpuUsage(begun)
      return (user + system) / text.length
    }
    spent(1_000)
    expect(spent(64_000)).toBeLessThan(20 * Math.max(spent(2_000), 1e-3))
  })

  it.each([
    ['found "https://me:hunter2@example.com/a?b=1"', 'found "https://…@example.com/a?b=1"'],
    ['https://x.example/?token=abc&a=b#c, more', 'https://x.example/?token=…&a=b#c, more'],
    ['{"u":"https://x.example/?api_key=abc"}', '{"u":"https://x.example/?api_key=…"}'],
    [
      'https://x.example/cb#access_token=abc&state=d',
      'https://x.example/cb#access_token=…&state=d',
    ],
    ["https://x.example/?token=a'b more", 'https://x.example/?token=… more'],
    ["'https://me:pa'ss@x.example/'", "'https://…@x.example/'"],
    ['https://me:pa"ss@x.example/', 'https://…@x.example/'],
    ['{"u":"https://me:pa\\"s<s@x.example/"}', '{"u":"https://…@x.example/"}'],
    ['{"u":"https://me:pa\\\\ss@x.example/"}', '{"u":"https://…@x.example/"}'],
    ['https://me:pa\\ss@x.example/', 'https://…@x.example/'],
  ])('masks logins and secret parameters alone: %s', (text, masked) => {
    expect(maskSecrets(text)).toBe(masked)
  })

  it.each([
    'git+ssh://git@git.example/team/app.git',
    'https://slsa.dev/provenance/v1?a=b',
    'mail to a@b.example, key=value',
    'sha256:0000',
    '{"a":"https://x.example:8080","b@c":"d@e"}',
    "['https://x.example:8080', 'me@x.example'] <https://x.example:80> me@x.example",
    `["https://x.example:8080","me@x.example"]`,
    `{\\"a\\":\\"https://x.example:8080\\",\\"b\\":\\"me@x.example\\"}`,
    'see https://x.example:8080\\nme@x.example',
    'https://x.example/page#section-2&key',
  ])('leaves %s as it is', (text) => {
    expect(maskSecrets(text)).toBe(text)
  })
})
