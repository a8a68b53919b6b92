// Log entries and timestamps beside a signature that a key has made.

import { describe, expect, it } from 'vitest'
import type { Bundle } from '../../../src/bundle/index.ts'
import { accept, failedChecks, refuse } from '../../../src/core/index.ts'
import type { NamedRoot, TrustedKey } from '../../../src/trust/index.ts'
import {
  type Expectation,
  loadSigstore,
  needsSigstore,
  type Sigstore,
  verifyBundle,
} from '../../../src/verify/index.ts'
import { freshKey } from '../keys.ts'
import { digestOf } from '../release.ts'
import { SCENE_ROOT, signWithKey, WITNESSED_AT } from './signed-statement.ts'
import { makeRoot, YEAR } from './test-authority.ts'
import { makeTsa, stamp } from './test-timestamp.ts'
import { trusting } from './trust.ts'

const SHA256 = digestOf('artifact')
const STATEMENT = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'artifact', digest: { sha256: SHA256 } }],
  predicateType: 'https://predicates.example/build/v1',
  predicate: {},
}
const KEY = freshKey('P-256', 'sha256')
const HINT = KEY.publicKey.keyId
const TSA = makeTsa()
const TSA_ROOT = makeRoot({ timestampAuthorities: [TSA.authority], certificateLogs: [] }, 'times')
const LOADED = { sigstore: await loadSigstore() }

const BARE = signWithKey(STATEMENT, { key: KEY, hint: HINT })
const LOGGED = signWithKey(STATEMENT, { key: KEY, hint: HINT, at: WITNESSED_AT })
const stamped = (bundle: Bundle, at = WITNESSED_AT): Bundle => {
  if (bundle.content.kind !== 'dsse') throw new Error('Expected an envelope')
  return { ...bundle, timestamps: [stamp(TSA, bundle.content.envelope.signature, { at })] }
}

interface Question {
  readonly roots?: readonly NamedRoot[]
  readonly key?: Partial<TrustedKey>
  readonly expectation?: Partial<Expectation>
  readonly at?: number
  readonly sigstore?: Sigstore | undefined
}

function ask(
  bundle: Bundle,
  { roots = [SCENE_ROOT, TSA_ROOT], key, expectation, at, ...world }: Question = {},
) {
  const { sigstore } = { ...LOADED, ...world }
  const trust = trusting({ roots, key: KEY.publicKey })
  return verifyBundle({
    bundle,
    trust: { ...trust, keys: trust.keys.map((one) => ({ ...one, ...key })) },
    ...(sigstore !== undefined && { sigstore }),
    now: WITNESSED_AT + YEAR,
    ...(at !== undefined && { at }),
    expectation: {
      artifacts: { kind: 'artifacts', artifacts: [{ name: 'a', digest: { sha256: SHA256 } }] },
      ...expectation,
    },
  })
}

const codesOf = (...question: Parameters<typeof ask>) =>
  failedChecks(ask(...question).verdict).map(({ code }) => code)

describe('a log entry beside the signature of a key', () => {
  it('is demanded where the verifier or the trust document says so', () => {
    for (const demand of [{ expectation: { requireLog: true } }, { key: { requires: ['log'] } }]) {
      expect(codesOf(BARE, demand as Question)).toEqual(['verify/log-entry-missing'])
      expect(codesOf(stamped(BARE), demand as Question)).toEqual(['verify/log-entry-missing'])
      expect(codesOf(LOGGED, demand as Question)).toEqual([])
    }
    expect(codesOf(BARE)).toEqual([])
  })
})

