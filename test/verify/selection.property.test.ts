// A predicate type selects: what says to be of another type is as good as not there, and what is there still has to hold.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testKey } from './keys.ts'
import { ask, codesOf, verifyOne } from './question.ts'
import {
  type Json,
  messageBundle,
  readTrust,
  RELEASE_FILES,
  signedBundle,
  statement,
  trust,
  trustedKey,
} from './release.ts'

const TYPE = 'https://slsa.dev/provenance/v1'
const OTHER = { predicateType: 'https://predicates.example/review/v1', predicate: {} }
const APP = RELEASE_FILES['app.js'] ?? ''
const EXPECTATION = { expectation: { predicateType: TYPE } }
const TRUST = readTrust(
  trust(
    [
      trustedKey('release'),
      trustedKey('ann', { roles: ['approver'] }),
      trustedKey('bob', { roles: ['approver'] }),
    ],
    [{ name: 'approver', threshold: 2 }],
  ),
)
const SIGNERS = ['release', 'ann', 'bob', 'stranger']

/** Of the expected type, by people with and without enough others beside them. */
const ASKED = SIGNERS.map((name) => signedBundle(statement(), { key: testKey(name) }))
/** Not of the expected type, in each of the ways. */
const UNASKED: readonly Json[] = [
  ...SIGNERS.map((name) => signedBundle(statement(OTHER), { key: testKey(name) })),
  ...SIGNERS.map((name) => messageBundle(APP, testKey(name))),
  signedBundle(statement({ ...OTHER, _type: 'https://in-toto.io/Statement/v0.1' })),
]

function askFor(bundles: readonly Json[]) {
  return ask(bundles, { trust: TRUST, ...EXPECTATION })
}

/** The bundle with its statement rewritten after it was signed. */
function rewritten({ dsseEnvelope, ...rest }: Json): Json {
  const payload = Buffer.from(JSON.stringify(statement(OTHER))).toString('base64')
  return { ...rest, dsseEnvelope: { ...(dsseEnvelope as object), payload } }
}

describe('an expected predicate type', () => {
  it('gives the outcome that the bundles of that type give alone, whatever lies beside them', () => {
    const some = fc.subarray([...ASKED])
    const others = fc.subarray([...UNASKED])
    fc.assert(
      fc.property(some, others, (asked, unasked) => {
        const run = askFor([...unasked, ...asked])
        expect(run.verdict.outcome).toBe(askFor(asked).verdict.outcome)
        expect(run.bundles).toHaveLength(asked.length)
        expect(run.notAsked).toHaveLength(unasked.length)
      }),
    )
  })

  it('is never met by what is left when one bundle says to be of another type, if not without it', () => {
    fc.assert(
      fc.property(fc.subarray([...ASKED], { minLength: 1 }), fc.nat(), (asked, nat) => {
        const index = nat % asked.length
        const changed = asked.with(index, rewritten(asked[index] as Json))
        const without = askFor(asked.toSpliced(index, 1)).verdict.outcome
        expect(askFor(changed).verdict.outcome).toBe(without)
      }),
    )
  })

  it('is missing where no bundle is of it, whoever signed the others', () => {
    for (const unasked of UNASKED) {
      const { verdict, bundles } = askFor([unasked])
      expect(verdict.outcome).toBe('missing')
      expect(codesOf(verdict)).toEqual(['verify/no-bundle'])
      expect(bundles).toEqual([])
    }
    expect(askFor(ASKED.slice(0, 1)).verdict.outcome).toBe('accepted')
  })

  it('is told of each bundle that was not asked, with the type that it claims', () => {
    const { verdict, notAsked } = askFor([...ASKED.slice(0, 1), ...UNASKED.slice(0, 1)])
    expect(verdict.message).toBe('1 of 1 bundle accepted, 1 of other types not asked')
    expect(notAsked).toEqual([{ name: 'bundle 2', unverifiedPredicateType: OTHER.predicateType }])
    const selection = verdict.checks?.find(({ name }) => name === 'selection')
    expect(selection).toMatchObject({
      outcome: 'accepted',
      expected: `"${TYPE}"`,
      found: `"bundle 2" of "${OTHER.predicateType}"`,
    })
  })

  it('refuses the one bundle that is asked about by itself', () => {
    const { predicateType } = EXPECTATION.expectation
    const { verdict } = verifyOne(signedBundle(statement(OTHER)), { predicateType })
    expect(codesOf(verdict)).toEqual(['verify/predicate-type'])
  })
})
