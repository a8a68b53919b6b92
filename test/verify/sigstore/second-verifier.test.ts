import { describe, expect, it } from 'vitest'
import type { Bundle } from '../../../src/bundle/index.ts'
import { checkSecondVerifier } from '../../../src/verify/sigstore/second/second-verifier.ts'
import { freshKey } from '../keys.ts'
import { SIGNED_AT } from './test-authority.ts'
import { makeKey } from './test-certificate.ts'
import { stamp, type TokenOptions } from './test-timestamp.ts'
import { ROOT, TSA } from './timestamp/question.ts'

const ARTIFACT = Buffer.from('the artifact')
const SIGNER = freshKey('P-256', 'sha256')
const SIGNATURE = SIGNER.sign(ARTIFACT)
const SIGNED = { kind: 'message', bytes: ARTIFACT, digest: {}, signature: SIGNATURE } as const
const { type, key } = SIGNER.publicKey
const SPKI = new Uint8Array(key.export({ format: 'der', type: 'spki' }))

/** Its word on a signature by a key, with a timestamp that was made in one way. */
function opinionOn(options: TokenOptions, change: Partial<Bundle> = {}) {
  const bundle: Bundle = {
    version: '0.3',
    keyMaterial: { kind: 'public-key', hint: '' },
    logEntries: [],
    timestamps: [stamp(TSA, SIGNATURE, options)],
    content: { kind: 'message', signature: SIGNATURE },
    ...change,
  }
  const question = { bundle, signed: SIGNED, roots: [ROOT], now: SIGNED_AT }
  const [check] = checkSecondVerifier(question, ROOT.root, { key: { type, key, spki: SPKI } })
  return check
}

describe('checkSecondVerifier()', () => {
  it('agrees about a timestamp that holds', () => {
    expect(opinionOn({})?.outcome).toBe('accepted')
  })

  it('says what it was told, and did not check by itself', () => {
    const told = 'accepted, where it is told that the signature of the content holds'
    expect(opinionOn({})?.found).toBe(`${told}, and those of timestamps`)
    expect(opinionOn({}, { timestamps: [] })?.found).toBe(told)
  })

  it('takes no mistake in a program for a word about the evidence', () => {
    const nothing = undefined as unknown as Bundle['logEntries']
    expect(() => opinionOn({}, { logEntries: nothing })).toThrow(TypeError)
  })

  it('refuses one that another key signed, by itself', () => {
    const { code, found } = opinionOn({ signingKey: makeKey('P-384') }) ?? {}
    expect(code).toBe('verify/second-verifier')
    expect(found).toContain('timestamp could not be verified')
  })
})
