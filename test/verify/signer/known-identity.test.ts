import { describe, expect, it } from 'vitest'
import {
  buildEmptyTrust,
  type CertificateIdentity,
  type TrustedIdentity,
} from '../../../src/trust/index.ts'
import { knowIdentity } from '../../../src/verify/signer/known-identity.ts'

const ISSUER = 'https://token.ci.example'
const STEM = 'https://ci.example/org/app/.github/workflows/release.yml@'

const found = (ref: string): CertificateIdentity => ({
  issuer: ISSUER,
  san: { type: 'uri', value: `${STEM}${ref}` },
  claims: {},
})

const EXACT: TrustedIdentity = {
  name: 'release',
  issuer: ISSUER,
  san: `${STEM}refs/tags/v1`,
  isRefGlob: false,
  claims: {},
  roles: ['release'],
  principal: 'release-workflow',
  isCi: false,
}
const ANY_TAG: TrustedIdentity = {
  ...EXACT,
  name: 'tests',
  san: `${STEM}refs/tags/*`,
  isRefGlob: true,
  roles: ['tests', 'release'],
  isCi: true,
}

function know(identities: readonly TrustedIdentity[], ref = 'refs/tags/v1', preferred?: string) {
  return knowIdentity(found(ref), { ...buildEmptyTrust(), identities }, preferred)
}

describe('a certificate that fits several identities', () => {
  it.each([
    ['one order', [EXACT, ANY_TAG]],
    ['the other', [ANY_TAG, EXACT]],
  ])('has the roles of all of them, in %s', (_, identities) => {
    const { check, holder } = know(identities)
    expect(check.outcome).toBe('accepted')
    expect(holder?.roles.toSorted()).toEqual(['release', 'tests'])
    expect(holder).toMatchObject({ principal: 'release-workflow', isCi: true })
  })

  it('goes by the name that is asked for', () => {
    expect(know([EXACT, ANY_TAG]).holder?.name).toBe('release')
    expect(know([EXACT, ANY_TAG], 'refs/tags/v1', 'tests').holder?.name).toBe('tests')
    expect(know([EXACT, ANY_TAG], 'refs/tags/v2', 'release').holder?.name).toBe('tests')
  })

  it.each([
    ['two principals', { principal: 'somebody-else' }],
    ['a person and an automation', { kind: 'person' as const }],
  ])('is refused where they are %s', (_, other) => {
    const { check, holder } = know([
      { ...EXACT, kind: 'automation' },
      { ...ANY_TAG, ...other },
    ])
    expect(holder).toBeUndefined()
    expect(check).toMatchObject({ outcome: 'rejected', code: 'verify/identity-ambiguous' })
    const twin = [{ ...EXACT, kind: 'automation' } as const, ANY_TAG]
    expect(know(twin).holder).toMatchObject({ kind: 'automation' })
  })
})

describe('the line to add', () => {
  it('can be pasted into a shell, whatever the branch is called', () => {
    const { check } = know([], 'refs/heads/$(id)')
    expect(check.code).toBe('verify/identity-none')
    expect(check.hint).toContain(`--issuer ${ISSUER} --san '${STEM}refs/heads/$(id)'`)
  })

  it('is left out where the name is not what it looks like', () => {
    const { check } = know([EXACT], 'refs/heads/\u202emain')
    expect(check.code).toBe('verify/identity-unexpected')
    expect(check.hint).not.toContain('add-identity')
  })
})

describe('a claim that the trust document pins', () => {
  const ID = 'sourceRepositoryIdentifier'
  const PINNED = { ...EXACT, claims: { [ID]: '1002', runnerEnvironment: 'github-hosted' } }
  const certified = (claims: CertificateIdentity['claims']) =>
    knowIdentity(
      { ...found('refs/tags/v1'), claims },
      { ...buildEmptyTrust(), identities: [PINNED] },
      undefined,
    )

  it('is shown where it holds', () => {
    const { check } = certified({ [ID]: '1002', runnerEnvironment: 'github-hosted' })
    expect(check.outcome).toBe('accepted')
    for (const side of [check.expected, check.found]) {
      expect(side).toContain(`${ID} "1002", runnerEnvironment "github-hosted"`)
    }
  })

  it('stays pinned in the line to add, to what the certificate says', () => {
    const { check } = certified({ [ID]: '1001', runnerEnvironment: 'github-hosted' })
    expect(check).toMatchObject({
      code: 'verify/claim-unexpected',
      expected: `${ID} "1002", as "release"`,
      found: `${ID} "1001"`,
    })
    expect(check.hint).toContain(`--claim ${ID}=1001 --claim runnerEnvironment=github-hosted`)
  })

  it('stays pinned where the name is another too, as far as the certificate has it', () => {
    const other = { ...found('refs/heads/main'), claims: { [ID]: '1002' } }
    const identities = [PINNED]
    const { check } = knowIdentity(other, { ...buildEmptyTrust(), identities }, undefined)
    expect(check.code).toBe('verify/identity-unexpected')
    expect(check.hint).toMatch(new RegExp(`refs/heads/main --claim ${ID}=1002$`))
  })

  it('that the certificate has not gives no line to add', () => {
    const { check } = certified({ runnerEnvironment: 'github-hosted' })
    expect(check).toMatchObject({ code: 'verify/claim-unexpected', found: `${ID} none` })
    expect(check.hint).not.toContain('add-identity')
    const odd = certified({ [ID]: '1001\u202e', runnerEnvironment: 'github-hosted' })
    expect(odd.check.hint).not.toContain('add-identity')
  })
})

describe('a certificate that fits none of several identities', () => {
  const named = (count: number): TrustedIdentity[] =>
    Array.from({ length: count }, (_, index) => ({
      ...EXACT,
      name: `n${index}`,
      san: `${EXACT.san}.${index}`,
    }))

  it('is held against each of them in the verdict, and against a few of many', () => {
    const { check } = know(named(2))
    expect(check.code).toBe('verify/identity-unexpected')
    expect(check.expected).toBe(`"${EXACT.san}.0", as "n0" or "${EXACT.san}.1", as "n1"`)
    expect(check.found).toBe(`"${EXACT.san}"`)
    expect(know(named(7)).check.expected).toMatch(/as "n4" or 2 more$/)
    expect(know([...named(7), EXACT]).check.outcome).toBe('accepted')
  })

  it('is held against the nearest alone', () => {
    const { check } = know([...named(2), { ...EXACT, issuer: 'https://other.example' }])
    expect(check).toMatchObject({
      code: 'verify/issuer-unexpected',
      expected: '"https://other.example", as "release"',
    })
  })
})
