import { describe, expect, it } from 'vitest'
import {
  type CertificateIdentity,
  type CertificateName,
  describeIdentity,
  matchIdentity,
  type TrustedIdentity,
} from '../../../src/trust/index.ts'
import { isRefMatch } from '../../../src/trust/sigstore/identity/ref-glob.ts'

const ISSUER = 'https://token.actions.githubusercontent.com'
const WORKFLOW = 'https://github.com/o/r/.github/workflows/release.yml'
const SAN = `${WORKFLOW}@refs/tags/v1.2.0`

const trusted = (members: Partial<TrustedIdentity> = {}): TrustedIdentity => ({
  name: 'release',
  issuer: ISSUER,
  san: SAN,
  isRefGlob: false,
  claims: {},
  roles: ['release'],
  isCi: true,
  ...members,
})

const found = (
  value: string = SAN,
  {
    type = 'uri',
    ...rest
  }: Partial<CertificateIdentity> & Pick<Partial<CertificateName>, 'type'> = {},
): CertificateIdentity => ({ issuer: ISSUER, san: { type, value }, claims: {}, ...rest })

const pattern = trusted({ san: `${WORKFLOW}@refs/tags/v*`, isRefGlob: true })
const person = trusted({ san: 'alice@example.org', issuer: 'https://accounts.google.com' })

describe('matchIdentity() accepts', () => {
  it.each([
    ['the very name', trusted(), found()],
    ['any release of a pattern', pattern, found()],
    ['one character for a star', pattern, found(`${WORKFLOW}@refs/tags/v1`)],
    [
      'two stars',
      trusted({ san: `${WORKFLOW}@refs/tags/v*-rc.*`, isRefGlob: true }),
      found(`${WORKFLOW}@refs/tags/v1.0-rc.1`),
    ],
    [
      'a pattern below a folder of tags',
      trusted({ san: `${WORKFLOW}@refs/tags/app/v*`, isRefGlob: true }),
      found(`${WORKFLOW}@refs/tags/app/v2`),
    ],
    [
      'an e-mail address',
      person,
      found('alice@example.org', { type: 'email', issuer: person.issuer }),
    ],
    [
      'a user name',
      trusted({ san: 'alice!example.org' }),
      found('alice!example.org', { type: 'other-name' }),
    ],
    [
      'claims that are pinned, and others',
      trusted({ claims: { sourceRepositoryIdentifier: '123' } }),
      found(SAN, { claims: { sourceRepositoryIdentifier: '123', buildTrigger: 'push' } }),
    ],
  ])('%s', (_, identity, certificate) => {
    expect(matchIdentity(identity, certificate)).toBeUndefined()
  })
})

describe('matchIdentity() tells another name (A-33, A-37, A-41)', () => {
  it.each([
    `https://evil.example/${SAN}`,
    `${SAN}.evil`,
    `${SAN} `,
    ` ${SAN}`,
    `${SAN}\n`,
    `x${SAN}`,
    SAN.toUpperCase(),
    SAN.replace('https:', 'http:'),
    SAN.replace('https:', 'HTTPS:'),
    SAN.replace('github.com', 'github-com'),
    SAN.replace('github.com', 'githubXcom'),
    SAN.replace('github.com', 'github.com.evil.example'),
    SAN.replace('github.com', 'github.com:443'),
    SAN.replace('github.com', 'user@github.com'),
    SAN.replace('/o/r/', '/o/r-evil/'),
    SAN.replace('/o/r/', '/O/r/'),
    SAN.replace('/o/r/', '/o/r//'),
    SAN.replace('/o/r/', '/evil/r/'),
    SAN.replace('/o/r/', '/evil/../o/r/'),
    SAN.replace('/o/r/', '/o/%72/'),
    SAN.replace('release.yml', 'release.yml.evil.yml'),
    SAN.replace('release.yml', 'releaseXyml'),
    SAN.replace('release.yml', 'release.yaml'),
    SAN.replace('refs/tags', 'refs/heads'),
    SAN.replace('refs/tags', 'refs/heads/refs/tags'),
    SAN.replace('refs/tags', 'refs/Tags'),
    SAN.replace('v1.2.0', 'V1.2.0'),
    SAN.replace('v1.2.0', 'v1x2.0'),
    SAN.replace('v1.2.0', 'v1.2.0^{}'),
    SAN.replace('v1.2.0', 'v1.2.00'),
    SAN.replace('v1.2.0', 'v1.2.'),
    WORKFLOW,
    '',
  ])('%j', (value) => {
    expect(matchIdentity(trusted(), found(value))).toMatchObject({ member: 'san', expected: SAN })
  })

  it.each([
    `${WORKFLOW}@refs/tags/v`,
    `${WORKFLOW}@refs/tags/x1`,
    `${WORKFLOW}@refs/heads/v1`,
    `${WORKFLOW}@refs/heads/refs/tags/v1`,
    `${WORKFLOW}@refs/tags/v1/evil`,
    `${WORKFLOW}@refs/tags/v1^{}`,
    `${WORKFLOW}@refs/tags/v1@refs/heads/main`,
    `${WORKFLOW}@refs/tags/v1 `,
    `${WORKFLOW}@refs/tags/v1\n`,
    `${WORKFLOW}@refs/tags/v1%2Fevil`,
    `${WORKFLOW}@refs/tags/vé`,
    `${WORKFLOW}@refs/pull/1/merge`,
    `${WORKFLOW}.evil@refs/tags/v1`,
    `https://evil.example/?${WORKFLOW}@refs/tags/v1`,
    `${WORKFLOW}@`,
    WORKFLOW,
  ])('%j, for a pattern', (value) => {
    expect(matchIdentity(pattern, found(value))?.member).toBe('san')
  })

  it.each<[string, TrustedIdentity, CertificateName['type']]>([
    ['a URI in an e-mail address', trusted(), 'email'],
    ['a URI in a user name', trusted(), 'other-name'],
    ['an e-mail address in a URI', person, 'uri'],
    ['a user name in an e-mail address', trusted({ san: 'alice!example.org' }), 'email'],
    ['a name of no type', trusted({ san: 'alice' }), 'uri'],
  ])('%s', (_, identity, type) => {
    const certificate = found(identity.san, { type, issuer: identity.issuer })
    expect(matchIdentity(identity, certificate)?.member).toBe('san')
  })

  it('a pattern that was never declared', () => {
    const undeclared = trusted({ san: `${WORKFLOW}@refs/tags/v*` })
    expect(matchIdentity(undeclared, found())?.member).toBe('san')
  })
})

