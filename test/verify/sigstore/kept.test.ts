// What is kept from one question to the next changes no answer, whatever a caller does with what was handed out or handed in.

import { describe, expect, it } from 'vitest'
import type { Bundle } from '../../../src/bundle/index.ts'
import { type Check, failedChecks } from '../../../src/core/index.ts'
import type { NamedRoot } from '../../../src/trust/index.ts'
import { loadSigstore, verifyBundle } from '../../../src/verify/index.ts'
import { refuseBundle } from '../../../src/verify/bundle-verdict.ts'
import { passed } from '../../../src/verify/check.ts'
import { digestOf } from '../release.ts'
import { certifyStatement, SCENE_ROOT, WITNESSED_AT } from './signed-statement.ts'
import { ISSUER, makeAuthority, WORKFLOW } from './test-authority.ts'
import { makeTsa, stamp } from './test-timestamp.ts'
import { trusting } from './trust.ts'

const SHA256 = digestOf('artifact')
const STATEMENT = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'artifact', digest: { sha256: SHA256 } }],
  predicateType: 'https://predicates.example/build/v1',
  predicate: {},
}
const BUNDLE = certifyStatement(STATEMENT, { san: WORKFLOW, claims: { 8: ISSUER } })
const TSA = makeTsa()
const sigstore = await loadSigstore()

function ask(bundle: Bundle, root: NamedRoot = SCENE_ROOT) {
  return verifyBundle({
    bundle,
    trust: trusting({ root, identity: { issuer: ISSUER, san: WORKFLOW } }),
    sigstore,
    now: WITNESSED_AT,
    expectation: {
      artifacts: { kind: 'artifacts', artifacts: [{ name: 'a', digest: { sha256: SHA256 } }] },
    },
  })
}

const codesOf = (...question: Parameters<typeof ask>) =>
  failedChecks(ask(...question).verdict).map(({ code }) => code)

describe('a refusal that was handed out', () => {
  const garbage = { kind: 'certificate', certificate: Uint8Array.of(0x30, 0) } as const
  const bundle = { ...BUNDLE, keyMaterial: garbage }

  it('is not made an acceptance of the next question by who changes it', () => {
    expect(codesOf(BUNDLE)).toEqual([])
    const [first] = failedChecks(ask(bundle).verdict) as [Check]
    expect(first.code).toBe('verify/certificate-malformed')
    expect(() => Object.assign(first, { outcome: 'accepted' })).toThrow(TypeError)
    expect(codesOf(bundle)).toEqual(['verify/certificate-malformed'])
  })

  it('is one: to refuse with nothing but acceptances is a bug', () => {
    expect(() => refuseBundle([passed('signature', 'It holds')])).toThrow('for no reason')
    expect(refuseBundle([]).verdict.outcome).toBe('missing')
  })
})

describe('a root that is changed in place after it was asked', () => {
  const stranger = makeAuthority({ name: 'stranger' }).authority

  it('is judged as what it is now: the authority of certificates', () => {
    const [authority] = SCENE_ROOT.root.certificateAuthorities
    if (authority === undefined) throw new Error('Expected an authority')
    const changing = { ...authority }
    const root = {
      ...SCENE_ROOT,
      root: { ...SCENE_ROOT.root, certificateAuthorities: [changing] },
    }
    expect(codesOf(BUNDLE, root)).toEqual([])
    changing.certificates = stranger.certificates
    expect(codesOf(BUNDLE, root)).toEqual(['verify/certificate-authority-unknown'])
    changing.certificates = authority.certificates
    expect(codesOf(BUNDLE, root)).toEqual([])
  })

  it('is judged as what it is now: the timestamp authority', () => {
    if (BUNDLE.content.kind !== 'dsse') throw new Error('Expected an envelope')
    const at = WITNESSED_AT
    const timestamps = [stamp(TSA, BUNDLE.content.envelope.signature, { at })]
    const changing = { ...TSA.authority }
    const root = { ...SCENE_ROOT, root: { ...SCENE_ROOT.root, timestampAuthorities: [changing] } }
    expect(codesOf({ ...BUNDLE, timestamps }, root)).toEqual([])
    changing.certificates = stranger.certificates
    expect(codesOf({ ...BUNDLE, timestamps }, root)).toEqual(['verify/timestamp-authority-unknown'])
  })
})
