// Bare artifacts signed by the key of a certificate, from the bytes and from their digests alone, under one root and several.

import { generateKeyPairSync, sign } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import type { Bundle } from '../../../src/bundle/index.ts'
import { failedChecks } from '../../../src/core/index.ts'
import { digestBytes } from '../../../src/digest/index.ts'
import type { NamedRoot } from '../../../src/trust/index.ts'
import { loadSigstore, verifyBundle } from '../../../src/verify/index.ts'
import {
  ISSUER,
  LEAF_KEY,
  makeAuthority,
  makeLeaf,
  makeRoot,
  SIGNED_AT,
  type TestAuthority,
  WORKFLOW,
  YEAR,
} from './test-authority.ts'
import { makeKey, type TestKey } from './test-certificate.ts'
import { createTestLog } from './test-log.ts'
import { hashedRekordV2 } from './test-bodies.ts'
import { makeTsa, stamp } from './test-timestamp.ts'
import { trusting } from './trust.ts'

const BYTES = Buffer.from('an artifact\n')
const SHA256 = { sha256: digestBytes('sha256', BYTES) }
const SHA384 = { sha384: digestBytes('sha384', BYTES) }
const TSA = makeTsa()
const WITNESSES = { timestampAuthorities: [TSA.authority], certificateLogs: [] }
const ROOT = makeRoot(WITNESSES)
const AT = SIGNED_AT + 60_000
const sigstore = await loadSigstore()

/** Signed with this digest, under a certificate for the key, with a timestamp. */
function signArtifact(key: TestKey, digest: string | null, by?: TestAuthority): Bundle {
  const certificate = makeLeaf({ key, scts: () => [], ...(by !== undefined && { by }) })
  const signature = Uint8Array.from(sign(digest, BYTES, key.privateKey))
  return {
    version: '0.3',
    keyMaterial: { kind: 'certificate', certificate },
    logEntries: [],
    timestamps: [stamp(TSA, signature, { at: AT })],
    content: { kind: 'message', signature },
  }
}

type Artifact = { readonly bytes: Uint8Array } | { readonly digest: Record<string, string> }

function judge(bundle: Bundle, artifact: Artifact, roots: readonly NamedRoot[] = [ROOT]) {
  const { verdict } = verifyBundle({
    bundle,
    trust: trusting({ roots, identity: { issuer: ISSUER, san: WORKFLOW } }),
    sigstore,
    now: SIGNED_AT + YEAR,
    expectation: {
      artifacts: {
        kind: 'artifacts',
        artifacts: [{ name: 'app', digest: SHA256, isFileDigest: true, ...artifact }],
      },
    },
  })
  return verdict
}

const ask = (...question: Parameters<typeof judge>) =>
  failedChecks(judge(...question)).map(({ code }) => code)