describe('matchIdentity() tells another issuer (A-36)', () => {
  it.each([
    `${ISSUER}/`,
    `${ISSUER}.evil.example`,
    ISSUER.replace('https', 'http'),
    ISSUER.toUpperCase(),
    'https://accounts.google.com',
    '',
  ])('%j', (issuer) => {
    expect(matchIdentity(trusted(), found(SAN, { issuer }))).toEqual({
      member: 'issuer',
      expected: ISSUER,
      found: issuer,
    })
  })
})

describe('matchIdentity() tells another claim (A-38 to A-40, FUL-4)', () => {
  const claims = {
    buildSignerUri: `${WORKFLOW}@refs/heads/main`,
    sourceRepositoryUri: 'https://github.com/o/r',
    sourceRepositoryIdentifier: '123',
    sourceRepositoryOwnerIdentifier: '45',
    sourceRepositoryRef: 'refs/tags/v1.2.0',
    buildTrigger: 'push',
    runnerEnvironment: 'github-hosted',
  }

  it.each([
    [
      'the caller of a workflow that others may call',
      'sourceRepositoryUri',
      'https://github.com/evil/r',
    ],
    ['the workflow that signed', 'buildSignerUri', `${WORKFLOW}@refs/heads/evil`],
    ['a new repository under an old name', 'sourceRepositoryIdentifier', '124'],
    ['a new owner under an old name', 'sourceRepositoryOwnerIdentifier', '46'],
    ['a branch', 'sourceRepositoryRef', 'refs/heads/main'],
    ['a pull request', 'buildTrigger', 'pull_request_target'],
    ['a runner of its own', 'runnerEnvironment', 'self-hosted'],
    ['a prefix', 'sourceRepositoryIdentifier', '12'],
    ['a longer value', 'sourceRepositoryIdentifier', '1234'],
    ['a number in other digits', 'sourceRepositoryIdentifier', '0123'],
    ['an empty value', 'buildTrigger', ''],
  ] as const)('%s', (_, claim, value) => {
    const certificate = found(SAN, { claims: { ...claims, [claim]: value } })
    expect(matchIdentity(trusted({ claims }), certificate)).toEqual({
      member: 'claim',
      claim,
      expected: claims[claim],
      found: value,
    })
    expect(matchIdentity(trusted({ claims }), found(SAN, { claims }))).toBeUndefined()
  })

  it('a claim that is absent, which fits nothing', () => {
    const { buildTrigger, ...others } = claims
    expect(matchIdentity(trusted({ claims }), found(SAN, { claims: others }))).toEqual({
      member: 'claim',
      claim: 'buildTrigger',
      expected: buildTrigger,
    })
  })

  it('the name before the issuer, and the issuer before the claims', () => {
    const other = { issuer: 'https://evil.example', claims: {} }
    expect(matchIdentity(trusted({ claims }), found('x', other))?.member).toBe('san')
    expect(matchIdentity(trusted({ claims }), found(SAN, other))?.member).toBe('issuer')
  })
})

describe('isRefMatch()', () => {
  it.each([
    ['refs/tags/*', 'refs/tags/a', true],
    ['refs/tags/*', 'refs/tags/', false],
    ['refs/tags/*-*', 'refs/tags/a-b-c', true],
    ['refs/tags/*-*', 'refs/tags/-b', false],
    ['refs/tags/*-*', 'refs/tags/a-', false],
    ['refs/tags/*.*.*', 'refs/tags/1.2.3', true],
    ['refs/tags/*.*.*', 'refs/tags/1.2', false],
    ['refs/tags/*a', 'refs/tags/aa', true],
    ['refs/tags/*a', 'refs/tags/ab', false],
    ['refs/*/v1', 'refs/tags/v1', true],
    ['refs/*/v1', 'refs/heads/x/v1', false],
  ])('%s fits %s: %s', (glob, ref, fits) => expect(isRefMatch(glob, ref)).toBe(fits))

  it('takes no longer for a name that is made to be slow', () => {
    const slow = `refs/tags/${'a'.repeat(4000)}`
    expect(isRefMatch('refs/tags/*a*a*b', slow)).toBe(false)
  })
})

describe('describeIdentity()', () => {
  it('names the name, its type and the issuer', () => {
    expect(describeIdentity(found('a\u001b[2J', { type: 'email' }))).toBe(
      `"a\\u{1b}[2J" (email), by the word of "${ISSUER}"`,
    )
  })
})
