import { describe, expect, it } from 'vitest'
import type { Bundle } from '../../../src/bundle/index.ts'
import { checkSecondVerifier } from '../../../src/verify/sigstore/second-verifier.ts'
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
function opinionOn(options: TokenOptions) {
  const bundle: Bundle = {
    version: '0.3',
    keyMaterial: { kind: 'public-key', hint: '' },
    logEntries: [],
    timestamps: [stamp(TSA, SIGNATURE, options)],
    content: { kind: 'message', signature: SIGNATURE },
  }
  const question = { bundle, signed: SIGNED, roots: [ROOT], now: SIGNED_AT }
  const [check] = checkSecondVerifier(question, ROOT.root, { key: { type, key, spki: SPKI } })
  return check
}

describe('checkSecondVerifier()', () => {
  it('agrees about a timestamp that holds', () => {
    expect(opinionOn({})?.outcome).toBe('accepted')
  })

  it('refuses one that another key signed, by itself', () => {
    const { code, found } = opinionOn({ signingKey: makeKey('P-384') }) ?? {}
    expect(code).toBe('verify/second-verifier')
    expect(found).toContain('timestamp could not be verified')
  })
})
