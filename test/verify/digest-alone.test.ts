// A digest says nothing of what it was made from: also the pre-authentication encoding of an envelope has one.

import { sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { type Bundle, encodePae, IN_TOTO_PAYLOAD_TYPE } from '../../src/bundle/index.ts'
import type { ExpectedArtifact } from '../../src/verify/index.ts'
import { loadSigstore, verifyBundle } from '../../src/verify/index.ts'
import { freshKey } from './keys.ts'
import { codesOf, NOW } from './question.ts'
import { digestOf, readTrust, trust } from './release.ts'

const KEY = freshKey('P-256', 'sha256')
const TRUST = readTrust(trust([{ name: 'k', publicKey: KEY.publicKey.jwk, roles: ['release'] }]))
const FILE = Buffer.from('a release\n')
const PAE = encodePae(IN_TOTO_PAYLOAD_TYPE, Buffer.from('{"_type":"…"}'))
const sigstore = await loadSigstore()

function ask(bytes: Uint8Array, artifact: Omit<ExpectedArtifact, 'digest' | 'name'> = {}) {
  const signature = Uint8Array.from(sign('sha256', bytes, KEY.privateKey))
  const bundle: Bundle = {
    version: '0.3',
    keyMaterial: { kind: 'public-key', hint: '' },
    logEntries: [],
    timestamps: [],
    content: { kind: 'message', signature },
  }
  const digest = { sha256: digestOf(bytes) }
  const artifacts = [{ name: 'app', digest, ...artifact }]
  return verifyBundle({
    bundle,
    trust: TRUST,
    now: NOW,
    sigstore,
    expectation: { artifacts: { kind: 'artifacts', artifacts } },
  })
}

describe('the signature of a bare artifact, of which only a digest is known', () => {
  it('is refused, for the signature of an envelope looks the same', () => {
    for (const bytes of [PAE, FILE]) {
      const { verdict, verified } = ask(bytes)
      expect(verdict.outcome).toBe('missing')
      expect(codesOf(verdict)).toEqual(['verify/digest-alone'])
      expect(verified).toBeUndefined()
    }
    expect(codesOf(ask(PAE, { isFileDigest: false }).verdict)).toEqual(['verify/digest-alone'])
  })

  it('is told apart by the bytes', () => {
    expect(codesOf(ask(PAE, { bytes: PAE }).verdict)).toEqual(['verify/artifact-is-envelope'])
    expect(codesOf(ask(FILE, { bytes: FILE }).verdict)).toEqual([])
  })

  it('counts by the word of who asks, which the verdict shows', () => {
    const { verdict, verified } = ask(FILE, { isFileDigest: true })
    expect(codesOf(verdict)).toEqual([])
    expect(verified?.value).toEqual({ artifact: 'app', digest: `sha256:${digestOf(FILE)}` })
    expect(verdict.checks?.map(({ name }) => name)).toContain('digest-alone')
    const byBytes = ask(FILE, { bytes: FILE, isFileDigest: true }).verdict
    expect(byBytes.checks?.map(({ name }) => name)).not.toContain('digest-alone')
  })

  it('does not get round the bytes by that word', () => {
    const { verdict } = ask(PAE, { bytes: PAE, isFileDigest: true })
    expect(codesOf(verdict)).toEqual(['verify/artifact-is-envelope'])
  })
})
