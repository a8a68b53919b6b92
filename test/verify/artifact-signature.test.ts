import { describe, expect, it } from 'vitest'
import { type ExpectedArtifact, loadSigstore, verifyBundle } from '../../src/verify/index.ts'
import { codesOf, each, NOW, readBundle, TRUST, verifyOne } from './question.ts'
import { digestOf, messageBundle } from './release.ts'

const BYTES = Buffer.from('an artifact\n')
const DIGEST = { sha256: digestOf(BYTES) }
const BUNDLE = messageBundle(BYTES)

const ask = (artifacts: readonly ExpectedArtifact[], predicateType?: string) =>
  verifyOne(BUNDLE, {
    ...each(...artifacts),
    ...(predicateType !== undefined && { predicateType }),
  })

describe('the signature of a bare artifact', () => {
  it('needs the bytes of that one, without the part that can check it over a digest', () => {
    const app = { name: 'app', digest: DIGEST }
    const { verdict } = ask([app])
    expect(codesOf(verdict)).toEqual(['verify/bytes-missing'])
    expect(verdict.checks?.[0]?.found).toBe('only its digest')
    const two = ask([
      { ...app, bytes: BYTES },
      { ...app, name: 'more' },
    ]).verdict
    expect(codesOf(two)).toEqual(['verify/bytes-missing'])
    expect(two.checks?.[0]?.found).toBe('2 artifacts')
    expect(codesOf(ask([{ ...app, bytes: BYTES }]).verdict)).toEqual([])
  })

  it('by Ed25519 needs them in any case: it is over no digest', async () => {
    const app = { name: 'app', digest: DIGEST, isFileDigest: true }
    const question = {
      bundle: readBundle(BUNDLE),
      trust: TRUST,
      sigstore: await loadSigstore(),
      now: NOW,
    }
    const asked = (artifact: ExpectedArtifact) =>
      codesOf(verifyBundle({ ...question, expectation: each(artifact) }).verdict)
    expect(asked(app)).toEqual(['verify/bytes-missing'])
    expect(asked({ ...app, bytes: BYTES })).toEqual([])
  })

  it('is no statement', () => {
    const app = { name: 'app', digest: DIGEST, bytes: BYTES }
    const { verdict, verified } = ask([app], 'https://slsa.dev/provenance/v1')
    expect(codesOf(verdict)).toEqual(['verify/statement-expected'])
    expect(verified).toBeUndefined()
    expect(ask([app]).verified?.value).toEqual({
      artifact: 'app',
      digest: `sha256:${DIGEST.sha256}`,
    })
  })
})
