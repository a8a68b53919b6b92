// Whatever is changed in what was signed, or in what it is about, is noticed: every bit of it.

import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { encodeManifest, parseManifest } from '../../src/digest/index.ts'
import { testKey } from './keys.ts'
import { ask, codesOf } from './question.ts'
import {
  artifactsOf,
  type Json,
  provenance,
  RELEASE_FILES,
  signedBundle,
  statement,
  subjectsOf,
} from './release.ts'

const BUNDLE = signedBundle(statement())
const ENVELOPE = BUNDLE['dsseEnvelope'] as {
  payload: string
  payloadType: string
  signatures: [{ sig: string }]
}

const withEnvelope = (changes: Json): Json => ({
  ...BUNDLE,
  dsseEnvelope: { ...ENVELOPE, ...changes },
})

/** The bytes, each time with another bit turned. */
function* eachFlip(bytes: Uint8Array): Generator<Uint8Array> {
  for (let bit = 0; bit < bytes.length * 8; bit++) {
    const flipped = Uint8Array.from(bytes)
    flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    yield flipped
  }
}

const base64 = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64')
const isAccepted = (bundle: Json) => ask([bundle]).verdict.outcome === 'accepted'

describe('a bit', () => {
  it('that nobody turns leaves the release accepted', () => {
    expect(isAccepted(BUNDLE)).toBe(true)
  })

  it('of the payload can not be turned', () => {
    for (const payload of eachFlip(Buffer.from(ENVELOPE.payload, 'base64'))) {
      expect(codesOf(ask([withEnvelope({ payload: base64(payload) })]).verdict)).toEqual([
        'verify/signature-invalid',
      ])
    }
  })

  it('of the payload type can not be turned', () => {
    for (const type of eachFlip(Buffer.from(ENVELOPE.payloadType))) {
      const payloadType = Buffer.from(type).toString('latin1')
      expect(isAccepted(withEnvelope({ payloadType })), payloadType).toBe(false)
    }
  })

  it('of the signature can not be turned', () => {
    for (const sig of eachFlip(Buffer.from(ENVELOPE.signatures[0].sig, 'base64'))) {
      expect(isAccepted(withEnvelope({ signatures: [{ sig: base64(sig) }] }))).toBe(false)
    }
  })

  it('of an artifact can not be turned', () => {
    for (const [path, content] of Object.entries(RELEASE_FILES)) {
      for (const flipped of eachFlip(Buffer.from(content))) {
        const { verdict } = ask([BUNDLE], { files: { ...RELEASE_FILES, [path]: flipped } })
        expect(codesOf(verdict)).toEqual(['verify/set-digest', 'digest/artifact-changed'])
      }
    }
  })

  it('of the manifest can not be turned', () => {
    let read = 0
    for (const flipped of eachFlip(encodeManifest(artifactsOf(RELEASE_FILES)))) {
      const artifacts = parseManifest(flipped)
      // sha256sum marks binary mode with "*", which is one bit from "\"" and one from the blank.
      if (!artifacts.ok || Buffer.compare(encodeManifest(artifacts.value), flipped) !== 0) continue
      read++
      const set = { kind: 'set', set: { artifacts: artifacts.value, links: [] } } as const
      const { verdict } = ask([BUNDLE], { expectation: { artifacts: set } })
      expect(verdict.outcome).not.toBe('accepted')
    }
    expect(read).toBeGreaterThan(100)
  })

  it('of the hint changes nothing, or is refused; the signer stays who it is', () => {
    const { hint } = (BUNDLE['verificationMaterial'] as { publicKey: { hint: string } }).publicKey
    let accepted = 0
    for (const flipped of eachFlip(Buffer.from(hint))) {
      const publicKey = { hint: Buffer.from(flipped).toString('latin1') }
      const [judged] = ask([{ ...BUNDLE, verificationMaterial: { publicKey } }]).bundles
      if (judged?.verified === undefined) continue
      accepted++
      expect(judged.verified.signer).toMatchObject({ keyId: hint })
    }
    expect(accepted).toBeGreaterThan(100)
  })
})

describe('two releases', () => {
  const other = { 'app.js': 'console.log(2)\n', 'lib/add.js': 'export {}\n' }
  const OTHER = signedBundle(
    statement({
      subject: subjectsOf(other, 'staging__render_staging_rollout__v1.3.0__4712-1'),
      predicate: provenance({ details: { builder: { id: 'https://builder.example/2' } } }),
    }),
    { key: testKey('release') },
  )
  const otherEnvelope = OTHER['dsseEnvelope'] as typeof ENVELOPE

  it('are each accepted for themselves', () => {
    expect(ask([OTHER], { files: other }).verdict.outcome).toBe('accepted')
    expect(isAccepted(BUNDLE)).toBe(true)
  })

  it('can not be spliced, whatever part is taken from the other one', () => {
    const parts = ['payload', 'signatures'] as const
    for (const part of parts) {
      expect(isAccepted(withEnvelope({ [part]: otherEnvelope[part] })), part).toBe(false)
    }
    expect(isAccepted({ ...BUNDLE, dsseEnvelope: otherEnvelope })).toBe(false)
    expect(ask([BUNDLE], { files: other }).verdict.outcome).toBe('rejected')
    const paths = [...new Set([...Object.keys(RELEASE_FILES), ...Object.keys(other)])]
    fc.assert(
      fc.property(fc.subarray(paths, { minLength: 1 }), (taken) => {
        const mixed: Record<string, string | Uint8Array> = { ...RELEASE_FILES }
        for (const path of taken) {
          const content = (other as Record<string, string>)[path]
          if (content === undefined) delete mixed[path]
          else mixed[path] = content
        }
        if (Object.keys(mixed).length === 0) return
        const { outcome } = ask([BUNDLE], { files: mixed }).verdict
        const isOther = JSON.stringify(artifactsOf(mixed)) === JSON.stringify(artifactsOf(other))
        expect(outcome).toBe('rejected')
        expect(ask([OTHER], { files: mixed }).verdict.outcome === 'accepted').toBe(isOther)
      }),
    )
  })
})
