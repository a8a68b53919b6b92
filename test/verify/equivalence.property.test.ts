// What means the same gets the same verdict: the order of members, blanks, the alphabet of base64, the order of lines.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { testKey } from './keys.ts'
import { ask } from './question.ts'
import {
  type Json,
  provenance,
  readTrust,
  signedBundle,
  statement,
  trust,
  trustedKey,
} from './release.ts'

const BUNDLE = signedBundle(statement())
const PLAIN = ask([BUNDLE])

/** The same document with the members of every object in another order. */
function shuffled(value: unknown, order: (length: number) => readonly number[]): unknown {
  if (Array.isArray(value)) return value.map((entry) => shuffled(entry, order))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value)
  return Object.fromEntries(
    order(entries.length).map((index) => {
      const [name, member] = entries[index] as [string, unknown]
      return [name, shuffled(member, order)]
    }),
  )
}

/** Orders of lists of any length, drawn at random. */
const orders = fc.infiniteStream(fc.nat()).map((numbers) => (length: number) => {
  const ranks = Array.from({ length }, () => numbers.next().value ?? 0)
  return Array.from({ length }, (_, index) => index).toSorted(
    (a, b) => (ranks[a] ?? 0) - (ranks[b] ?? 0) || a - b,
  )
})

describe('the same verdict is given', () => {
  it('to a bundle that is accepted', () => {
    expect(PLAIN.verdict.outcome).toBe('accepted')
  })

  it('whatever the order of the members of the bundle', () => {
    fc.assert(
      fc.property(orders, (order) => {
        expect(ask([shuffled(BUNDLE, order) as Json])).toEqual(PLAIN)
      }),
    )
  })

  it('whatever blanks stand between its tokens', () => {
    for (const indent of [1, 2, 8, '\t', '\n', '\r\n'.repeat(2)].map(String)) {
      // JSON.stringify cuts an indent at ten characters and takes any of them.
      const blanks = JSON.stringify(BUNDLE, null, /^\d+$/.test(indent) ? Number(indent) : indent)
      expect(ask([blanks])).toEqual(PLAIN)
    }
  })

  it('whichever alphabet of base64 the envelope is in, padded or not', () => {
    const { payload, signatures, payloadType } = BUNDLE['dsseEnvelope'] as {
      payload: string
      payloadType: string
      signatures: [{ sig: string }]
    }
    const url = (text: string) => Buffer.from(text, 'base64').toString('base64url')
    const padded = (text: string) => url(text).padEnd(Math.ceil(url(text).length / 4) * 4, '=')
    for (const spell of [url, padded]) {
      const dsseEnvelope = {
        payload: spell(payload),
        payloadType,
        signatures: [{ sig: spell(signatures[0].sig) }],
      }
      expect(ask([{ ...BUNDLE, dsseEnvelope }])).toEqual(PLAIN)
    }
  })

  it('whatever the order of the bundles (A-64)', () => {
    const document = readTrust(
      trust(
        [
          trustedKey('release'),
          trustedKey('ann', { roles: ['approver'] }),
          trustedKey('bob', { roles: ['approver'] }),
        ],
        [{ name: 'approver', threshold: 2, distinctFrom: ['release'] }],
      ),
    )
    const bundles = ['release', 'ann', 'bob', 'stranger'].map((name) =>
      signedBundle(statement(), { key: testKey(name) }),
    )
    const all = fc.shuffledSubarray(bundles, { minLength: bundles.length })
    fc.assert(
      fc.property(fc.shuffledSubarray(bundles, { minLength: 1 }), all, (some, permuted) => {
        const sorted = bundles.filter((bundle) => some.includes(bundle))
        expect(ask(some, { trust: document }).verdict.outcome).toBe(
          ask(sorted, { trust: document }).verdict.outcome,
        )
        expect(ask(permuted, { trust: document }).verdict.outcome).toBe('rejected')
      }),
    )
  })

  it('whatever the order of the subjects and the members of the payload, when it is signed so', () => {
    fc.assert(
      fc.property(orders, (order) => {
        const { subject } = statement() as { subject: unknown[] }
        const subjects = order(subject.length).map((index) => subject[index])
        const changed = shuffled(statement({ subject: subjects }), order) as Json
        expect(ask([signedBundle(changed)]).verdict.outcome).toBe('accepted')
      }),
    )
  })

  it('to what is unset, null or empty in a provenance (PROV-4)', () => {
    const question = { expectation: { provenance: { parameters: [{ name: 'x', value: '1' }] } } }
    const verdicts = [{}, { x: null }, { x: '' }, { x: {} }, { x: [] }].map(
      (externalParameters) => {
        const definition = { buildType: 'https://builds.example/make/v1', externalParameters }
        return ask([signedBundle(statement({ predicate: provenance({ definition }) }))], question)
          .verdict
      },
    )
    expect(verdicts[0]?.outcome).toBe('missing')
    for (const verdict of verdicts) expect(verdict).toEqual(verdicts[0])
  })
})