describe('an artifact that a certificate signed', () => {
  const keys = { 'P-384': makeKey('P-384'), 'P-521': makeKey('P-521') }
  const older = ['P-384', 'P-521'] as const

  it.each(older)('by %s over SHA-256 is accepted, as older clients signed', (curve) => {
    const bundle = signArtifact(keys[curve], 'sha256')
    expect(ask(bundle, { bytes: BYTES })).toEqual([])
    expect(ask(bundle, { digest: SHA256 })).toEqual([])
    expect(ask(bundle, { digest: { ...SHA256, ...SHA384 } })).toEqual([])
    const other = Buffer.from('another artifact\n')
    expect(ask(bundle, { bytes: other })).toEqual(['verify/certificate-signature-invalid'])
    expect(ask(bundle, { digest: { sha256: digestBytes('sha256', other) } })).toEqual([
      'verify/certificate-signature-invalid',
    ])
  })

  it('by P-384 over its own digest needs that one, or the bytes', () => {
    const bundle = signArtifact(keys['P-384'], 'sha384')
    expect(ask(bundle, { bytes: BYTES })).toEqual([])
    expect(ask(bundle, { digest: SHA384 })).toEqual([])
    expect(ask(bundle, { digest: SHA256 })).toEqual(['verify/certificate-signature-invalid'])
    const sha512 = digestBytes('sha512', BYTES)
    expect(ask(bundle, { digest: { sha512 } })).toEqual(['verify/bytes-missing'])
  })

  it('by P-256 is over SHA-256 and nothing else', () => {
    expect(ask(signArtifact(LEAF_KEY, 'sha256'), { bytes: BYTES })).toEqual([])
    expect(ask(signArtifact(LEAF_KEY, 'sha384'), { bytes: BYTES })).toEqual([
      'verify/certificate-signature-invalid',
    ])
  })

  it('by RSA is over the digest, whole', () => {
    const key = generateKeyPairSync('rsa', { modulusLength: 2_048 })
    expect(ask(signArtifact(key, 'sha256'), { digest: SHA256 })).toEqual([])
    expect(ask(signArtifact(key, 'sha384'), { digest: SHA256 })).toEqual([
      'verify/certificate-signature-invalid',
    ])
  })

  it('by Ed25519 is never over a digest: the bytes are needed', () => {
    const bundle = signArtifact(generateKeyPairSync('ed25519'), null)
    expect(ask(bundle, { bytes: BYTES })).toEqual([])
    expect(ask(bundle, { digest: SHA256 })).toEqual(['verify/bytes-missing'])
  })
})

describe('several roots', () => {
  const bundle = signArtifact(LEAF_KEY, 'sha256')
  const stranger = makeAuthority({ name: 'stranger' })
  const STRANGE = makeRoot({ ...WITNESSES, certificateAuthorities: [stranger.authority] }, 'other')
  const TIMELESS = makeRoot({ certificateLogs: [] }, 'timeless')

  it('are asked one by one: one that accepts everything is enough, in any order', () => {
    expect(ask(bundle, { bytes: BYTES }, [STRANGE, ROOT])).toEqual([])
    expect(ask(bundle, { bytes: BYTES }, [ROOT, STRANGE])).toEqual([])
    expect(ask(bundle, { bytes: BYTES }, [TIMELESS, ROOT, STRANGE])).toEqual([])
  })

  it('do not help one another; the one that issued the certificate says why not', () => {
    const reasons = ['verify/timestamp-authority-unknown', 'verify/time-missing']
    expect(ask(bundle, { bytes: BYTES }, [STRANGE, TIMELESS])).toEqual(reasons)
    expect(ask(bundle, { bytes: BYTES }, [TIMELESS, STRANGE])).toEqual(reasons)
    expect(ask(bundle, { bytes: BYTES }, [STRANGE])).toEqual([
      'verify/certificate-authority-unknown',
    ])
  })

  it('are all named where none of them issued the certificate, and say nothing more', () => {
    const strange = makeRoot({ certificateAuthorities: [stranger.authority] }, 'strange')
    const [check, ...others] = failedChecks(judge(bundle, { bytes: BYTES }, [STRANGE, strange]))
    expect(check?.code).toBe('verify/certificate-authority-unknown')
    expect(check?.expected).toMatch(/^an authority of "other" with .+ or "strange" with /)
    expect(others).toEqual([])
  })
})

describe('a log of which the entry has no time of its own', () => {
  const bundle = signArtifact(LEAF_KEY, 'sha256')
  const logged = (end?: number) => {
    const start = SIGNED_AT - YEAR
    const log = createTestLog({ validFor: { start, ...(end !== undefined && { end }) } })
    const { content, keyMaterial } = bundle
    if (content.kind !== 'message' || keyMaterial.kind !== 'certificate') throw new Error('Not so')
    const index = log.append(hashedRekordV2(BYTES, content.signature, keyMaterial))
    const root = makeRoot({ ...WITNESSES, transparencyLogs: [log.log] })
    return ask({ ...bundle, logEntries: [log.entry(index)] }, { bytes: BYTES }, [root])
  }

  it('has to be trusted when the signature was there by another clock', () => {
    expect(logged()).toEqual([])
    expect(logged(AT)).toEqual([])
    expect(logged(AT - 1)).toEqual(['verify/log-time'])
  })
})
