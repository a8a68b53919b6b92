import { expect, it } from 'vitest'
import { encodeTimestamp, type Instant } from '../../../src/core/index.ts'
import type { NamedRoot, TrustedIdentity } from '../../../src/trust/index.ts'
import { loadSigstore, verifyBundle } from '../../../src/verify/index.ts'
import { digestOf } from '../release.ts'
import { certifyStatement, SCENE_ROOT, WITNESSED_AT } from '../sigstore/signed-statement.ts'
import { ISSUER, SIGNED_AT, WORKFLOW, YEAR } from '../sigstore/test-authority.ts'
import { trusting } from '../sigstore/trust.ts'

const DIGEST = { sha256: digestOf('artifact') }
const STATEMENT = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'artifact', digest: DIGEST }],
  predicateType: 'https://predicates.example/build/v1',
  predicate: {},
}
const BUNDLE = certifyStatement(STATEMENT, { san: WORKFLOW, claims: { 8: ISSUER } })
const sigstore = await loadSigstore()

interface Question {
  readonly identity?: Partial<TrustedIdentity>
  readonly root?: NamedRoot
  readonly now?: Instant
  readonly at?: Instant
}

function ask({ identity, root = SCENE_ROOT, now = WITNESSED_AT, at }: Question) {
  return verifyBundle({
    bundle: BUNDLE,
    trust: trusting({ root, identity: { issuer: ISSUER, san: WORKFLOW, ...identity } }),
    sigstore,
    now,
    ...(at !== undefined && { at }),
    expectation: {
      artifacts: { kind: 'artifacts', artifacts: [{ name: 'a', digest: DIGEST }] },
    },
  })
}

const signerOf = (identity: Partial<TrustedIdentity>) => ask({ identity }).verified?.signer

it('The signer is who the trust document says: a kind where it says one, and else nobody knows', () => {
  const { kind, principal } = signerOf({ kind: 'automation', principal: 'ci' }) ?? {}
  expect({ kind, principal }).toEqual({ kind: 'automation', principal: 'ci' })
  const unsaid = signerOf({})
  expect(unsaid).toMatchObject({ name: 'signer', principal: 'signer' })
  expect(unsaid && Object.keys(unsaid)).not.toContain('kind')
})

it('What has ended since is named, as of the time that is asked about, or else by the clock', () => {
  const ended = (question: Question) => {
    const { verdict } = ask(question)
    expect(verdict.outcome).toBe('accepted')
    return verdict.checks?.find(({ name }) => name === 'ended-since')?.found
  }
  const end = SIGNED_AT + YEAR
  expect(ended({ now: end })).toBeUndefined()
  expect(ended({ now: end + 1 })).toBe(
    `the authority "https://test.example": ${encodeTimestamp(end)}`,
  )
  expect(ended({ at: end + 1 })).toBe(ended({ now: end + 1 }))
  expect(ended({ now: end + 1, at: end })).toBeUndefined()
})

it('The origin says on whose word a root is live, as the root does', () => {
  const told = (root: Partial<NamedRoot>) => {
    const { verdict, verified } = ask({
      identity: { isCi: true },
      root: { ...SCENE_ROOT, ...root },
    })
    const messages = verdict.checks?.filter(({ name }) => ['root', 'origin'].includes(name))
    return [verified?.origin, ...(messages ?? []).map(({ message }) => message)]
  }
  const declared = /live by declaration of trust document [0-9a-f]*$/
  expect(told({})).toEqual([
    'live-workflow',
    expect.stringMatching(declared),
    expect.stringMatching(declared),
  ])
  expect(told({ isPublicGood: true })).toEqual([
    'live-workflow',
    expect.stringMatching(/: a public root$/),
    expect.stringMatching(/, under a public root$/),
  ])
  expect(told({ mark: 'rehearsal' })).toEqual([
    'local-proof',
    expect.stringMatching(/a rehearsal root/),
    expect.stringMatching(/no CI issuer under a live root/),
  ])
})
