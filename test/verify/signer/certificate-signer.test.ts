import { expect, it } from 'vitest'
import type { TrustedIdentity } from '../../../src/trust/index.ts'
import { loadSigstore, verifyBundle } from '../../../src/verify/index.ts'
import { digestOf } from '../release.ts'
import { certifyStatement, SCENE_ROOT, WITNESSED_AT } from '../sigstore/signed-statement.ts'
import { ISSUER, WORKFLOW } from '../sigstore/test-authority.ts'
import { trusting } from '../sigstore/trust.ts'

const DIGEST = { sha256: digestOf('artifact') }
const STATEMENT = {
  _type: 'https://in-toto.io/Statement/v1',
  subject: [{ name: 'artifact', digest: DIGEST }],
  predicateType: 'https://predicates.example/build/v1',
  predicate: {},
}
const BUNDLE = certifyStatement(STATEMENT, { san: WORKFLOW, claims: { 8: ISSUER } })
const sigstore = await loadSigstore()

function signerOf(identity: Partial<TrustedIdentity>) {
  const { verified } = verifyBundle({
    bundle: BUNDLE,
    trust: trusting({ root: SCENE_ROOT, identity: { issuer: ISSUER, san: WORKFLOW, ...identity } }),
    sigstore,
    now: WITNESSED_AT,
    expectation: {
      artifacts: { kind: 'artifacts', artifacts: [{ name: 'a', digest: DIGEST }] },
    },
  })
  return verified?.signer
}

it('The signer is who the trust document says: a kind where it says one, and else nobody knows', () => {
  const { kind, principal } = signerOf({ kind: 'automation', principal: 'ci' }) ?? {}
  expect({ kind, principal }).toEqual({ kind: 'automation', principal: 'ci' })
  const unsaid = signerOf({})
  expect(unsaid).toMatchObject({ name: 'signer', principal: 'signer' })
  expect(unsaid && Object.keys(unsaid)).not.toContain('kind')
})
