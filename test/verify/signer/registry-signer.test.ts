// NPM-4: a registry's key vouches for what it signed in its window, by a clock that is not its own.

import { expect, it } from 'vitest'
import type { ValidityPeriod } from '../../../src/trust/index.ts'
import {
  askNpm,
  provenanceBundle,
  publicationBundle,
  REGISTRY_KEY,
  serve,
  TRUST,
  verifyNpm,
} from '../npm/scene.ts'
import { WITNESSED_AT } from '../sigstore/signed-statement.ts'

const BUILT = serve(provenanceBundle())
const PUBLISHED = serve(publicationBundle())

const within = (validFor: ValidityPeriod, published = PUBLISHED) =>
  askNpm([BUILT, published], {}, { ...TRUST, registryKeys: [{ ...REGISTRY_KEY, validFor }] })

it('The key of a registry counts in its window, both ends of it included', () => {
  expect(within({ start: WITNESSED_AT })).toEqual([])
  expect(within({ start: 0, end: WITNESSED_AT })).toEqual([])
  expect(within({ start: WITNESSED_AT + 1 })).toEqual(['verify/key-not-yet-valid'])
  expect(within({ start: 0, end: WITNESSED_AT - 1 })).toEqual(['verify/key-expired'])
})

it('The key of a registry counts for nothing where nobody vouches for the time, however long it holds', () => {
  const unseen = serve(publicationBundle({ at: undefined }))
  expect(within({ start: 0 }, unseen)).toEqual(['verify/time-missing'])
  expect(within({ start: 0 })).toEqual([])
})

it('The key of a registry is not judged without the part that judges times', () => {
  expect(askNpm([BUILT, PUBLISHED], { isSigstoreLoaded: false })).toEqual([
    'verify/sigstore-not-loaded',
  ])
  expect(askNpm([BUILT, PUBLISHED])).toEqual([])
})

it('The key of a registry that has ended since is told in the verdict, by the time that is asked about', () => {
  const validFor = { start: 0, end: WITNESSED_AT + 1_000 }
  const told = (asked: { readonly at?: number }) => {
    const { verdict } = verifyNpm([BUILT, PUBLISHED], asked, {
      ...TRUST,
      registryKeys: [{ ...REGISTRY_KEY, validFor }],
    })
    expect(verdict.outcome).toBe('accepted')
    return verdict.checks
      ?.flatMap(({ checks = [] }) => checks)
      .find(({ name }) => name === 'key-validity')?.message
  }
  const message = `The registry's key "npm-1" was valid at that time`
  expect(told({})).toBe(`${message}, and has ended since`)
  expect(told({ at: WITNESSED_AT + 1_001 })).toBe(`${message}, and has ended since`)
  expect(told({ at: WITNESSED_AT + 1_000 })).toBe(message)
})