describe('witnesses, where the part that judges them was not loaded', () => {
  const notLoaded = (bundle: Bundle, question: Question = {}) =>
    codesOf(bundle, { ...question, sigstore: undefined })

  it('are not passed over, though nothing else is wrong', () => {
    expect(codesOf(LOGGED)).toEqual([])
    expect(notLoaded(LOGGED)).toEqual(['verify/sigstore-not-loaded'])
    expect(notLoaded(stamped(BARE))).toEqual(['verify/sigstore-not-loaded'])
    expect(notLoaded(LOGGED, { expectation: { requireLog: true } })).toEqual([
      'verify/sigstore-not-loaded',
    ])
  })

  it('are unjudged, as ever, where no root could judge them; and a bare signature needs nobody', () => {
    expect(notLoaded(LOGGED, { roots: [] })).toEqual([])
    expect(codesOf(LOGGED, { roots: [] })).toEqual([])
    expect(notLoaded(BARE)).toEqual([])
  })

  it('are what needsSigstore() asks for', () => {
    const needs = (bundle: Bundle, roots: readonly NamedRoot[] = [SCENE_ROOT]) =>
      needsSigstore({
        trust: trusting({ roots }),
        bundles: [{ name: 'a', bundle: accept(bundle) }],
      })
    expect([LOGGED, stamped(BARE), BARE].map((bundle) => needs(bundle))).toEqual([
      true,
      true,
      false,
    ])
    expect(needs(LOGGED, [])).toBe(false)
    const certificate = { kind: 'certificate', certificate: Uint8Array.of() } as const
    expect(needs({ ...BARE, keyMaterial: certificate })).toBe(true)
    expect(needs({ ...BARE, keyMaterial: certificate }, [])).toBe(false)
    const message = { kind: 'message', signature: Uint8Array.of() } as const
    expect(needs({ ...BARE, content: message }, [])).toBe(true)
    const malformed = refuse({ code: 'bundle/json' as const, message: 'No bundle' })
    expect(
      needsSigstore({ trust: trusting({}), bundles: [{ name: 'a', bundle: malformed }] }),
    ).toBe(false)
  })
})

describe('a proof without a signed checkpoint', () => {
  const logEntries = LOGGED.logEntries.map((entry) => {
    if (entry.inclusionProof === undefined) throw new Error('Expected a proof')
    const { checkpoint: _, ...inclusionProof } = entry.inclusionProof
    return { ...entry, inclusionProof }
  })

  it('is enough beside a promise in a bundle of version 0.1, and in no later one', () => {
    expect(codesOf({ ...LOGGED, version: '0.1', logEntries })).toEqual([])
    expect(codesOf({ ...LOGGED, version: '0.3', logEntries })).toEqual([
      'verify/checkpoint-missing',
    ])
  })
})

describe('a timestamp beside the signature of a key', () => {
  it('is demanded where the verifier or the trust document says so', () => {
    const inDocument = { key: { requires: ['timestamp'] } } as const
    for (const demand of [{ expectation: { requireTimestamp: true } }, inDocument]) {
      expect(codesOf(LOGGED, demand)).toEqual(['verify/timestamp-missing'])
      expect(codesOf(stamped(BARE), demand)).toEqual([])
    }
  })

  it('counts beside an entry in a log of another root', () => {
    const both = { expectation: { requireLog: true, requireTimestamp: true } }
    expect(codesOf(stamped(LOGGED), both)).toEqual([])
    expect(ask(stamped(LOGGED)).verified?.judged.vouched.map(({ by }) => by)).toEqual([
      'timestamp',
      'log',
    ])
  })

  it('is not later than the time that is judged', () => {
    expect(codesOf(stamped(BARE), { at: WITNESSED_AT - 1 })).toEqual(['verify/time-later'])
    expect(codesOf(stamped(BARE), { at: WITNESSED_AT })).toEqual([])
  })
})

describe('a key that has ended', () => {
  const key = { notAfter: WITNESSED_AT }

  it('stands for what somebody saw before, and the verdict says that it has ended', () => {
    const messages = (question: Question) =>
      ask(LOGGED, question)
        .verdict.checks?.filter(({ name }) => name === 'key-validity')
        .map(({ message }) => message)
    expect(messages({ key })).toEqual(['The key "key" was valid at that time, and has ended since'])
    expect(messages({})).toEqual(['The key "key" was valid at that time'])
  })

  it('has not ended as of a time before, whatever the clock says', () => {
    const endsLater = { notAfter: WITNESSED_AT + 1_000 }
    const asOf = (at: number) =>
      ask(LOGGED, { key: endsLater, at })
        .verdict.checks?.filter(({ name }) => name === 'key-validity')
        .map(({ message }) => message.includes('ended since'))
    expect(asOf(WITNESSED_AT + 1_000)).toEqual([false])
    expect(asOf(WITNESSED_AT + 1_001)).toEqual([true])
  })

  it('stands for nothing that nobody saw, or somebody later', () => {
    expect(codesOf(BARE, { key })).toEqual(['verify/key-expired'])
    expect(codesOf(stamped(BARE, WITNESSED_AT + 1_000), { key })).toEqual(['verify/key-expired'])
    expect(codesOf(stamped(BARE), { key })).toEqual([])
  })
})
